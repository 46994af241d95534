"""Lessons: what each side of a case learned, in a form that others can use."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.accounts.states import Language
from marketplace.core.clock import now
from marketplace.core.db import Base, Versioned, code, person_reference
from marketplace.lessons.states import Outcome
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import Side


class Lesson(Versioned, Base):
    """One side's lessons; public, without names, once the case is closed."""

    __tablename__ = "lesson"
    __table_args__ = (
        UniqueConstraint("pairing_id", "side"),
        # Nobody writes for both sides.
        UniqueConstraint("pairing_id", "author_id"),
        CheckConstraint("side IN ('unit', 'entrepreneur')", name="only_parties_learn"),
        CheckConstraint(
            "worked <> '' AND did_not_work <> '' AND do_differently <> ''", name="says_all_three"
        ),
        CheckConstraint(
            "(published_at IS NULL) = (outcome IS NULL)"
            " AND (published_at IS NULL) = (revision = 0)",
            name="publishing_says_when_and_how_it_went",
        ),
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
    # How the case had gone when it was closed: what others look for, the same for both sides.
    outcome: Mapped[Outcome | None] = mapped_column(code(Outcome), index=True)
    revision: Mapped[int] = mapped_column(default=0, index=True)

    pairing: Mapped[Pairing] = relationship()
    author: Mapped[Person] = relationship()

    @property
    def municipality_id(self) -> int:
        return self.pairing.municipality_id
