"""Characters: which need no work, and the form in which the others are compared."""

from __future__ import annotations

import re
import unicodedata

HYPHENS = "-‐‑‒–—―−"
"""Hyphens and dashes, as the inside of a character class of a regular expression."""

MOST_KEPT = 4096
"""Characters whose form is kept, before all are forgotten."""

# Insides of character classes. What is left out of Latin-1 and Latin Extended-A is ª ² ³ µ ¹ º ß,
# fractions, ligatures and soft hyphens.
_PLAIN = "\x00-%'-,.-\x7f\xa0-©«¬®-±´¶-¸»¿-Þà-ÿĀ-įıĴ-ľŁ-ňŊ-ž‘-„†-…€™"
_COMMON = f"{HYPHENS}{_PLAIN}&"

_NOT_PLAIN = re.compile(f"[^{_PLAIN}]")
_UNCOMMON = re.compile(f"[^{_COMMON}][^{_COMMON}]*+")  # Searched for by its first character.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def plain_part(text: str) -> int:
    """Return how many characters a text begins with that are common and no hyphen or ampersand."""
    found = _NOT_PLAIN.search(text)
    return len(text) if found is None else found.start()


def is_common(text: str, start: int = 0) -> bool:
    """Return whether all characters of a text, from `start` on, are compared as they are.

    They are in composed form, and each letter has one small letter.
    """
    return text.isascii() or _UNCOMMON.search(text, start) is None


class _Forms(dict[int, str]):
    """The form of each character, kept when it was asked for."""

    def __missing__(self, code: int) -> str:
        form = comparable_form(chr(code))
        if len(self) >= MOST_KEPT:
            self.clear()
        self[code] = form
        return form


_FORMS = _Forms()


def visible(text: str) -> str:
    """Return a text without invisible characters, in composed form."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def comparable_characters(text: str) -> str:
    """Return a visible text with each character in its comparable form."""
    return text if text.isascii() else _UNCOMMON.sub(_in_forms, text)


def comparable_places(text: str) -> list[int]:
    """Return where in a visible text each of its comparable characters stands, and its length."""
    places: list[int] = []
    position = 0
    for found in _UNCOMMON.finditer(text):
        places.extend(range(position, found.start()))
        for place, character in enumerate(found[0], found.start()):
            places.extend([place] * len(character.translate(_FORMS)))
        position = found.end()
    return [*places, *range(position, len(text) + 1)]


def _in_forms(characters: re.Match[str]) -> str:
    return characters[0].translate(_FORMS)


def comparable_form(character: str) -> str:
    """Return what a character is compared as, each letter of which has one small letter.

    That is Unicode's NFKC without marks and invisible characters. Letters that are not common lose
    their case with it, and what is neither common nor in words becomes a blank.

    Examples
    --------
    >>> [comparable_form(character) for character in "ﬁ７𝐀ß\\u0301"]
    ['fi', '7', 'A', 'ss', '']
    """
    if is_common(character):
        return character
    same = unicodedata.normalize("NFKC", character)
    same = same if is_common(same) else same.casefold()
    kept = [each for each in same if unicodedata.category(each) not in {"Mn", "Me", "Cf"}]
    return "".join(each if each.isalnum() or is_common(each) else " " for each in kept)
