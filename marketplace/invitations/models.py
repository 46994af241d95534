"""Invitations: a unit asks the owner of a concept to answer its need."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, person_reference
from marketplace.needs.models import Need


class Invitation(Identified, Base):
    """Sent once for each pair, and never taken back: it has been read."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("need_id", "concept_id"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    concept_id: Mapped[int] = mapped_column(ForeignKey("concept.id"), index=True)
    person_id: Mapped[int] = person_reference()
    line: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(default=now)

    need: Mapped[Need] = relationship()
    concept: Mapped[Concept] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def municipality_id(self) -> int:
        return self.need.municipality_id
