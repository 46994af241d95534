"""Pilots: the test of an approved pairing, its checkpoints, efforts and measurements."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.agreements.models import AgreedSite, Agreement, Criterion
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, code, person_reference, short_text
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import Side
from marketplace.pilots.states import (
    CheckpointAnswer,
    CheckpointStatus,
    Ending,
    PilotState,
    Reached,
    StopReason,
)

OVERALL = text("site_id IS NULL")


class Pilot(Versioned, Base):
    __tablename__ = "pilot"
    __table_args__ = (
        CheckConstraint(
            "(started_at IS NULL) = (started_by_id IS NULL)"
            " AND (state <> 'planned' OR started_at IS NULL)"
            " AND (state <> 'running' OR started_at IS NOT NULL)",
            name="start_names_who_and_when",
        ),
        CheckConstraint(
            "(state = 'ended') = (ended_at IS NOT NULL)"
            " AND (state = 'ended') = (ended_by_id IS NOT NULL)"
            " AND (state = 'ended') = (ending IS NOT NULL)",
            name="end_names_who_when_and_how",
        ),
        CheckConstraint(
            "ending IS NULL OR ending <> 'completed' OR started_at IS NOT NULL",
            name="only_what_has_started_is_completed",
        ),
        CheckConstraint(
            "ended_under_id IS NULL OR state = 'ended'", name="only_what_has_ended_names_its_end"
        ),
        CheckConstraint(
            "(unit_stop_reason IS NULL) = (unit_stop_note IS NULL)"
            " AND (unit_stop_reason IS NULL) = (unit_stop_by_id IS NULL)"
            " AND (unit_stop_reason IS NULL) = (unit_stop_at IS NULL)"
            " AND (entrepreneur_stop_reason IS NULL) = (entrepreneur_stop_note IS NULL)"
            " AND (entrepreneur_stop_reason IS NULL) = (entrepreneur_stop_by_id IS NULL)"
            " AND (entrepreneur_stop_reason IS NULL) = (entrepreneur_stop_at IS NULL)",
            name="stop_reasons_are_whole",
        ),
        CheckConstraint(
            "(state = 'ended' AND ending = 'stopped')"
            " = (unit_stop_reason IS NOT NULL OR entrepreneur_stop_reason IS NOT NULL)",
            name="stopping_has_a_reason",
        ),
        CheckConstraint(
            "unit_stop_by_id IS NULL OR entrepreneur_stop_by_id IS NULL"
            " OR unit_stop_by_id <> entrepreneur_stop_by_id",
            name="each_stop_reason_is_its_own_persons",
        ),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), unique=True)
    state: Mapped[PilotState] = mapped_column(
        code(PilotState), default=PilotState.PLANNED, index=True
    )
    started_by_id: Mapped[int | None] = person_reference()
    started_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = person_reference()
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None] = mapped_column(code(Ending))
    # The version whose criteria were measured; a later one may have others.
    ended_under_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    unit_stop_reason: Mapped[StopReason | None] = mapped_column(
        code(StopReason, "unit_stop_reason")
    )
    unit_stop_note: Mapped[str | None]
    unit_stop_by_id: Mapped[int | None] = person_reference()
    unit_stop_at: Mapped[datetime | None]
    entrepreneur_stop_reason: Mapped[StopReason | None] = mapped_column(
        code(StopReason, "entrepreneur_stop_reason")
    )
    entrepreneur_stop_note: Mapped[str | None]
    entrepreneur_stop_by_id: Mapped[int | None] = person_reference()
    entrepreneur_stop_at: Mapped[datetime | None]
    # The cost cap that people have been told is exceeded; another cap is told of anew.
    cap_told: Mapped[int | None]

    pairing: Mapped[Pairing] = relationship()
    started_by: Mapped[Person | None] = relationship(foreign_keys="Pilot.started_by_id")
    ended_by: Mapped[Person | None] = relationship(foreign_keys="Pilot.ended_by_id")
    ended_under: Mapped[Agreement | None] = relationship()
    unit_stop_by: Mapped[Person | None] = relationship(foreign_keys="Pilot.unit_stop_by_id")
    entrepreneur_stop_by: Mapped[Person | None] = relationship(
        foreign_keys="Pilot.entrepreneur_stop_by_id"
    )
    checkpoints: Mapped[list["Checkpoint"]] = relationship(
        order_by="Checkpoint.due_on, Checkpoint.id"
    )
    efforts: Mapped[list["Effort"]] = relationship(order_by="Effort.used_on, Effort.id")
    measurements: Mapped[list["Measurement"]] = relationship(order_by="Measurement.id")

    @property
    def municipality_id(self) -> int:
        return self.pairing.municipality_id


class Checkpoint(Versioned, Base):
    """A dated status from both sides; made of the signed agreement's checkpoints."""

    __tablename__ = "checkpoint"
    __table_args__ = (UniqueConstraint("pilot_id", "due_on"),)

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    topic: Mapped[str] = short_text(200, default="")
    # A new version of the agreement may take it away before anybody has reported.
    dropped_at: Mapped[datetime | None]

    pilot: Mapped[Pilot] = relationship(back_populates="checkpoints")
    reports: Mapped[list["CheckpointReport"]] = relationship(order_by="CheckpointReport.id")

    @property
    def municipality_id(self) -> int:
        return self.pilot.municipality_id


