"""What two versions say differently: field by field, word by word, row against row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from marketplace.agreements.document import Section, content_sections
from marketplace.agreements.models import Agreement

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
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
    codes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
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
    left = list(before)
    for row in after:
        source = row if row in left else _closest(row, [old for old in left if old not in after])
        if source:
            left.remove(source)
        yield source, row
    yield from ((row, "") for row in left)


def _closest(row: str, candidates: Sequence[str]) -> str:
    scored = [(_likeness(row, old), old) for old in candidates]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else ""


def _likeness(row: str, other: str) -> float:
    """What the first line says, which names the row, counts as much as all the words."""
    names = SequenceMatcher(a=_first_line(row), b=_first_line(other), autojunk=False).ratio()
    words = SequenceMatcher(a=WORDS.findall(row), b=WORDS.findall(other), autojunk=False).ratio()
    return (names + words) / 2


def _first_line(row: str) -> str:
    return row.partition("\n")[0]
