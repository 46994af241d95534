"""Whom a text is for, among those whom it names: neither those who help nor those who write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from matching.facets.codes import Group
from matching.facets.cues import (
    BEARERS,
    BUILDING,
    BY,
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
    PLACE_BEFORE,
    POSSESSIVE,
    RECEIVE,
    RECEIVERS,
    SUBORDINATE,
    SUFFER,
    THINGS,
    TO,
    TRAINING,
    WISH,
    WITHOUT_NOUN,
    WITHOUT_NOUN_ENDS,
    WITHOUT_NOUN_VERBS,
    WORK,
)
from matching.facets.mentions import Mention
from matching.facets.people import Kind
from matching.facets.phrases import Phrase
from matching.facets.sentences import Sentence

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


def roles(found: Sequence[Phrase]) -> Iterator[tuple[Phrase, Mention, Role]]:
    """Yield all mentions in the phrases of one sentence, each with its phrase and its role."""
    for number, phrase in enumerate(found):
        following = _next_people(found, number)
        whole = _role_of_phrase(phrase, following)
        below = False
        for place, mention in enumerate(phrase.mentions):
            below = place > 0 and _belongs_below(phrase, place, below)
            role = Role.OTHER if below else _role_of_mention(found, number, place)
            kept = whole is Role.TARGET or role in {Role.OTHER, Role.PLACE}
            yield phrase, mention, role if kept else whole


def _next_people(found: Sequence[Phrase], number: int) -> Phrase | None:
    """Return the next phrase that does not begin with a trait, if it is one of the next two."""
    near = found[number + 1 : number + 3]
    return next((each for each in near if each.mentions[0].kind is not Kind.TRAIT), None)


def _role_of_phrase(phrase: Phrase, following: Phrase | None) -> Role:
    if _before(phrase) & TRAINING:
        return Role.TARGET
    if _is_refused(phrase) or _is_helper_by_name(phrase) or _is_wanted(phrase):
        return Role.OTHER
    if _writes(phrase) or _wishes_for(phrase, following):
        return Role.OTHER
    if _is_companion(phrase):
        return Role.UNSURE
    if _gives(phrase, following):
        received = following is not None and not _to_before(phrase, 2)
        return Role.OTHER if received else Role.UNSURE
    return Role.TARGET if _has_sign(phrase) else Role.WEAK


def _has_sign(phrase: Phrase) -> bool:
    """Whether anything around the phrase tells that it may be the target."""
    if phrase.first <= 2 or phrase.mentions[0].kind is Kind.TRAIT or stands_out(phrase):
        return True
    if _before(phrase) & (SUBORDINATE | {":"}):
        return True
    if _before(phrase, 2) & {"og", "and", "samt", "eller", "or"}:
        return True
    return bool(set(phrase.sentence.words[phrase.last : phrase.last + NEAR + 1]) & RECEIVE)


def _before(phrase: Phrase, count: int = NEAR) -> set[str]:
    return set(phrase.sentence.words[max(phrase.first - count, 0) : phrase.first])


def stands_out(phrase: Phrase) -> bool:
    """Whether a text that names others first may yet be for these."""
    if phrase.sentence.in_title or _to_before(phrase):
        return True
    if any(each.kind is Kind.NUMBER for each in phrase.mentions):
        return True
    return bool(_before(phrase, NEAR + 1) & (GIVE | MAY_GIVE | TRAINING))


def _to_before(phrase: Phrase, count: int = NEAR) -> bool:
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
    near = words[max(first - NEAR, 0) : first]
    for place, word in enumerate(near):
        if word in NOT and not ONLY & set(near[place:]):
            return all(each in TO or each in DETERMINERS for each in near[place + 1 :])
    return False


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
    return word(phrase.last) in {"som", "as", "er", "are"} and helps


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
    got = phrase.sentence.word(place + 1) in {"en", "ein", "ei", "a"}
    if got and phrase.sentence.word(place) in {"får", "fikk", "fekk", "få", "get"}:
        return True
    if phrase.sentence.word(place) not in NEED | WISH or phrase.sentence.word(place) in {"slit"}:
        return False
    after = phrase.sentence.words[phrase.last : phrase.last + 4]
    return not (after[:1] in (["som"], ["who"]) and set(after) & NEED)


def _writes(phrase: Phrase) -> bool:
    word = phrase.sentence.word
    introduced = (word(phrase.first - 2), word(phrase.first - 1)) in IDENTITY
    introduced |= (word(phrase.first - 3), word(phrase.first - 2)) in IDENTITY
    return introduced and phrase.mentions[0].kind in {Kind.STAFF, Kind.PLACE}


def _wishes_for(phrase: Phrase, following: Phrase | None) -> bool:
    """Whether parents or staff wish something for others."""
    if phrase.mentions[0].kind not in {Kind.PARENT, Kind.STAFF} or following is None:
        return False
    after = set(phrase.sentence.words[phrase.last : phrase.last + NEAR + 1])
    return bool(after & WISH) and _to_before(following, 2)


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


def _belongs_below(phrase: Phrase, place: int, below: bool) -> bool:
    """Whether a mention only tells whose parents, teachers or children others are."""
    mention = phrase.mentions[place]
    head = next((each for each in phrase.mentions[:place] if _rules(each)), phrase.mentions[0])
    link = phrase.link(place)
    if phrase.coordinated(place):
        return below and mention.kind is not Kind.STAFF
    if below:
        return Group.LOW_INCOME not in mention.groups
    if head.kind is Kind.STAFF:
        return bool(link)
    if head.kind is Kind.PARENT or Group.FAMILIES in head.groups:
        return bool(link) and mention.kind is not Kind.TRAIT
    parents = mention.kind is Kind.PARENT or Group.FAMILIES in mention.groups
    return bool(link) and (parents or (bool({"av", "of"} & set(link)) and not mention.ages))


def _rules(mention: Mention) -> bool:
    """Whether those named after a mention with "til", "av" or "med" are theirs."""
    return mention.kind in {Kind.PARENT, Kind.STAFF} or Group.FAMILIES in mention.groups


def _role_of_mention(found: Sequence[Phrase], number: int, place: int) -> Role:
    phrase = found[number]
    mention, sentence = phrase.mentions[place], phrase.sentence
    if _is_name(sentence, mention):
        return Role.OTHER
    if mention.kind is Kind.ADJECTIVE:
        return Role.TARGET if _stands_for_people(phrase, place) else Role.OTHER
    if mention.kind is Kind.TRAIT:
        return Role.TARGET if _has_bearer(found, number, place) else Role.OTHER
    if mention.kind in {Kind.PLACE, Kind.GRADE}:
        return _role_of_place(phrase, place)
    if mention.kind is Kind.STAFF:
        return _role_of_staff(phrase, place)
    if mention.kind is Kind.EVERYONE:
        return Role.WEAK
    if sentence.word(mention.last) in POSSESSIVE and _has_parents(found[:number]):
        return Role.OTHER
    return Role.TARGET


def _is_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether it is part of a name, as in "vi er medlem av Unge Entreprenører"."""
    if sentence.in_title or mention.first == 0 or mention.kind in {Kind.NUMBER, Kind.TRAIT}:
        return False
    start = sentence.spans[mention.first][0]
    letters = sentence.text[start : start + 2]
    begins = sentence.word(mention.first - 1) in {".", ":", "!", "?", "-", "–", "(", "«", '"'}
    return letters[:1].isupper() and letters[1:].islower() and not begins