class CheckpointReport(Identified, Base):
    """What one side says at a checkpoint: once, and never changed."""

    __tablename__ = "checkpoint_report"
    __table_args__ = (
        UniqueConstraint("checkpoint_id", "side"),
        # Nobody reports for both sides.
        UniqueConstraint("checkpoint_id", "reported_by_id"),
        CheckConstraint("side IN ('unit', 'entrepreneur')", name="only_parties_report"),
        CheckConstraint("hours >= 0 AND money >= 0", name="effort_not_negative"),
        CheckConstraint(
            "answer <> 'renegotiate' OR reason IS NOT NULL", name="renegotiation_has_a_reason"
        ),
    )

    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    side: Mapped[Side] = mapped_column(code(Side))
    status: Mapped[CheckpointStatus] = mapped_column(code(CheckpointStatus))
    note: Mapped[str]
    # Used since the report before, by this side.
    hours: Mapped[int]
    money: Mapped[int]
    answer: Mapped[CheckpointAnswer] = mapped_column(code(CheckpointAnswer))
    reason: Mapped[str | None]
    # The version that is confirmed, or the one that was opened to renegotiate.
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    reported_by_id: Mapped[int] = person_reference()
    reported_at: Mapped[datetime] = mapped_column(default=now)

    agreement: Mapped[Agreement] = relationship()
    reported_by: Mapped[Person] = relationship()


class Effort(Identified, Base):
    """Hours and money that a side used outside the checkpoints; corrected by adding."""

    __tablename__ = "effort"
    __table_args__ = (
        CheckConstraint("side IN ('unit', 'entrepreneur')", name="only_parties_use"),
        CheckConstraint("hours <> 0 OR money <> 0", name="says_something"),
    )

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    side: Mapped[Side] = mapped_column(code(Side))
    hours: Mapped[int]
    money: Mapped[int]
    used_on: Mapped[date]
    note: Mapped[str]
    recorded_by_id: Mapped[int] = person_reference()
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    recorded_by: Mapped[Person] = relationship()


class Measurement(Versioned, Base):
    """What a criterion came to, at one site or, without one, at all."""

    __tablename__ = "measurement"
    __table_args__ = (
        UniqueConstraint("pilot_id", "criterion_id", "site_id"),
        # Where no site is named, a plain unique constraint would let any number through.
        Index(
            "uq_measurement_overall",
            "pilot_id",
            "criterion_id",
            unique=True,
            sqlite_where=OVERALL,
            postgresql_where=OVERALL,
        ),
        CheckConstraint(
            "reached <> 'not_measured' OR note <> ''", name="not_measuring_has_a_reason"
        ),
        CheckConstraint("reached = 'not_measured' OR value <> ''", name="measuring_has_a_value"),
    )

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("agreed_site.id"))
    value: Mapped[str] = mapped_column(default="")
    reached: Mapped[Reached] = mapped_column(code(Reached))
    note: Mapped[str] = mapped_column(default="")
    measured_by_id: Mapped[int] = person_reference()
    measured_at: Mapped[datetime] = mapped_column(default=now)

    criterion: Mapped[Criterion] = relationship()
    site: Mapped[AgreedSite | None] = relationship()
    measured_by: Mapped[Person] = relationship()
