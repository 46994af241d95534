"""What questions wait for: of one question, or in SQL (`core.rules`)."""

from datetime import date

from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState


def awaits_answer(question: Question) -> bool:
    return question.state == QuestionState.WAITING


def awaited_on(question: Question, day: date) -> bool:
    """Whether the answer should have come by this day, and has not."""
    return awaits_answer(question) & (question.due_on <= day)
