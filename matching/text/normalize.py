"""The form in which texts are compared: one string, made once, in which every run of letters and
digits is a word.

Both ways from a text to its words, the one that takes one text and the one that takes thousands,
start from that string, so that they cannot differ in more than finding such runs and making their
letters small.
"""

from __future__ import annotations

from collections.abc import Iterator

from matching.text.characters import comparable_characters, is_common, plain_part, visible
from matching.text.hyphens import edits
from matching.text.markup import without_markup

LEAST_SHOUTED = 3
"""Words in capitals that make a line a heading in capitals, not a row of acronyms."""


def normalize(text: str) -> str:
    """Return the form in which a text is compared.

    Markup is left out, and characters that only look different are made the same (Unicode's
    NFKC): ligatures, full-width digits, mathematical letters. Marks and invisible characters are
    left out, a line in capitals is made small, and words with hyphens are written out
    (`matching.text.hyphens`). Other letters keep their case: capitals tell an acronym.

    Examples
    --------
    >>> normalize("ﬁnne e\\u2011post")
    'finne epost'
    """
    text = without_markup(text)
    plain = plain_part(text)
    if plain == len(text):
        return _unshouted(text)
    if is_common(text, plain):
        return written_out(_unshouted(text), plain)
    return written_out(comparable(visible(text)))


def comparable(visible: str) -> str:
    """Return a visible text in comparable characters, and lines in capitals in small letters."""
    return _unshouted(comparable_characters(visible))


def written_out(text: str, plain: int = 0) -> str:
    """Return a text in comparable characters, the first `plain` without hyphens, with its words
    that have hyphens written out.
    """
    parts: list[str] = []
    position = 0
    for edit in edits(text, plain):
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    return "".join([*parts, text[position:]])


def pieces(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """Return the parts of `written_out(text)`, each with what it stands for in `text`.

    Yields
    ------
    piece, start, end, is_copy
        The piece is the text from `start` to `end` where it is a copy, else written for that.
    """
    position = 0
    for edit in edits(text):
        if edit.start > position:
            yield text[position : edit.start], position, edit.start, True
        yield edit.text, edit.first, edit.end, False
        position = edit.end
    yield text[position:], position, len(text), True


def _unshouted(text: str) -> str:
    """Return a text with the lines that are in capitals alone in small letters."""
    lines = text.split("\n")
    if not any(map(str.isupper, lines)):
        return text
    return "\n".join(line.lower() if _is_shouted(line) else line for line in lines)


def _is_shouted(line: str) -> bool:
    return line.isupper() and len(line.split()) >= LEAST_SHOUTED
