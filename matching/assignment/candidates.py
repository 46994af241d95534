"""The pairs that there are to choose from, whatever kind of matrix they came in."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.assignment.conflicts import Pair


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every pair that is possible or forced, in the order of need and concept.

    Attributes
    ----------
    shape
        Number of needs, and of concepts.
    need, concept, score
        Shape (candidates,): the numbers of each pair, and its score.
    forced_pairs, blocked_pairs
        Pairs that must be chosen, and pairs that must not.
    """

    shape: Pair
    need: IntArray
    concept: IntArray
    score: FloatArray
    forced_pairs: frozenset[Pair]
    blocked_pairs: frozenset[Pair]

    @classmethod
    def read(cls, scores: Any, forced: Iterable[Pair], blocked: Iterable[Pair]) -> Candidates:
        """Return the candidates, or raise ValueError where the input cannot be meant."""
        shape, keys, values = _entries(scores)
        must = _read_pairs("forced", forced, shape)
        must_not = _read_pairs("blocked", blocked, shape)
        added = np.setdiff1d(_keys(must, shape), keys)
        keys = np.concatenate([keys, added])
        values = np.concatenate([values, np.zeros(len(added))])
        order = np.argsort(keys)
        need, concept = np.divmod(keys[order], max(shape[1], 1))
        return cls(shape, need, concept, values[order], must, must_not)

    @property
    def forced(self) -> BoolArray:
        """Which candidates must be chosen, shape (candidates,)."""
        return self._are(self.forced_pairs)

    @property
    def blocked(self) -> BoolArray:
        """Which candidates must not be chosen, shape (candidates,)."""
        return self._are(self.blocked_pairs)

    def forcing(self, pairs: Iterable[Pair]) -> Candidates:
        """Return the candidates with these pairs forced instead, and none of them blocked."""
        forced = frozenset(pairs)
        return replace(self, forced_pairs=forced, blocked_pairs=self.blocked_pairs - forced)

    def pairs(self, marked: BoolArray) -> tuple[Pair, ...]:
        """Return the pairs that are marked, sorted."""
        return tuple(zip(self.need[marked].tolist(), self.concept[marked].tolist(), strict=True))

    def _are(self, pairs: frozenset[Pair]) -> BoolArray:
        return np.isin(self.need * self.shape[1] + self.concept, _keys(pairs, self.shape))


def _entries(scores: Any) -> tuple[Pair, IntArray, FloatArray]:
    if hasattr(scores, "tocoo"):
        shape, (need, concept), values = _sparse_entries(scores)
    else:
        values = real_numbers("scores", scores)
        shape = values.shape
        need, concept = np.indices(shape, sparse=True) if len(shape) == 2 else (0, 0)
    if len(shape) != 2:
        raise ValueError(f"scores must have two dimensions, needs and concepts, not {len(shape)}")
    if not np.isfinite(values).all():
        raise ValueError("scores must be finite numbers: neither NaN nor infinite")
    possible = values > 0
    keys = np.broadcast_to(need * shape[1] + concept, values.shape)
    return shape, keys[possible], values[possible]


def _sparse_entries(scores: Any) -> tuple[Any, Any, FloatArray]:
    entries = scores.tocoo(copy=True)
    entries.sum_duplicates()
    places = [each.astype(np.intp) for each in entries.coords]
    return (
        scores.shape,
        places if len(places) == 2 else (0, 0),
        real_numbers("scores", entries.data),
    )


def real_numbers(name: str, values: Any) -> FloatArray:
    """Return an array of real numbers, or raise ValueError."""
    refusal = f"{name} must be real numbers, in rows of equal length"
    try:
        found = np.asarray(values, dtype=complex if np.iscomplexobj(values) else float)
    except (TypeError, ValueError) as error:
        raise ValueError(refusal) from error
    if np.iscomplexobj(found):
        raise ValueError(refusal)
    return found


def _keys(pairs: Iterable[Pair], shape: Pair) -> IntArray:
    return np.array(sorted(need * shape[1] + concept for need, concept in pairs), dtype=np.intp)


def _read_pairs(name: str, pairs: Any, shape: Pair) -> frozenset[Pair]:
    """Return pairs of whole numbers inside `shape`, or raise ValueError."""
    if pairs is None:
        raise ValueError(f"{name} must not be None: leave it out where there are no pairs")
    try:
        found = frozenset(
            (operator.index(need), operator.index(concept)) for need, concept in pairs
        )
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must hold pairs of whole numbers (need, concept)") from error
    for need, concept in sorted(found):
        if not (0 <= need < shape[0] and 0 <= concept < shape[1]):
            raise ValueError(
                f"{name} pair ({need}, {concept}) is outside the scores, "
                f"which have shape {shape[0]} x {shape[1]}"
            )
    return found
