"""Time many queries at once in every engine, with one thread and with two.

Usage: python -m bench.batch [--documents N] [--quick] [--engines NAME...]
The texts are those of `bench.speed`. Times are milliseconds a query, text analysis included: of the
processor with one thread, of the clock with two, the least of several rounds. Where a batch would
take too long, only its first queries are put. Ratios are to ours: below 1 an engine is quicker.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from bench import texts
from bench.engines import Engine
from bench.trials import Figures, Kind, trials
from matching import Document

ROUNDS = 3

FEW, BUDGET = 50, 20.0
"""Queries that are put first, and the seconds that all may take: else it stays with these."""

KINDS = (
    Kind(texts.concepts, {"needs": (texts.needs, 1000), "questions": (texts.questions, 2000)}),
    Kind(texts.hostile_concepts, {"hostile needs": (texts.hostile_needs, 500)}),
)


def at_once(engine: Engine, queries: Sequence[Document]) -> Figures:
    """Return how long a query takes among others, with one thread and with two."""
    few = queries[:FEW]
    quick = len(queries) / len(few) * _milliseconds(engine, few, 1) < 1e3 * BUDGET
    asked, rounds = (queries, ROUNDS) if quick else (few, 1)
    return {
        name: min(_milliseconds(engine, asked, threads) for _ in range(rounds)) / len(asked)
        for name, threads in (("1 thread, ms", 1), ("2 threads, ms", 2))
    }


def _milliseconds(engine: Engine, queries: Sequence[Document], threads: int) -> float:
    clock = time.process_time if threads == 1 else time.perf_counter
    start = clock()
    engine.rank_all(queries, threads)
    return 1e3 * (clock() - start)


if __name__ == "__main__":
    trials("bench.batch", at_once, KINDS, threads=2)
