"""Time how meanings are compared: one text, or many, with those of all documents.

Usage: python -m bench.vectors [--documents N]
Vectors are made up. Times are of the processor, one thread (set OPENBLAS_NUM_THREADS=1), the least
of several rounds: ours, which are whole numbers of two bytes and exact, with centre and lengths
taken off; and numpy's bare product of the same in float32. Ratios are to ours. Reading a text with
the language model is not in it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from matching.semantic.centering import ORDINARY, VectorTable
from matching.semantic.encoder import E5Encoder
from matching.semantic.vectors import VectorArray

ROUNDS = 9
TEXTS = (1, 64)
"""Texts that are compared at once."""


def least(work: Callable[[], object]) -> float:
    """Return how many milliseconds the quickest round takes."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(1e3 * (time.process_time() - start))
    return min(taken)


def made_up(random: np.random.Generator, number: int) -> VectorArray:
    """Return vectors of the size and length of real ones."""
    return random.integers(-200, 200, (number, E5Encoder.dimensions)).astype(np.int16)


def main(documents: int) -> None:
    """Print the table."""
    random = np.random.default_rng(0)
    rows = made_up(random, documents)
    table = VectorTable(made_up(random, len(ORDINARY)))
    table.extend(rows)
    floats = rows.astype(np.float32)
    size, as_floats = rows.nbytes / 1e6, floats.nbytes / 1e6
    print(f"{documents} documents; {size:.0f} MB, in float32 {as_floats:.0f}")
    print(f"{'texts':>5}{'ours, ms':>10}{'numpy, ms':>11}{'ratio':>7}")
    for texts in TEXTS:
        asked = made_up(random, texts)
        ours = least(partial(table.cosines, asked))
        peer = least(partial(np.matmul, asked.astype(np.float32), floats.T))
        print(f"{texts:>5}{ours:>10.1f}{peer:>11.1f}{peer / ours:>7.2f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    main(parser.parse_args().documents)
