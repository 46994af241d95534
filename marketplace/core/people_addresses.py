"""E-mail addresses, also where the signs are spelled out: «kari(at)firma.no»."""

import re
from collections.abc import Iterator

_NAME = r"(?<![^\s@<>()\[\]{},;:])[^\s@<>()\[\]{},;:]++"
_LABEL = r"[\w-]++"
_AT = (
    r"(?: {0,2}[(\[{<] {0,2}(?:at|a|ætt|alfa|krøllalfa|alfakrøll|snabel-?a|@) {0,2}[)\]}>] {0,2}"
    r"| {1,2}(?:krøllalfa|alfakrøll|snabel-?a) {1,2})"
)
_DOT_WORD = (
    r"(?: {0,2}[(\[{<] {0,2}(?:dot|punktum|punkt|prikk|\.) {0,2}[)\]}>] {0,2}"
    r"| {1,2}(?:dot|punktum|prikk) {1,2})"
)
_PATTERNS = (
    re.compile(rf"{_NAME}@(?:[^\s@<>()\[\]{{}},;:.]++\.)+\w{{2,}}"),
    # «kari @ firma.no», but not «møt oss @ rådhuset»
    re.compile(rf"{_NAME} {{0,2}}@ {{0,2}}(?:{_LABEL}\.)+[a-z]{{2,}}(?!\w)"),
    re.compile(rf"{_NAME} {{0,2}}@ {{0,2}}{_LABEL}(?:{_DOT_WORD}{_LABEL})+", re.IGNORECASE),
    re.compile(rf"{_NAME}{_AT}{_LABEL}(?:(?:\.|{_DOT_WORD}){_LABEL})+", re.IGNORECASE),
    # «kari at firma dot no», but not «sa at firma.no»
    re.compile(rf"{_NAME} {{1,2}}at {{1,2}}{_LABEL}(?:{_DOT_WORD}{_LABEL})+", re.IGNORECASE),
)


def addresses_in(plain: str) -> Iterator[tuple[int, int]]:
    """Start and end of each, in a text of plain signs."""
    for pattern in _PATTERNS:
        yield from (match.span() for match in pattern.finditer(plain))
