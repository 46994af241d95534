"""Small cases, and a twin that tries every set of pairs."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from matching import InfeasibleError, Pair, Portfolio, portfolio

Pairs = tuple[Pair, ...]


@dataclass(frozen=True)
class Case:
    """What the function is asked, and a twin that tries every set of pairs."""

    scores: tuple[tuple[float, ...], ...]
    needs: tuple[int, ...]
    concepts: tuple[int, ...]
    forced: Pairs = ()
    blocked: Pairs = ()
    groups: tuple[int, ...] = field(default=())
    capacity: tuple[int, ...] = ()
    tolerance: float = 0.1
    levels: tuple[float, ...] | None = None

    def found(self) -> Portfolio:
        return portfolio(
            np.array(self.scores).reshape(len(self.needs), len(self.concepts)),
            self.needs,
            self.concepts,
            self.forced,
            self.blocked,
            need_groups=self.groups,
            group_capacity=self.capacity,
            tolerance=self.tolerance,
            levels=self.levels,
        )

    def score(self, pair: Pair) -> float:
        return max(self.scores[pair[0]][pair[1]], 0.0)

    def total(self, pairs: Pairs) -> float:
        return math.fsum(self.score(pair) for pair in pairs)

    def served(self, pairs: Pairs) -> list[float]:
        return [
            self.level(max((self.score(pair) for pair in pairs if pair[0] == need), default=0.0))
            for need in range(len(self.needs))
        ]

    def level(self, score: float) -> float:
        return max((level for level in self.levels or () if level <= score), default=score)

    def fits(self, pairs: Pairs) -> bool:
        need = Counter(pair[0] for pair in pairs)
        concept = Counter(pair[1] for pair in pairs)
        group = Counter(self.groups[pair[0]] for pair in pairs)
        return (
            all(need[number] <= most for number, most in enumerate(self.needs))
            and all(concept[number] <= most for number, most in enumerate(self.concepts))
            and all(group[number] <= most for number, most in enumerate(self.capacity))
            and not set(pairs) & set(self.blocked)
            and set(pairs) >= set(self.forced)
        )

    def sets(self) -> Iterator[Pairs]:
        cells = [
            (need, concept)
            for need in range(len(self.needs))
            for concept in range(len(self.concepts))
            if self.score((need, concept)) > 0 or (need, concept) in self.forced
        ]
        for size in range(len(cells) + 1):
            yield from filter(self.fits, itertools.combinations(cells, size))

    def expected(self) -> tuple[float, float, float, set[int]]:
        """Return the best total, then worst served and total of the right set, and who counts."""
        sets = list(self.sets())
        best = max(map(self.total, sets))
        counting = {
            need for pairs in sets for need, value in enumerate(self.served(pairs)) if value > 0
        }

        def worst(pairs: Pairs) -> float:
            served = self.served(pairs)
            return min((served[need] for need in counting), default=0.0)

        near = [each for each in sets if self.total(each) >= (1 - self.tolerance) * best - 1e-9]
        fairest = max(map(worst, near))
        return (
            best,
            fairest,
            max(self.total(each) for each in near if worst(each) == fairest),
            counting,
        )


sixteenths = st.integers(-2, 16).map(lambda number: number / 16)
any_scores = st.floats(0.01, 1.0) | st.just(0.0)


@st.composite
def cases(draw: st.DrawFn, numbers: st.SearchStrategy[float] = sixteenths) -> Case:
    """Return small cases; sixteenths, so that many sets are equal and every sum is exact."""
    needs, concepts = draw(st.sampled_from([(1, 3), (2, 2), (2, 4), (3, 3), (4, 2)]))
    room = st.integers(0, 3)
    pairs = st.lists(
        st.tuples(st.integers(0, needs - 1), st.integers(0, concepts - 1)), max_size=2
    ).map(tuple)
    groups = draw(st.integers(0, 2))
    return Case(
        draw(st.tuples(*[st.tuples(*[numbers] * concepts)] * needs)),
        draw(st.tuples(*[room] * needs)),
        draw(st.tuples(*[room] * concepts)),
        draw(pairs),
        draw(pairs),
        draw(st.tuples(*[st.integers(-1, groups - 1)] * needs)),
        draw(st.tuples(*[st.integers(0, 4)] * groups)),
        draw(st.sampled_from([0.0, 0.01, 0.1, 0.3, 1.0])),
    )


def found_or_skip(case: Case) -> Portfolio:
    try:
        return case.found()
    except InfeasibleError:
        assume(False)
        raise


def random_case(seed: int, needs: int, concepts: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    return {
        "scores": random.random((needs, concepts)) * (random.random((needs, concepts)) < 0.7),
        "need_capacity": random.integers(1, 4, needs),
        "concept_capacity": random.integers(0, 3, concepts),
        "need_groups": random.integers(-1, 6, needs),
        "group_capacity": random.integers(4, 12, 6),
    }
