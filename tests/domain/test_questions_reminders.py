"""An unanswered question is chased by the clock: each reminder exactly once."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from marketplace.core.clock import now, today
from marketplace.core.engine import Database
from marketplace.core.schedule import do_what_is_due
from marketplace.questions import hooks, services
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionEvent, QuestionState, QuestionTopic
from tests.domain.questions_cast import UNIT, Cast, cast_for_questions, events, told

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _registered() -> None:
    hooks.register()


@pytest.fixture
def cast(committed: Database) -> Cast:
    with committed.writing() as session:
        made = cast_for_questions(session)
        question = made.question(due_on=today() + 7 * DAY)
        assert question.id
        session.commit()
    return made


def counts(database: Database) -> tuple[set[int], set[int], list[str]]:
    """Who was told on the day, who a week later, and what the audit trail says."""
    with database.reading() as session:
        question = session.query(Question).one()
        trail = [event.event for event in events(session, question)]
        return (
            set(told(session, QuestionTopic.DUE)),
            set(told(session, QuestionTopic.OVERDUE)),
            trail,
        )


def test_nothing_is_said_before_the_day(committed: Database, cast: Cast) -> None:
    assert cast.need.id
    do_what_is_due(committed, now() + 6 * DAY)
    assert counts(committed) == (set(), set(), [])


def test_the_unit_is_reminded_on_the_day_and_only_once(committed: Database, cast: Cast) -> None:
    unit = cast.id_of(*UNIT)
    for hours in range(3):
        do_what_is_due(committed, now() + 7 * DAY + timedelta(hours=hours))
    assert counts(committed) == (unit, set(), [QuestionEvent.UNIT_REMINDED])


def test_a_week_later_the_coordinators_hear_it_too_and_only_once(
    committed: Database, cast: Cast
) -> None:
    do_what_is_due(committed, now() + 7 * DAY)
    do_what_is_due(committed, now() + 13 * DAY)
    assert counts(committed)[1] == set()
    for _ in range(2):
        do_what_is_due(committed, now() + 14 * DAY)
    _, overdue, trail = counts(committed)
    assert overdue == cast.id_of(*UNIT, "coordinator") | {cast.need.published_by_id}
    assert trail == [QuestionEvent.UNIT_REMINDED, QuestionEvent.COORDINATORS_REMINDED]


def test_what_is_answered_is_not_chased(committed: Database, cast: Cast) -> None:
    with committed.writing() as session:
        question = session.query(Question).one()
        question.state, question.answer = QuestionState.ANSWERED, "Ja."
        question.answered_at, question.answered_by_id = now(), cast.people["member"].id
        session.commit()
    do_what_is_due(committed, now() + 30 * DAY)
    assert counts(committed) == (set(), set(), [])


def test_a_reminder_looks_again_whether_the_question_still_waits(session: Session) -> None:
    question = cast_for_questions(session).question(QuestionState.TURNED_DOWN)
    services.remind_unit(session, question.id, today())
    services.remind_coordinators(session, question.id, today())
    assert events(session, question) == []
