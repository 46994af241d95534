"""Runs a trial of every engine on the same texts, each in a process of its own, into one table."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import texts
from bench.engines import ENGINES, Engine, versions
from matching import Document

Figures = dict[str, float]

Measure = Callable[[Engine, Sequence[Document]], Figures]
"""Puts queries to an engine."""

QUICK = 10_000


@dataclass(frozen=True, slots=True)
class Kind:
    """Documents, and queries of several names that are put to them, with how many of each."""

    documents: texts.Texts
    queries: Mapping[str, tuple[texts.Texts, int]]


def trials(program: str, measure: Measure, kinds: Sequence[Kind], threads: int) -> None:
    """Print the tables of a program; a process that it starts comes here too, for one trial."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} documents, fewer queries")
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=list(ENGINES))
    parser.add_argument("--trial", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.trial:
        print(json.dumps(_trial(measure, options.trial[0], Path(options.trial[1]))))
        return
    documents = min(options.documents, QUICK) if options.quick else options.documents
    print(f"{documents} documents, top 20, at most {threads} threads; {versions()}")
    for kind in kinds:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            _write(folder / "documents", kind.documents(documents))
            for query, (make, count) in kind.queries.items():
                _write(folder / f"{query}.queries", make(count // 10 if options.quick else count))
            found = {
                engine: _process(program, engine, folder, threads) for engine in options.engines
            }
        for name in found[options.engines[0]]:
            _table(name, {engine: figures[name] for engine, figures in found.items()})


def _write(path: Path, documents: Sequence[Document]) -> None:
    lines = (json.dumps([each.id, each.title, each.text]) + "\n" for each in documents)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)


def _read(path: Path) -> list[Document]:
    with path.open(encoding="utf-8") as file:
        return [Document(*json.loads(line)) for line in file]


def _process(program: str, engine: str, folder: Path, threads: int) -> dict[str, Figures]:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")
    command = [sys.executable, "-m", program, "--trial", engine, str(folder)]
    done = subprocess.run(  # noqa: S603 - this program itself
        command,
        env=os.environ | dict.fromkeys(names, str(threads)),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Figures] = json.loads(done.stdout)
    return found


def _trial(measure: Measure, name: str, folder: Path) -> dict[str, Figures]:
    """Return what was measured of one engine: each kind of query, and what it took to make it."""
    documents = _read(folder / "documents")
    queries = {path.stem: _read(path) for path in sorted(folder.glob("*.queries"))}
    for few in queries.values():
        measure(ENGINES[name](documents[:100]), few[:3])  # What is loaded late is not timed.
    start = time.process_time()
    engine = ENGINES[name](documents)
    made = {"seconds": time.process_time() - start, "MB": peak()}
    return {name: measure(engine, asked) for name, asked in queries.items()} | {"to build": made}


def peak() -> float:
    """Return the most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _table(query: str, found: Mapping[str, Figures]) -> None:
    """Print the figures of all engines, each with its ratio to those of the first."""
    first = next(iter(found.values()))
    print("\n" + f"{query:<22}" + "".join(f"{name:>14}{'ratio':>7}" for name in first))
    for engine, figures in found.items():
        cells = (f"{value:14.2f}{value / first[name]:7.2f}" for name, value in figures.items())
        print(f"{engine:<22}" + "".join(cells), flush=True)
