"""Concepts: what an entrepreneur offers to do."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import Language
from marketplace.concepts.states import ConceptState, EvidenceLevel
from marketplace.core.clock import now
from marketplace.core.db import Base, Versioned, code, person_reference, short_text
from marketplace.core.target_groups import ForPeople, SetOf


class Concept(ForPeople, Versioned, Base):
    __tablename__ = "concept"
    __table_args__ = (
        CheckConstraint(
            "state <> 'published' OR published_at IS NOT NULL", name="published_names_when"
        ),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_positive"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    author_id: Mapped[int] = person_reference()
    state: Mapped[ConceptState] = mapped_column(
        code(ConceptState), default=ConceptState.DRAFT, index=True
    )
    revision: Mapped[int] = mapped_column(default=0, index=True)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    language: Mapped[Language] = mapped_column(code(Language), default=Language.BOKMAL)

    title: Mapped[str] = short_text(200, default="")
    description: Mapped[str] = mapped_column(default="")
    target_group: Mapped[str] = mapped_column(default="")
    evidence_level: Mapped[EvidenceLevel | None] = mapped_column(code(EvidenceLevel))
    evidence: Mapped[str] = mapped_column(default="")
    used_where: Mapped[str] = mapped_column(default="")
    price_indication: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    needs_from_municipality: Mapped[str] = mapped_column(default="")
    legal_form: Mapped[str] = short_text(60, default="")
    published_at: Mapped[datetime | None]
    # Municipalities; none where it can be had in all. Confirmed together with whom it is for.
    places: Mapped[frozenset[int]] = mapped_column(SetOf(int), default=frozenset(), nullable=True)

    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Person] = relationship()

    @property
    def offered_in(self) -> frozenset[int]:
        """Nothing before somebody has said it."""
        return self.places if self.target_confirmed_at else frozenset()
