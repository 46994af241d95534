"""Ages in numbers: "13–16 år", "over 67", "65+", "toåringer", and no duration, count or share."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, inf

from matching.facets.model import Range
from matching.facets.numbers import (
    ABOVE,
    AND_ABOVE,
    AND_BELOW,
    BELOW,
    BETWEEN,
    DASHES,
    DECADE,
    HINT,
    LEAST_ADULT,
    LEAST_OLD,
    LIST,
    MONTHS,
    NAMED,
    OLDEST,
    ONE,
    number,
    numbers_in,
)
from matching.facets.sentences import Sentence

_AFTER_TIME = frozenset(
    "siden sidan ago erfaring røynsle experience lang langt lange garanti avtale periode perioden"
    " fremover framover framtid igjen tid senere seinare før rad drift kontrakt program løp plan"
    " prosjekt avtaleperiode levetid historie prøve prøveperiode gammelt gamalt gammal jubileum"
    " timer minutter dager uker veker måneder kroner kr mill millioner km meter kilo tonn grader"
    " personer personar deltakere deltakarar elever elevar barn born plasser plassar ansatte"
    " tilsette stk stykker ganger gonger hours weeks months people participants pupils children"
    " bedrifter familier kommuner skoler bygg biler enheter studenter pasienter beboere frivillige"
    " brukere brukarar måltider besøk årsverk klasser grupper rom saker søknader kvadrat".split()
)
"""What after a number tells that it is a time or a count."""

_BEFORE_TIME = frozenset(
    "i om etter siste neste hvert hver kvart kvar varer vart varte gjennom forrige ca cirka minst"
    " nesten første fyrste in after every kl klokka klokken kroner nr side kapittel drevet"
    " prosjektperiode avtaleperiode periode erfaring en ein ei et eit within last next".split()
)
"""What before a number of years tells that they are a time."""

_MEAN = frozenset("snitt gjennomsnitt average".split())

_NAMELESS = frozenset(
    "alle dei de deg du dere dykk dem folk for kun bare berre those anyone people everyone mange"
    " noen nokon flere fleire aldersgruppa aldersgruppen aldersgruppe alder alderen ( : , -"
    " målgruppe målgruppa målgruppen hjemmeboende heimebuande også særlig spesielt helst and"
    " you".split()
)
"""What right before a number tells that it may be an age, as words for people do."""

_THESE = frozenset("deg dere dykk alle dem".split())
"""What before "på 13–15 år" tells that it is no duration."""

_ENDS_OF_PEOPLE = ("lige", "ende", "ande", "ede", "bente")
"""Of adjectives that stand for people, as in "skrøpelige over 80"."""

_SOME = frozenset("fleste flest halvparten mange noen nokon nokre most half many some".split())
"""Where these are of an age, the others are of another."""

_BEING = frozenset("er var blir vert are is fyller".split())

_FILL = frozenset("som du dere når who".split())
"""What before "fyller 80 år" tells that it is no birthday of a house or a club."""

_STATES = frozenset(
    "ledig ledige arbeidsledig arbeidsledige sykmeldt sykmeldte sjukmelde unemployed".split()
)
"""What after few years tells how long: "jobbsøkere over 2 år ledige"."""

_MAY_FOLLOW = frozenset(
    "i og på med som uten utan ved hos eller er kan skal må får vil bor bur har ikke ikkje"
    " utenfor utanfor in and with who or without at living fra til om av hver kvar blir".split()
)
"""What may follow an age that has no "år" after it."""

Found = tuple[int, int, Range]


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before and after a number; `people` says whether a place names people."""

    sentence: Sentence
    first: int
    last: int
    people: Callable[[int], bool]

    def before(self, distance: int = 1) -> str:
        return self.sentence.word(self.first - distance)

    def after(self) -> str:
        return self.sentence.word(self.last)

    def follows_people(self) -> bool:
        """Whether people, or a word in their place, stand right before."""
        if self.before() in _BEING:
            if self.before(2) in _SOME:
                return False
            return any(self._names(distance) for distance in (2, 3, 4))
        return self._names(1) or not self.before() or self.before().endswith(_ENDS_OF_PEOPLE)

    def _names(self, distance: int) -> bool:
        return self.people(self.first - distance) or self.before(distance) in _NAMELESS

    def follows_word_for_people(self) -> bool:
        mark = self.before() in {"(", ",", ":", "-", "–", "på"}
        return self.people(self.first - 1 - mark)

    def ends(self) -> bool:
        """Whether a number without "år" may stand for an age here."""
        if self.after() in {"-", "–", "—"}:
            return False
        return not self.after()[:1].isalnum() or self.after() in _MAY_FOLLOW

    def tells_time(self) -> bool:
        """Whether the number is a duration, a count or an hour."""
        if self.after() in {"gamle", "gammel", "old"}:
            near = (self.last + 1, *range(self.first - 4, self.first))
            return not any(self.people(place) for place in near)
        if self.after() in _AFTER_TIME or self.sentence.word(self.last + 1) in _MEAN:
            return True
        return self.before() in _BEFORE_TIME


