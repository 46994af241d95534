"""Marking messages as read, choosing what is mailed, and making one's calendar's address.

What a person reads and how they want their mail is nobody else's concern, so the audit trail does
not tell it. It does tell of calendar addresses: they open something without signing in.
"""

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.tokens import hash_token, new_token
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotFound
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import MailState, OutboxMessage
from marketplace.core.topics import TopicGroup, topics_in
from marketplace.notifications import queries
from marketplace.notifications.models import CalendarFeed, MailPreference
from marketplace.notifications.preferences import hold_person
from marketplace.notifications.queries import visible_to
from marketplace.notifications.states import (
    NotificationEvent,
    PreferenceRefusal,
    Rhythm,
)


def mark_read(session: Session, actor: Actor, *, message: OutboxMessage) -> None:
    if message.person_id != actor.person_id:
        raise NotFound
    message.read_at = message.read_at or now()
    session.flush()


def mark_all_read(session: Session, actor: Actor, *, newest_id: int) -> None:
    """Mark what the person has been shown: what came after `newest_id` stays unread."""
    shown = (visible_to(actor), OutboxMessage.id <= newest_id, OutboxMessage.read_at.is_(None))
    session.execute(update(OutboxMessage).where(*shown).values(read_at=now()))


# ---------------------------------------------------------------- what is mailed, and when

NOT_IN_A_DIGEST = {Rhythm.AT_ONCE: MailState.PENDING, Rhythm.NEVER: MailState.NOT_MAILED}


def set_preferences(
    session: Session, actor: Actor, *, rhythms: Mapping[TopicGroup, Rhythm | None]
) -> None:
    """Choose for every group; what has not been sent yet follows the new choice."""
    if actor.person_id is None:
        raise NotFound
    hold_person(session, actor.person_id, to_change=True)
    for group in TopicGroup:
        rhythm = rhythms.get(group)
        if rhythm is None:
            raise InvalidField(group.value, PreferenceRefusal.RHYTHM_MISSING)
        _choose(session, actor.person_id, group, rhythm)
        _redirect_waiting(session, actor.person_id, group, rhythm)
    session.flush()


def _choose(session: Session, person_id: int, group: TopicGroup, rhythm: Rhythm) -> None:
    chosen = session.scalars(
        select(MailPreference).where(
            MailPreference.person_id == person_id, MailPreference.topic_group == group
        )
    ).one_or_none()
    if chosen is None:
        session.add(MailPreference(person_id=person_id, topic_group=group, rhythm=rhythm))
    else:
        chosen.rhythm = rhythm


def _redirect_waiting(session: Session, person_id: int, group: TopicGroup, rhythm: Rhythm) -> None:
    """What waits for a digest stays where it is while there is one; which, it is asked then."""
    if rhythm not in NOT_IN_A_DIGEST:
        return
    waiting = (
        OutboxMessage.person_id == person_id,
        OutboxMessage.topic.in_(topics_in(group)),
        OutboxMessage.mail_state == MailState.IN_DIGEST,
        OutboxMessage.digest_id.is_(None),
    )
    values = {"mail_state": NOT_IN_A_DIGEST[rhythm], "next_attempt_at": now()}
    session.execute(update(OutboxMessage).where(*waiting).values(values))


# ---------------------------------------------------------------- the calendar's address


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
