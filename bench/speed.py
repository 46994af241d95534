"""Time one query at a time in every engine: what it takes from a text to the best documents.

Usage: python -m bench.speed [--documents N] [--quick] [--engines NAME...]
Long needs and short questions are put to the same concepts, then needs to concepts whose words
resemble each other; see `bench.texts` and `bench.engines`. Times are of the processor, one thread,
text analysis included; half of the queries take less than p50, one of twenty more than p95. To
build an engine is to make its index of the texts; its memory is the most that the process had until
then, the texts included. Ratios are to ours: below 1 an engine is quicker or smaller.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from bench import texts
from bench.engines import Engine
from bench.trials import Figures, Kind, trials
from matching import Document

BUDGET = 20.0
"""Seconds after which no further query is put to an engine."""

KINDS = (
    Kind(texts.concepts, {"needs": (texts.needs, 500), "questions": (texts.questions, 1000)}),
    Kind(texts.hostile_concepts, {"hostile needs": (texts.hostile_needs, 300)}),
)


def one_by_one(engine: Engine, queries: Sequence[Document]) -> Figures:
    """Return how long a query takes, in the middle and at worst."""
    taken: list[float] = []
    for query in queries:
        start = time.process_time()
        engine.rank(query)
        taken.append(1e3 * (time.process_time() - start))
        if sum(taken) > 1e3 * BUDGET:
            break
    p50, p95 = np.percentile(taken, [50, 95]).tolist()
    return {"p50, ms": p50, "p95, ms": p95}


if __name__ == "__main__":
    trials("bench.speed", one_by_one, KINDS, threads=1)
