"""Sentences of a text, and what of a query they answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matching.text.markup import plain_text
from matching.text.tokens import Token, tokenize

_END = re.compile(r"(?<=[.!?…])[\"»”')\]]*\s+(?=[\"«“'(\[]*[^\W_a-zæøå])|\s*[\r\n]+\s*|\s+[•·]\s+")

LONGEST_SENTENCE = 400
"""Characters after which a text without full stops is cut at a space."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a plain text with its words; offsets are into the sentence."""

    text: str
    tokens: tuple[Token, ...]


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text that have a word in them, in their order."""
    plain = plain_text(text)
    parts, start = [], 0
    for end in _END.finditer(plain):
        parts.append(plain[start : end.start()])
        start = end.end()
    parts.append(plain[start:])
    found = []
    for part in parts:
        for piece in _pieces(part.strip()):
            within = tuple(tokenize(piece))
            if within:
                found.append(Sentence(piece, within))
    return found


def _pieces(part: str) -> list[str]:
    pieces = []
    while len(part) > LONGEST_SENTENCE:
        cut = part.rfind(" ", LONGEST_SENTENCE // 2, LONGEST_SENTENCE)
        cut = cut if cut > 0 else LONGEST_SENTENCE
        pieces.append(part[:cut].strip())
        part = part[cut:].strip()
    return [*pieces, part]
