"""By when the unit should answer a question, for calendars."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from marketplace.core.actor import UNIT_ROLES, Actor
from marketplace.core.calendar import CalendarDate, only
from marketplace.core.rules import in_sql, of
from marketplace.needs.dates import date_of_need
from marketplace.needs.models import Need
from marketplace.questions import queries
from marketplace.questions.awaited import awaits_answer
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionDate


def find_answers_due(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    """For the unit, and one by one for whoever follows it up."""
    statement = (
        select(Question)
        .join(Question.need)
        .options(joinedload(Question.need))
        .where(queries.followed_up_by(actor), in_sql(awaits_answer(of(Question))))
    )
    if row_id is None:
        statement = statement.where(Need.unit_id.in_(sorted(actor.unit_ids(*UNIT_ROLES))))
    for row in session.scalars(only(statement, Question.id, row_id)):
        changed = (row.due_on, row.version - 1, row.updated_at)
        yield date_of_need(QuestionDate.ANSWER_DUE, row.id, changed, row.need)
