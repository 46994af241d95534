"""The compiled search against a plain twin that looks at every document."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.arrays import FloatArray, IntArray
from matching.top_products import Best, Impacts, TopProducts

Table = npt.NDArray[np.float32]
"""What each term (rows) counts for in each document (columns); 0 where it is not."""


def impacts(table: Table) -> Impacts:
    """Return the index of a table."""
    terms, places = np.nonzero(table)
    starts = np.zeros(len(table) + 1, np.int64)
    np.cumsum((table != 0).sum(axis=1), out=starts[1:])
    return Impacts.build(starts, places.astype(np.int32), table[terms, places], table.shape[1])


def flat(queries: Sequence[dict[int, float]]) -> tuple[IntArray, IntArray, FloatArray]:
    """Return queries as flat arrays."""
    starts = np.cumsum([0, *map(len, queries)])
    terms = [term for query in queries for term in query]
    weights = [weight for query in queries for weight in query.values()]
    return starts, np.array(terms, np.int32), np.array(weights, np.float64)


def plainly(
    table: Table,
    order: IntArray,
    queries: Sequence[dict[int, float]],
    k: int,
    allowed: npt.NDArray[np.uint8] | None = None,
) -> Best:
    """Return what `TopProducts.best` must return."""
    best = Best(
        np.full((len(queries), k), -1, np.int32),
        np.zeros((len(queries), k)),
        np.zeros(len(queries), np.int64),
    )
    for row, query in enumerate(queries):
        scores = np.zeros(table.shape[1])
        for term, weight in query.items():
            scores += weight * table[term].astype(np.float64)
        if allowed is not None:
            scores[allowed == 0] = 0.0
        places = np.lexsort((order, -scores))[:k]
        places = places[scores[places] > 0]
        best.places[row, : len(places)] = places
        best.scores[row, : len(places)] = scores[places]
        best.counts[row] = len(places)
    return best


def expect_same(found: Best, wanted: Best) -> None:
    """Expect the same to the last bit."""
    np.testing.assert_array_equal(found.places, wanted.places)
    np.testing.assert_array_equal(found.scores, wanted.scores)
    np.testing.assert_array_equal(found.counts, wanted.counts)


def made_up(
    seed: int, documents: int, terms: int, length: int
) -> tuple[Table, IntArray, np.random.Generator]:
    """Return a table with frequent and rare terms, an order, and the source of randomness."""
    random = np.random.default_rng(seed)
    odds = np.minimum(1.0, length / np.arange(1, terms + 1))
    table = (random.random((terms, documents)) < odds[:, None]) * random.choice(
        np.array([0.25, 0.5, 0.7, 0.9], np.float32), (terms, documents)
    )
    return table.astype(np.float32), random.permutation(documents), random


def made_up_queries(
    random: np.random.Generator, terms: int, count: int, longest: int
) -> list[dict[int, float]]:
    """Return queries in no order of terms, with equal and unequal weights; one is empty."""
    queries: list[dict[int, float]] = [{}]
    for size in random.integers(1, longest, count - 1):
        chosen = random.permutation(terms)[:size]
        queries.append(
            dict(zip(chosen.tolist(), random.choice([0.1, 1.0, 3.3], size), strict=False))
        )
    return queries


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    documents=st.sampled_from([1, 2, 127, 128, 129, 700]),
    terms=st.sampled_from([1, 5, 60]),
    length=st.integers(1, 8),
    k=st.sampled_from([1, 3, 20, 1000]),
    masked=st.booleans(),
)
def test_small_collections(
    seed: int, documents: int, terms: int, length: int, k: int, masked: bool
) -> None:
    table, order, random = made_up(seed, documents, terms, length)
    queries = made_up_queries(random, terms, 12, terms + 1)
    allowed = random.integers(0, 2, documents).astype(np.uint8) if masked else None
    found = TopProducts(impacts(table), order).best(*flat(queries), k, allowed=allowed)
    expect_same(found, plainly(table, order, queries, k, allowed))


@pytest.mark.parametrize("k", [1, 5])
@pytest.mark.parametrize("masked", [False, True])
def test_frequent_terms_that_are_never_read(k: int, masked: bool) -> None:
    table, order, random = made_up(k, 20_000, 150, 2)
    table[140:] = 0.0  # Terms that no document has.
    rarer = 1.0 / np.sqrt((table > 0).sum(axis=1) + 1.0)
    queries = [
        {term: weight * rarer[term] for term, weight in query.items()}
        for query in made_up_queries(random, 150, 150, 100)
    ]
    allowed = random.integers(0, 2, 20_000).astype(np.uint8) if masked else None
    top = TopProducts(impacts(table), order)
    wanted = plainly(table, order, queries, k, allowed)
    expect_same(top.best(*flat(queries), k, allowed=allowed), wanted)
    expect_same(top.best(*flat(queries), k, allowed=allowed, threads=2), wanted)


def test_documents_that_are_all_the_same() -> None:
    documents = 100_000
    table = np.full((3, documents), 0.3, np.float32)
    order = np.random.default_rng(0).permutation(documents)
    queries = [{2: 0.1, 0: 0.7, 1: 1e-3}, {1: 5.0}]
    found = TopProducts(impacts(table), order).best(*flat(queries), 20)
    expect_same(found, plainly(table, order, queries, 20))


def test_copies_of_the_best_come_in_the_given_order() -> None:
    table, order, random = made_up(3, 9_000, 100, 2)
    table[:, 3000:6000] = table[:, :3000]
    table[:, 6000:] = table[:, :3000]
    queries = made_up_queries(random, 100, 80, 40)
    found = TopProducts(impacts(table), order).best(*flat(queries), 10, threads=2)
    expect_same(found, plainly(table, order, queries, 10))


def test_scores_that_single_precision_cannot_tell_apart() -> None:
    random = np.random.default_rng(5)
    table = (1 + random.integers(0, 4, (40, 3_000)) * 2.0**-23).astype(np.float32)
    table[7] = 0.0  # A term that no document has: it comes last, when nothing can be added.
    queries = [dict.fromkeys(random.permutation(40).tolist(), 1.0), {0: 1.0, 1: 2.0**-25}]
    order = np.arange(3_000)[::-1].copy()
    found = TopProducts(impacts(table), order).best(*flat(queries), 7)
    expect_same(found, plainly(table, order, queries, 7))


@pytest.mark.parametrize("masked", [False, True])
def test_frequent_terms_whose_values_hardly_differ(masked: bool) -> None:
    random = np.random.default_rng(6)
    table = (0.5 + random.random((30, 3_000)) / 1000).astype(np.float32)
    table[random.random(table.shape) < 0.1] = 0.0
    table[np.arange(30), random.integers(0, 3_000, 30)] = 1.0
    allowed = random.integers(0, 2, 3_000).astype(np.uint8) if masked else None
    order, queries = random.permutation(3_000), made_up_queries(random, 30, 40, 31)
    found = TopProducts(impacts(table), order).best(*flat(queries), 20, allowed=allowed)
    expect_same(found, plainly(table, order, queries, 20, allowed))


def test_the_best_whose_values_are_all_rounded_down() -> None:
    terms, documents = 40, 1_000
    table = np.empty((terms, documents), np.float32)
    table[::2], table[1::2] = 10.51, 10.45  # Rounded to 11 and 10.
    table[:, 500:520] = 10.49  # More in sum, but each rounded to 10.
    np.fill_diagonal(table, 255.0)  # The highest of each term, so that a step is 1.
    queries = [dict.fromkeys(range(terms), 1.0), dict.fromkeys(range(terms), 2.0**-40)]
    order = np.arange(documents)[::-1].copy()
    for k in (terms, terms + 7, terms + 20, documents):
        found = TopProducts(impacts(table), order).best(*flat(queries), k)
        expect_same(found, plainly(table, order, queries, k))


@pytest.mark.parametrize("weight", [2.0**-60, 1.0, 2.0**30])
def test_values_that_are_nothing_beside_the_highest_of_their_term(weight: float) -> None:
    random = np.random.default_rng(7)
    table = (2.0 ** random.integers(-60, 0, (5, 2_000))).astype(np.float32)
    table[random.random(table.shape) < 0.5] = 0.0
    table[:, 77] = 2.0**30
    order = random.permutation(2_000)
    queries = [dict.fromkeys(range(size), weight) for size in range(1, 6)]
    for k in (1, 20, 2_000):
        found = TopProducts(impacts(table), order).best(*flat(queries), k)
        expect_same(found, plainly(table, order, queries, k))


@pytest.mark.parametrize("frequency", [83, 84])
def test_terms_that_are_just_frequent_or_just_not(frequency: int) -> None:
    random = np.random.default_rng(frequency)
    table = np.zeros((9, 1_000), np.float32)
    for row in table:
        row[random.permutation(1_000)[:frequency]] = random.random(frequency) + 0.1
    order, queries = random.permutation(1_000), made_up_queries(random, 9, 30, 10)
    found = TopProducts(impacts(table), order).best(*flat(queries), 20)
    expect_same(found, plainly(table, order, queries, 20))


@pytest.mark.parametrize("queries", [1, 2, 7, 9, 65, 600])
def test_any_number_of_queries_and_threads(queries: int) -> None:
    table, order, random = made_up(queries, 400, 50, 4)
    asked = made_up_queries(random, 50, queries, 20)
    top, wanted = TopProducts(impacts(table), order), plainly(table, order, asked, 10)
    for threads in (1, 2, 3, 8):
        expect_same(top.best(*flat(asked), 10, threads=threads), wanted)


def test_one_query_with_every_term() -> None:
    table, order, random = made_up(8, 3_000, 3_000, 5)
    queries = [
        dict(zip(random.permutation(3_000).tolist(), random.random(3_000) + 0.1, strict=True))
    ]
    found = TopProducts(impacts(table), order).best(*flat(queries), 20)
    expect_same(found, plainly(table, order, queries, 20))


def test_weights_of_very_different_size() -> None:
    table, order, random = made_up(9, 5_000, 60, 3)
    queries = [
        dict(zip(random.permutation(60).tolist(), 2.0 ** random.integers(-30, 31, 60), strict=True))
        for _ in range(20)
    ]
    found = TopProducts(impacts(table), order).best(*flat(queries), 20)
    expect_same(found, plainly(table, order, queries, 20))


def test_nothing_to_search_or_to_ask() -> None:
    nothing = TopProducts(impacts(np.zeros((4, 0), np.float32)), np.arange(0))
    found = nothing.best(*flat([{0: 1.0}, {}]), 3)
    assert found.places.tolist() == [[-1] * 3] * 2
    assert found.counts.tolist() == [0, 0]
    assert nothing.best(*flat([]), 3).places.shape == (0, 3)


def test_arrays_mapped_from_a_file_give_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    table, order, random = made_up(2, 500, 30, 4)
    whole, folder = impacts(table), tmp_path_factory.mktemp("impacts")
    mapped = {}
    for name in Impacts.__dataclass_fields__:
        np.save(folder / f"{name}.npy", getattr(whole, name))
        mapped[name] = np.load(folder / f"{name}.npy", mmap_mode="r")
    queries = made_up_queries(random, 30, 10, 20)
    found = TopProducts(Impacts(**mapped), order).best(*flat(queries), 5)
    expect_same(found, plainly(table, order, queries, 5))


@pytest.mark.parametrize(
    ("terms", "weights", "k", "message"),
    [
        ([1, 1], [1.0, 1.0], 1, "twice"),
        ([1, 2], [1.0, 1.0], 1, "A term is not between 0 and 1"),
        ([-1, 0], [1.0, 1.0], 1, "A term is not"),
        ([0, 1], [1.0, 0.0], 1, "A weight is not"),
        ([0, 1], [1.0, np.nan], 1, "A weight is not"),
        ([0, 1], [1.0, np.inf], 1, "A weight is not"),
        ([0], [1.0, 1.0], 1, "do not belong together"),
        ([0, 1], [1.0, 1.0], 0, "k must be at least 1"),
    ],
)
def test_queries_that_are_refused(
    terms: list[int], weights: list[float], k: int, message: str
) -> None:
    top = TopProducts(impacts(np.ones((2, 3), np.float32)), np.arange(3))
    with pytest.raises(ValueError, match=message):
        top.best(np.array([0, 2]), np.array(terms, np.int32), np.array(weights), k)
    assert top.best(*flat([{0: 1.0, 1: 1.0}]), 1).counts.tolist() == [1]


def test_a_refusal_leaves_no_trace() -> None:
    top = TopProducts(impacts(np.eye(3, dtype=np.float32)), np.arange(3))
    with pytest.raises(ValueError, match="twice"):
        top.best(np.array([0, 3]), np.array([0, 1, 1], np.int32), np.ones(3), 1)
    assert top.best(*flat([{0: 1.0}]), 3).places.tolist() == [[0, -1, -1]]


def test_an_index_that_is_refused() -> None:
    starts, places = np.array([0, 2]), np.array([0, 1], np.int32)
    with pytest.raises(ValueError, match="A value is not"):
        Impacts.build(starts, places, np.array([1.0, -1.0], np.float32), 2)
    with pytest.raises(ValueError, match="A place is not"):
        Impacts.build(starts, places, np.array([1.0, 1.0], np.float32), 1)
    whole = Impacts.build(starts, places, np.array([1.0, 1.0], np.float32), 2)
    with pytest.raises(ValueError, match="3 ranks were given for 2 documents"):
        TopProducts(whole, np.arange(3))
    with pytest.raises(ValueError, match="`allowed` has 1 values, not 2"):
        TopProducts(whole, np.arange(2)).best(*flat([{0: 1.0}]), 1, allowed=np.ones(1, np.uint8))


def test_importing_compiles_nothing() -> None:
    program = "import sys, matching.top_products; print('numba' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - a fixed program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
