"""A collection in parts: each counted on its own, then ranked with the counts of the whole.

A score depends on other documents through whole numbers only: how many there are, how long they
are, in how many of them each feature stands and how often. Features have the same keys everywhere.
So the counts of the parts add up to those of the whole whatever the parts are, and a part that
knows the sums gives its documents the scores that they have in the whole, to the last bit.

Everything here is a plain function from small frozen classes to another, so that a scheduler can
run each of them anywhere, and run it again when a machine is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from matching.arrays import IntArray
from matching.documents import Document
from matching.facets.agreement import Agreement
from matching.index.collection import Collection, Texts
from matching.index.lexicon import FeatureIds
from matching.index.queries import QueryBatch, Statistics, analyze
from matching.index.segments import Segments
from matching.index.snapshot import arrays_of
from matching.index.state import Found, State
from matching.parameters import Parameters
from matching.results import Match, tie_groups
from matching.thesaurus import Thesaurus

Messages = Sequence[Sequence[Document]]
"""Documents, some at a time."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the documents, read; without their texts, which no ranking needs again."""

    collection: Collection

    def __sizeof__(self) -> int:
        """Return the size in memory, in bytes, by which a scheduler judges what to move."""
        return sum(array.nbytes for array in arrays_of(self.collection).values())


def preprocessed(
    documents: Sequence[Document], preprocess: Callable[[Document], Document] | None
) -> list[Document]:
    """Return documents after what is to be done to each of them first."""
    return list(documents if preprocess is None else map(preprocess, documents))


def read_part(messages: Messages, parameters: Parameters, thesaurus: Thesaurus | None) -> Part:
    """Return documents with different ids as a part."""
    groups = Thesaurus.default() if thesaurus is None else thesaurus
    collection = Collection.of(chain.from_iterable(messages), parameters, groups)
    collection.texts = Texts()
    return Part(collection)


@dataclass(frozen=True, slots=True)
class PartCounts:
    """What a part adds to the counts of the whole.

    Attributes
    ----------
    ids
        Numbers of the features in its documents.
    document_frequency, uses
        See `matching.index.queries.FeatureCounts`.
    root_uses
        See `matching.index.lexicon.Lexicon.root_uses`.
    lengths
        Of the documents, in steps of 1 / `UNITS`.
    """

    ids: FeatureIds
    document_frequency: IntArray
    uses: IntArray
    root_uses: tuple[int, int]
    lengths: IntArray

    def __sizeof__(self) -> int:
        """Return the size in memory, in bytes, by which a scheduler judges what to move."""
        parts = self.ids.keys, self.document_frequency, self.uses, self.lengths
        return sum(array.nbytes for array in parts)

    @property
    def statistics(self) -> Statistics:
        """What else the weights of queries depend on."""
        return Statistics.of(self.lengths, *self.root_uses)


def count_part(part: Part) -> PartCounts:
    """Return the counts of a part."""
    collection, lexicon = part.collection, part.collection.lexicon
    counts = lexicon.document_frequency, lexicon.uses, lexicon.root_uses()
    return PartCounts(lexicon.ids, *counts, collection.lengths)


def add_up(parts: Sequence[PartCounts]) -> PartCounts:
    """Return the counts of the whole."""
    ids = FeatureIds(np.unique(np.concatenate([part.ids.keys for part in parts])))
    frequency, uses = (np.zeros(len(ids), dtype=np.int64) for _ in range(2))
    for part in parts:
        numbers = ids.find(part.ids.keys)
        frequency[numbers] += part.document_frequency
        uses[numbers] += part.uses
    roots = sum(part.root_uses[0] for part in parts), sum(part.root_uses[1] for part in parts)
    lengths = np.concatenate([part.lengths for part in parts])
    return PartCounts(ids, frequency, uses, roots, lengths)


@dataclass(frozen=True, slots=True)
class RankedPart:
    """A part whose documents have the scores that they have in the whole."""

    state: State

    def __sizeof__(self) -> int:
        """Return the size in memory, in bytes, by which a scheduler judges what to move."""
        return Part(self.state.collection).__sizeof__()


def put_in_whole(part: Part, whole: PartCounts) -> RankedPart:
    """Return a part ready to be asked."""
    collection = copy(part.collection)
    collection.segments = Segments()  # The part stays as it is: it may be needed again.
    return RankedPart(State.of(collection, whole.statistics))


def read_queries(
    messages: Messages, whole: PartCounts, parameters: Parameters, thesaurus: Thesaurus | None
) -> QueryBatch:
    """Return what queries ask of the whole."""
    queries = list(chain.from_iterable(messages))
    groups = Thesaurus.default() if thesaurus is None else thesaurus
    return analyze(queries, whole, whole.statistics, parameters, groups)


def rank_part(part: RankedPart, queries: QueryBatch, k: int) -> list[list[Match]]:
    """Return the best documents of a part for each query."""
    return list(Found.of(part.state, queries, k))


def best_of(parts: Sequence[list[list[Match]]], k: int) -> list[list[Match]]:
    """Return the best documents of all parts for each query, in the order of one index."""
    return [_best(list(chain.from_iterable(found)), k) for found in zip(*parts, strict=True)]


def _best(found: list[Match], k: int) -> list[Match]:
    best = sorted(found, key=_place)[:k]
    groups = tie_groups([match.score for match in best])
    return [replace(match, tie_group=group) for match, group in zip(best, groups, strict=True)]


def _place(match: Match) -> tuple[bool, float, str]:
    """Return what decides the order: what is for others comes last, ties go by id."""
    return match.fits is Agreement.DOES_NOT_MEET, -match.score, match.document_id
