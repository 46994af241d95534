"""Sentences of a text, each with its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from matching.text.markup import plain_text
from matching.text.tokens import Token, tokenize
from matching.text.word_lists import forms_of

LONGEST_SENTENCE = 400
"""Characters after which a text without full stops is cut at a space."""

_REACH = 16  # Characters beside a full stop that tell what it is.
_LAST_DAY = 31
_OPENING = "\"«“‘'(["

# The sign comes first: it is what a text is searched for. Possessive quantifiers give nothing back,
# so that no hostile text is read twice.
_END = re.compile(
    r"([.!?…](?<![.!?…].)[.!?…]*+[\"»”’')\]]*+)\s++(?=[\"«“‘'(\[]*+[^\W_a-zæøå])"
    r"|[\r\n]\s*+|[•·](?<=[^\S\r\n].)\s++"
)
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_MOST_DOTTED = 4  # Letters: "f.eks.", but not "nav.no."
_MONTH = re.compile(
    "(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    "|january|february|march|may|june|july|october|december)(?![^\\W_])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a plain text with its tokens; offsets are into the sentence."""

    text: str
    tokens: tuple[Token, ...]


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text that have a word in them, in their order.

    A sentence ends with a line, before a bullet, and after a full stop and the like where a capital
    letter or a digit follows; not after an abbreviation, an initial or an ordinal number.

    Examples
    --------
    >>> [each.text for each in sentences("Vi møtes kl. 10 hos Dr. A. Lie. Alle kan bli med.")]
    ['Vi møtes kl. 10 hos Dr. A. Lie.', 'Alle kan bli med.']
    """
    plain = plain_text(text)
    tokens = tokenize(plain)
    found, first = [], 0
    for start, end in _spans(plain):
        last = first
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        if last > first:
            within = [
                Token(word, max(begins - start, 0), min(ends, end) - start)
                for word, begins, ends in tokens[first:last]
            ]
            found.append(Sentence(plain[start:end], tuple(within)))
        first = last
    return found


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    """Return where the sentences of a plain text begin and end."""
    start = 0
    for found in _END.finditer(plain):
        if found[1] == "." and not _ends(plain, start, found):
            continue
        yield from _pieces(plain, start, found.start() if found[1] is None else found.end(1))
        start = found.end()
    yield from _pieces(plain, start, len(plain))


def _pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence at spaces where it is too long, and leave out the blanks around it."""
    while end - start > LONGEST_SENTENCE:
        cut = plain.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield from _trimmed(plain, start, cut)
        start = cut
    yield from _trimmed(plain, start, end)


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return a part of a text without the blanks around it; nothing where it has only blanks."""
    part = plain[start:end]
    size = len(part.strip())
    if size:
        first = start + len(part) - len(part.lstrip())
        yield first, first + size


def _ends(plain: str, start: int, stop: re.Match[str]) -> bool:
    """Return whether the sentence that begins at `start` ends with a full stop."""
    before = plain[max(start, stop.start() - _REACH) : stop.start()]
    word = (before.split() or [""])[-1].lstrip(_OPENING)
    following = plain[stop.end() : stop.end() + _REACH].lstrip(_OPENING)
    if word.isdecimal():
        in_list = stop.start() - start < _REACH and before.strip() == word
        return not in_list and not _is_ordinal(word, following)
    kind = _kind(word)
    return kind == "" or (kind == "may end" and following[:1].isupper())


def _is_ordinal(number: str, following: str) -> bool:
    """Return whether a number with a full stop is that of a day or month."""
    dated = following[:1].isdecimal() or _MONTH.match(following) is not None
    return dated and int(number[:3]) <= _LAST_DAY


def _kind(word: str) -> str:
    """Return whether after a word with a full stop the sentence "goes on" or "may end"."""
    found = _abbreviations().get(word.lower())
    if found:
        return found
    if len(word) == 1 and word.isalpha():
        return "goes on" if word.isupper() else "may end"
    is_dotted = _DOTTED.fullmatch(word) and len(word.replace(".", "")) <= _MOST_DOTTED
    return "goes on" if is_dotted else ""


@cache
def _abbreviations() -> dict[str, str]:
    return dict(forms_of("abbreviations"))
