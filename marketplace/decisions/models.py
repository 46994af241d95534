"""Decisions: buy, extend once, or stop, by a date and with reasons."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.core.clock import now
from marketplace.core.db import Base, Versioned, code, person_reference
from marketplace.decisions.states import DecisionState
from marketplace.pairings.models import Pairing

AWAITED = text("state = 'awaited'")


class Decision(Versioned, Base):
    """The decision after a test. After an extension there is a second one, and never a third."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("pairing_id", "number"),
        Index(
            "uq_decision_awaited",
            "pairing_id",
            unique=True,
            sqlite_where=AWAITED,
            postgresql_where=AWAITED,
        ),
        CheckConstraint("number IN (1, 2)", name="two_at_most"),
        CheckConstraint("state <> 'extend' OR number = 1", name="extended_once"),
        CheckConstraint(
            "(state = 'awaited') = (decided_at IS NULL)"
            " AND (state = 'awaited') = (decided_by_id IS NULL)"
            " AND (state = 'awaited') = (reasons IS NULL)",
            name="decision_names_who_when_and_why",
        ),
        CheckConstraint(
            "(state = 'extend') = (extended_to IS NOT NULL)"
            " AND (extended_to IS NULL OR extended_to > due_on)",
            name="extension_names_a_later_date",
        ),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[DecisionState] = mapped_column(
        code(DecisionState), default=DecisionState.AWAITED, index=True
    )
    awaited_since: Mapped[datetime] = mapped_column(default=now)
    due_on: Mapped[date] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = person_reference()
    decided_at: Mapped[datetime | None]
    reasons: Mapped[str | None]
    extended_to: Mapped[date | None]

    pairing: Mapped[Pairing] = relationship()
    decided_by: Mapped[Person | None] = relationship()

    @property
    def municipality_id(self) -> int:
        return self.pairing.municipality_id