def _stands_for_people(phrase: Phrase, place: int) -> bool:
    """Whether an adjective such as "eldre" has no noun of things after it."""
    sentence, after = phrase.sentence, phrase.mentions[place].last
    following = sentence.word(after)
    if sentence.word(phrase.mentions[place].first - 1) in {"år", "years"}:
        return False
    if place + 1 < len(phrase.mentions) and phrase.mentions[place + 1].first == after:
        return not following.startswith(tuple(THINGS))
    if not following[:1].isalpha() or following in WITHOUT_NOUN | WITHOUT_NOUN_VERBS:
        return True
    if following.startswith(tuple(THINGS)):
        return False
    if following.endswith(WITHOUT_NOUN_ENDS):
        return True
    if sentence.word(after - 2) in {"de", "dei"}:
        return not following.endswith(("ene", "ane"))
    return following.endswith(("er", "ar", "es", "as")) and not _is_verb(sentence.word(after + 1))


def _is_verb(word: str) -> bool:
    return word in WITHOUT_NOUN_VERBS or word in {"er", "var", "må", "kan", "skal", "bør", "har"}


def _has_bearer(found: Sequence[Phrase], number: int, place: int) -> bool:
    """Whether people stand before a trait."""
    phrase = found[number]
    if any(each.kind is not Kind.TRAIT for each in phrase.mentions[:place]):
        return True
    if {"om", "mot", "about", "against"} & _before(phrase, 2):
        return False
    if place + 1 < len(phrase.mentions) or number + 1 < len(found):
        after = phrase.sentence.word(phrase.mentions[place].last)
        if after in TO | {"hos", "among", "in"}:
            return True
    if _before(phrase, 2 * NEAR + 2) & BEARERS or _before(phrase, NEAR) & SUFFER:
        return True
    return number > 0 and phrase.first - found[number - 1].last <= 2 * NEAR


def _role_of_place(phrase: Phrase, place: int) -> Role:
    sentence, mention = phrase.sentence, phrase.mentions[place]
    if any(
        each.kind not in {Kind.STAFF, Kind.PLACE, Kind.TRAIT} for each in phrase.mentions[:place]
    ):
        return Role.TARGET
    work = WORK & set(sentence.words[max(mention.first - NEAR - 1, 0) : mention.first])
    if work or any(word.startswith(tuple(BUILDING)) for word in sentence.words):
        return Role.PLACE
    if mention.kind is Kind.GRADE and (sentence.in_title or _stands_alone(sentence, mention)):
        return Role.TARGET
    following = phrase.mentions[place + 1 : place + 2]
    if following and following[0].first == mention.last and following[0].kind is Kind.PERSON:
        return Role.TARGET
    return Role.TARGET if sentence.word(mention.first - 1) in PLACE_BEFORE else Role.PLACE


def _stands_alone(sentence: Sentence, mention: Mention) -> bool:
    """Whether a part of a school is the subject, or what is said last."""
    return mention.first <= 1 or mention.last >= len(sentence.words) - 1


def _role_of_staff(phrase: Phrase, place: int) -> Role:
    sentence = phrase.sentence
    after = set(sentence.words[phrase.last : phrase.last + NEAR + 1])
    if _to_before(phrase) or _before(phrase) & TRAINING or after & NEED:
        return Role.TARGET
    if _is_taught(sentence, phrase.first):
        return Role.TARGET
    return Role.WEAK if phrase.first <= 2 and place == 0 else Role.OTHER


def _is_taught(sentence: Sentence, first: int) -> bool:
    """Whether the writer helps these, as in "vi lærer opp ansatte"."""
    near = set(sentence.words[max(first - 4, 0) : first])
    if {"med", "with"} & set(sentence.words[max(first - 2, 0) : first]):
        return False
    return bool(near & (GIVE | MAY_GIVE)) and bool(near & {"vi", "me", "we", "eg", "jeg", "å"})


def _has_parents(found: Sequence[Phrase]) -> bool:
    return any(each.kind is Kind.PARENT for phrase in found for each in phrase.mentions)
