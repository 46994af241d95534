"""The one way in which a later feature adds something to an earlier one, which may not import it.

The earlier feature keeps a `Registry` (or a dictionary of them, by what they are about) and asks
everything in it. The later features add to it in their `hooks`, when the process starts.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries in the order of their places, and then as they were added; each is there once."""

    def __init__(self) -> None:
        self._placed: list[tuple[int, Entry]] = []

    def add(self, entry: Entry, place: int = 100) -> None:
        if entry in self:
            return
        self._placed.append((place, entry))
        self._placed.sort(key=lambda placed: placed[0])

    def __iter__(self) -> Iterator[Entry]:
        return (entry for _, entry in self._placed)
