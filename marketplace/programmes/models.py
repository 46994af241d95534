"""Partnership agreements: "test three to five concepts in two years", and what they have spent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, person_reference, short_text


class Programme(Versioned, Base):
    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_after_its_start"),
        CheckConstraint("minimum > 0 AND maximum >= minimum", name="maximum_not_below_minimum"),
        CheckConstraint("funds_used BETWEEN 0 AND funds", name="used_within_the_funds"),
        CheckConstraint("partner_id <> municipality_id", name="nobody_is_their_own_partner"),
    )

    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = short_text(200)
    about: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    minimum: Mapped[int]
    maximum: Mapped[int]
    funds: Mapped[int] = mapped_column(default=0)
    # The sum of `uses`, so that the database holds it within the funds.
    funds_used: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = person_reference()

    municipality: Mapped[Organisation] = relationship(foreign_keys="Programme.municipality_id")
    partner: Mapped[Organisation] = relationship(foreign_keys="Programme.partner_id")
    uses: Mapped[list["FundUse"]] = relationship(order_by="FundUse.used_on, FundUse.id")

    @property
    def funds_left(self) -> int:
        return self.funds - self.funds_used


class FundUse(Identified, Base):
    """What was taken of a programme's funds; corrected by adding, never by changing."""

    __tablename__ = "fund_use"
    __table_args__ = (CheckConstraint("amount <> 0", name="amount_not_zero"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    amount: Mapped[int]
    used_on: Mapped[date]
    note: Mapped[str]
    recorded_by_id: Mapped[int] = person_reference()
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    recorded_by: Mapped[Person] = relationship()
