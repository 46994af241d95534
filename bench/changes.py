"""Time questions to an index that changes between them.

Usage: python -m bench.changes [DOCUMENTS] (100000 unless told)
Times are of the processor, in milliseconds: in the middle and at the 95th percentile.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bench.texts import concepts, needs
from matching import Document, MatchIndex

QUESTIONS = 100
TOP = 20


def times(name: str, work: Callable[..., object], *given: Sequence[Document]) -> None:
    """Print how long `work` takes with each of those given."""
    taken = []
    for each in zip(*given, strict=True):
        start = time.process_time()
        work(*each)
        taken.append(1e3 * (time.process_time() - start))
    p50, p95 = np.percentile(taken, [50, 95]).tolist()
    print(f"  {name:<28}{p50:8.1f}   p95 {p95:8.1f}", flush=True)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    index = MatchIndex.from_documents(concepts(count))
    asked, extra = needs(2 * QUESTIONS + 1), concepts(QUESTIONS, count)
    index.rank(asked.pop())
    first, second = asked[:QUESTIONS], asked[QUESTIONS:]

    def ask(need: Document) -> None:
        index.rank(need, TOP)

    def explained(need: Document) -> None:
        for match in index.rank(need, TOP):
            index.explain(need, match.document_id)

    def added(need: Document, document: Document) -> None:
        index.add(document)
        index.rank(need, TOP)

    def changed(need: Document, document: Document) -> None:
        index.add(replace(document, text=need.text))
        index.rank(need, TOP)

    def removed(need: Document, document: Document) -> None:
        index.remove(document.id)
        index.rank(need, TOP)

    print(f"One question to {count} documents, milliseconds:")
    times("a new one", ask, first)
    times(f"another, and {TOP} explained", explained, second)
    times("as the first, asked again", ask, first)
    times("again, one document added", added, first, extra)
    times("again, one changed", changed, first, extra)
    times("again, one removed", removed, first, extra)


if __name__ == "__main__":
    main()
