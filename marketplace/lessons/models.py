"""Lessons: what each side of a case learned, in a form that others can use."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.accounts.states import Language
from marketplace.core.clock import now
from marketplace.core.db import Base, Versioned, code, person_reference
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import Side


class Lesson(Versioned, Base):
    """One side's lessons; public, without names, once the case is closed."""

    __tablename__ = "lesson"
    __table_args__ = (
        UniqueConstraint("pairing_id", "side"),
        CheckConstraint("side IN ('unit', 'entrepreneur')", name="only_parties_learn"),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    side: Mapped[Side] = mapped_column(code(Side))
    language: Mapped[Language] = mapped_column(code(Language), default=Language.BOKMAL)
    worked: Mapped[str]
    did_not_work: Mapped[str]
    do_differently: Mapped[str]
    author_id: Mapped[int] = person_reference()
    written_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None] = mapped_column(index=True)

    pairing: Mapped[Pairing] = relationship()
    author: Mapped[Person] = relationship()
