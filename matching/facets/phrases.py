"""Groups of words that name people together, as in "elever på 8. trinn" or "barn og eldre"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from matching.facets.ages import ages
from matching.facets.codes import Group
from matching.facets.cues import AND, LINKS, MOST_LINKS
from matching.facets.grades import grades
from matching.facets.mentions import Mention, named_people
from matching.facets.model import Range
from matching.facets.people import Kind
from matching.facets.sentences import Sentence


@dataclass(frozen=True)
class Phrase:
    """Mentions with nothing but small words between them, in one sentence."""

    sentence: Sentence
    mentions: tuple[Mention, ...]

    @property
    def first(self) -> int:
        """The place of its first word."""
        return self.mentions[0].first

    @property
    def last(self) -> int:
        """The place after its last word."""
        return self.mentions[-1].last

    @cached_property
    def ruler(self) -> int:
        """The place of the first mention whose people others belong to, else of the first."""
        return next((place for place, each in enumerate(self.mentions) if each.rules), 0)

    def link(self, number: int) -> list[str]:
        """Return the words before a mention that join it to the one before."""
        before, mention = self.mentions[number - 1], self.mentions[number]
        return self.sentence.words[before.last : mention.first]

    def coordinated(self, number: int) -> bool:
        """Whether a mention stands beside the one before rather than below it."""
        link = self.link(number)
        return bool(link) and link[0] in AND | {"-"}


def phrases(sentence: Sentence) -> list[Phrase]:
    """Return the phrases of a sentence, in their order."""
    found: list[list[Mention]] = []
    for mention in mentions(sentence):
        if found and _linked(found[-1], sentence.words[found[-1][-1].last : mention.first]):
            found[-1].append(mention)
        else:
            found.append([mention])
    return [Phrase(sentence, tuple(_narrowed(each))) for each in found]


def _narrowed(found: list[Mention]) -> list[Mention]:
    """Let ages in numbers stand for those of the word before them, as in "unge under 30"."""
    narrowed = list(found)
    for place, number in enumerate(found[1:], 1):
        word = found[place - 1]
        if number.kind is Kind.NUMBER and number.ages and word.kind in _OF_AGE and word.ages:
            grown = {Group.CHILDREN} if number.ages.low >= word.ages.high else set()
            narrowed[place - 1] = replace(word, ages=None, groups=word.groups - grown)
            narrowed[place] = replace(number, ages=_closed(number.ages, word))
    return narrowed


_OF_AGE = {Kind.PERSON, Kind.ADJECTIVE}


def _closed(number: Range, word: Mention) -> Range:
    """Return the ages in numbers, an open end closed by those of a word.

    "Barn over 3 år" are no adults; yet "ungdom over 16" may be for twenty-year-olds.
    """
    years = word.ages or Range()
    low = years.low if number.low == 0 and years.low < number.high else number.low
    open_end = number.high == inf and Group.CHILDREN in word.groups and years.high > number.low
    return Range(low, years.high if open_end else number.high)


def _linked(before: list[Mention], between: list[str]) -> bool:
    """Whether nothing but small words stands between two mentions.

    "Foreldre til barn" belong together, yet "besøk av barn til eldre" do not; and a comma before
    "og" ends a clause.
    """
    if len(between) > MOST_LINKS or between[:2] == [",", "og"]:
        return False
    if "til" in between and not any(each.rules for each in before):
        return False
    return all(word in LINKS for word in between)


def mentions(sentence: Sentence) -> list[Mention]:
    """Return all mentions of a sentence: numbers and grades first, then words around them."""
    words = named_people(sentence)
    people = {
        place
        for mention in words
        if mention.kind not in {Kind.PLACE, Kind.TRAIT}
        for place in range(mention.first, mention.last)
    }
    found = _apart([*_grades(sentence), *_numbers(sentence, people)])
    taken = {place for mention in found for place in range(mention.first, mention.last)}
    found += [each for each in words if taken.isdisjoint(range(each.first, each.last))]
    return sorted(found, key=lambda mention: mention.first)


def _grades(sentence: Sentence) -> Iterator[Mention]:
    for start, end, years, schools in grades(sentence.lower):
        first, last = _places(sentence, start, end)
        yield Mention(first, last, Kind.NUMBER, frozenset({Group.PUPILS}), years, schools)


def _numbers(sentence: Sentence, people: set[int]) -> Iterator[Mention]:
    for start, end, years in ages(sentence, people.__contains__):
        first, last = _places(sentence, start, end)
        yield Mention(first, last, Kind.NUMBER, ages=years)


def _places(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return the places of the words from one letter to another."""
    return bisect_left(sentence.spans, (start, start + 1)), bisect_left(sentence.spans, (end, 0))


def _apart(found: Iterable[Mention]) -> list[Mention]:
    """Return those that overlap none before them; grades before ages, longer before shorter."""
    order = sorted(found, key=lambda each: (not each.schools, each.first - each.last))
    taken: set[int] = set()
    kept = []
    for mention in order:
        places = range(mention.first, mention.last)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(mention)
    return kept
