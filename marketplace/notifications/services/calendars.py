"""The secret address of a person's calendar: it opens something without signing in, so the
audit trail tells of it.
"""

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.tokens import hash_token, new_token
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotFound
from marketplace.core.limits import refuse_too_many
from marketplace.notifications import queries
from marketplace.notifications.models import CalendarFeed
from marketplace.notifications.preferences import hold_person
from marketplace.notifications.states import (
    NotificationEvent,
)


def make_calendar(session: Session, actor: Actor) -> str:
    """A new secret address, in place of the one before; the secret is stored nowhere."""
    refuse_too_many(session, actor, NotificationEvent.CALENDAR_MADE)
    revoke_calendar(session, actor)
    secret = new_token()
    feed = CalendarFeed(person_id=actor.person_id, token_hash=hash_token(secret))
    session.add(feed)
    record(session, actor, NotificationEvent.CALENDAR_MADE, feed)
    return secret


def revoke_calendar(session: Session, actor: Actor) -> None:
    """Nobody finds anything there any more; where there is none, nothing changes."""
    if actor.person_id is None:
        raise NotFound
    _revoke_calendar_of(session, actor, actor.person_id)


def revoke_calendar_of_closed(session: Session, actor: Actor, person: Person) -> None:
    """For good: whoever has the account when it is opened again is offered a new address."""
    _revoke_calendar_of(session, actor, person.id)


def _revoke_calendar_of(session: Session, actor: Actor, person_id: int) -> None:
    hold_person(session, person_id, to_change=True)
    feed = queries.find_calendar(session, person_id)
    if feed is not None:
        feed.revoked_at = now()
        record(session, actor, NotificationEvent.CALENDAR_REVOKED, feed)
