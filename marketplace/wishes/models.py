"""Leadership's wishes, the units they are addressed to, and the units that said no."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.accounts.states import Language, ServiceArea
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, code, person_reference, short_text
from marketplace.needs.models import Need
from marketplace.wishes.states import WishState


class Wish(Versioned, Base):
    """What leadership would like to see tried; it becomes a need when a unit takes it on."""

    __tablename__ = "wish"
    __table_args__ = (
        CheckConstraint(
            "(state = 'taken_on') = (taken_on_at IS NOT NULL)"
            " AND (state = 'taken_on') = (taken_on_by_id IS NOT NULL)"
            " AND (state = 'taken_on') = (unit_id IS NOT NULL)"
            " AND (state = 'taken_on') = (need_id IS NOT NULL)",
            name="taking_on_names_who_when_unit_and_need",
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawn_by_id IS NOT NULL)"
            " AND (state = 'withdrawn') = (withdrawal_reason IS NOT NULL)",
            name="withdrawal_names_who_when_and_why",
        ),
        Index(None, "organisation_id", "state"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    author_id: Mapped[int] = person_reference()
    state: Mapped[WishState] = mapped_column(code(WishState), default=WishState.OPEN)
    language: Mapped[Language] = mapped_column(code(Language), default=Language.BOKMAL)
    title: Mapped[str] = short_text(200)
    what: Mapped[str]
    why: Mapped[str]
    area: Mapped[ServiceArea | None] = mapped_column(code(ServiceArea))
    raised_at: Mapped[datetime] = mapped_column(default=now)
    # Also moved by a unit's no, so that nobody answers a wish that has just been withdrawn.
    updated_at: Mapped[datetime] = mapped_column(default=now)
    taken_on_at: Mapped[datetime | None]
    taken_on_by_id: Mapped[int | None] = person_reference()
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), unique=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = person_reference()
    withdrawal_reason: Mapped[str | None]

    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Person] = relationship(foreign_keys="Wish.author_id")
    unit: Mapped[Unit | None] = relationship()
    need: Mapped[Need | None] = relationship()
    addressees: Mapped[list["WishAddressee"]] = relationship(order_by="WishAddressee.id")
    noes: Mapped[list["UnitNo"]] = relationship(order_by="UnitNo.id")

    @property
    def municipality_id(self) -> int:
        return self.organisation_id


class WishAddressee(Identified, Base):
    """A unit that leadership had in mind; others may take the wish on all the same."""

    __tablename__ = "wish_addressee"
    __table_args__ = (UniqueConstraint("wish_id", "unit_id"),)

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    unit: Mapped[Unit] = relationship()


class UnitNo(Identified, Base):
    """A unit's answer that it will not take the wish on, and why."""

    __tablename__ = "wish_unit_no"
    __table_args__ = (UniqueConstraint("wish_id", "unit_id"),)

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    person_id: Mapped[int] = person_reference()
    at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str]

    unit: Mapped[Unit] = relationship()
    person: Mapped[Person] = relationship()
