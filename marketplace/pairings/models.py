"""Pairings of a need and a concept, their role maps and declared conflicts of interest."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, code, person_reference, short_text
from marketplace.interests.models import Interest
from marketplace.needs.models import Need
from marketplace.pairings.states import (
    CaseRole,
    DeclineReason,
    Fallen,
    PairingState,
    Side,
    fallen_as,
)
from marketplace.programmes.models import Programme

OPEN = text("state IN ('proposed', 'needs_changes', 'accepted', 'approved')")


class Pairing(Versioned, Base):
    __tablename__ = "pairing"
    __table_args__ = (
        Index(
            "uq_pairing_open",
            "need_id",
            "concept_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        CheckConstraint(
            "(state IN ('approved', 'declined', 'closed')) = (decided_at IS NOT NULL)"
            " AND (state IN ('approved', 'declined', 'closed')) = (decided_by_id IS NOT NULL)",
            name="decision_names_who_and_when",
        ),
        CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id",
            name="nobody_decides_their_own_proposal",
        ),
        CheckConstraint(
            "(decided_by_id IS NULL OR unit_accepted_by_id IS NULL"
            " OR decided_by_id <> unit_accepted_by_id)"
            " AND (decided_by_id IS NULL OR entrepreneur_accepted_by_id IS NULL"
            " OR decided_by_id <> entrepreneur_accepted_by_id)",
            name="nobody_decides_what_they_said_yes_to",
        ),
        CheckConstraint(
            "(unit_accepted_at IS NULL) = (unit_accepted_by_id IS NULL)"
            " AND (entrepreneur_accepted_at IS NULL) = (entrepreneur_accepted_by_id IS NULL)"
            " AND (unit_accepted_by_id IS NULL OR entrepreneur_accepted_by_id IS NULL"
            " OR unit_accepted_by_id <> entrepreneur_accepted_by_id)",
            name="each_yes_names_its_own_person",
        ),
        CheckConstraint(
            "proposed_by_side <> 'entrepreneur' OR interest_id IS NOT NULL",
            name="entrepreneur_proposes_through_an_interest",
        ),
        CheckConstraint(
            "state <> 'needs_changes' OR (change_request IS NOT NULL"
            " AND changes_asked_by_id IS NOT NULL AND changes_asked_at IS NOT NULL)",
            name="changes_name_who_when_and_what",
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'closed') OR no_conflict_declared",
            name="approval_declares_no_conflict",
        ),
        CheckConstraint(
            "state NOT IN ('accepted', 'approved', 'declined', 'closed')"
            " OR (unit_accepted_at IS NOT NULL AND unit_accepted_by_id IS NOT NULL"
            " AND entrepreneur_accepted_at IS NOT NULL"
            " AND entrepreneur_accepted_by_id IS NOT NULL)",
            name="accepted_by_both_sides",
        ),
        CheckConstraint(
            "(state = 'declined') = (decline_reason IS NOT NULL)"
            " AND (state = 'declined') = (decline_note IS NOT NULL)",
            name="declining_has_a_reason",
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name="withdrawal_names_who_when_and_why",
        ),
        CheckConstraint(
            "withdrawn_by_side IS NULL OR state = 'withdrawn'",
            name="only_what_is_withdrawn_was_by_a_side",
        ),
        CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)"
            " AND (state = 'closed') = (closed_by_id IS NOT NULL)"
            " AND (state = 'closed') = (closing_reason IS NOT NULL)",
            name="closing_names_who_when_and_why",
        ),
        CheckConstraint(
            "test_ended_at IS NULL OR state IN ('approved', 'closed')",
            name="only_approved_cases_are_tested",
        ),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    concept_id: Mapped[int] = mapped_column(ForeignKey("concept.id"), index=True)
    interest_id: Mapped[int | None] = mapped_column(ForeignKey("interest.id"))
    state: Mapped[PairingState] = mapped_column(
        code(PairingState), default=PairingState.PROPOSED, index=True
    )
    proposed_by_id: Mapped[int] = person_reference()
    proposed_by_side: Mapped[Side] = mapped_column(code(Side))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    motivation: Mapped[str]
    unit_accepted_by_id: Mapped[int | None] = person_reference()
    unit_accepted_at: Mapped[datetime | None]
    entrepreneur_accepted_by_id: Mapped[int | None] = person_reference()
    entrepreneur_accepted_at: Mapped[datetime | None]
    change_request: Mapped[str | None]
    changes_asked_by_id: Mapped[int | None] = person_reference()
    changes_asked_at: Mapped[datetime | None]
    no_conflict_declared: Mapped[bool] = mapped_column(default=False)
    decided_by_id: Mapped[int | None] = person_reference()
    decided_at: Mapped[datetime | None]
    decline_reason: Mapped[DeclineReason | None] = mapped_column(code(DeclineReason))
    decline_note: Mapped[str | None]
    withdrawn_by_id: Mapped[int | None] = person_reference()
    # Empty where nobody withdrew it: it fell with its need.
    withdrawn_by_side: Mapped[Side | None] = mapped_column(code(Side, "withdrawn_by_side"))
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]
    # From here on the test takes no capacity: of the unit, or of the concept.
    test_ended_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = person_reference()
    closed_at: Mapped[datetime | None]
    closing_reason: Mapped[str | None]
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    # What the matcher said of the pair when it was proposed; empty where it did not suggest it.
    suggested_rank: Mapped[int | None]
    suggested_strength: Mapped[str | None] = short_text(20)

    need: Mapped[Need] = relationship()
    concept: Mapped[Concept] = relationship()
    interest: Mapped[Interest | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys="Pairing.proposed_by_id")
    unit_accepted_by: Mapped[Person | None] = relationship(
        foreign_keys="Pairing.unit_accepted_by_id"
    )
    entrepreneur_accepted_by: Mapped[Person | None] = relationship(
        foreign_keys="Pairing.entrepreneur_accepted_by_id"
    )
    decided_by: Mapped[Person | None] = relationship(foreign_keys="Pairing.decided_by_id")
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys="Pairing.withdrawn_by_id")
    closed_by: Mapped[Person | None] = relationship(foreign_keys="Pairing.closed_by_id")
    roles: Mapped[list["CaseRoleHolder"]] = relationship(
        order_by="CaseRoleHolder.id", back_populates="pairing"
    )
    conflicts: Mapped[list["ConflictDeclaration"]] = relationship(order_by="ConflictDeclaration.id")

    @property
    def municipality_id(self) -> int:
        return self.need.municipality_id

    @property
    def fallen(self) -> Fallen | None:
        return fallen_as(self.state, self.proposed_by_side, self.withdrawn_by_side)

    @property
    def standing(self) -> StrEnum:
        """What lists and pages call it: where it fell, who ended it."""
        return self.fallen or self.state


class CaseRoleHolder(Identified, Base):
    __tablename__ = "case_role_holder"
    __table_args__ = (
        UniqueConstraint("pairing_id", "role"),
        CheckConstraint(
            "(deputy_id IS NULL) = (deputy_since IS NULL)", name="deputy_has_a_first_day"
        ),
        CheckConstraint(
            "deputy_id IS NULL OR deputy_id <> person_id", name="nobody_is_their_own_deputy"
        ),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    role: Mapped[CaseRole] = mapped_column(code(CaseRole))
    person_id: Mapped[int] = person_reference(index=True)
    since: Mapped[datetime] = mapped_column(default=now)
    deputy_id: Mapped[int | None] = person_reference(index=True)
    deputy_since: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(back_populates="roles")
    person: Mapped[Person] = relationship(foreign_keys="CaseRoleHolder.person_id")
    deputy: Mapped[Person | None] = relationship(foreign_keys="CaseRoleHolder.deputy_id")


class ConflictDeclaration(Identified, Base):
    """A coordinator's own word that they cannot decide this case."""

    __tablename__ = "conflict_declaration"
    __table_args__ = (UniqueConstraint("pairing_id", "person_id"),)

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    person_id: Mapped[int] = person_reference()
    declared_at: Mapped[datetime] = mapped_column(default=now)
    note: Mapped[str]

    person: Mapped[Person] = relationship()
