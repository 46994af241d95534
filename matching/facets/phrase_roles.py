"""The part that people named together have in a sentence, by the words around them."""

from __future__ import annotations

from enum import Enum, auto
from itertools import pairwise

from matching.facets.cues import (
    ARTICLES,
    BUT,
    BY,
    CHARGE,
    DETERMINERS,
    DONE,
    EACH_OTHER,
    GIVE,
    HELP,
    HELPERS,
    IDENTITY,
    MAY_GIVE,
    NEED,
    NOT,
    ONLY,
    RECEIVE,
    RECEIVERS,
    REFUSED,
    SUBORDINATE,
    TO,
    TRAINING,
    WHO_WITH,
    WISH,
    WORK,
)
from matching.facets.people import Kind
from matching.facets.phrases import Phrase

NEAR, FAR = 3, 10
"""Words before and after a mention that are looked at, and between a verb and whom it is for."""

_STOPS = frozenset(".;:!?")


class Role(Enum):
    """The part of a mention in its text."""

    TARGET = auto()
    """The text is for these."""
    WEAK = auto()
    """It is, where it is for nobody else."""
    PLACE = auto()
    """A school that may tell the age of its pupils, where these are named without an age."""
    UNSURE = auto()
    """May be a target or not."""
    OTHER = auto()
    """Helps, writes or is mentioned."""


def role_of_phrase(phrase: Phrase, following: Phrase | None) -> Role:
    if before(phrase) & TRAINING:
        return Role.TARGET
    if _is_refused(phrase) or _is_helper_by_name(phrase) or _is_wanted(phrase):
        return Role.OTHER
    if _writes(phrase) or _wishes_for(phrase, following):
        return Role.OTHER
    if _is_companion(phrase):
        return Role.UNSURE
    if _gives(phrase, following):
        received = following is not None and not to_before(phrase, 2)
        return Role.OTHER if received else Role.UNSURE
    return Role.TARGET if _has_sign(phrase) else Role.WEAK


def _has_sign(phrase: Phrase) -> bool:
    """Whether anything around the phrase tells that it may be the target."""
    if phrase.first <= 2 or phrase.mentions[0].kind is Kind.TRAIT or stands_out(phrase):
        return True
    if before(phrase) & (SUBORDINATE | {":"}):
        return True
    if before(phrase, 2) & {"og", "and", "samt", "eller", "or"}:
        return True
    return bool(set(phrase.sentence.words[phrase.last : phrase.last + NEAR + 1]) & RECEIVE)


def stands_out(phrase: Phrase) -> bool:
    """Whether a text that names others first may yet be for these."""
    if phrase.sentence.in_title or to_before(phrase):
        return True
    if any(each.kind is Kind.NUMBER for each in phrase.mentions):
        return True
    return bool(before(phrase, NEAR + 1) & (GIVE | MAY_GIVE | TRAINING))


def before(phrase: Phrase, count: int = NEAR) -> set[str]:
    return set(phrase.sentence.words[max(phrase.first - count, 0) : phrase.first])


def to_before(phrase: Phrase, count: int = NEAR) -> bool:
    """Whether "for" or its like stands near before, and not "for å"."""
    words, first = phrase.sentence.words, phrase.first
    near = range(max(first - count, 0), first)
    to = TO | {"to"} if phrase.sentence.english else TO
    return any(words[place] in to and phrase.sentence.word(place + 1) != "å" for place in near)


def _is_refused(phrase: Phrase) -> bool:
    """Whether the phrase stands after "ikke for", or in a comparison."""
    words, first = phrase.sentence.words, phrase.first
    if phrase.sentence.word(first - 1) in {"enn", "than"}:
        return True
    if phrase.sentence.word(phrase.last) in {"enn", "than"}:
        return phrase.mentions[-1].kind is Kind.ADJECTIVE
    if _is_contrasted(phrase) or _is_in_charge(phrase):
        return True
    near = words[max(first - NEAR, 0) : first]
    for place, word in enumerate(near):
        if word in NOT and not ONLY & set(near[place:]):
            return all(each in TO | DETERMINERS | REFUSED for each in near[place + 1 :])
    return False


def _is_contrasted(phrase: Phrase) -> bool:
    """Whether others are meant, as in "det er ikke et kurs for barn" or "ikke barna, men oss"."""
    word = phrase.sentence.word
    if word(phrase.last) == "," and word(phrase.last + 1) in BUT and before(phrase, NEAR + 1) & NOT:
        return True
    is_, no, a, _, to = (word(phrase.first - distance) for distance in range(5, 0, -1))
    return is_ in {"er", "is"} and no in NOT and a in ARTICLES and to in TO


