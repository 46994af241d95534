"""Which of the people whom a text names tell whom it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.facets.codes import Group, School
from matching.facets.cues import TARGET_WORDS
from matching.facets.mentions import Mention
from matching.facets.model import Range, union
from matching.facets.people import Kind
from matching.facets.phrase_roles import Role, stands_out
from matching.facets.phrases import Phrase
from matching.facets.sentences import Sentence

CHILDHOOD = Range(0, 18)
"""The ages of the word "barn", which tells little where anything narrower is said."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention with its role, and where it stands."""

    phrase: Phrase
    mention: Mention
    role: Role

    @property
    def sentence(self) -> Sentence:
        """The sentence in which it stands."""
        return self.phrase.sentence

    @property
    def years(self) -> Range:
        """Its ages, all where it has none."""
        return self.mention.ages or Range()

    @property
    def tells(self) -> bool:
        """Whether it says more than "persons"."""
        return bool(self.mention.ages or self.mention.groups)


def select(named: Sequence[Seen]) -> tuple[list[Seen], list[Seen]]:
    """Return the mentions that tell ages and those that tell groups, in the order of the text.

    Parameters
    ----------
    named
        All people whom title and text name, the title first.
    """
    named = _stated(named)
    salient = _salient(named)
    targets = _targets(salient) or _targets(named)
    aged = _finest(_with_schools_of_pupils(targets, named))
    if not _is_sure(aged, salient):
        aged = []
    return aged, _grouped(targets, salient, bool(aged))


def _stated(named: Sequence[Seen]) -> Sequence[Seen]:
    """Return only what stands beside the word "målgruppe", where that names people at all."""
    stated = [each for each in named if not TARGET_WORDS.isdisjoint(each.sentence.words)]
    return stated if any(each.role is Role.TARGET for each in stated) else named


def _salient(named: Sequence[Seen]) -> list[Seen]:
    """Return those named in the first sentence that may be for any, and those who stand out."""
    may_be = (each for each in named if each.role in {Role.TARGET, Role.WEAK} and each.tells)
    first = next((each.sentence for each in may_be if not each.sentence.in_title), None)
    return [each for each in named if each.sentence is first or stands_out(each.phrase)]


def _targets(named: Sequence[Seen]) -> list[Seen]:
    """Return the targets; where there are none, those who may be, staff last."""
    told = [each for each in named if each.tells]
    sure = [each for each in told if each.role is Role.TARGET]
    weak = [each for each in told if each.role is Role.WEAK]
    return sure or [each for each in weak if each.mention.kind is not Kind.STAFF] or weak


def _with_schools_of_pupils(targets: Sequence[Seen], named: Sequence[Seen]) -> list[Seen]:
    """Return what tells ages; pupils without an age are those of the only school that is named."""
    aged = [each for each in targets if each.mention.ages]
    places = [each for each in named if each.role is Role.PLACE]
    if len({each.mention.schools for each in places}) != 1:
        return aged
    kindergarten = School.KINDERGARTEN in places[0].mention.schools
    group = Group.CHILDREN if kindergarten else Group.PUPILS
    told = any(group in each.mention.groups for each in targets)
    narrow = [each for each in aged if not (kindergarten and each.years == CHILDHOOD)]
    return places[:1] if told and not narrow else aged


def _finest(aged: Sequence[Seen]) -> list[Seen]:
    """Leave out what another mention tells better."""
    kinds = {_kind(each): each for each in aged}
    best = {
        kind
        for kind, each in kinds.items()
        if not any(_better(other, each) for other in kinds.values())
    }
    return [each for each in aged if _kind(each) in best]


def _kind(seen: Seen) -> tuple[Range, int]:
    """All that `_better` looks at: a text that names the same ages often is compared once."""
    return seen.years, _level(seen.mention)


def _better(one: Seen, other: Seen) -> bool:
    """Whether the ages of one are those of the other more exactly."""
    if one.years != other.years and _within(one.years, other.years):
        return _level(one.mention) > _level(other.mention) or _is_wide(other)
    if _within(other.years, one.years) and _is_wide(one):
        return False
    return _level(one.mention) > _level(other.mention) and _overlap(one.years, other.years)


def _is_wide(seen: Seen) -> bool:
    """Whether a school or "barn" may only tell where the ones meant are found."""
    return _level(seen.mention) == 1 or seen.years == CHILDHOOD


def _within(one: Range, other: Range) -> bool:
    return other.low <= one.low and one.high <= other.high


def _level(mention: Mention) -> int:
    return 2 if mention.kind is Kind.NUMBER else 1 if mention.schools else 0


def _overlap(one: Range, other: Range) -> bool:
    return min(one.high, other.high) >= max(one.low, other.low)


def _is_sure(aged: Sequence[Seen], named: Sequence[Seen]) -> bool:
    """Whether no mention that may be a target would add other ages.

    All ages together tell nothing. Ages far from each other that are not named together are unsure,
    too: the one may be that of those who help the other.
    """
    whole = union(each.years for each in aged)
    if whole == (Range(0),):
        return False
    apart = len(whole) > 1
    if apart and any(each.phrase is not aged[0].phrase for each in aged):
        return False
    unsure = [each for each in named if each.role is Role.UNSURE and each.mention.ages]
    known = {each.years for each in aged}
    others = {each.years for each in unsure}
    return all(any(_within(other, years) for years in known) for other in others)


def _grouped(targets: Sequence[Seen], named: Sequence[Seen], aged: bool) -> list[Seen]:
    """Return what tells groups, or nothing where others than these may be meant."""
    told = [each for each in targets if each.mention.groups]
    narrower = [each for each in told if each.mention.kind is not Kind.EVERYONE]
    told = narrower if narrower or aged else told
    groups = frozenset().union(*(each.mention.groups for each in told))
    unsure = (each.mention.groups for each in named if each.role is Role.UNSURE)
    return told if all(each <= groups for each in unsure) else []
