"""The part that one mention has, by its kind and by what stands next to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from matching.facets.codes import Group
from matching.facets.cues import (
    AND,
    BEARERS,
    BOTH,
    BUILDING,
    DREAD,
    GIVE,
    MAY_GIVE,
    NEED,
    OR,
    PLACE_BEFORE,
    POSSESSIVE,
    REPORT,
    SUFFER,
    THINGS,
    TO,
    TRAINING,
    WITHOUT,
    WITHOUT_NOUN,
    WITHOUT_NOUN_ENDS,
    WITHOUT_NOUN_VERBS,
    WORK,
)
from matching.facets.mentions import Mention
from matching.facets.people import Kind
from matching.facets.phrase_roles import NEAR, Role, before, to_before
from matching.facets.phrases import Phrase
from matching.facets.sentences import Sentence


def role_of_mention(found: Sequence[Phrase], number: int, place: int) -> Role:
    """Return the role of one mention, whatever that of its phrase.

    Parameters
    ----------
    found
        The phrases of the sentence.
    number, place
        Which phrase, and which mention in it.
    """
    phrase = found[number]
    mention = phrase.mentions[place]
    if _is_name(phrase.sentence, mention) or _is_without(phrase, place):
        return Role.OTHER
    if _is_counted(phrase.sentence, mention):
        return Role.OTHER
    if mention.kind in {Kind.PLACE, Kind.GRADE}:
        return _role_of_place(phrase, place)
    if mention.kind is Kind.STAFF:
        return _role_of_staff(phrase, place)
    if mention.kind is Kind.EVERYONE:
        return Role.WEAK
    return Role.TARGET if _names_people(found, number, place) else Role.OTHER


def _names_people(found: Sequence[Phrase], number: int, place: int) -> bool:
    phrase = found[number]
    mention = phrase.mentions[place]
    if mention.kind is Kind.ADJECTIVE:
        return _stands_for_people(phrase, place)
    if mention.kind is Kind.TRAIT:
        return _has_bearer(found, number, place)
    owned = phrase.sentence.word(mention.last) in POSSESSIVE
    return not (owned and number > 0)


def _is_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether it is part of a name, as in "vi er medlem av Unge Entreprenører"."""
    if sentence.in_title or mention.first == 0 or mention.kind in {Kind.NUMBER, Kind.TRAIT}:
        return False
    start = sentence.spans[mention.first][0]
    letters = sentence.text[start : start + 2]
    begins = sentence.word(mention.first - 1) in {".", ":", "!", "?", "-", "–", "(", "«", '"'}
    return letters[:1].isupper() and letters[1:].islower() and not begins


def _is_without(phrase: Phrase, place: int) -> bool:
    """Whether those meant are without it, as in "flyktninger uten familie", or may be."""
    link = phrase.link(place) if place else []
    word, last = phrase.sentence.word, phrase.mentions[place].last
    return not WITHOUT.isdisjoint(link) or (word(last) in OR and word(last + 1) in WITHOUT)


def _is_counted(sentence: Sentence, mention: Mention) -> bool:
    """Whether it tells how large something is, as in "en kommune med 23 000 innbyggere"."""
    if not sentence.word(mention.first - 1).isdigit():
        return False
    if mention.kind is Kind.EVERYONE:
        return True
    if mention.kind is not Kind.STAFF and Group.PUPILS not in mention.groups:
        return False
    return _tells_of_building(sentence, mention)


