"""The only place that changes the vocabulary."""

import re
import secrets
from collections.abc import Collection as AnyCollection
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed, Stale
from marketplace.core.personal_data import expect_no_personal_data
from marketplace.core.revision import Collection, next_revision
from marketplace.core.texts import expect_shared_text
from marketplace.vocabulary import policies, queries
from marketplace.vocabulary.models import NAME_LENGTH, WordGroup
from marketplace.vocabulary.queries import Entry
from marketplace.vocabulary.states import VocabularyEvent, VocabularyRefusal
from marketplace.vocabulary.uploads import LEAST_WORDS, MOST_GROUPS
from matching.thesaurus import Group
from matching.thesaurus.normal import normalize, split

MOST_WORDS, LONGEST_WORD = 60, 80


@dataclass(frozen=True, slots=True)
class Sifted:
    """Groups that could be added, and what could not: the group that it was in, and why."""

    groups: list[list[str]]
    left_out: list[tuple[str, InvalidField]]


def add_group(session: Session, actor: Actor, *, words: Sequence[str], reason: str) -> WordGroup:
    _expect_keeper(actor)
    why = _expect_reason(reason)
    row = _add(session, actor, _expect_words(words, _there(session)), why)
    _let_indexes_know(session)
    return row


def switch(
    session: Session, actor: Actor, *, entry: Entry, version: int, off: bool, reason: str
) -> None:
    """Let a group count or not. One that came with the site has a row from the first time on."""
    _expect_keeper(actor)
    why = _expect_reason(reason)
    row = entry.row
    if row is None:
        row = _first_row(session, actor, entry.group.id)
    else:
        row.expect_version(version)
    if row.is_off is off:
        return
    row.is_off = off
    event = VocabularyEvent.SWITCHED_OFF if off else VocabularyEvent.SWITCHED_ON
    record(session, actor, event, row, reason=why)
    _let_indexes_know(session)


def _first_row(session: Session, actor: Actor, name: str) -> WordGroup:
    row = WordGroup(name=name, added_by_id=actor.person_id)
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # somebody else was first, at the same moment
        raise Stale from error
    return row


def sift(session: Session, actor: Actor, groups: Iterable[Group]) -> Sifted:
    """What of a file could be added, and what could not, with why. Nothing is stored."""
    _expect_keeper(actor)
    there, sifted = _there(session), Sifted([], [])
    for group in groups:
        words, faults = _sound_words(group.members)
        try:
            words = _expect_words(words, there)
        except InvalidField as refused:
            faults = (
                [refused] if refused.code is VocabularyRefusal.ALREADY_THERE else [*faults, refused]
            )
        else:
            there.add(_key(words))
            sifted.groups.append(words)
        sifted.left_out.extend((group.label, fault) for fault in faults)
    if not sifted.groups:
        raise InvalidField("file", VocabularyRefusal.NOTHING_NEW)
    return sifted


def _sound_words(members: Iterable[str]) -> tuple[list[str], list[InvalidField]]:
    """Those that may stand in a group, so many as fit; and what is wrong with the others."""
    sound, faults = [], []
    for word in members:
        try:
            _expect_word(word)
        except InvalidField as refused:
            faults.append(refused)
        else:
            sound.append(word)
    if len(sound) > MOST_WORDS:
        faults.append(InvalidField("words", VocabularyRefusal.WORDS_CUT, most=MOST_WORDS))
    return sound[:MOST_WORDS], faults


def add_groups(
    session: Session, actor: Actor, *, groups: Sequence[Sequence[str]], reason: str
) -> list[WordGroup]:
    """All of them, or none: what is wrong with one is said with its line."""
    _expect_keeper(actor)
    why, there, added = _expect_reason(reason), _there(session), []
    if not groups:
        raise InvalidField("groups", VocabularyRefusal.NO_GROUPS)
    if len(groups) > MOST_GROUPS:
        raise InvalidField("groups", VocabularyRefusal.FILE_TOO_MANY, most=MOST_GROUPS)
    for line, words in enumerate(groups, start=1):
        try:
            sound = _expect_words(words, there)
        except InvalidField as refused:
            wrong = VocabularyRefusal.LINE_WRONG
            raise InvalidField("groups", wrong, line=line, word=words[0][:40]) from refused
        there.add(_key(sound))
        added.append(_add(session, actor, sound, why))
    _let_indexes_know(session)
    return added


def _add(session: Session, actor: Actor, words: Sequence[str], why: str) -> WordGroup:
    row = WordGroup(name=_name_of(words[0]), words="\n".join(words), added_by_id=actor.person_id)
    session.add(row)
    record(session, actor, VocabularyEvent.ADDED, row, reason=why)
    return row


def _name_of(word: str) -> str:
    """Like those that came with the site, and like none that there is."""
    slug = re.sub(r"[^a-z0-9]+", "-", normalize(word.lower())).strip("-")
    return f"{slug[: NAME_LENGTH - 10]}-{secrets.token_hex(3)}"


def _let_indexes_know(session: Session) -> None:
    next_revision(session, Collection.VOCABULARY)


def _key(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _there(session: Session) -> set[frozenset[str]]:
    return {_key(entry.group.members) for entry in queries.list_entries(session)}


def _expect_words(words: Sequence[str], there: AnyCollection[frozenset[str]]) -> list[str]:
    said = list(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))
    if len(_key(said)) < LEAST_WORDS:
        raise InvalidField("words", VocabularyRefusal.TOO_FEW_WORDS)
    if len(said) > MOST_WORDS:
        raise InvalidField("words", VocabularyRefusal.TOO_MANY_WORDS, most=MOST_WORDS)
    for word in said:
        _expect_word(word)
    if _key(said) in there:
        raise InvalidField("words", VocabularyRefusal.ALREADY_THERE)
    return said


def _expect_word(word: str) -> None:
    if len(word) > LONGEST_WORD:
        raise InvalidField("words", VocabularyRefusal.WORD_TOO_LONG, most=LONGEST_WORD)
    if not split(word):
        raise InvalidField("words", VocabularyRefusal.NO_WORD, word=word)
    expect_no_personal_data("words", word, VocabularyRefusal.PERSONAL_DATA)


def _expect_reason(reason: str) -> str:
    return expect_shared_text(
        "reason", reason, VocabularyRefusal.REASON_MISSING, VocabularyRefusal.PERSONAL_DATA
    )


def _expect_keeper(actor: Actor) -> None:
    if not policies.can_keep(actor):
        raise NotAllowed(VocabularyRefusal.ADMINISTRATORS_ONLY)