def _is_in_charge(phrase: Phrase) -> bool:
    """Whether others are meant, as in "har ansvar for 1200 elever" or "vi som jobber med barn"."""
    near = phrase.sentence.words[max(phrase.first - NEAR, 0) : phrase.first]
    if len(near) == NEAR and (near[0], near[2]) in WHO_WITH and near[1] in WORK:
        return True
    return any(charge in CHARGE and to == "for" for charge, to in pairwise(near))


def _is_helper_by_name(phrase: Phrase) -> bool:
    """Whether something is done by these, or they come as helpers."""
    word = phrase.sentence.word
    by, done = word(phrase.first - 1), word(phrase.first - 2)
    if by in DETERMINERS:
        by, done = word(phrase.first - 2), word(phrase.first - 3)
    if by in BY and (done in DONE or done in HELP):
        return True
    if by in {"er", "are"} and (_is_helper(done) or _is_others(done)):
        return True
    after = word(phrase.last + 1), word(phrase.last + 2)
    helps = any(each in GIVE or _is_helper(each) for each in after)
    if word(phrase.last) in {"som", "as", "er", "are"} and helps:
        return True
    near = phrase.sentence.words[phrase.last : phrase.last + NEAR + 1]
    return any(is_ in {"er", "are"} and _is_helper(what) for is_, what in pairwise(near))


def _is_others(word: str) -> bool:
    """Whether it is a noun, as in "kokkene er flyktninger": these are named by what they do."""
    return word.endswith(("ene", "ane", "erne")) and not word.startswith(RECEIVERS)


def _is_helper(word: str) -> bool:
    return any(each in word for each in HELPERS)


def _is_wanted(phrase: Phrase) -> bool:
    """Whether somebody needs these, as in "vi trenger noen pensjonister som kan lese"."""
    if phrase.sentence.words[phrase.first].startswith(RECEIVERS):
        return False
    place = phrase.first - 1
    while phrase.sentence.word(place) in DETERMINERS and phrase.first - place <= NEAR:
        place -= 1
    got = phrase.sentence.word(place + 1) in ARTICLES - {"et", "eit"}
    if got and phrase.sentence.word(place) in {"får", "fikk", "fekk", "få", "get"}:
        return True
    if phrase.sentence.word(place) not in NEED | WISH or phrase.sentence.word(place) == "slit":
        return False
    after = phrase.sentence.words[phrase.last : phrase.last + 4]
    return not (after[:1] in (["som"], ["who"]) and set(after) & NEED)


def _writes(phrase: Phrase) -> bool:
    word = phrase.sentence.word
    introduced = (word(phrase.first - 2), word(phrase.first - 1)) in IDENTITY
    introduced |= (word(phrase.first - 3), word(phrase.first - 2)) in IDENTITY
    if phrase.mentions[0].kind in {Kind.STAFF, Kind.PLACE}:
        return introduced
    after = phrase.sentence.words[phrase.last : phrase.last + FAR]
    return introduced and NEED.isdisjoint(after) and not WISH & set(after)


def _wishes_for(phrase: Phrase, following: Phrase | None) -> bool:
    """Whether parents or staff wish something for others."""
    if phrase.mentions[0].kind not in {Kind.PARENT, Kind.STAFF} or following is None:
        return False
    after = set(phrase.sentence.words[phrase.last : phrase.last + NEAR + 1])
    return bool(after & WISH) and to_before(following, 2)


def _is_companion(phrase: Phrase) -> bool:
    words = phrase.sentence.words[max(phrase.first - 2, 0) : phrase.first]
    return words in (["sammen", "med"], ["saman", "med"], ["together", "with"])


def _gives(phrase: Phrase, following: Phrase | None) -> bool:
    """Whether these are the subject of a verb of giving."""
    words = phrase.sentence.words
    if phrase.mentions[0].kind is Kind.PLACE:
        return False
    end = following.first if following else len(words)
    for place in range(phrase.last, min(phrase.last + FAR, end)):
        word = words[place]
        if word in _STOPS or word in RECEIVE - {"har"}:
            return False
        if word in GIVE or words[place + 1 : place + 2] == ["bort"]:
            return not EACH_OTHER & set(words[place : place + NEAR])
        if word in MAY_GIVE:
            return following is not None and _reaches(words[place + 1 : following.first])
    return False


def _reaches(between: list[str]) -> bool:
    """Whether what stands between a verb and people tells that they are given something."""
    if len(between) > FAR:
        return False
    if len(between) <= 2 and not {"å", "om", "av", "with", "from", "about"} & set(between):
        return True
    return bool(TO & set(between[-2:]))
