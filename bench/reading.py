"""What it takes to read texts for meaning: seconds a text, and memory of the process that reads.

Usage: python -m bench.reading [--texts N]
Made-up concepts of 40 to 110 words, as wholes and then by their sentences, read by the model that
comes with the site, in a process of its own for each number of threads. The processor's seconds say
it where other work goes on.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Sequence

import psutil

from bench.texts import concepts
from marketplace.matches.index import WEIGHTS
from matching.semantic.encoder import E5Encoder
from matching.semantic.sentences import told_sentences
from matching.semantic.vectors import meaningful_text

WARM_UP = 5


def megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def read(texts: Sequence[str], sentences: Sequence[Sequence[str]], threads: int) -> None:
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
    processor, number = time.process_time(), sum(map(len, sentences))
    for each in sentences:
        encoder.encode(each)
    processor = (time.process_time() - processor) / len(sentences)
    print(
        f"   by their sentences, {number / len(sentences):.1f} a text: {1000 * processor:.0f} ms of"
        f" the processor a text; 10 000 texts in {10_000 * processor / 3600:.1f} hours of it",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--texts", type=int, default=60, metavar="N")
    wanted = parser.parse_args()
    documents = list(concepts(wanted.texts + WARM_UP))
    texts = [meaningful_text(each) for each in documents]
    sentences = [told_sentences(each, WEIGHTS) for each in documents[WARM_UP:]]
    for threads in (1, 2):
        process = multiprocessing.get_context("spawn").Process(
            target=read, args=(texts, sentences, threads)
        )
        process.start()
        process.join()


if __name__ == "__main__":
    main()
