"""What a municipality's coordinators decide before the best set of pairings is chosen.

The set itself is never stored: it is made anew from what is published and free at the moment.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person, Unit
from marketplace.concepts.models import Concept
from marketplace.core.clock import now
from marketplace.core.db import Base, Versioned, code, person_reference
from marketplace.needs.models import Need
from marketplace.portfolios.states import WishKind

STANDING = text("undone_at IS NULL")
STANDING_OF_UNIT = text("undone_at IS NULL AND unit_id IS NOT NULL")
STANDING_OF_CONCEPT = text("undone_at IS NULL AND concept_id IS NOT NULL")
UNDOING = "(undone_at IS NULL) = (undone_by_id IS NULL)"

MOST_TESTS_PER_NEED = 10
MOST_TOLERANCE = 50


class PortfolioPlan(Versioned, Base):
    """What counts for all needs of a municipality; without a row the defaults count."""

    __tablename__ = "portfolio_plan"
    __table_args__ = (
        CheckConstraint("tests_per_need BETWEEN 1 AND 10", name="tests_per_need_within"),
        CheckConstraint("tolerance_percent BETWEEN 0 AND 50", name="tolerance_within"),
    )

    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    tests_per_need: Mapped[int]
    tolerance_percent: Mapped[int]
    changed_by_id: Mapped[int] = person_reference()
    changed_at: Mapped[datetime] = mapped_column(default=now)


class CapacityLimit(Versioned, Base):
    """A lower capacity than what is free, for one unit or one concept; undone, never deleted."""

    __tablename__ = "capacity_limit"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (concept_id IS NULL)", name="of_a_unit_or_a_concept"),
        CheckConstraint("most >= 0", name="most_not_negative"),
        CheckConstraint(UNDOING, name="undoing_names_who_and_when"),
        Index(
            "uq_capacity_limit_unit",
            "municipality_id",
            "unit_id",
            unique=True,
            sqlite_where=STANDING_OF_UNIT,
            postgresql_where=STANDING_OF_UNIT,
        ),
        Index(
            "uq_capacity_limit_concept",
            "municipality_id",
            "concept_id",
            unique=True,
            sqlite_where=STANDING_OF_CONCEPT,
            postgresql_where=STANDING_OF_CONCEPT,
        ),
    )

    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    concept_id: Mapped[int | None] = mapped_column(ForeignKey("concept.id"))
    most: Mapped[int]
    reason: Mapped[str]
    set_by_id: Mapped[int] = person_reference()
    set_at: Mapped[datetime] = mapped_column(default=now)
    undone_by_id: Mapped[int | None] = person_reference()
    undone_at: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship()
    concept: Mapped[Concept | None] = relationship()
    set_by: Mapped[Person] = relationship(foreign_keys="CapacityLimit.set_by_id")


class PairWish(Versioned, Base):
    """A pair that must be in the set, or must not; one word on each pair at a time."""

    __tablename__ = "pair_wish"
    __table_args__ = (
        CheckConstraint(UNDOING, name="undoing_names_who_and_when"),
        Index(
            "uq_pair_wish_standing",
            "need_id",
            "concept_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    concept_id: Mapped[int] = mapped_column(ForeignKey("concept.id"), index=True)
    kind: Mapped[WishKind] = mapped_column(code(WishKind))
    reason: Mapped[str]
    made_by_id: Mapped[int] = person_reference()
    made_at: Mapped[datetime] = mapped_column(default=now)
    undone_by_id: Mapped[int | None] = person_reference()
    undone_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    concept: Mapped[Concept] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys="PairWish.made_by_id")

    @property
    def municipality_id(self) -> int:
        return self.need.municipality_id
