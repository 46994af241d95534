"""What has to be kept because it cannot be counted afterwards."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, code
from marketplace.matches.states import RankingWay


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


class RankingTrial(Identified, Base):
    """How many of the needs decided on in a month had a fitting concept on the first places."""

    __tablename__ = "ranking_trial"
    __table_args__ = (
        UniqueConstraint("municipality_id", "month", "way"),
        CheckConstraint("found BETWEEN 0 AND needs", name="found_among_the_needs"),
    )

    municipality_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    month: Mapped[date]
    """Its first day."""
    way: Mapped[RankingWay] = mapped_column(code(RankingWay))
    needs: Mapped[int]
    found: Mapped[int]
    tried_at: Mapped[datetime] = mapped_column(default=now)
