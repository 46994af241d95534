"""Questions on a published need, their answers, and what is added to an answer later."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, code, person_reference
from marketplace.needs.models import Need
from marketplace.questions.states import QuestionState


class Question(Versioned, Base):
    """The asker is kept for the audit trail and for telling them; no page shows who it is."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)"
            " AND (answer IS NULL) = (answered_by_id IS NULL)",
            name="answer_names_who_and_when",
        ),
        CheckConstraint(
            "(state <> 'answered' OR answer IS NOT NULL)"
            " AND (state <> 'waiting' OR answer IS NULL)",
            name="answered_has_an_answer",
        ),
        CheckConstraint(
            "(state = 'turned_down') = (turned_down_at IS NOT NULL)"
            " AND (state = 'turned_down') = (turned_down_by_id IS NOT NULL)"
            " AND (state = 'turned_down') = (turning_down_reason IS NOT NULL)",
            name="turning_down_names_who_when_and_why",
        ),
        CheckConstraint(
            "answered_by_id IS NULL OR answered_by_id <> asker_id",
            name="nobody_answers_their_own_question",
        ),
        Index(None, "need_id", "state"),
        Index(None, "state", "due_on"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    asker_id: Mapped[int] = person_reference(index=True)
    state: Mapped[QuestionState] = mapped_column(code(QuestionState), default=QuestionState.WAITING)
    text: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    # Also moved by an addition, so that of two additions at once the second is stale.
    updated_at: Mapped[datetime] = mapped_column(default=now)
    # The day by which the unit should have answered.
    due_on: Mapped[date]
    answer: Mapped[str | None]
    answered_by_id: Mapped[int | None] = person_reference()
    answered_at: Mapped[datetime | None]
    turned_down_by_id: Mapped[int | None] = person_reference()
    turned_down_at: Mapped[datetime | None]
    turning_down_reason: Mapped[str | None]

    need: Mapped[Need] = relationship()
    additions: Mapped[list["AnswerAddition"]] = relationship(
        back_populates="question", order_by="AnswerAddition.id"
    )

    @property
    def municipality_id(self) -> int:
        return self.need.municipality_id


class AnswerAddition(Identified, Base):
    """What a unit adds to an answer, to correct it; the answer itself no longer changes."""

    __tablename__ = "answer_addition"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    author_id: Mapped[int] = person_reference()
    at: Mapped[datetime] = mapped_column(default=now)
    text: Mapped[str]

    question: Mapped[Question] = relationship(back_populates="additions")
