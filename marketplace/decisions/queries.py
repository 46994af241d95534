"""Reading the decisions of a case. Who sees the case sees them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from marketplace.core.clock import NORWAY, today
from marketplace.core.engine import asked_once
from marketplace.core.rules import in_sql, of
from marketplace.decisions.awaited import is_awaited
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DAYS_FROM_DATE, Reminder

ESCALATIONS = frozenset({Reminder.LATE, Reminder.VERY_LATE})


@asked_once
def list_decisions(session: Session, pairing_id: int) -> Sequence[Decision]:
    """The first, and after an extension the second."""
    statement = (
        select(Decision)
        .options(joinedload(Decision.decided_by))
        .where(Decision.pairing_id == pairing_id)
        .order_by(Decision.number)
    )
    return session.scalars(statement).all()


def find_latest(session: Session, pairing_id: int) -> Decision | None:
    """The decision that counts now, awaited or made."""
    return next(reversed(list_decisions(session, pairing_id)), None)


# ---------------------------------------------------------------- what the clock asks


def find_due(reminder: Reminder, session: Session) -> Iterator[tuple[int, date]]:
    """Each reminder has its days: from its own until the next one's.

    Where nothing was done for a while, or where the test was completed late, people get the one
    that is due now, not all that were missed.
    """
    first, after = _days_of(reminder)
    statement = select(Decision.id, Decision.due_on, Decision.awaited_since).where(
        in_sql(is_awaited(of(Decision))), Decision.due_on <= today() - first
    )
    if after is not None:
        statement = statement.where(Decision.due_on > today() - after)
    for decision_id, due_on, since in session.execute(statement.order_by(Decision.id)):
        day = due_on + first
        # Whoever decides was told of the date when the clock started, if that was later.
        if reminder in ESCALATIONS or since.astimezone(NORWAY).date() <= day:
            yield decision_id, day


def _days_of(reminder: Reminder) -> tuple[timedelta, timedelta | None]:
    """From how many days after the date, and until how many, the reminder is the one to send."""
    first = DAYS_FROM_DATE[reminder]
    later = [days for days in DAYS_FROM_DATE.values() if days > first]
    return timedelta(first), timedelta(min(later)) if later else None
