"""Organisations, units, people, their memberships and how they sign in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.states import (
    Language,
    LinkPurpose,
    OrganisationKind,
    OrganisationState,
    ServiceArea,
)
from marketplace.core.actor import Role
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, code, person_reference, short_text


class Organisation(Versioned, Base):
    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(
            "state = 'pending' OR decided_at IS NOT NULL", name="decision_names_its_time"
        ),
        CheckConstraint(
            "state <> 'rejected' OR rejection_reason IS NOT NULL", name="rejection_has_a_reason"
        ),
    )

    kind: Mapped[OrganisationKind] = mapped_column(code(OrganisationKind))
    state: Mapped[OrganisationState] = mapped_column(
        code(OrganisationState), default=OrganisationState.PENDING
    )
    name: Mapped[str] = short_text(200)
    organisation_number: Mapped[str] = short_text(9, unique=True)
    legal_form: Mapped[str | None] = short_text(60)
    about: Mapped[str | None]
    decided_by_id: Mapped[int | None] = person_reference()
    decided_at: Mapped[datetime | None]
    rejection_reason: Mapped[str | None]

    units: Mapped[list["Unit"]] = relationship(
        back_populates="organisation", order_by="Unit.name, Unit.id"
    )

    @property
    def municipality_id(self) -> int | None:
        return self.id if self.kind is OrganisationKind.MUNICIPALITY else None


class Unit(Versioned, Base):
    """A part of a municipality that runs a service."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("capacity >= 0", name="capacity_not_negative"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = short_text(200)
    area: Mapped[ServiceArea] = mapped_column(code(ServiceArea))
    capacity: Mapped[int] = mapped_column(default=1)
    contact_name: Mapped[str] = short_text(200)
    contact_email: Mapped[str] = short_text(254)
    contact_phone: Mapped[str | None] = short_text(30)
    test_experience: Mapped[str | None]
    time_for_pilots: Mapped[str | None]
    data_and_systems: Mapped[str | None]
    readiness_notes: Mapped[str | None]

    organisation: Mapped[Organisation] = relationship(back_populates="units")

    @property
    def municipality_id(self) -> int:
        return self.organisation_id


class Person(Versioned, Base):
    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(
            "password_hash IS NULL OR email_proved_at IS NOT NULL",
            name="password_needs_a_proved_address",
        ),
    )

    name: Mapped[str] = short_text(200)
    email: Mapped[str] = short_text(254, unique=True)
    password_hash: Mapped[str | None] = short_text(200)
    language: Mapped[Language] = mapped_column(code(Language), default=Language.BOKMAL)
    active: Mapped[bool] = mapped_column(default=True)
    # When a link that was mailed to the address was last used; until then nobody gets in.
    email_proved_at: Mapped[datetime | None]
    # Nobody here has said who this is: roles given later take effect by a fresh link.
    self_registered: Mapped[bool] = mapped_column(default=False)
    # Set only by the demo's data: where the person stands in the list of demo accounts.
    demo_order: Mapped[int | None]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.id"
    )


def _fits_its_place() -> tuple[CheckConstraint, CheckConstraint]:
    return (
        CheckConstraint(
            "(role IN ('unit_member', 'unit_leader')) = (unit_id IS NOT NULL)",
            name="unit_roles_name_a_unit",
        ),
        CheckConstraint(
            "(role = 'administrator') = (organisation_id IS NULL)",
            name="only_administrators_have_no_organisation",
        ),
    )


class Membership(Identified, Base):
    """One role of one person, in one organisation or one of its units."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "organisation_id", "unit_id"),
        # In the constraint above a missing unit or organisation is like no other.
        Index(
            "uq_membership_in_organisation",
            "person_id",
            "role",
            "organisation_id",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
            postgresql_where=text("unit_id IS NULL"),
        ),
        Index(
            "uq_membership_everywhere",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("organisation_id IS NULL"),
            postgresql_where=text("organisation_id IS NULL"),
        ),
        *_fits_its_place(),
    )

    person_id: Mapped[int] = person_reference()
    role: Mapped[Role] = mapped_column(code(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[Unit | None] = relationship()


class WebSession(Identified, Base):
    """A sign-in on one device; the browser holds the token, the database only its hash."""

    __tablename__ = "web_session"

    token_hash: Mapped[str] = short_text(64, unique=True)
    person_id: Mapped[int] = person_reference(index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    device: Mapped[str] = short_text(200, default="")
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SignInAttempt(Identified, Base):
    """A failed sign-in, counted per account and per address; both are stored as keyed hashes."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "counted_key", "at"),)

    counted_key: Mapped[str] = short_text(64)
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class OneTimeLink(Identified, Base):
    """A secret mailed to one person for one purpose, of which only the hash is kept."""

    __tablename__ = "one_time_link"

    person_id: Mapped[int] = person_reference(index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(code(LinkPurpose))
    # Where it was mailed: what its use proves.
    email: Mapped[str] = short_text(254)
    token_hash: Mapped[str] = short_text(64, unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Registration(Identified, Base):
    """What an entrepreneur has typed of the organisation, until the address is proved."""

    __tablename__ = "registration"

    person_id: Mapped[int] = person_reference(unique=True)
    name: Mapped[str] = short_text(200)
    organisation_number: Mapped[str] = short_text(9)
    legal_form: Mapped[str | None] = short_text(60)
    about: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship()


class RoleOffer(Identified, Base):
    """A role given to somebody who registered without being invited: theirs by a fresh link."""

    __tablename__ = "role_offer"
    __table_args__ = _fits_its_place()

    person_id: Mapped[int] = person_reference(index=True)
    role: Mapped[Role] = mapped_column(code(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    offered_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
