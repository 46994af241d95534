"""Reminders of a decision that is awaited, done by the clock.

Each reminder has its days: from its own until the next one's. Where nothing was done for a while,
or where the test was completed late, people get the one that is due now, not all that were missed.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from marketplace.core.clock import NORWAY, today
from marketplace.core.outbox import tell
from marketplace.decisions import recipients
from marketplace.decisions.models import Decision
from marketplace.decisions.states import (
    DAYS_FROM_DATE,
    DecisionEvent,
    DecisionState,
    DecisionTopic,
    Reminder,
)
from marketplace.pairings.told import CaseTold, named

TOPICS: dict[Reminder, DecisionTopic] = {
    Reminder.BEFORE: DecisionTopic.DUE_SOON,
    Reminder.ON_THE_DAY: DecisionTopic.DUE_TODAY,
    Reminder.LATE: DecisionTopic.OVERDUE,
    Reminder.VERY_LATE: DecisionTopic.FAR_OVERDUE,
}
ESCALATIONS = frozenset({Reminder.LATE, Reminder.VERY_LATE})


def find_due(reminder: Reminder, session: Session) -> Iterator[tuple[int, date]]:
    first, after = _days_of(reminder)
    statement = select(Decision.id, Decision.due_on, Decision.awaited_since).where(
        Decision.state == DecisionState.AWAITED, Decision.due_on <= today() - first
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


def remind(reminder: Reminder, session: Session, decision_id: int, _day: date) -> None:
    """Tell those whom it concerns by now, unless the decision was made since it was found."""
    held = select(Decision).where(Decision.id == decision_id).with_for_update()
    decision = session.scalars(held.execution_options(populate_existing=True)).one()
    if decision.state is not DecisionState.AWAITED:
        return
    which = {"reminder": reminder.value}
    event = record(session, SYSTEM, DecisionEvent.REMINDED, decision, extra=which)
    people = recipients.reminded(session, decision, reminder)
    tell(session, people, TOPICS[reminder], event, CaseTold(**named(decision.pairing)))
