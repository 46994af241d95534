"""Read whom a text is for: ages, schools and groups, and the words that told it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from matching.facets.codes import AGE, GROUP, SCHOOL, Group, School
from matching.facets.cues import TARGET_WORDS
from matching.facets.mentions import Mention
from matching.facets.model import Facets, Range, union
from matching.facets.people import Kind
from matching.facets.phrases import Phrase, phrases
from matching.facets.roles import Role, roles, stands_out
from matching.facets.sentences import Sentence, sentences


MOST_MENTIONS = 300
"""Where a text names people more often, the rest is not read: they are compared with each other."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a text that told whom it is for.

    Attributes
    ----------
    text
        The words as they stand there.
    start, end
        Where, in characters from the beginning of the title or of the text.
    in_title
        Which of the two.
    """

    text: str
    start: int
    end: int
    in_title: bool


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """Whom a text is for. What is empty is unknown.

    Attributes
    ----------
    ages
        Years of age, in ascending order; an open high end is infinite.
    schools
        Where they go to school, given where the text tells their age by school alone.
    groups
        What groups they belong to.
    evidence
        The words that told it, in their order, those of the title first.
    """

    ages: tuple[Range, ...] = ()
    schools: frozenset[School] = frozenset()
    groups: frozenset[Group] = frozenset()
    evidence: tuple[Evidence, ...] = ()

    def facets(self) -> Facets:
        """Return it as facets "age", "school" and "group"."""
        return Facets({AGE: self.ages, SCHOOL: self.schools, GROUP: self.groups})


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention with its role, and where it stands."""

    phrase: Phrase
    mention: Mention
    role: Role

    @property
    def sentence(self) -> Sentence:
        return self.phrase.sentence

    @property
    def years(self) -> Range:
        return self.mention.ages or Range()


def read_target_group(text: str, *, title: str = "") -> TargetGroup:
    """Return whom a Norwegian or English text is for, as far as it says so.

    Silent where it is unsure. The words it knows are in `matching.facets.people`.

    Examples
    --------
    >>> found = read_target_group("Pensjonister hjelper elever på 8. og 9. trinn med lekser.")
    >>> found.ages
    (Range(low=13, high=15),)
    >>> sorted(map(str, found.groups)), [each.text for each in found.evidence]
    (['pupils'], ['elever', '8. og 9. trinn'])
    """
    seen = _stated(list(islice(_seen(title, text), MOST_MENTIONS)))
    targets = _salient(_targets(seen), seen)
    aged = _finest(_with_schools_of_pupils(targets, seen))
    if not _sure_of_ages(aged, seen):
        aged = []
    grouped = _grouped(targets, seen, bool(aged))
    schools = [each.mention.schools for each in aged]
    return TargetGroup(
        union(each.years for each in aged),
        frozenset().union(*schools) if all(schools) else frozenset(),
        frozenset().union(*(each.mention.groups for each in grouped)),
        _evidence([*aged, *grouped]),
    )


def _seen(title: str, text: str) -> Iterator[_Seen]:
    for sentence in chain(sentences(title, in_title=True), sentences(text)):
        for found in roles(phrases(sentence)):
            yield _Seen(*found)


def _stated(seen: list[_Seen]) -> list[_Seen]:
    """Return only what stands beside the word "målgruppe", where that names people at all."""
    stated = [each for each in seen if any(word in TARGET_WORDS for word in each.sentence.words)]
    return stated if any(each.role is Role.TARGET for each in stated) else seen


def _targets(seen: Sequence[_Seen]) -> list[_Seen]:
    """Return the targets, or those who may be where there are no others."""
    sure = [each for each in seen if each.role is Role.TARGET]
    if any(each.mention.groups or each.mention.ages for each in sure):
        return sure
    weak = [each for each in seen if each.role in {Role.TARGET, Role.WEAK}]
    return [each for each in weak if each.mention.kind is not Kind.STAFF] or weak


