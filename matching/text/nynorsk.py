"""Bring the written forms of bokmål and nynorsk together.

Both are Norwegian, and a municipality writes both. Most words differ only in endings, which the
likeness of words bridges; those in the two lists differ in their stem, and are frequent in texts
about services. Folding makes one form of them, on both sides alike, so that it never matters which
form a text was written in; a fold that hits an unrelated word hits it everywhere.
"""

from __future__ import annotations

from functools import cache

from matching.text.word_lists import forms_of

SHORTEST_PART, SHORTEST_STEM = 4, 3

_KEY = 3  # Letters by which parts are looked up.

_ENDINGS = {
    "domane": "dommene",  # More than one: ungdomane, løysingar, aktivitetar.
    "domar": "dommer",
    "ingar": "inger",
    "etar": "eter",
    "arane": "erne",  # Those who: lærarane.
    "arar": "ere",
    "ane": "ene",
    "jande": "ende",  # Doing so: følgjande, rettleiande.
    "ande": "ende",
    "lause": "løse",  # Without: heimlause.
    "laust": "løst",
    "laus": "løs",
}
"""Endings of nynorsk that stems and roots do not bring together with those of bokmål. Of two with
the same end the longer stands first."""

_OF_NYNORSK = tuple(_ENDINGS)


def to_bokmaal(word: str) -> str:
    """Return the word of bokmål, in small letters, that stands for one of either written form.

    Examples
    --------
    >>> [to_bokmaal(word) for word in ("heimetenesta", "lærarar", "born", "hus")]
    ['hjemmetjenesta', 'lærere', 'barn', 'hus']
    """
    whole = _words().get(word)
    if whole is not None:
        return whole
    return _with_parts(_with_ending(word) if word.endswith(_OF_NYNORSK) else word)


def _with_ending(word: str) -> str:
    """Put an ending of bokmål in place of one of nynorsk."""
    ending = next(each for each in _OF_NYNORSK if word.endswith(each))
    stem = word.removesuffix(ending)
    return stem + _ENDINGS[ending] if len(stem) >= SHORTEST_STEM else word


def _with_parts(word: str) -> str:
    """Put the parts of bokmål in place of those of nynorsk, from left to right."""
    parts, at = _parts(), 0
    while at <= len(word) - SHORTEST_PART:
        for part, other in parts.get(word[at : at + _KEY], ()):
            if word.startswith(part, at):
                word = word[:at] + other + word[at + len(part) :]
                at += len(other) - 1
                break
        at += 1
    return word


@cache
def _words() -> dict[str, str]:
    return dict(forms_of("nynorsk_words"))


@cache
def _parts() -> dict[str, list[tuple[str, str]]]:
    """Return the parts by the letters that they begin with, longer ones before shorter."""
    found: dict[str, list[tuple[str, str]]] = {}
    for part, other in sorted(forms_of("nynorsk_parts"), key=lambda each: -len(each[0])):
        found.setdefault(part[:_KEY], []).append((part, other))
    return found
