"""What is still to be looked at, and what people have been told: each of it once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.concepts.models import Concept
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, code
from marketplace.needs.models import Need
from marketplace.news.states import ToldStrength

WAITING = text("looked_at IS NULL")


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