def _salient(targets: list[_Seen], seen: Sequence[_Seen]) -> list[_Seen]:
    """Return those named in the first sentence that names any, and those who stand out later."""
    named = (
        each.sentence
        for each in seen
        if each.role in {Role.TARGET, Role.WEAK} and (each.mention.groups or each.mention.ages)
    )
    first = next((each for each in named if not each.in_title), None)
    salient = [each for each in targets if each.sentence is first or stands_out(each.phrase)]
    if any(each.mention.groups or each.mention.ages for each in salient):
        return salient
    return [each for each in seen if each.role is Role.WEAK and each.sentence is first] or targets


def _with_schools_of_pupils(targets: Sequence[_Seen], seen: Sequence[_Seen]) -> list[_Seen]:
    """Return what tells ages; pupils named without an age are of the only school that is named."""
    aged = [each for each in targets if each.mention.ages]
    places = [each for each in seen if each.role is Role.PLACE]
    if len({each.mention.schools for each in places}) != 1:
        return aged
    kindergarten = School.KINDERGARTEN in places[0].mention.schools
    group = Group.CHILDREN if kindergarten else Group.PUPILS
    told = any(group in each.mention.groups for each in targets)
    aged = [each for each in aged if not kindergarten or each.mention.ages != Range(0, 18)]
    return places[:1] if told and not aged else [each for each in targets if each.mention.ages]


def _finest(aged: Sequence[_Seen]) -> list[_Seen]:
    """Leave out what another mention tells better."""
    return [each for each in aged if not any(_better(other, each) for other in aged)]


def _better(one: _Seen, other: _Seen) -> bool:
    """Whether the ages of one are those of the other more exactly."""
    if one.years != other.years and _within(one.years, other.years):
        return _level(one.mention) > _level(other.mention) or _is_wide(other)
    if _within(other.years, one.years) and _is_wide(one):
        return False
    return _level(one.mention) > _level(other.mention) and _overlap(one.years, other.years)


def _is_wide(seen: _Seen) -> bool:
    """Whether a school or "barn" may only tell where the ones meant are found."""
    return _level(seen.mention) == 1 or seen.years == Range(0, 18)


def _within(one: Range, other: Range) -> bool:
    return other.low <= one.low and one.high <= other.high


def _level(mention: Mention) -> int:
    return 2 if mention.kind is Kind.NUMBER else 1 if mention.schools else 0


def _overlap(one: Range, other: Range) -> bool:
    return min(one.high, other.high) >= max(one.low, other.low)


def _sure_of_ages(aged: Sequence[_Seen], seen: Sequence[_Seen]) -> bool:
    """Whether no mention that may be a target would add other ages.

    Ages far from each other that are not named together are unsure, too: the one may be that of
    those who help the other.
    """
    apart = len(union(each.years for each in aged)) > 1
    if apart and any(each.phrase is not aged[0].phrase for each in aged):
        return False
    return all(
        any(
            each.years.low <= other.years.low <= other.years.high <= each.years.high
            for each in aged
        )
        for other in seen
        if other.role is Role.UNSURE and other.mention.ages
    )


def _grouped(targets: Sequence[_Seen], seen: Sequence[_Seen], aged: bool) -> list[_Seen]:
    named = [each for each in targets if each.mention.groups]
    narrower = [each for each in named if each.mention.kind is not Kind.EVERYONE]
    if narrower or aged:
        named = narrower
    groups = frozenset().union(*(each.mention.groups for each in named))
    unsure = (each.mention.groups for each in seen if each.role is Role.UNSURE)
    return named if all(each <= groups for each in unsure) else []


def _evidence(used: Iterable[_Seen]) -> tuple[Evidence, ...]:
    found = set()
    for each in used:
        spans = each.sentence.spans[each.mention.first : each.mention.last]
        start, end = spans[0][0], spans[-1][1]
        offset = each.sentence.start
        text = each.sentence.text[start:end]
        found.add(Evidence(text, offset + start, offset + end, each.sentence.in_title))
    return tuple(sorted(found, key=lambda each: (not each.in_title, each.start)))
