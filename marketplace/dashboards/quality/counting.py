"""Needs without any good match, counted when a month is over: concepts come and go, so that later
nobody could say what the best match was.

After a month in which no worker ran, that month is missing and the report says so.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from marketplace.accounts.models import Unit
from marketplace.core.clock import NORWAY, today
from marketplace.dashboards.models import NeedCount
from marketplace.matches.many import count_without_good_match
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState


def counted_now(session: Session, municipality_id: int) -> NeedCount:
    """The month that is not over yet; only to be shown."""
    published = Need.state == NeedState.PUBLISHED
    return counted(session, municipality_id, today().replace(day=1), published)


def counted(
    session: Session, municipality_id: int, month: date, condition: ColumnElement[bool]
) -> NeedCount:
    needs = _needs(session, municipality_id, condition)
    without = count_without_good_match(session, needs)
    return NeedCount(
        municipality_id=municipality_id, month=month, needs=len(needs), without_good=without
    )


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, NORWAY)


def open_at(moment: datetime) -> ColumnElement[bool]:
    """Published before the moment, and closed after it or not at all."""
    still = or_(Need.state == NeedState.PUBLISHED, Need.closed_at >= moment)
    return and_(Need.published_at < moment, still)


def _needs(
    session: Session, municipality_id: int, condition: ColumnElement[bool]
) -> Sequence[Need]:
    statement = (
        select(Need)
        .join(Need.unit)
        .where(Unit.organisation_id == municipality_id, condition)
        .options(selectinload(Need.addenda), contains_eager(Need.unit))
        .order_by(Need.id)
    )
    return session.scalars(statement).all()
