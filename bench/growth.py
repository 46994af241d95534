"""Measure how time and memory grow with the collection, each size in processes of its own.

Usage: python -m bench.growth [--largest N] (100000 unless told)
Sizes are 1 000, ten times that, and so on. A builder makes the index and saves it; two readers
open the file and answer. The exponent is that of the line through all sizes, least squares of the
logarithms: 1 is in proportion. Times are of the clock, one thread.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

import numpy as np

BATCH = 200
QUESTIONS = 100
FIGURES = {
    "build": "s",
    "save": "s",
    "file": "MB",
    "builder": "MB",
    "open": "s",
    "first": "s",
    "question": "ms",
    "p95": "ms",
    "batch": "ms",
    "reader": "MB",
    "own": "MB",
    "shared": "MB",
}

Figures = dict[str, float]


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak() -> float:
    """Return the most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory() -> Figures:
    """Return what this process has now, in MB: all, and that which no other has; see proc(5)."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    own = found["Private_Clean"] + found["Private_Dirty"]
    return {"reader": found["Rss"], "own": own, "shared": found["Rss"] - found["Pss"]}


def build(path: Path, count: int) -> Figures:
    """Make an index and save it."""
    from bench.texts import concepts  # noqa: PLC0415 - a process loads only what it measures
    from matching import MatchIndex  # noqa: PLC0415

    MatchIndex.from_documents(concepts(10))
    documents, found = concepts(count), []
    took = seconds(lambda: found.append(MatchIndex.from_documents(documents)))
    save = seconds(lambda: found[0].save(path))
    size = path.stat().st_size / 2**20
    return {"build": took, "save": save, "file": size, "builder": peak()}


def read(path: Path) -> Figures:
    """Open the index and ask; wait for a line, so that another reader is there as well."""
    from matching import Document, MatchIndex  # noqa: PLC0415 - see above

    start = time.perf_counter()
    index = MatchIndex.load(path)
    opened = time.perf_counter() - start
    index.rank(Document("", "", "Eldre som bor alene, trenger noen å gå tur med."))
    first = time.perf_counter() - start
    from bench.texts import needs  # noqa: PLC0415 - the first answer shall not wait for it

    asked = needs(2 * QUESTIONS + BATCH)
    for need in asked[:QUESTIONS]:
        index.rank(need)
    times = [1e3 * seconds(lambda need=need: index.rank(need)) for need in asked[QUESTIONS:-BATCH]]  # type: ignore[misc]
    found = {"question": float(np.median(times)), "p95": float(np.percentile(times, 95))}
    print(flush=True)
    sys.stdin.readline()
    found |= memory()
    batch = 1e3 * seconds(lambda: index.rank_all(asked[-BATCH:])) / BATCH
    return {"open": opened, "first": first, **found, "batch": batch}


def measured(folder: Path, count: int) -> Figures:
    """Return all figures of one size."""
    path = folder / f"{count}.index"
    found: Figures = json.loads(_started("build", path, count).communicate()[0])
    readers = [_started("read", path, count) for _ in range(2)]
    for reader in readers:
        cast("IO[str]", reader.stdout).readline()
    answers = [json.loads(reader.communicate("\n")[0]) for reader in readers]
    return {**found, **answers[0]}


def _started(task: str, path: Path, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.growth", "--task", task, str(path), str(count)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this program itself


def exponent(sizes: list[int], values: list[float]) -> float:
    """Return the slope of the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--task", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        task, path, count = options.task
        print(json.dumps(build(Path(path), int(count)) if task == "build" else read(Path(path))))
        return
    sizes = [10**power for power in range(3, 10) if 10**power <= options.largest]
    with tempfile.TemporaryDirectory() as folder:
        found = [measured(Path(folder), size) for size in sizes]
    print(f"{'documents':<16}{''.join(f'{size:>12}' for size in sizes)}{'exponent':>10}")
    for name, unit in FIGURES.items():
        values = [each[name] for each in found]
        line = "".join(f"{value:>12.4g}" for value in values)
        print(f"{f'{name}, {unit}':<16}{line}{exponent(sizes, values):>10.2f}")


if __name__ == "__main__":
    main()
