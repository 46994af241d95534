"""The compiled search for the k best documents, against one that looks at every document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.arrays import IntArray, fixed
from matching.topk.engine import Best, Engine
from matching.topk.heap import kth_largest
from matching.topk.search import BITS, FREQUENCIES, STEPS, Documents, Postings, Queries

WHOLE = 1 << BITS
CLASSES = 5


@dataclass
class Collection:
    """Documents of random words; a word has up to three terms.

    `impacts[c, f]` is what a term says that a document of class c has f times; class 0 is that of
    documents that were removed. The documents of segment s are `bounds[s]` to `bounds[s + 1]`.
    """

    words: list[dict[int, int]]
    terms: list[list[int]]
    classes: list[int]
    impacts: IntArray
    ranks: IntArray
    bounds: list[int]

    @property
    def size(self) -> int:
        return 1 + max((term for terms in self.terms for term in terms), default=0)

    def frequencies(self, document: int) -> Counter[int]:
        found: Counter[int] = Counter()
        for word, count in self.words[document].items():
            for term in self.terms[word]:
                found[term] += count
        return found

    def score(self, query: dict[int, int], document: int) -> int:
        """Return the score by its definition."""
        found = self.frequencies(document)
        impacts = self.impacts[self.classes[document]].tolist()
        return sum(
            weight * impacts[min(found[term], FREQUENCIES - 1)] for term, weight in query.items()
        )

    def best(
        self, queries: Sequence[dict[int, int]], k: int, excluded: Sequence[Sequence[int]] = ()
    ) -> tuple[list[list[int]], list[list[float]]]:
        """Return what an engine must find."""
        documents: list[list[int]] = []
        scores: list[list[float]] = []
        for query, left_out in zip(queries, excluded or [()] * len(queries), strict=True):
            whole = {each: self.score(query, each) for each in range(len(self.words))}
            found = [each for each in whole if whole[each] > 0 and each not in left_out]
            found.sort(key=lambda each: (-whole[each], self.ranks[each]))
            missing = k - len(found[:k])
            documents.append(found[:k] + [-1] * missing)
            scores.append([whole[each] / WHOLE**2 for each in found[:k]] + [0.0] * missing)
        return documents, scores

    def engine(self, drift: float = 1.0) -> Engine:
        """Return an engine; its segments were made when impacts were other ones, up to `drift`."""
        rows = [sorted(row.items()) for row in self.words]
        documents = Documents(
            fixed(np.array(self.classes, np.uint16)),
            fixed(self.impacts.astype(np.int32).ravel()),
            fixed(self.ranks.astype(np.int64)),
            fixed(_starts(rows)),
            fixed(np.array([word for row in rows for word, _ in row], np.int32)),
            fixed(np.array([count for row in rows for _, count in row], np.uint8)),
            fixed(_starts(self.terms)),
            fixed(np.array([term for terms in self.terms for term in terms], np.int32)),
            fixed(np.arange(self.size, dtype=np.int32)),
        )
        segments = [
            self._segment(first, end, drift if number % 2 else 1 / drift)
            for number, (first, end) in enumerate(zip(self.bounds, self.bounds[1:], strict=False))
        ]
        return Engine(documents, segments, self.size)

    def _segment(self, first: int, end: int, drift: float) -> Postings:
        earlier = np.minimum(self.impacts / drift, WHOLE)
        steps = np.maximum(np.rint(earlier / WHOLE * STEPS), earlier > 0).astype(int)
        steps[0] = steps[1]  # Those removed since then have the impacts they had.
        postings: list[list[tuple[int, int]]] = [[] for _ in range(self.size)]
        for document in range(first, end):
            for term, frequency in self.frequencies(document).items():
                impact = int(steps[self.classes[document], min(frequency, FREQUENCIES - 1)])
                postings[term].append((document - first, impact))
        starts = _starts(postings)
        flat = [pair for term in postings for pair in term]
        peaks = [max((impact for _, impact in term), default=0) for term in postings]
        return Postings(
            first,
            end,
            drift,
            fixed(starts[:-1]),
            fixed(starts[1:]),
            fixed(np.array(peaks, np.uint8)),
            fixed(np.array([document for document, _ in flat], np.uint32)),
            fixed(np.array([impact for _, impact in flat], np.uint8)),
        )


def _starts(rows: Sequence[Sequence[object]]) -> IntArray:
    return np.cumsum([0, *map(len, rows)], dtype=np.int64)


def in_order(queries: Sequence[dict[int, int]]) -> Queries:
    """Return queries in arrays, the terms of each by falling weight."""
    rows = [sorted(query.items(), key=lambda each: -each[1]) for query in queries]
    terms = [term for row in rows for term, _ in row]
    weights = [weight for row in rows for _, weight in row]
    return Queries(_starts(rows), np.array(terms, np.int32), np.array(weights, np.int64))


def made_up(
    random: np.random.Generator, documents: int, words: int, segments: int = 1, levels: int = 4
) -> Collection:
    """Return a collection with frequent and rare words; `levels` different impacts make ties."""
    odds = np.minimum(1.0, 3 / np.arange(1, words + 1))
    counts = random.choice([1, 2, 5, 200], (documents, words), p=[0.6, 0.2, 0.1, 0.1])
    counts *= random.random((documents, words)) < odds
    impacts = np.sort(random.choice(WHOLE, levels)[random.integers(0, levels, (CLASSES, 64))])
    impacts[:, 0] = 0
    impacts[0] = 0
    return Collection(
        [{int(word): int(row[word]) for word in np.flatnonzero(row)} for row in counts],
        [sorted({int(t) for t in random.integers(0, words, 3)} | {word}) for word in range(words)],
        random.integers(0, CLASSES, documents).tolist(),
        impacts,
        random.permutation(documents),
        [0, *sorted(random.integers(0, documents + 1, segments - 1).tolist()), documents],
    )


def asked(
    random: np.random.Generator, terms: int, count: int, most: int = 30
) -> list[dict[int, int]]:
    """Return queries whose weights add up to 1; the first asks nothing."""
    queries: list[dict[int, int]] = [{}]
    for size in random.integers(1, min(terms, most) + 1, count - 1):
        weights = random.choice([1.0, 2.0, 40.0], size)
        whole = np.maximum(weights / weights.sum() * WHOLE, 1).astype(int).tolist()
        queries.append(dict(zip(random.permutation(terms)[:size].tolist(), whole, strict=True)))
    return queries


def expect(found: Best, wanted: tuple[list[list[int]], list[list[float]]]) -> None:
    """Expect the same to the last bit."""
    assert (found.documents.tolist(), found.scores.tolist()) == wanted


@settings(max_examples=80)
@given(
    seed=st.integers(0, 2**32 - 1),
    documents=st.sampled_from([1, 2, 40, 300]),
    words=st.sampled_from([1, 5, 40]),
    segments=st.integers(1, 4),
    levels=st.sampled_from([1, 4, 1000]),
    k=st.sampled_from([1, 3, 20, 1000]),
    left_out=st.sampled_from([0, 1, 30]),
    drift=st.sampled_from([1.0, 1.01, 1.02]),
)
def test_the_best_are_those_of_the_definition(
    seed: int,
    documents: int,
    words: int,
    segments: int,
    levels: int,
    k: int,
    left_out: int,
    drift: float,
) -> None:
    random = np.random.default_rng(seed)
    collection = made_up(random, documents, words, segments, levels)
    queries = asked(random, collection.size, 8)
    excluded = [np.unique(random.integers(0, documents, left_out)) for _ in queries]
    found = collection.engine(drift).best(in_order(queries), k, excluded=excluded)
    expect(found, collection.best(queries, k, [each.tolist() for each in excluded]))


@pytest.mark.parametrize("k", [1, 10])
@pytest.mark.parametrize("segments", [1, 3])
def test_light_terms_that_are_never_read(k: int, segments: int) -> None:
    random = np.random.default_rng(k)
    collection = made_up(random, 8_000, 60, segments, levels=10_000)
    frequent = Counter(t for each in range(8_000) for t in collection.frequencies(each))
    query = {term: max(WHOLE // (2 * frequent[term]), 1) for term in range(collection.size)}
    expect(collection.engine(1.02).best(in_order([query]), k), collection.best([query], k))


def test_removed_documents_take_nobodys_place() -> None:
    random = np.random.default_rng(0)
    collection = made_up(random, 300, 3)
    collection.classes = [0 if number % 30 else 1 for number in range(300)]
    queries = asked(random, collection.size, 5)
    for k in (1, 5, 20):
        expect(collection.engine().best(in_order(queries), k), collection.best(queries, k))


def test_equal_documents_come_by_rank() -> None:
    random = np.random.default_rng(1)
    collection = made_up(random, 2_000, 4, segments=2)
    collection.words, collection.classes = [{0: 1, 2: 3}] * 2_000, [1] * 2_000
    queries = [{0: WHOLE // 2, 1: 7, 2: WHOLE // 3}, {0: 1}]
    expect(collection.engine().best(in_order(queries), 20), collection.best(queries, 20))


def test_impacts_next_to_nothing_are_found() -> None:
    random = np.random.default_rng(2)
    collection = made_up(random, 200, 20, segments=2)
    collection.impacts = np.minimum(collection.impacts, 900)
    queries = asked(random, collection.size, 20)
    expect(collection.engine().best(in_order(queries), 500), collection.best(queries, 500))


def test_a_heavy_term_that_a_document_hardly_has_hides_no_other() -> None:
    impacts = np.zeros((3, FREQUENCIES), np.int64)
    impacts[1, 1:], impacts[2, 1:] = 1, WHOLE // 2
    hardly, fully = {0: 1}, {1: 1}
    words = [hardly] * 9 + [fully]
    collection = Collection(words, [[0], [1]], [1] * 9 + [2], impacts, np.arange(10), [0, 10])
    query = {0: WHOLE - WHOLE // 1000, 1: WHOLE // 1000}
    for k in (1, 2, 10):
        expect(collection.engine().best(in_order([query]), k), collection.best([query], k))


@pytest.mark.parametrize("light", [1, 255, 256, 257])
def test_weights_of_very_different_size(light: int) -> None:
    random = np.random.default_rng(light)
    collection = made_up(random, 1_000, 40, segments=2, levels=1_000)
    terms = random.permutation(collection.size).tolist()
    queries = [
        dict.fromkeys(terms, light),
        {**dict.fromkeys(terms, light), terms[0]: WHOLE - light * len(terms)},
        {terms[0]: WHOLE},
        {terms[-1]: light},
    ]
    for k in (1, 20, 1_000):
        found = collection.engine(1.02).best(in_order(queries), k, excluded=[np.array([3])] * 4)
        expect(found, collection.best(queries, k, [[3]] * 4))


def test_scores_that_one_byte_cannot_tell_apart() -> None:
    random = np.random.default_rng(3)
    collection = made_up(random, 1_000, 20)
    collection.impacts[1:, 1:] = WHOLE // 2 + random.integers(0, 50, (CLASSES - 1, 63))
    queries = asked(random, collection.size, 10)
    expect(collection.engine(1.01).best(in_order(queries), 7), collection.best(queries, 7))


@pytest.mark.parametrize("count", [1, 2, 7, 65, 300])
def test_any_number_of_queries_and_threads(count: int) -> None:
    random = np.random.default_rng(count)
    collection = made_up(random, 100, 30, segments=2)
    queries = asked(random, collection.size, count)
    engine, wanted = collection.engine(), collection.best(queries, 5)
    for n_jobs in (1, 2, 3, 8):
        expect(engine.best(in_order(queries), 5, n_jobs=n_jobs), wanted)


def test_nothing_to_search_to_ask_or_to_find() -> None:
    collection = made_up(np.random.default_rng(4), 5, 5)
    nothing = made_up(np.random.default_rng(4), 0, 5)
    assert nothing.engine().best(in_order([{0: 1}, {}]), 3).documents.tolist() == [[-1] * 3] * 2
    assert collection.engine().best(in_order([]), 3).documents.shape == (0, 3)
    assert collection.engine().best(in_order([{0: 1}]), 0).documents.shape == (1, 0)


def test_single_documents_are_scored_as_in_the_search() -> None:
    random = np.random.default_rng(5)
    collection = made_up(random, 50, 20)
    for query in asked(random, collection.size, 5):
        found = collection.engine().scores(in_order([query]), np.arange(50))
        assert found.tolist() == [collection.score(query, each) for each in range(50)]


@given(st.lists(st.integers(-5, 20), min_size=1), st.integers(1, 30))
def test_the_kth_largest_is_none_where_fewer_are_positive(values: list[int], k: int) -> None:
    largest = sorted((value for value in values if value > 0), reverse=True)
    wanted = largest[k - 1] if len(largest) >= k else 0
    assert kth_largest(np.array(values, np.int32), k) == wanted
