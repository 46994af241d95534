"""Time the exact best products against sparse_dot_topn and the machine, as ratios within one run.

Usage: python -m bench.batch [DOCUMENTS] (100000 unless told)
Top 20 of made-up texts. "Words", "left in" and "n-grams" are Zipfian over 200 000 terms: 65 words
a text without the 100 most frequent terms, 85 with them, 750. "Ours" are the features of this
library, from the demo's made-up concepts and needs: a term of a query is in each document that
has a word that may stand for it, some 300 terms a document.
Times are of the processor for one thread, and of the clock for two. The floor is the
multiply-adds of all the postings asked for, at the speed measured for long postings.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from bench.texts import concepts, needs
from matching.arrays import FloatArray, IntArray, SingleArray
from matching.batch import Terms, impacts_of
from matching.collection import Collection
from matching.scoring import Scorer
from matching.top_products import Impacts, TopProducts

TERMS = 200_000
K = 20
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """One set of features: words a text, frequent terms left out, queries and their words."""

    name: str
    words: int
    left_out: int
    queries: int
    asked: int


SETTINGS = (
    Setting("words", 65, 100, 2000, 42),
    Setting("left in", 85, 0, 500, 45),
    Setting("n-grams", 750, 0, 60, 500),
)


def texts(
    random: np.random.Generator, count: int, words: int, left_out: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Return text, term and how often, for each term of each text."""
    odds = np.cumsum(1 / (np.arange(left_out, TERMS + left_out) + 10.0))
    lengths = np.maximum(1, random.lognormal(np.log(words), 0.35, count)).astype(np.int64)
    drawn = np.searchsorted(odds, random.random(int(lengths.sum())) * odds[-1])
    keys, counts = np.unique(
        np.repeat(np.arange(count), lengths) * TERMS + drawn, return_counts=True
    )
    return keys // TERMS, keys % TERMS, counts


def made_up(setting: Setting, documents: int) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Return impacts, terms by documents, and weights, queries by terms."""
    random = np.random.default_rng(5)
    text, term, count = texts(random, documents, setting.words, setting.left_out)
    lengths = np.bincount(text, weights=count, minlength=documents)
    pivots = 0.36 + 0.54 * lengths / lengths.mean()
    shares: FloatArray = count / (count + pivots[text])
    impacts = sparse.csr_matrix((shares.astype(np.float32), (term, text)), (TERMS, documents))
    frequency = np.diff(impacts.indptr)
    text, term, count = texts(random, setting.queries, setting.asked, setting.left_out)
    rarity = np.log1p((documents - frequency + 0.5) / (frequency + 0.5))
    weights = rarity[term] * count * 9 / (count + 8)
    queries = sparse.csr_matrix((weights, (text, term)), (setting.queries, TERMS))
    for matrix in (impacts, queries):
        matrix.sum_duplicates()
    return impacts, queries


def our_features(documents: int, queries: int) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Return impacts and weights as this library makes them of texts."""
    texts = Collection.of(concepts(documents))
    scorer = Scorer(texts)
    asked = scorer.queries(needs(queries))
    terms = Terms(asked, len(texts.vocabulary))
    found = impacts_of(terms, texts, scorer.pivots, slice(0, documents), 1)
    return (
        sparse.csr_matrix((found.values, found.places, found.starts), (terms.size, documents)),
        sparse.csr_matrix((asked.weights, asked.terms, asked.query_starts), (queries, terms.size)),
    )


def seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return how long `work` takes: the least of several."""
    times = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


@njit(nogil=True)
def add_all(places: IntArray, values: SingleArray, sums: SingleArray) -> None:
    """Add every value to the sum of its place, and nothing else."""
    for entry in range(np.uint64(places.size)):
        sums[places[entry]] += values[entry]


def seconds_an_addition(documents: int) -> float:
    """Return what adding one posting to a sum costs in long postings."""
    random = np.random.default_rng(1)
    size = max(1, documents // 10)
    rows = [np.sort(random.choice(documents, size, replace=False)) for _ in range(50)]
    places = np.concatenate(rows).astype(np.uint32)
    values, sums = np.ones(len(places), np.float32), np.zeros(documents, np.float32)
    add_all(places, values, sums)
    return seconds(lambda: add_all(places, values, sums), time.thread_time) / len(places)


def run(name: str, matrix: sparse.csr_matrix, asked: sparse.csr_matrix, addition: float) -> None:
    """Print one line of the table."""
    documents, queries = matrix.shape[1], asked.shape[0]
    start = time.thread_time()
    impacts = Impacts.build(matrix.indptr, matrix.indices, matrix.data, documents)
    top = TopProducts(impacts, np.arange(documents))
    prepared = time.thread_time() - start
    left, right = asked.astype(np.float32), matrix.astype(np.float32)

    def ours(threads: int = 1) -> object:
        return top.best(asked.indptr, asked.indices, asked.data, K, threads=threads)

    def one_by_one() -> None:
        for begin, end in zip(asked.indptr[:60], asked.indptr[1:61], strict=True):
            part = slice(begin, end)
            top.best(np.array([0, end - begin]), asked.indices[part], asked.data[part], K)

    ours()
    per_query = 1e6 / queries
    our = seconds(ours, time.thread_time) * per_query
    their = seconds(lambda: sp_matmul_topn(left, right, K, sort=True), time.thread_time) * per_query
    gain = seconds(ours, time.perf_counter) / seconds(lambda: ours(2), time.perf_counter)
    alone = seconds(one_by_one, time.thread_time) * 1e6 / 60
    work = np.diff(matrix.indptr)[asked.indices].sum() / queries
    figures = (their, our, their / our, work * addition * 1e6, gain, alone, prepared * 1e3)
    print(f"{name:<10}" + "".join(f"{figure:>12.1f}" for figure in figures), flush=True)


def main() -> None:
    """Print the table: microseconds a query, one thread; the index's preparation in all."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    addition = seconds_an_addition(documents)
    heads = (
        "peer, us",
        "ours, us",
        "ratio",
        "floor, us",
        "two threads",
        "alone, us",
        "prepare, ms",
    )
    print(f"{documents} documents, {1e-9 / addition:.2f} G additions a second")
    print(f"{'':<10}" + "".join(f"{head:>12}" for head in heads))
    for setting in SETTINGS:
        run(setting.name, *made_up(setting, documents), addition)
    run("ours", *our_features(documents, 2000), addition)


if __name__ == "__main__":
    main()
