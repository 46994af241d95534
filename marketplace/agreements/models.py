"""Agreements: versions of what both sides expect, with criteria, checkpoints and sites."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person, Unit
from marketplace.accounts.states import Language
from marketplace.agreements.states import AgreementState, AgreementTrigger
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, code, person_reference, short_text
from marketplace.pairings.models import Pairing

OPEN = text("state IN ('draft', 'offered')")
IN_FORCE = text("state = 'signed'")


class Agreement(Versioned, Base):
    """One version of the agreement of a case; only a draft is changed."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("pairing_id", "number"),
        Index(
            "uq_agreement_open",
            "pairing_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "uq_agreement_in_force",
            "pairing_id",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(
            "state IN ('draft', 'withdrawn')"
            " OR (offered_at IS NOT NULL AND offered_by_id IS NOT NULL)",
            name="offer_names_who_and_when",
        ),
        CheckConstraint(
            "(unit_signed_at IS NULL) = (unit_signed_by_id IS NULL)"
            " AND (entrepreneur_signed_at IS NULL) = (entrepreneur_signed_by_id IS NULL)"
            " AND (unit_signed_by_id IS NULL OR entrepreneur_signed_by_id IS NULL"
            " OR unit_signed_by_id <> entrepreneur_signed_by_id)",
            name="each_signature_names_its_own_person",
        ),
        CheckConstraint(
            "(state IN ('signed', 'superseded'))"
            " = (unit_signed_at IS NOT NULL AND entrepreneur_signed_at IS NOT NULL)",
            name="signed_by_both_sides",
        ),
        CheckConstraint(
            "state NOT IN ('draft', 'withdrawn')"
            " OR (unit_signed_at IS NULL AND entrepreneur_signed_at IS NULL)",
            name="nobody_signs_a_draft",
        ),
        CheckConstraint(
            "(state = 'superseded') = (superseded_at IS NOT NULL)", name="superseded_says_when"
        ),
        CheckConstraint(
            "state IN ('draft', 'withdrawn')"
            " OR (test_starts_on IS NOT NULL AND test_ends_on IS NOT NULL"
            " AND decision_on IS NOT NULL AND test_starts_on <= test_ends_on"
            " AND test_ends_on < decision_on)",
            name="dates_in_order",
        ),
        CheckConstraint(
            "trigger = 'first' OR change_reason IS NOT NULL", name="later_versions_say_why"
        ),
        CheckConstraint("(number = 1) = (trigger = 'first')", name="only_the_first_is_first"),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)"
            " AND (state <> 'withdrawn' OR trigger = 'renegotiation')",
            name="withdrawal_names_who_when_and_why",
        ),
        CheckConstraint(
            "(unit_hours IS NULL OR unit_hours >= 0) AND (unit_money IS NULL OR unit_money >= 0)"
            " AND (entrepreneur_hours IS NULL OR entrepreneur_hours >= 0)"
            " AND (entrepreneur_money IS NULL OR entrepreneur_money >= 0)"
            " AND (payment IS NULL OR payment >= 0) AND (cost_cap IS NULL OR cost_cap >= 0)",
            name="numbers_not_negative",
        ),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    number: Mapped[int]
    state: Mapped[AgreementState] = mapped_column(
        code(AgreementState), default=AgreementState.DRAFT, index=True
    )
    trigger: Mapped[AgreementTrigger] = mapped_column(
        code(AgreementTrigger), default=AgreementTrigger.FIRST
    )
    change_reason: Mapped[str | None]
    language: Mapped[Language] = mapped_column(code(Language), default=Language.BOKMAL)
    # Whose the last hand on the text was.
    author_id: Mapped[int] = person_reference()
    updated_at: Mapped[datetime] = mapped_column(default=now)

    purpose: Mapped[str] = mapped_column(default="")
    unit_contribution: Mapped[str] = mapped_column(default="")
    unit_hours: Mapped[int | None]
    unit_money: Mapped[int | None]
    entrepreneur_contribution: Mapped[str] = mapped_column(default="")
    entrepreneur_hours: Mapped[int | None]
    entrepreneur_money: Mapped[int | None]
    payment: Mapped[int | None]
    cost_cap: Mapped[int | None]
    test_starts_on: Mapped[date | None]
    test_ends_on: Mapped[date | None]
    decision_on: Mapped[date | None]
    on_yes: Mapped[str] = mapped_column(default="")
    on_no: Mapped[str] = mapped_column(default="")
    data_protection: Mapped[str] = mapped_column(default="")
    ownership: Mapped[str] = mapped_column(default="")

    offered_by_id: Mapped[int | None] = person_reference()
    offered_at: Mapped[datetime | None]
    sent_back_reason: Mapped[str | None]
    # The role map as it was when the version was signed: role -> person and deputy, with names.
    roles_at_signing: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    unit_signed_by_id: Mapped[int | None] = person_reference()
    unit_signed_at: Mapped[datetime | None]
    entrepreneur_signed_by_id: Mapped[int | None] = person_reference()
    entrepreneur_signed_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = person_reference()
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]

    pairing: Mapped[Pairing] = relationship()
    author: Mapped[Person] = relationship(foreign_keys="Agreement.author_id")
    unit_signed_by: Mapped[Person | None] = relationship(foreign_keys="Agreement.unit_signed_by_id")
    entrepreneur_signed_by: Mapped[Person | None] = relationship(
        foreign_keys="Agreement.entrepreneur_signed_by_id"
    )
    criteria: Mapped[list["Criterion"]] = relationship(
        order_by="Criterion.position, Criterion.id", cascade="all, delete-orphan"
    )
    checkpoints: Mapped[list["AgreedCheckpoint"]] = relationship(
        order_by="AgreedCheckpoint.due_on, AgreedCheckpoint.id", cascade="all, delete-orphan"
    )
    sites: Mapped[list["AgreedSite"]] = relationship(
        order_by="AgreedSite.id", cascade="all, delete-orphan"
    )

    @property
    def municipality_id(self) -> int:
        return self.pairing.municipality_id


class Criterion(Identified, Base):
    """What the test is measured by; the weights of one version add up to 100."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("agreement_id", "position"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_is_a_share"),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = short_text(200)
    measure: Mapped[str]
    target: Mapped[str]
    weight: Mapped[int]


class AgreedCheckpoint(Identified, Base):
    """A day on which both sides report and say whether the agreement still holds."""

    __tablename__ = "agreed_checkpoint"
    __table_args__ = (UniqueConstraint("agreement_id", "due_on"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    due_on: Mapped[date]
    topic: Mapped[str] = short_text(200, default="")


class AgreedSite(Identified, Base):
    """A place where the test goes on, and the unit that has it."""

    __tablename__ = "agreed_site"
    __table_args__ = (UniqueConstraint("agreement_id", "unit_id", "name"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = short_text(200)
    hours: Mapped[int | None]

    unit: Mapped[Unit] = relationship()


class AgreementTemplate(Versioned, Base):
    """The text that a first version starts from; one for each written form."""

    __tablename__ = "agreement_template"

    language: Mapped[Language] = mapped_column(code(Language), unique=True)
    purpose: Mapped[str]
    unit_contribution: Mapped[str]
    entrepreneur_contribution: Mapped[str]
    on_yes: Mapped[str]
    on_no: Mapped[str]
    data_protection: Mapped[str]
    ownership: Mapped[str]
    updated_by_id: Mapped[int | None] = person_reference()
    updated_at: Mapped[datetime] = mapped_column(default=now)
