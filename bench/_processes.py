"""What a family of processes uses: seconds of the processor, and memory of its own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of one process; `own` is what would be free again if it ended."""

    name: str
    resident: float
    own: float


def family_of(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def processor_seconds(pid: int) -> float:
    """Of the process, of those it has started, and of those of them that have ended."""
    total = 0.0
    for process in family_of(pid):
        with suppress(psutil.NoSuchProcess):  # it has ended since, and its parent has its time
            times = process.cpu_times()
            total += times.user + times.system
    gone = psutil.Process(pid).cpu_times()
    return total + float(gone.children_user + gone.children_system)


def memory_of(pid: int) -> list[Memory]:
    found = []
    for number, process in enumerate(family_of(pid)):
        told = process.memory_full_info()
        name = f"web process {number}" if number else "the one that starts them"
        found.append(Memory(name, told.rss / 2**20, told.uss / 2**20))
    return found
