"""The only place that writes down how many needs were without a good match."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.dashboards.models import NeedCount
from marketplace.dashboards.quality.counting import counted, open_at, start_of
from marketplace.dashboards.quality.judged import tried


def count_month(session: Session, municipality_id: int, due_on: date) -> None:
    """Count for the month before `due_on`, if nobody has."""
    month = (due_on - timedelta(days=1)).replace(day=1)
    known = select(NeedCount.id).where(
        NeedCount.municipality_id == municipality_id, NeedCount.month == month
    )
    if session.scalar(known) is None:
        session.add(counted(session, municipality_id, month, open_at(start_of(due_on))))
        session.add_all(tried(session, municipality_id, month))