def _tells_of_building(sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence is about a building, as "renholderne" alone is not."""
    around = chain(sentence.words[: mention.first], sentence.words[mention.last :])
    return any(word.startswith(BUILDING) for word in around)


def _stands_for_people(phrase: Phrase, place: int) -> bool:
    """Whether an adjective such as "eldre" has no noun of things after it."""
    sentence, after = phrase.sentence, phrase.mentions[place].last
    following = sentence.word(after)
    if sentence.word(phrase.mentions[place].first - 1) in {"år", "years"}:
        return False
    if not following[:1].isalpha() or following in WITHOUT_NOUN | WITHOUT_NOUN_VERBS:
        return True
    if following.startswith(tuple(THINGS)):
        return False
    named = [each.first for each in phrase.mentions[place + 1 : place + 2]]
    return after in named or following.endswith(WITHOUT_NOUN_ENDS) or _may_be_verb(sentence, after)


def _may_be_verb(sentence: Sentence, place: int) -> bool:
    """Whether a word that no table has is rather a verb than a noun."""
    word = sentence.word(place)
    if sentence.word(place - 2) in {"de", "dei"}:
        return not word.endswith(("ene", "ane"))
    return word.endswith(("er", "ar", "es", "as")) and not _is_verb(sentence.word(place + 1))


def _is_verb(word: str) -> bool:
    return word in WITHOUT_NOUN_VERBS or word in {"er", "var", "må", "kan", "skal", "bør", "har"}


def _has_bearer(found: Sequence[Phrase], number: int, place: int) -> bool:
    """Whether people stand before a trait."""
    phrase = found[number]
    if any(each.kind is not Kind.TRAIT for each in phrase.mentions[:place]):
        return True
    if {"om", "mot", "about", "against"} & before(phrase, 2):
        return False
    if place + 1 < len(phrase.mentions) or number + 1 < len(found):
        after = phrase.sentence.word(phrase.mentions[place].last)
        if after in TO | {"hos", "among", "in"}:
            return True
    if before(phrase, 2 * NEAR + 2) & BEARERS or before(phrase, NEAR) & SUFFER:
        return True
    return number > 0 and phrase.first - found[number - 1].last <= 2 * NEAR


def _role_of_place(phrase: Phrase, place: int) -> Role:
    sentence, mention = phrase.sentence, phrase.mentions[place]
    if any(
        each.kind not in {Kind.STAFF, Kind.PLACE, Kind.TRAIT} for each in phrase.mentions[:place]
    ):
        return Role.TARGET
    work = WORK & set(sentence.words[max(mention.first - NEAR - 1, 0) : mention.first])
    if work or _tells_of_building(sentence, mention):
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
    if to_before(phrase) or before(phrase) & TRAINING or after & (NEED | DREAD):
        return Role.TARGET
    if _is_taught(sentence, phrase.first) or _is_beside(phrase, place):
        return Role.TARGET
    if phrase.first <= 2 and place == 0 and _needs_in_the_end(sentence, phrase.last):
        return Role.TARGET
    if after & REPORT or _tells_of_building(sentence, phrase.mentions[place]):
        return Role.OTHER
    return Role.WEAK if phrase.first <= 2 and place == 0 else Role.OTHER


def _is_taught(sentence: Sentence, first: int) -> bool:
    """Whether the writer helps these, as in "vi lærer opp ansatte"."""
    near = set(sentence.words[max(first - 4, 0) : first])
    if {"med", "with"} & set(sentence.words[max(first - 2, 0) : first]):
        return False
    return bool(near & (GIVE | MAY_GIVE)) and bool(near & {"vi", "me", "we", "eg", "jeg", "å"})


def _is_beside(phrase: Phrase, place: int) -> bool:
    """Whether these are named like the others, as in "både elever og ansatte"."""
    return phrase.sentence.word(phrase.first - 1) in BOTH and (
        place == 0 or phrase.coordinated(place)
    )


def _needs_in_the_end(sentence: Sentence, last: int) -> bool:
    """Whether the subject is the same after "og", as in "lærere har mye å gjøre og trenger ro"."""
    pairs = pairwise(sentence.words[last:])
    return any(word in AND and following in NEED for word, following in pairs)


def belongs_below(phrase: Phrase, place: int, below: bool) -> bool:
    """Whether a mention only tells whose parents, teachers or children others are."""
    mention = phrase.mentions[place]
    head = phrase.mentions[phrase.ruler if phrase.ruler < place else 0]
    link = phrase.link(place)
    if phrase.coordinated(place):
        return below and mention.kind is not Kind.STAFF
    if below:
        return Group.LOW_INCOME not in mention.groups
    if head.kind is Kind.STAFF:
        return bool(link) and "til" not in link
    if head.kind is Kind.PARENT or Group.FAMILIES in head.groups:
        return bool(link) and mention.kind is not Kind.TRAIT
    parents = mention.kind is Kind.PARENT or Group.FAMILIES in mention.groups
    return bool(link) and (parents or (bool({"av", "of"} & set(link)) and not mention.ages))
