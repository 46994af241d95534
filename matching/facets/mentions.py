"""Where a sentence names people, whatever their part in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from matching.facets.codes import Group, School
from matching.facets.groups import ENGLISH_ONLY, FIRST_PARTS, GROUPS, NOT_COMPOUNDS, NOT_MISSPELLED
from matching.facets.model import Range
from matching.facets.people import Kind, People
from matching.facets.phases import PHASES, SCHOOLS
from matching.facets.sentences import Sentence

MOST_WORDS = 5
"""Words of the longest phrase in the tables."""

LEAST_DOUBLED, LEAST_SWAPPED = 7, 5
"""Letters of a word that may have one doubled or left single, or two in the wrong order."""

LEAST_FIRST, LEAST_HEAD = 2, 4
"""Letters of the first part of a compound, and of its last part, as in "fosterbarn"."""

LONGEST_COMPOUND = 40

_DOUBLED = re.compile(r"(.)\1")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a sentence that names people; `first` and `last` are words, last not included."""

    first: int
    last: int
    kind: Kind
    groups: frozenset[Group] = frozenset()
    ages: Range | None = None
    schools: frozenset[School] = frozenset()

    @property
    def rules(self) -> bool:
        """Whether those named after it with "til", "av" or "med" are theirs."""
        return self.kind in {Kind.PARENT, Kind.STAFF} or Group.FAMILIES in self.groups

    @classmethod
    def of(cls, people: People, first: int, last: int) -> Mention:
        """Return the mention of a line of the tables."""
        groups, schools = frozenset(people.groups), frozenset(people.schools)
        return cls(first, last, people.kind, groups, people.ages, schools)


@cache
def _phrases() -> dict[tuple[str, ...], People]:
    """Return the tables by the words that stand in them."""
    return {
        tuple(form.split("_")): people
        for people in (*PHASES, *SCHOOLS, *GROUPS)
        for entry in people.words.split()
        for form in forms(entry)
    }


def forms(entry: str) -> list[str]:
    """Return the words that an entry of the tables stands for.

    Examples
    --------
    >>> forms("elev/er/en")
    ['elev', 'elever', 'eleven']
    """
    word, *endings = entry.split("/")
    return [word, *(word + ending for ending in endings)]


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _phrases() if len(phrase) > 1)


@cache
def _misspelled() -> dict[str, People]:
    """Return single words of the tables with two letters in the wrong order."""
    return {
        swapped: people
        for (word, *more), people in _phrases().items()
        if not more and len(word) >= LEAST_SWAPPED
        for place in range(1, len(word) - 1)
        if (swapped := word[:place] + word[place + 1] + word[place] + word[place + 2 :])
        not in NOT_MISSPELLED
        and not swapped.endswith("eren")  # one of them, as in "brukeren" beside "brukerne"
    }


@cache
def _by_doubled() -> dict[str, People]:
    """Return single words of the tables without doubled letters."""
    return {
        single: people
        for (word, *more), people in _phrases().items()
        if not more and len(word) >= LEAST_DOUBLED
        if (single := _DOUBLED.sub(r"\1", word)) not in NOT_MISSPELLED
    }


def named_people(sentence: Sentence) -> list[Mention]:
    """Return the mentions of words in the tables, in their order, the longest where two begin."""
    found: list[Mention] = []
    place = 0
    while place < len(sentence.words):
        mention = _phrase_at(sentence, place) or _word_at(sentence, place)
        if mention is None:
            place += 1
        else:
            found.append(mention)
            place = mention.last
    return found


def _phrase_at(sentence: Sentence, place: int) -> Mention | None:
    if sentence.words[place] not in _first_words():
        return None
    for length in range(MOST_WORDS, 1, -1):
        people = _phrases().get(tuple(sentence.words[place : place + length]))
        if people is not None:
            return Mention.of(people, place, place + length)
    return None


def _word_at(sentence: Sentence, place: int) -> Mention | None:
    word = sentence.words[place]
    people = _people(word) if sentence.english or word not in ENGLISH_ONLY else None
    return None if people is None else Mention.of(people, place, place + 1)


@lru_cache(maxsize=2**16)
def _people(word: str) -> People | None:
    """Return whom a word names, if it is in the tables, misspelled or a compound."""
    people = _phrases().get((word,)) or _misspelled().get(word)
    if people is None and len(word) >= LEAST_DOUBLED:
        people = _by_doubled().get(_DOUBLED.sub(r"\1", word)) or _compound(word)
    return people


def _compound(word: str) -> People | None:
    """Return what a compound names by its last part, with what its first part adds."""
    if len(word) > LONGEST_COMPOUND or word.startswith(tuple(NOT_COMPOUNDS)):
        return None
    for start in range(LEAST_FIRST, len(word) - LEAST_HEAD + 1):
        people = _phrases().get((word[start:],))
        if people is not None and people.kind in {Kind.PERSON, Kind.PARENT, Kind.STAFF}:
            return _with_first_part(people, word[:start].rstrip("-"))
    return None


def _with_first_part(people: People, first: str) -> People:
    groups = [group for start, group in FIRST_PARTS if f"{first}-".startswith(start)]
    forms = (first, first.removesuffix("s"), f"{first}e")
    named = next((_phrases()[form,] for form in forms if (form,) in _phrases()), None)
    if named is None or named.ages is None or people.kind is not Kind.PERSON:
        return replace(people, groups=(*people.groups, *groups))
    groups += named.groups if named.kind is Kind.PERSON else ()
    return replace(
        people,
        groups=(*people.groups, *groups),
        ages=named.ages,
        schools=named.schools,
    )
