"""Time the exact best products against sparse_dot_topn and the machine, as ratios within one run.

Usage: python -m bench.batch [DOCUMENTS] (100000 unless told)
Made-up texts, Zipfian over 200 000 terms, top 20. "Words": 65 words a text, the 100 most frequent
terms left out. "Left in": 85 words, nothing left out. "Expanded": the same documents, each word
of a query asked with 10 to 50 others of smaller weight. "N-grams": 750 a text, nothing left out.
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

from matching.arrays import FloatArray, IntArray, SingleArray
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
    expanded: bool = False


SETTINGS = (
    Setting("words", 65, 100, 2000, 42),
    Setting("left in", 85, 0, 500, 45),
    Setting("expanded", 85, 0, 500, 45, expanded=True),
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
    if setting.expanded:
        times = random.integers(10, 50, len(text))
        similar = random.integers(0, TERMS, int(times.sum()))
        lesser = np.repeat(weights, times) * random.uniform(0.2, 0.8, len(similar))
        text, term = np.append(text, np.repeat(text, times)), np.append(term, similar)
        weights = np.append(weights, lesser)
    queries = sparse.csr_matrix((weights, (text, term)), (setting.queries, TERMS))
    for matrix in (impacts, queries):
        matrix.sum_duplicates()
    return impacts, queries


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


def run(setting: Setting, documents: int, addition: float) -> None:
    """Print one line of the table."""
    matrix, asked = made_up(setting, documents)
    start = time.thread_time()
    impacts = Impacts.build(matrix.indptr, matrix.indices, matrix.data, documents)
    prepared = time.thread_time() - start
    top = TopProducts(impacts, np.arange(documents))
    left, right = asked.astype(np.float32), matrix.astype(np.float32)

    def ours(threads: int = 1) -> object:
        return top.best(asked.indptr, asked.indices, asked.data, K, threads=threads)

    def one_by_one() -> None:
        for begin, end in zip(asked.indptr[:60], asked.indptr[1:61], strict=True):
            part = slice(begin, end)
            top.best(np.array([0, end - begin]), asked.indices[part], asked.data[part], K)

    ours()
    per_query = 1e6 / setting.queries
    our = seconds(ours, time.thread_time) * per_query
    their = seconds(lambda: sp_matmul_topn(left, right, K, sort=True), time.thread_time) * per_query
    gain = seconds(ours, time.perf_counter) / seconds(lambda: ours(2), time.perf_counter)
    alone = seconds(one_by_one, time.thread_time) * 1e6 / 60
    work = np.diff(matrix.indptr)[asked.indices].sum() / setting.queries
    figures = (their, our, their / our, work * addition * 1e6, gain, alone, prepared * 1e3)
    print(f"{setting.name:<10}" + "".join(f"{figure:>12.1f}" for figure in figures), flush=True)


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
        run(setting, documents, addition)


if __name__ == "__main__":
    main()
