"""The only place that changes questions.

What is told never says who asked: a message about a question names the need and nothing else.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from marketplace.accounts.states import AccountRefusal
from marketplace.core.actor import SYSTEM, Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now, today
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import tell
from marketplace.core.reactions import run_reactions
from marketplace.core.texts import expect_shared_text
from marketplace.needs import recipients as need_recipients
from marketplace.needs.awaited import questions_are_over
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.needs.told import NeedTold, named
from marketplace.questions import policies, queries
from marketplace.questions.models import AnswerAddition, Question
from marketplace.questions.states import (
    QUESTION_LIFECYCLE,
    QuestionEvent,
    QuestionMove,
    QuestionRefusal,
    QuestionState,
    QuestionTopic,
)

DAYS_TO_ANSWER = timedelta(days=7)

# ---------------------------------------------------------------- asking


def ask_question(session: Session, actor: Actor, *, need: Need, text: str) -> Question:
    _hold(session, need)
    check_askable(session, actor, need=need)
    text = _expect_public_text("text", text)
    if queries.waits_already(session, actor, need, text):
        raise NotNow(QuestionRefusal.ALREADY_ASKED)
    refuse_too_many(session, actor, QuestionEvent.ASKED)
    question = Question(need=need, asker_id=actor.person_id, text=text, due_on=due_day(need))
    question.state, question.asked_at, question.updated_at = QuestionState.WAITING, now(), now()
    session.add(question)
    event = record(session, actor, QuestionEvent.ASKED, question)
    _tell(session, need_recipients.unit_people(session, need), QuestionTopic.ASKED, event, question)
    run_reactions(session, actor, QuestionEvent.ASKED, question)
    return question


def check_askable(session: Session, actor: Actor, *, need: Need) -> None:
    """Refuse before a form is filled in for nothing, and again when it is sent."""
    if not policies.can_ask(actor):
        raise NotAllowed(QuestionRefusal.ENTREPRENEURS_ONLY)
    if not queries.asks_for_an_approved_organisation(session, actor):
        raise NotNow(AccountRefusal.ORGANISATION_NOT_APPROVED)
    if policies.works_in_the_unit(actor, need):
        raise NotAllowed(QuestionRefusal.OWN_QUESTION)
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(QuestionRefusal.NEED_NOT_OPEN)
    if questions_are_over(need):
        raise NotNow(QuestionRefusal.DEADLINE_PASSED)


def due_day(need: Need) -> date:
    """A week from today, or the day after which nobody may ask any more, if that comes first."""
    week = today() + DAYS_TO_ANSWER
    return min(week, need.questions_close_on or week)


# ---------------------------------------------------------------- answering


def answer_question(
    session: Session, actor: Actor, *, question: Question, version: int, answer: str
) -> None:
    question.expect_version(version)
    expect_answerer(actor, question)
    QUESTION_LIFECYCLE.check(question.state, QuestionMove.ANSWER)
    text = _expect_public_text("answer", answer)
    QUESTION_LIFECYCLE.make(question, QuestionMove.ANSWER)
    question.answer, question.answered_by_id = text, actor.person_id
    question.answered_at = question.updated_at = now()
    event = record(session, actor, QuestionEvent.ANSWERED, question)
    _tell_all(session, QuestionTopic.YOURS_ANSWERED, QuestionTopic.ANSWERED, event, question)
    run_reactions(session, actor, QuestionEvent.ANSWERED, question)


def add_to_answer(
    session: Session, actor: Actor, *, question: Question, version: int, text: str
) -> AnswerAddition:
    """Correct an answer in the open: what stood there, stays."""
    question.expect_version(version)
    expect_answerer(actor, question)
    QUESTION_LIFECYCLE.check(question.state, QuestionMove.ADD_TO_ANSWER)
    added = _expect_public_text("text", text)
    refuse_too_many(session, actor, QuestionEvent.ANSWER_ADDED_TO)
    QUESTION_LIFECYCLE.make(question, QuestionMove.ADD_TO_ANSWER)
    addition = AnswerAddition(author_id=actor.person_id, text=added, at=now())
    question.additions.append(addition)
    question.updated_at = now()
    event = record(session, actor, QuestionEvent.ANSWER_ADDED_TO, question, extra={"text": added})
    topic = QuestionTopic.ANSWER_ADDED_TO
    _tell_all(session, topic, topic, event, question)
    return addition


def turn_down_question(
    session: Session, actor: Actor, *, question: Question, version: int, reason: str
) -> None:
    """By the unit or a coordinator; what was public is not shown any more."""
    question.expect_version(version)
    expect_may_turn_down(actor, question)
    turn_down(session, actor, question, reason)


def turn_down_unanswered(session: Session, actor: Actor, need: Need) -> None:
    """Nobody answers on a need that is over; whoever asked is told why it was closed."""
    for question in queries.list_waiting_on(session, need):
        turn_down(session, actor, question, need.closing_reason or "")


def turn_down(session: Session, actor: Actor, question: Question, reason: str) -> None:
    """The move itself, also when the question falls with its need."""
    QUESTION_LIFECYCLE.make(question, QuestionMove.TURN_DOWN, reason=reason)
    question.turned_down_by_id, question.turning_down_reason = actor.person_id, reason.strip()
    question.turned_down_at = question.updated_at = now()
    why = question.turning_down_reason
    event = record(session, actor, QuestionEvent.TURNED_DOWN, question, reason=why)
    _tell(session, {question.asker_id}, QuestionTopic.TURNED_DOWN, event, question, reason=why)


def expect_answerer(actor: Actor, question: Question) -> None:
    if policies.is_asker(actor, question):
        raise NotAllowed(QuestionRefusal.OWN_QUESTION)
    if not policies.can_answer(actor, question):
        raise NotAllowed(QuestionRefusal.UNIT_MEMBERS_ONLY, unit=question.need.unit.name)


def expect_may_turn_down(actor: Actor, question: Question) -> None:
    if not policies.can_turn_down(actor, question):
        raise NotAllowed(QuestionRefusal.UNIT_AND_COORDINATORS_ONLY, unit=question.need.unit.name)


# ---------------------------------------------------------------- by the clock


def remind_unit(session: Session, question_id: int, _due_on: date) -> None:
    question = queries.get_waiting(session, question_id)
    if question is None:
        return
    event = record(session, SYSTEM, QuestionEvent.UNIT_REMINDED, question)
    unit = need_recipients.unit_people(session, question.need)
    _tell(session, unit, QuestionTopic.DUE, event, question)


def remind_coordinators(session: Session, question_id: int, _due_on: date) -> None:
    """The unit hears it again, together with those who can help it along."""
    question = queries.get_waiting(session, question_id)
    if question is None:
        return
    event = record(session, SYSTEM, QuestionEvent.COORDINATORS_REMINDED, question)
    need = question.need
    told = need_recipients.unit_people(session, need) | need_recipients.coordinators(session, need)
    _tell(session, told, QuestionTopic.OVERDUE, event, question)


# ---------------------------------------------------------------- shared steps


def _expect_public_text(field: str, text: str) -> str:
    missing, personal = QuestionRefusal.TEXT_MISSING, QuestionRefusal.PERSONAL_DATA
    return expect_shared_text(field, text, missing, personal)


def _hold(session: Session, need: Need) -> None:
    """Nobody closes the need meanwhile, and nobody asks the same twice at once."""
    session.refresh(need, ["state", "version"], with_for_update=True)


def _tell_all(
    session: Session,
    to_the_asker: QuestionTopic,
    to_others: QuestionTopic,
    event: AuditEvent,
    question: Question,
) -> None:
    """Everybody who follows the need; the asker, who follows it too, in words of their own."""
    others = need_recipients.followers(session, question.need) - {question.asker_id}
    _tell(session, {question.asker_id}, to_the_asker, event, question)
    _tell(session, others, to_others, event, question)


def _tell(
    session: Session,
    people: Iterable[int],
    topic: QuestionTopic,
    event: AuditEvent,
    question: Question,
    reason: str | None = None,
) -> None:
    tell(session, people, topic, event, NeedTold(**named(question.need), reason=reason))
