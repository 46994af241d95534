"""Needs and what is added to them after publishing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person, Unit
from marketplace.accounts.states import Language
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, code, person_reference, short_text
from marketplace.core.target_groups import ForPeople
from marketplace.needs.states import (
    BudgetStatus,
    NeedOutcome,
    NeedState,
    ParticipationState,
    ProcurementRoute,
    RaisedBy,
    SentBack,
    ServiceCategory,
)

STANDING = text("state IN ('asked', 'endorsed')")


class Need(ForPeople, Versioned, Base):
    """A concrete problem of a unit."""

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('published', 'closed') OR (published_at IS NOT NULL"
            " AND published_by_id IS NOT NULL AND endorsed_at IS NOT NULL"
            " AND endorsed_by_id IS NOT NULL)",
            name="published_names_who_and_when",
        ),
        CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)"
            " AND (state = 'closed') = (closed_by_id IS NOT NULL)"
            " AND (state = 'closed') = (outcome IS NOT NULL)"
            " AND (state = 'closed') = (closing_reason IS NOT NULL)",
            name="closed_names_who_when_and_why",
        ),
        CheckConstraint(
            "(endorsed_at IS NULL) = (endorsed_by_id IS NULL)", name="endorsement_is_whole"
        ),
        CheckConstraint(
            "(sent_back_as IS NULL) = (sent_back_by_id IS NULL)", name="sending_back_is_whole"
        ),
        CheckConstraint(
            "questions_close_on IS NULL OR interests_close_on IS NULL"
            " OR state NOT IN ('published', 'closed')"
            " OR questions_close_on <= interests_close_on",
            name="questions_close_before_interests",
        ),
        CheckConstraint("target_count IS NULL OR target_count > 0", name="target_count_positive"),
        CheckConstraint(
            "contribution_hours IS NULL OR contribution_hours >= 0", name="hours_not_negative"
        ),
        CheckConstraint(
            "estimated_value IS NULL OR estimated_value >= 0", name="value_not_negative"
        ),
        # What is looked for in lists: a unit's, the newest, those whose time has run out.
        Index(None, "unit_id", "state"),
        Index(None, "state", "published_at", "id"),
        # All that «without pairing» and the order by deadline ask of the many that are public.
        Index(None, "state", "interests_close_on", "unit_id", "id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = person_reference()
    state: Mapped[NeedState] = mapped_column(code(NeedState), default=NeedState.DRAFT)
    revision: Mapped[int] = mapped_column(default=0, index=True)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    language: Mapped[Language] = mapped_column(code(Language), default=Language.BOKMAL)

    title: Mapped[str] = short_text(200, default="")
    problem: Mapped[str] = mapped_column(default="")
    target_group: Mapped[str] = mapped_column(default="")
    target_count: Mapped[int | None]
    tried: Mapped[str] = mapped_column(default="")
    wanted_effect: Mapped[str] = mapped_column(default="")
    effect_measure: Mapped[str] = mapped_column(default="")
    contribution: Mapped[str] = mapped_column(default="")
    contribution_hours: Mapped[int | None]
    contact_id: Mapped[int | None] = person_reference()
    decision_maker_id: Mapped[int | None] = person_reference()
    budget_status: Mapped[BudgetStatus | None] = mapped_column(code(BudgetStatus))
    estimated_value: Mapped[int | None]
    service_category: Mapped[ServiceCategory | None] = mapped_column(code(ServiceCategory))
    intended_route: Mapped[ProcurementRoute | None] = mapped_column(code(ProcurementRoute))
    questions_close_on: Mapped[date | None]
    interests_close_on: Mapped[date | None]
    raised_by: Mapped[RaisedBy | None] = mapped_column(code(RaisedBy))

    submitted_at: Mapped[datetime | None]
    endorsed_by_id: Mapped[int | None] = person_reference()
    endorsed_at: Mapped[datetime | None]
    sent_back_as: Mapped[SentBack | None] = mapped_column(code(SentBack))
    sent_back_by_id: Mapped[int | None] = person_reference()
    review_comment: Mapped[str | None]
    published_by_id: Mapped[int | None] = person_reference()
    published_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = person_reference()
    closed_at: Mapped[datetime | None]
    outcome: Mapped[NeedOutcome | None] = mapped_column(code(NeedOutcome))
    closing_reason: Mapped[str | None]

    unit: Mapped[Unit] = relationship()
    author: Mapped[Person] = relationship(foreign_keys="Need.author_id")
    contact: Mapped[Person | None] = relationship(foreign_keys="Need.contact_id")
    decision_maker: Mapped[Person | None] = relationship(foreign_keys="Need.decision_maker_id")
    endorsed_by: Mapped[Person | None] = relationship(foreign_keys="Need.endorsed_by_id")
    sent_back_by: Mapped[Person | None] = relationship(foreign_keys="Need.sent_back_by_id")
    addenda: Mapped[list["NeedAddendum"]] = relationship(order_by="NeedAddendum.id")
    participations: Mapped[list["NeedParticipation"]] = relationship(
        back_populates="need", order_by="NeedParticipation.id"
    )

    @property
    def municipality_id(self) -> int:
        return self.unit.organisation_id


class NeedAddendum(Identified, Base):
    """What a unit adds to a published need; the need itself no longer changes."""

    __tablename__ = "need_addendum"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    author_id: Mapped[int] = person_reference()
    at: Mapped[datetime] = mapped_column(default=now)
    text: Mapped[str]


class NeedParticipation(Versioned, Base):
    """Another unit of the municipality in the same need, with what it gives and where."""

    __tablename__ = "need_participation"
    __table_args__ = (
        Index(
            "uq_need_participation_standing",
            "need_id",
            "unit_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        CheckConstraint(
            "(endorsed_at IS NULL) = (endorsed_by_id IS NULL)"
            " AND (state <> 'endorsed' OR endorsed_at IS NOT NULL)"
            " AND (state <> 'asked' OR endorsed_at IS NULL)",
            name="endorsed_names_who_and_when",
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name="withdrawal_names_who_when_and_why",
        ),
        CheckConstraint("hours >= 0", name="hours_not_negative"),
        CheckConstraint("target_count > 0", name="target_count_positive"),
        Index(None, "unit_id", "state"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[ParticipationState] = mapped_column(
        code(ParticipationState), default=ParticipationState.ASKED
    )
    site: Mapped[str] = short_text(200)
    contribution: Mapped[str]
    hours: Mapped[int]
    target_count: Mapped[int]
    contact_id: Mapped[int] = person_reference()
    asked_by_id: Mapped[int] = person_reference()
    asked_at: Mapped[datetime] = mapped_column(default=now)
    endorsed_by_id: Mapped[int | None] = person_reference()
    endorsed_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = person_reference()
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]

    need: Mapped[Need] = relationship(back_populates="participations")
    unit: Mapped[Unit] = relationship()
    contact: Mapped[Person] = relationship(foreign_keys="NeedParticipation.contact_id")
    asked_by: Mapped[Person] = relationship(foreign_keys="NeedParticipation.asked_by_id")

    @property
    def municipality_id(self) -> int:
        return self.need.municipality_id
