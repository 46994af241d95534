"""A text in the plainest signs, for looking for what is written in other dress.

Digits of every script and width become those of this country, dashes and blanks the plain ones,
and what has no width goes. Each sign of the plain text knows its place in the one it came from.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

FULL_WIDTH = range(0xFF01, 0xFF5F)
LIKE = {"\t": " ", "\N{MINUS SIGN}": "-", "\N{SMALL COMMERCIAL AT}": "@", "\N{ONE DOT LEADER}": "."}
DRESS = "\u034f\u20e3\ufe0e\ufe0f"
"""What only says how its neighbours are drawn."""


@dataclass(frozen=True, slots=True)
class Plain:
    text: str
    places: Sequence[int]
    """Where each sign stood, and last where the text ended."""


def in_plain_signs(text: str) -> Plain:
    table = {ord(sign): _plain(sign) for sign in set(text)}
    plain = text.translate(table)
    if len(plain) == len(text):
        return Plain(plain, range(len(text) + 1))
    kept = (place for place, sign in enumerate(text) if table[ord(sign)] is not None)
    return Plain(plain, [*kept, len(text)])


@lru_cache(maxsize=5000)
def _plain(sign: str) -> str | None:
    if sign.isascii():
        return LIKE.get(sign, sign)
    kind, digit = unicodedata.category(sign), unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    if kind == "Cf" or sign in DRESS:
        return None
    if ord(sign) in FULL_WIDTH:
        return chr(ord(sign) - FULL_WIDTH.start + ord("!"))
    return {"Zs": " ", "Pd": "-"}.get(kind) or LIKE.get(sign, sign)