def ages(sentence: Sentence, people: Callable[[int], bool]) -> Iterator[Found]:
    """Yield where a sentence gives ages in numbers, as letters of it, and which ages.

    Parameters
    ----------
    sentence
        Where to look.
    people
        Says of a place in the sentence whether its word names people.
    """
    if not HINT.search(sentence.lower):
        return
    for found in LIST.finditer(sentence.lower):
        numbers = [number(each) for each in numbers_in(found.group())]
        yield found.start(), found.end(), Range(min(numbers), max(numbers))
    for found in MONTHS.finditer(sentence.lower):
        yield found.start(), found.end(), Range(0, ceil(int(found["months"]) / 12))
    for pattern, is_age in _PATTERNS:
        for found in pattern.finditer(sentence.lower):
            low, high = _limits(found)
            first = bisect_left(sentence.spans, (found.start(), 0))
            last = bisect_left(sentence.spans, (found.end(), 0))
            around = _Around(sentence, first, last, people)
            times = "alder" not in found.group() and around.tells_time()
            if low <= high and not times and is_age(found, around):
                yield found.start(), found.end(), Range(low, high)


def _limits(found: re.Match[str]) -> tuple[float, float]:
    named = found.groupdict()
    low = number(named["low"]) if named.get("low") else 0.0
    high = number(named["high"]) if named.get("high") else inf
    if found.re is ONE:
        return low, low
    if found.re is DECADE:
        return low, low + 9
    return low, high if high in {inf, min(high, OLDEST)} else -1


def _is_between(found: re.Match[str], around: _Around) -> bool:
    cue = (found["cue"] or "").strip()
    if cue.startswith(("i alder", "alder", "age")):
        return True
    if found["join"] in {"og", "and"} and cue not in {"mellom", "between"}:
        return False
    if not found["unit"] and found["high"] not in NAMED:
        close = around.follows_people() if cue else around.follows_word_for_people()
        named = found["join"] in DASHES and around.people(around.first - 1)
        return close and (named or around.ends())
    if "års" in found.group() and "alder" not in found.group():
        return False
    if around.before() not in {"på", "over"}:
        return True
    return around.people(around.first - 2) or around.before(2) in _THESE


def _is_above(found: re.Match[str], around: _Around) -> bool:
    cue = found["cue"]
    if not (found["unit"] or around.ends()):
        return False
    if cue == "fyller":
        return around.before() in _FILL or around.follows_people()
    if cue.startswith(("fyl", "alders", "fra du", "fra en", "fra man", "når")):
        return True
    if cue.startswith("fr") and not found["unit"]:
        return around.follows_word_for_people()
    if number(found["low"]) < LEAST_ADULT and around.after() in _STATES:
        return False
    return around.follows_people()


def _is_below(found: re.Match[str], around: _Around) -> bool:
    if not (found["unit"] or around.ends()):
        return False
    if found["cue"] == "til":
        return bool(found["unit"]) and around.follows_word_for_people()
    return around.follows_people()


def _is_and_more(found: re.Match[str], around: _Around) -> bool:
    if found["unit"] or found.group().startswith("age"):
        return True
    if found.group().endswith("+") and number(found["low"]) >= LEAST_OLD:
        return True
    return around.follows_people() and around.ends()


def _is_one(found: re.Match[str], around: _Around) -> bool:
    cue = (found["cue"] or "").strip()
    if cue in {"i alderen", "aged", "age"}:
        return True
    if cue:
        return (bool(found["unit"]) or around.ends()) and around.people(around.first - 1)
    return bool(found["unit"]) and around.after() in {"gamle", "gammel", "old"}


def _is_decade(_found: re.Match[str], around: _Around) -> bool:
    return around.follows_people()


_PATTERNS = (
    (BETWEEN, _is_between),
    (ABOVE, _is_above),
    (BELOW, _is_below),
    (AND_ABOVE, _is_and_more),
    (AND_BELOW, _is_and_more),
    (ONE, _is_one),
    (DECADE, _is_decade),
)
