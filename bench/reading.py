"""What it takes to read texts for meaning: seconds a text, and memory of the process that reads.

Usage: python -m bench.reading [--texts N]
Made-up concepts of 40 to 110 words, read by the model that comes with the site, in a process of its
own for each number of threads. The processor's seconds say it where other work goes on.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Sequence

import psutil

from bench.texts import concepts
from matching.semantic.encoder import E5Encoder
from matching.semantic.vectors import meaningful_text

WARM_UP = 5


def megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def read(texts: Sequence[str], threads: int) -> None:
    before = megabytes()
    encoder = E5Encoder(threads)
    encoder.encode(texts[:WARM_UP])
    wall, processor = time.perf_counter(), time.process_time()
    encoder.encode(texts[WARM_UP:])
    count = len(texts) - WARM_UP
    wall = (time.perf_counter() - wall) / count
    processor = (time.process_time() - processor) / count
    print(
        f"{threads} threads: {1000 * wall:.0f} ms a text, {1000 * processor:.0f} ms of the"
        f" processor; 10 000 texts in {10_000 * wall / 60:.0f} minutes;"
        f" {megabytes() - before:.0f} MB more with the model loaded",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--texts", type=int, default=60, metavar="N")
    wanted = parser.parse_args()
    texts = [meaningful_text(each) for each in concepts(wanted.texts + WARM_UP)]
    for threads in (1, 2):
        process = multiprocessing.get_context("spawn").Process(target=read, args=(texts, threads))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
