"""What two versions say differently: field by field, word by word, row against row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import product

from marketplace.agreements.models import Agreement
from marketplace.agreements.pages.document import Section, content_sections
from marketplace.ui.filters import NARROW_SPACE

WORDS = re.compile(rf"\d+(?:[.,{NARROW_SPACE}]\d+)*|\s+|\w+|[^\w\s]")
"""Amounts and dates are one word, as nobody reads a changed half of one."""
NAMES = re.compile(r"^[^:\n]+: ", re.MULTILINE)
"""The names of a row's cells: common to all rows, and so no likeness."""
NAME_READ = 80
"""So much of a name tells it from others; each of many rows is held beside each of the others."""
ALIKE = 0.5
"""Two rows with at least this share in common are the same row, changed."""


class PieceKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One field or row of both versions; where it is only in one, the other is empty."""

    heading: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.kind is not PieceKind.SAME for piece in (*self.before, *self.after))

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.after)


def compare(earlier: Agreement, later: Agreement) -> list[Pair]:
    pairs: list[Pair] = []
    sides = zip(content_sections(earlier), content_sections(later), strict=True)
    for before, after in sides:
        pairs.append(_pair(after.heading, _plain(before), _plain(after)))
        matched = _matched(before.lines, after.lines)
        pairs += [_pair(after.heading, old, new) for old, new in matched]
    return [pair for pair in pairs if pair.before or pair.after]


def _plain(section: Section) -> str:
    texts = [typed.text for typed in section.texts]
    facts = [f"{fact.name}: {fact.text}" for fact in section.facts]
    return "\n\n".join([*texts, "\n".join(facts)] if facts else texts)


# ---------------------------------------------------------------- word by word


def _pair(heading: str, before: str, after: str) -> Pair:
    old, new = WORDS.findall(before), WORDS.findall(after)
    # In long texts, words that stand everywhere do not begin a likeness: else the time grows with
    # the square of the text. They still belong to what is alike around them.
    codes = SequenceMatcher(a=old, b=new, autojunk=True).get_opcodes()
    left = [
        Piece(PieceKind.SAME if tag == "equal" else PieceKind.REMOVED, "".join(old[i1:i2]))
        for tag, i1, i2, _j1, _j2 in codes
    ]
    right = [
        Piece(PieceKind.SAME if tag == "equal" else PieceKind.ADDED, "".join(new[j1:j2]))
        for tag, _i1, _i2, j1, j2 in codes
    ]
    return Pair(heading, _said(left), _said(right))


def _said(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)


# ---------------------------------------------------------------- row against row


def _matched(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each later row with the earlier one it came from; then what was taken away."""
    sources = _sources(before, after)
    for number, row in enumerate(after):
        yield (before[sources[number]] if number in sources else ""), row
    gone = set(range(len(before))) - set(sources.values())
    yield from ((before[number], "") for number in sorted(gone))


def _sources(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """For later rows the earlier ones, the likest pairs first, each row once."""
    pairs = product(enumerate(before), enumerate(after))
    scored = sorted((-_likeness(old, new), j, i) for (i, old), (j, new) in pairs)
    sources: dict[int, int] = {}
    for likeness, later, earlier in scored:
        free = later not in sources and earlier not in sources.values()
        if free and -likeness >= ALIKE:
            sources[later] = earlier
    return sources


def _likeness(row: str, other: str) -> float:
    """What the first line says, which names the row, counts as much as all the words."""
    first, second = NAMES.sub("", row), NAMES.sub("", other)
    lines = _first_line(first), _first_line(second)
    names = SequenceMatcher(None, *lines, autojunk=False).ratio()
    words = SequenceMatcher(None, first.split(), second.split(), autojunk=False).quick_ratio()
    return (names + words) / 2


def _first_line(row: str) -> str:
    return row.partition("\n")[0][:NAME_READ]
