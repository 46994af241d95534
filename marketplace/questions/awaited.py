"""What questions wait for: of one question, or in SQL (`core.rules`)."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from marketplace.accounts.models import Unit
from marketplace.core.awaited import Awaited, Party
from marketplace.core.rules import in_sql, of
from marketplace.needs.awaited import columns_of_need
from marketplace.needs.models import Need
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState, QuestionTask


def awaits_answer(question: Question) -> bool:
    return question.state == QuestionState.WAITING


def awaited_on(question: Question, day: date) -> bool:
    """Whether the answer should have come by this day, and has not."""
    return awaits_answer(question) & (question.due_on <= day)


def _answer() -> Select[Any]:
    return (
        select(*columns_of_need(Need.id, Question.asked_at))
        .join_from(Question, Need)
        .join(Unit, Unit.id == Need.unit_id)
        .where(in_sql(awaits_answer(of(Question))))
    )


AWAITED = (Awaited(QuestionTask.ANSWER, Party.UNIT, _answer),)
