"""The only place that changes lessons, and the one that closes a case with them.

Each side writes its own and may change it until the case is closed; then both become public
together.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import NotAllowed, NotNow, Stale
from marketplace.core.outbox import tell
from marketplace.core.revision import Collection, next_revision
from marketplace.core.texts import expect_shared_text
from marketplace.lessons import policies, recipients
from marketplace.lessons.case_facts import CaseFacts, facts_of
from marketplace.lessons.closing import obstacles_to_closing
from marketplace.lessons.locks import hold_case
from marketplace.lessons.models import Lesson
from marketplace.lessons.states import LessonEvent, LessonRefusal, LessonTopic, Outcome
from marketplace.lessons.told import PublishedTold
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import closing
from marketplace.pairings.states import PairingState, Side
from marketplace.pairings.told import CaseTold, named


@dataclass(frozen=True, slots=True)
class Words:
    """What a side has to say, and in which written form."""

    worked: str
    did_not_work: str
    do_differently: str
    language: Language = Language.BOKMAL


# ---------------------------------------------------------------- writing


def write_lesson(
    session: Session, actor: Actor, *, pairing: Pairing, side: Side, version: int, words: Words
) -> Lesson:
    """Write the side's lessons, or change them; version 0 is who saw that there were none."""
    hold_case(session, pairing)
    facts = facts_of(session, pairing)
    written = facts.lessons.get(side)
    if version != (written.version if written is not None else 0):
        raise Stale
    expect_may_write(actor, pairing, side, facts)
    said = _expect_sound(words)
    if written is None:
        return _write(session, actor, pairing, side, said)
    _put(written, said)
    record(session, actor, LessonEvent.CHANGED, written)
    return written


def expect_may_write(actor: Actor, pairing: Pairing, side: Side, facts: CaseFacts) -> None:
    """The person, then the moment: when the test has ended, or where there never was one."""
    expect_writer(actor, pairing, side, facts)
    if pairing.state is PairingState.CLOSED:
        raise NotNow(LessonRefusal.CASE_OVER)
    if pairing.state is not PairingState.APPROVED:
        raise NotNow(LessonRefusal.CASE_NOT_APPROVED)
    if facts.pilot_ongoing:
        raise NotNow(LessonRefusal.PILOT_ONGOING)


def expect_writer(actor: Actor, pairing: Pairing, side: Side, facts: CaseFacts) -> None:
    if not policies.can_write(actor, pairing, side):
        raise NotAllowed(LessonRefusal.PARTIES_ONLY, side=side)
    if _wrote_for_other_side(actor, side, facts):
        raise NotAllowed(LessonRefusal.WROTE_FOR_OTHER_SIDE)


def _wrote_for_other_side(actor: Actor, side: Side, facts: CaseFacts) -> bool:
    others = (lesson for other, lesson in facts.lessons.items() if other is not side)
    return any(lesson.author_id == actor.person_id for lesson in others)


def _expect_sound(words: Words) -> Words:
    """All three are said, and nothing in them is surely about a person."""
    missing, personal = LessonRefusal.TEXT_MISSING, LessonRefusal.PERSONAL_DATA
    texts = {
        name: expect_shared_text(name, getattr(words, name), missing, personal)
        for name in ("worked", "did_not_work", "do_differently")
    }
    return Words(**texts, language=words.language)


def _write(session: Session, actor: Actor, pairing: Pairing, side: Side, said: Words) -> Lesson:
    lesson = Lesson(pairing_id=pairing.id, pairing=pairing, side=side, author_id=person_of(actor))
    _put(lesson, said)
    session.add(lesson)
    event = record(session, actor, LessonEvent.WRITTEN, lesson)
    _tell_who_is_next(session, lesson, event)
    return lesson


def _put(lesson: Lesson, said: Words) -> None:
    lesson.worked, lesson.did_not_work = said.worked, said.did_not_work
    lesson.do_differently, lesson.language = said.do_differently, said.language
    lesson.written_at = now()


def _tell_who_is_next(session: Session, lesson: Lesson, event: AuditEvent) -> None:
    """The other side writes; when both have, somebody can close the case."""
    pairing = lesson.pairing
    if facts_of(session, pairing).sides_to_write:
        people = recipients.of_other_side(session, pairing, lesson.side)
        tell(session, people, LessonTopic.OTHER_SIDE_WROTE, event, CaseTold(**named(pairing)))
    else:
        people = recipients.who_can_close(session, pairing)
        tell(session, people, LessonTopic.BOTH_WROTE, event, CaseTold(**named(pairing)))


# ---------------------------------------------------------------- closing the case


def expect_closer(actor: Actor, pairing: Pairing) -> None:
    refusal = policies.closing_refusal(actor, pairing)
    if refusal is not None:
        raise NotAllowed(refusal)


def close_case(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> None:
    """End the case with the lessons of both sides, which everyone may read from now on."""
    hold_case(session, pairing)
    pairing.expect_version(version)
    facts = facts_of(session, pairing)
    for obstacle in obstacles_to_closing(actor, pairing, facts):
        raise obstacle
    closing.close_case(session, actor, pairing=pairing, version=version, reason=reason)
    events = [
        _publish(session, actor, facts.lessons[side], facts.outcome) for side in facts.lessons
    ]
    people = recipients.who_reads_of_the_end(session, pairing)
    told = PublishedTold(**named(pairing), case_outcome=facts.outcome)
    tell(session, people, LessonTopic.PUBLISHED, events[0], told)


def _publish(session: Session, actor: Actor, lesson: Lesson, outcome: Outcome) -> AuditEvent:
    lesson.published_at, lesson.outcome = now(), outcome
    lesson.revision = next_revision(session, Collection.LESSONS)
    return record(session, actor, LessonEvent.PUBLISHED, lesson)
