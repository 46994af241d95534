"""What has to be kept because it cannot be counted afterwards."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.clock import now
from marketplace.core.db import Base, Identified


class NeedCount(Identified, Base):
    """A municipality's open needs at the end of a month, and those without any good match then."""

    __tablename__ = "need_count"
    __table_args__ = (
        UniqueConstraint("municipality_id", "month"),
        CheckConstraint("without_good BETWEEN 0 AND needs", name="without_good_among_the_needs"),
    )

    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    month: Mapped[date]
    """Its first day."""
    needs: Mapped[int]
    without_good: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(default=now)
