"""Interests: how a concept meets a need, in the need's own points."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.core.clock import now
from marketplace.core.db import Base, Versioned, code, person_reference
from marketplace.interests.states import InterestState
from marketplace.needs.models import Need

REGISTERED = text("state = 'registered'")


class Interest(Versioned, Base):
    __tablename__ = "interest"
    __table_args__ = (
        Index(
            "uq_interest_registered",
            "need_id",
            "concept_id",
            unique=True,
            sqlite_where=REGISTERED,
            postgresql_where=REGISTERED,
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name="withdrawal_names_when_and_why",
        ),
        CheckConstraint(
            "(state = 'declined') = (declined_at IS NOT NULL)"
            " AND (state = 'declined') = (declined_by_id IS NOT NULL)"
            " AND (state = 'declined') = (decline_reason IS NOT NULL)",
            name="declined_names_who_when_and_why",
        ),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    concept_id: Mapped[int] = mapped_column(ForeignKey("concept.id"), index=True)
    person_id: Mapped[int] = person_reference()
    state: Mapped[InterestState] = mapped_column(
        code(InterestState), default=InterestState.REGISTERED
    )
    meets_problem: Mapped[str]
    meets_target_group: Mapped[str]
    meets_effect: Mapped[str]
    needs_from_unit: Mapped[str]
    registered_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]
    declined_by_id: Mapped[int | None] = person_reference()
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[str | None]

    need: Mapped[Need] = relationship()
    concept: Mapped[Concept] = relationship()
    person: Mapped[Person] = relationship(foreign_keys="Interest.person_id")
    declined_by: Mapped[Person | None] = relationship(foreign_keys="Interest.declined_by_id")

    @property
    def municipality_id(self) -> int:
        return self.need.municipality_id
