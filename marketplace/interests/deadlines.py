"""When the time to answer a need is over: nothing to close, and the unit to tell.

Whether a need takes interests is asked of its date, so the deadline holds to the minute also where
no worker runs. The unit is told once, with what has come in.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from marketplace.core.clock import today
from marketplace.core.outbox import tell
from marketplace.interests import queries
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestState, InterestTopic
from marketplace.interests.told import AnswersTold
from marketplace.needs.models import Need
from marketplace.needs.states import NeedEvent, NeedState
from marketplace.needs.told import named

NEWS_FOR = timedelta(days=30)
"""A worker that was away for longer, or data brought in from elsewhere, is no news to anybody."""


def find_passed(session: Session) -> Iterable[tuple[int, date]]:
    """Needs that stopped taking interests, and the first day on which they did not."""
    statement = select(Need.id, Need.interests_close_on).where(
        Need.state == NeedState.PUBLISHED,
        Need.interests_close_on < today(),
        Need.interests_close_on >= today() - NEWS_FOR,
    )
    rows = session.execute(statement.order_by(Need.interests_close_on, Need.id))
    return [(need_id, last + timedelta(1)) for need_id, last in rows if last is not None]


def tell_unit(session: Session, need_id: int, _day: date) -> None:
    """Unless the need was closed since it was found."""
    held = select(Need).where(Need.id == need_id).with_for_update(of=Need, key_share=True)
    need = session.scalars(held.execution_options(populate_existing=True)).one()
    if need.state is not NeedState.PUBLISHED or not queries.deadline_passed(need):
        return
    titles = _titles_of_answers(session, need)
    event = record(
        session, SYSTEM, NeedEvent.INTERESTS_CLOSED, need, extra={"answers": len(titles)}
    )
    told = AnswersTold(**named(need), concepts=tuple(titles))
    tell(session, queries.receivers(session, need), InterestTopic.DEADLINE_PASSED, event, told)


def _titles_of_answers(session: Session, need: Need) -> list[str]:
    statement = (
        select(Concept.title)
        .join(Interest, Interest.concept_id == Concept.id)
        .where(Interest.need_id == need.id, Interest.state == InterestState.REGISTERED)
        .order_by(Interest.registered_at, Interest.id)
    )
    return list(session.scalars(statement))
