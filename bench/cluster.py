"""Time ranking with two worker processes against two threads of one process, in one run.

Usage: python -m bench.cluster [TEXTS] [ROUNDS] (20000 and 3 unless told)
So many made-up needs are ranked against as many concepts, top 20 with reasons, from texts to the
last match. Seconds of the clock are what one waits for; seconds of the processors, all processes
together, are what the work costs, and hardly depend on what else the machine does. Ratios are
medians. The start of the processes is shown, not counted: a cluster is started once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from statistics import median

from bench.texts import concepts, needs
from matching import Document, Match, MatchIndex
from matching.cluster import cluster, rank_all

Texts = list[Document]


def count(ranked: Iterable[tuple[str, list[Match]]]) -> int:
    """Return how many matches there are, each made and forgotten."""
    return sum(len(matches) for _, matches in ranked)


def timed(work: Callable[[], int], processors: Callable[[], float]) -> tuple[float, float, int]:
    """Return seconds of the clock and of the processors, and what comes out."""
    clock, used = time.perf_counter(), processors()
    found = work()
    return time.perf_counter() - clock, processors() - used, found


def main() -> None:
    """Print the table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    documents, asked = concepts(size), needs(size)
    start = time.perf_counter()
    with cluster(workers=2) as client:
        few = documents[:200]  # Loads what is compiled, in every process.
        count(MatchIndex.from_documents(few).rank_all(few))
        count(rank_all(client, few, few, at_once=20))
        print(f"{size} needs, {size} concepts; start {time.perf_counter() - start:.1f} s")
        print(f"{'seconds':<12}{'threads':>10}{'cluster':>10}{'ratio':>8}", flush=True)

        def all_processes() -> float:
            return time.process_time() + float(sum(client.run(time.process_time).values()))

        def threads() -> int:
            return count(MatchIndex.from_documents(documents).rank_all(asked, n_jobs=2))

        def workers() -> int:
            return count(rank_all(client, asked, documents))

        ratios = []
        for _ in range(rounds):
            one, many = timed(threads, all_processes), timed(workers, all_processes)
            if one[2] != many[2]:
                raise SystemExit("not the same matches")
            ratios.append([ours / theirs for theirs, ours in zip(one[:2], many[:2], strict=True)])
            for row, name in enumerate(("clock", "processors")):
                print(f"{name:<12}{one[row]:>10.1f}{many[row]:>10.1f}{ratios[-1][row]:>8.2f}")
        clock, processors = (median(each) for each in zip(*ratios, strict=True))
        print(f"median ratio: clock {clock:.2f}, processors {processors:.2f}")


if __name__ == "__main__":
    main()
