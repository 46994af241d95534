"""What is to be looked at, what people follow, and what they have been told: each of it once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.states import ServiceArea
from marketplace.concepts.models import Concept
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, code, person_reference, short_text
from marketplace.core.target_groups import Group
from marketplace.needs.models import Need
from marketplace.needs.states import BudgetStatus
from marketplace.news.states import ToldStrength

WAITING = text("looked_at IS NULL")
STANDING = text("ended_at IS NULL")


class NewText(Identified, Base):
    """A need or a concept that was published, or changed since: the worker looks who is to know.

    Written together with what happened, so that nothing is forgotten where no worker runs.
    """

    __tablename__ = "new_text"
    __table_args__ = (
        CheckConstraint(
            "(need_id IS NULL) <> (concept_id IS NULL)", name="is_of_a_need_or_a_concept"
        ),
        Index(
            "ix_new_text_waiting",
            "noted_at",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    concept_id: Mapped[int | None] = mapped_column(ForeignKey("concept.id"), index=True)
    noted_at: Mapped[datetime] = mapped_column(default=now)
    looked_at: Mapped[datetime | None]


class ToldMatch(Identified, Base):
    """That people were told of a pair, at the strength it had then.

    Each pair has at most one row of each strength, whoever finds it first: the worker that looked
    at the need or the one that looked at the concept.
    """

    __tablename__ = "told_match"
    __table_args__ = (UniqueConstraint("need_id", "concept_id", "strength"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    concept_id: Mapped[int] = mapped_column(ForeignKey("concept.id"), index=True)
    strength: Mapped[ToldStrength] = mapped_column(code(ToldStrength))
    told_at: Mapped[datetime] = mapped_column(default=now)

    need: Mapped[Need] = relationship()
    concept: Mapped[Concept] = relationship()

    @property
    def municipality_id(self) -> int:
        return self.need.municipality_id


class Follow(Identified, Base):
    """Somebody wants to know what happens to a need, or what a unit publishes."""

    __tablename__ = "follow"
    __table_args__ = (
        CheckConstraint("(need_id IS NULL) <> (unit_id IS NULL)", name="is_of_a_need_or_a_unit"),
        Index(
            "uq_follow_need",
            "person_id",
            "need_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        Index(
            "uq_follow_unit",
            "person_id",
            "unit_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    person_id: Mapped[int] = person_reference()
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    followed_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    need: Mapped[Need | None] = relationship()
    unit: Mapped[Unit | None] = relationship()


class SavedSearch(Identified, Base):
    """What somebody looks for among the needs, until they end it; an area alone is a theme."""

    __tablename__ = "saved_search"
    __table_args__ = (
        CheckConstraint(
            "words <> '' OR area IS NOT NULL OR budget_status IS NOT NULL"
            ' OR organisation_id IS NOT NULL OR age IS NOT NULL OR "group" IS NOT NULL',
            name="looks_for_something",
        ),
    )

    person_id: Mapped[int] = person_reference(index=True)
    words: Mapped[str] = short_text(200, default="")
    area: Mapped[ServiceArea | None] = mapped_column(code(ServiceArea))
    budget_status: Mapped[BudgetStatus | None] = mapped_column(code(BudgetStatus))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    age: Mapped[int | None]
    group: Mapped[Group | None] = mapped_column(code(Group))
    saved_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()

    @property
    def asks(self) -> tuple[object, ...]:
        narrowed = (self.area, self.budget_status, self.organisation_id, self.age, self.group)
        return self.words, *narrowed

    @property
    def narrows(self) -> bool:
        return any(each not in (None, "") for each in self.asks)


class ToldNeed(Identified, Base):
    """That somebody who follows was told of a need: by whatever they follow, once."""

    __tablename__ = "told_need"
    __table_args__ = (UniqueConstraint("person_id", "need_id"),)

    person_id: Mapped[int] = person_reference()
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    told_at: Mapped[datetime] = mapped_column(default=now)
