"""Marking messages as read. What a person reads is nobody else's concern: no audit row tells it."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.clock import now
from marketplace.core.errors import NotFound
from marketplace.core.outbox import OutboxMessage
from marketplace.notifications.queries import visible_to


def mark_read(session: Session, actor: Actor, *, message: OutboxMessage) -> None:
    if message.person_id != actor.person_id:
        raise NotFound
    message.read_at = message.read_at or now()
    session.flush()


def mark_all_read(session: Session, actor: Actor, *, newest_id: int) -> None:
    """Mark what the person has been shown: what came after `newest_id` stays unread."""
    shown = (visible_to(actor), OutboxMessage.id <= newest_id, OutboxMessage.read_at.is_(None))
    session.execute(update(OutboxMessage).where(*shown).values(read_at=now()))
