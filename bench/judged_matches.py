"""Matches of judged collections with what their strength is made of, for `bench.strength`.

Each collection is asked whole and in samples, as a small town has few concepts. A sample has some
queries and all their answers, which are half of it at most; the rest is drawn by lot. Asked are

* those queries;
* some of them again with their answers left out, so that nothing is right;
* the queries that the collection has no answer to.

Who a document is for is read from texts and titles on both sides, and the title of a query is asked
like its text. Right is what was judged relevant: what nobody judged counts as wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from zlib import crc32

import numpy as np

from matching import Document, Match, MatchIndex, with_target_group
from matching.arrays import BoolArray, FloatArray, IntArray
from matching.evaluation import JudgedCollection
from matching.facets.agreement import Agreement
from matching.semantic.fusion import meaning_weight
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.vectors import VectorStore
from matching.strength import features

SIZES = {70: 4, 300: 2, 1000: 1}
"""Documents of a sample, and how many samples of that size."""

LOOKED_AT = 10
"""Matches of each query that count."""

MOST_QUERIES, LEFT_OUT = 250, 3
"""Queries of a sample at most; one of so many is asked again with its answers left out."""


class Kind(IntEnum):
    """What is known of a query."""

    ANSWERED = 0
    LEFT_OUT = 1
    UNANSWERED = 2


@dataclass(frozen=True, slots=True)
class Matches:
    """Matches of many queries, a row each.

    Attributes
    ----------
    kinds, asked
        Of each query: its kind, and its number of terms.
    queries, ranks
        The query of each match, and its rank from 0.
    features
        As `matching.strength.features` gives them.
    fits
        Whether the document is not for others.
    right
        Whether it was judged relevant.
    """

    kinds: IntArray
    asked: IntArray
    queries: IntArray
    ranks: IntArray
    features: FloatArray
    fits: BoolArray
    right: BoolArray


@dataclass(frozen=True, slots=True)
class _Answer:
    kind: Kind
    asked: int
    matches: list[Match]
    features: FloatArray
    right: frozenset[str]


def judged_matches(collection: JudgedCollection, store: VectorStore | None) -> Matches:
    """Return the matches of a collection's samples, by words alone where there is no store."""
    found = [
        answer
        for sample in samples(_with_target_groups(collection))
        for answer in _answers(sample, store)
    ]
    sizes = [len(each.matches) for each in found]
    matches = [(each.right, match) for each in found for match in each.matches]
    return Matches(
        kinds=np.array([each.kind for each in found]),
        asked=np.array([each.asked for each in found]),
        queries=np.repeat(np.arange(len(found)), sizes),
        ranks=np.concatenate([np.arange(size) for size in sizes]),
        features=np.concatenate([each.features for each in found]),
        fits=np.array([match.fits != Agreement.DOES_NOT_MEET for _, match in matches]),
        right=np.array([match.document_id in right for right, match in matches]),
    )


def _with_target_groups(collection: JudgedCollection) -> JudgedCollection:
    return replace(
        collection,
        documents=[*map(with_target_group, collection.documents)],
        queries=[*map(with_target_group, collection.queries)],
        unanswered=[*map(with_target_group, collection.unanswered)],
    )


def samples(collection: JudgedCollection) -> Iterator[JudgedCollection]:
    """Yield samples of a collection by lot, then the whole; the same each time."""
    lot = np.random.default_rng(crc32(collection.name.encode()))
    for size, times in SIZES.items():
        for _ in range(times if size < len(collection.documents) else 0):
            yield _sample(collection, size, lot)
    yield replace(collection, queries=_shuffled(collection.queries, lot)[:MOST_QUERIES])


def _sample(collection: JudgedCollection, size: int, lot: np.random.Generator) -> JudgedCollection:
    kept: set[str] = set()
    queries: list[Document] = []
    for query in _shuffled(collection.queries, lot)[:MOST_QUERIES]:
        answers = kept | collection.qrels[query.id].keys()
        if len(answers) <= size / 2 or not queries:
            kept = answers
            queries.append(query)
    others = [each.id for each in _shuffled(collection.documents, lot) if each.id not in kept]
    kept |= set(others[: max(0, size - len(kept))])
    documents = [each for each in collection.documents if each.id in kept]
    return replace(collection, documents=documents, queries=queries)


def _shuffled(documents: Sequence[Document], lot: np.random.Generator) -> list[Document]:
    return [documents[row] for row in lot.permutation(len(documents))]


def _answers(sample: JudgedCollection, store: VectorStore | None) -> Iterator[_Answer]:
    """Ask a sample, and yield what is found for each query."""
    index = (
        MatchIndex.from_documents(sample.documents)
        if store is None
        else SemanticIndex.from_documents(sample.documents, store=store)
    )
    for query in sample.queries:
        yield _answer(index, Kind.ANSWERED, query, sample.qrels[query.id])
    for query in sample.queries[::LEFT_OUT]:
        yield _answer(index, Kind.LEFT_OUT, query, sample.qrels[query.id])
    for query in sample.unanswered:
        yield _answer(index, Kind.UNANSWERED, query, ())


def _answer(index: MatchIndex, kind: Kind, query: Document, right: Collection[str]) -> _Answer:
    exclude = right if kind == Kind.LEFT_OUT else ()
    matches = index.rank(query, LOOKED_AT, exclude)
    state = index.state()
    batch = state.analyze([query])
    asked = batch.terms_of(0)
    scores = np.array([match.score for match in matches])
    similar = None
    if isinstance(index, SemanticIndex):
        best = state.engine(batch).best(batch.merged, 1).scores.max(initial=0.0)
        weight = meaning_weight(asked, float(best), index.cosines(query), index.parameters)
        meaning = np.array([match.semantic for match in matches])
        scores = (scores - meaning) / (1 - weight)
        similar = meaning / weight if weight else np.zeros(len(matches))
    found = features(scores, similar, asked, state.statistics)
    return _Answer(kind, asked, matches, found, frozenset(right) - frozenset(exclude))
