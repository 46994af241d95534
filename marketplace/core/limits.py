"""How often one person may do the same within an hour, reckoned from the audit trail.

Far above what anybody does by hand, so only a program meets it. Requests of one person take turns
here, so that many at once get no further than one after the other.
"""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Integer, column, select, table
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import minutes_in, now
from marketplace.core.errors import NotNow

MOST_AN_HOUR = 60
HOUR = timedelta(hours=1)

_person = table("person", column("id", Integer))


class LimitRefusal(StrEnum):
    TOO_MANY_THIS_HOUR = "too_many_this_hour"


def refuse_too_many(
    session: Session, actor: Actor, event: StrEnum, *, most: int = MOST_AN_HOUR
) -> None:
    """Ask before doing what `event` records; the system itself has no limit."""
    if actor.person_id is None:
        return
    own = select(_person.c.id).where(_person.c.id == actor.person_id)
    session.execute(own.with_for_update(key_share=True))
    begin = now() - HOUR
    statement = (
        select(AuditEvent.at)
        .where(
            AuditEvent.actor_id == actor.person_id,
            AuditEvent.event == str(event),
            AuditEvent.at > begin,
        )
        .order_by(AuditEvent.at.desc())
        .offset(most - 1)
        .limit(1)
    )
    oldest = session.scalar(statement)
    if oldest is not None:
        minutes = minutes_in(oldest - begin)
        raise NotNow(LimitRefusal.TOO_MANY_THIS_HOUR, most=most, minutes=minutes)
