"""Words with hyphens, written out so that each of the words in them can be found.

A hyphen parts words, as it always did: "IPS-veileder" is "IPS" and "veileder". Beyond that:

- Two parts in small letters are also the word that they make without the hyphen:
  "ungdoms-arbeid" is "ungdoms", "arbeid" and "ungdomsarbeid".
- A single letter is no word, and belongs to what follows: "e-post" is "epost". So does one
  before an ampersand: "R&D" is "RD".
- An ending is no word: "CV-en" is "CV".
- A suspended hyphen takes what the other word ends in, if that is known: "jente- og
  guttegruppe" is "jentegruppe" and "guttegruppe", "skoleelever og -lærere" is "skoleelever"
  and "skolelærere" (`matching.text.compounds`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from matching.text.characters import HYPHENS
from matching.text.compounds import head_of

LONGEST_PART = 40
"""Letters of a word that is looked at beside a suspended hyphen."""

ENDINGS = frozenset("a ane ar en ene ens er et ets s".split())

NAMES = frozenset(["it", "me"])
"""Acronyms that are also written small before a hyphen, though alone they would only bind."""

_WORD = r"[^\W_]"
_AND = r"(?:og|eller|samt|og/eller|and|or|&)"

# The dash comes first: it is what a text is searched for.
_SIGN = re.compile(rf"[{HYPHENS}&](?:(?<={_WORD}.)|(?={_WORD}))")
_REST = re.compile(rf"(?:[{HYPHENS}]{_WORD}++)++")
_PART = re.compile(rf"{_WORD}++")
_OTHER_WORD = re.compile(
    rf"(?:,?\s{{1,3}}{_WORD}{{1,{LONGEST_PART}}}+[{HYPHENS}]){{0,4}}"
    rf"(?:,?\s{{1,3}}{_AND}\s{{1,3}}|\s?/\s?)"
    rf"({_WORD}{{1,{LONGEST_PART}}}+)(?:[{HYPHENS}]({_WORD}{{1,{LONGEST_PART}}}+))?(?!{_WORD})"
)
_WORD_BEFORE = re.compile(rf"({_WORD}{{1,{LONGEST_PART}}}+)\s{_AND}\s$")
_REACH = LONGEST_PART + 12  # Characters before a hyphen in which the word before may stand.


class Edit(NamedTuple):
    """What is written in place of a text from `start` to `end`, for what begins at `first`."""

    start: int
    end: int
    text: str
    first: int


def edits(text: str, plain: int = 0) -> Iterator[Edit]:
    """Return what to write in a text in place of what stands there, from first to last.

    There is no hyphen in its first `plain` characters.
    """
    done = 0
    for sign in _SIGN.finditer(text, plain):
        at = sign.start()
        if at < done:
            continue
        start = _word_start(text, at, done)
        if text[at] == "&":
            found = _of_letters(text, start, at)
        elif start == at:
            found = _of_word_before(text, at)
        elif (rest := _REST.match(text, at)) is not None:
            done = rest.end()
            found = _of_chain(text, start, at, done)
        else:
            found = _of_other_word(text, start, at)
        yield from found
        done = max(done, found[-1].end) if found else done


def _word_start(text: str, end: int, least: int) -> int:
    while end > least and text[end - 1].isalnum():
        end -= 1
    return end


def _of_letters(text: str, start: int, at: int) -> list[Edit]:
    """Join the letters of "R&D"."""
    following = _PART.match(text, at + 1)
    if following and start == at - 1 and len(following[0]) == 1:
        return [Edit(start, at + 2, text[start] + following[0], start)]
    return []


def _of_chain(text: str, start: int, at: int, end: int) -> list[Edit]:
    """Join the parts of a word with hyphens within it, the first of them at `at`."""
    one, other = text[start:at], text[at + 1 : end]
    if len(one) > 1 and other.isalnum():
        return _of_pair(one, start, other, at + 1, end)
    found: list[Edit] = []
    parts: list[tuple[str, int]] = []
    for part in _PART.finditer(text, start, end):
        letters, first = part[0], part.start()
        if parts and len(parts[-1][0]) == 1 and parts[-1][0].isalpha():
            before, first = parts.pop()
            letters = before + letters
            found.append(Edit(first, part.end(), letters, first))
        parts.append((letters, first))
    return sorted([*found, *_of_pair(*parts[0], *parts[1], end)]) if len(parts) == 2 else found


def _of_pair(one: str, start: int, other: str, first: int, end: int) -> list[Edit]:
    """Join two parts of a word, `one` from `start` on, `other` from `first` to `end`."""
    if other.lower() in ENDINGS:
        return [Edit(first - 1, end, "", start)]
    found = []
    if one in NAMES and first - 1 - start == len(one):
        found.append(Edit(start, first - 1, one.upper(), start))
    joined = f"{one}{other}"
    if len(other) > 1 and joined[1:].islower() and joined.isalpha():
        found.append(Edit(end, end, f" {joined}", start))
    return found


def _of_other_word(text: str, start: int, at: int) -> list[Edit]:
    """Write out "barne-" in "jente- og guttegruppe"."""
    other = _OTHER_WORD.match(text, at + 1)
    head = other and (other[2] or head_of(other[1].lower()))
    if not other or not head:
        return []
    one = text[start:at]
    if one.isdigit() or (one.isupper() and len(one) > 1):
        return [Edit(at, at + 1, f" {head}", start)]
    if other[2]:
        return [Edit(at, at + 1, f" {head} {one}{head}", start)]
    return [Edit(start, at + 1, f"{one}{head}", start)]


def _of_word_before(text: str, at: int) -> list[Edit]:
    """Write out "-lærere" in "skoleelever og -lærere"."""
    before = _WORD_BEFORE.search(text[max(0, at - _REACH) : at])
    following = _PART.match(text, at + 1)
    head = before and head_of(before[1].lower())
    if not before or not following or not head:
        return []
    modifier = before[1][: -len(head)]
    return [Edit(at, following.end(), f"{modifier}{following[0]}", at)]
