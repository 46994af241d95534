"""Sentences as people write them in haste, and whom each is for, written before the reader.

Each file is a table of four columns. `ages` has ranges such as `13-15` or `67-`, several apart by
spaces, and answers that are as good after a slash. `groups` has codes; those with a question mark
may be named or not. `none` stands where the sentence does not say.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from pathlib import Path

from matching.facets.model import Range
from matching.facets.reader import TargetGroup, read_target_group

FOLDER = Path(__file__).parent


class Outcome(StrEnum):
    """What a reading is worth."""

    RIGHT = "right"
    SILENT = "silent"
    WRONG = "wrong"


@dataclass(frozen=True)
class Judged:
    """A text and whom it is for."""

    title: str
    text: str
    ages: tuple[tuple[Range, ...], ...]
    groups: frozenset[str]
    may_be: frozenset[str]

    def read(self) -> TargetGroup:
        return read_target_group(self.text, title=self.title)

    def of_ages(self) -> Outcome:
        """Return what the reading of ages is worth: right only with the same ends."""
        found = self.read().ages
        if found in self.ages:
            return Outcome.RIGHT
        return Outcome.WRONG if found else Outcome.SILENT

    def of_groups(self) -> Outcome:
        """Return what the reading of groups is worth: right only with all and no other."""
        found = frozenset(map(str, self.read().groups))
        if self.groups <= found <= self.groups | self.may_be:
            return Outcome.RIGHT
        return Outcome.WRONG if found else Outcome.SILENT


def names() -> list[str]:
    """Return the names of the tables."""
    return sorted(path.stem for path in FOLDER.glob("*.tsv"))


def judged(name: str) -> list[Judged]:
    """Return the sentences of a table."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_judged(row) for row in rows]


def _judged(row: dict[str, str]) -> Judged:
    groups = [] if row["groups"] == "none" else row["groups"].split()
    return Judged(
        row["title"],
        row["text"],
        tuple(_ages(each) for each in row["ages"].split("/")),
        frozenset(each for each in groups if not each.endswith("?")),
        frozenset(each.rstrip("?") for each in groups if each.endswith("?")),
    )


def _ages(cell: str) -> tuple[Range, ...]:
    if cell == "none":
        return ()
    ends = (each.split("-") for each in cell.split())
    return tuple(Range(float(low), float(high or inf)) for low, high in ends)
