"""What people make of the matches they are shown, and what is read of texts.

The matches themselves are never stored.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, code, person_reference, short_text
from marketplace.matches.states import DismissalReason, Verdict
from marketplace.needs.models import Need

STANDING = text("undone_at IS NULL")


class Judgement(Identified, Base):
    """A unit's shortlisting or dismissal of a concept for a need; undone, never deleted."""

    __tablename__ = "judgement"
    __table_args__ = (
        Index(
            "uq_judgement_standing",
            "need_id",
            "concept_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        CheckConstraint(
            "(verdict = 'dismissed') = (reason IS NOT NULL)", name="dismissal_has_a_reason"
        ),
        CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name="undoing_names_who_and_when"
        ),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    concept_id: Mapped[int] = mapped_column(ForeignKey("concept.id"), index=True)
    person_id: Mapped[int] = person_reference()
    verdict: Mapped[Verdict] = mapped_column(code(Verdict))
    reason: Mapped[DismissalReason | None] = mapped_column(code(DismissalReason))
    note: Mapped[str | None]
    rank_shown: Mapped[int | None]
    score: Mapped[float | None]
    matcher_version: Mapped[str] = short_text(40)
    judged_at: Mapped[datetime] = mapped_column(default=now)
    undone_by_id: Mapped[int | None] = person_reference()
    undone_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    concept: Mapped[Concept] = relationship()
    person: Mapped[Person] = relationship(foreign_keys="Judgement.person_id")

    @property
    def municipality_id(self) -> int:
        return self.need.municipality_id


class TextVector(Base):
    """What a text means, as an encoder has read it: made once, and never changed.

    The key is made of the encoder's version and the text. No text is stored, and no row says whose
    it is: rows with the same text share it.
    """

    __tablename__ = "text_vector"

    key: Mapped[str] = short_text(32, primary_key=True)
    encoder: Mapped[str] = short_text(200)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(index=True)
