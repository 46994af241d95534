"""Whose names have no place in a mail: all who belong to the organisations it is about."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person
from marketplace.core.audit import AuditEvent
from marketplace.core.organisations_around import places_of
from marketplace.core.outbox import OutboxMessage


def names_around(session: Session, messages: Sequence[OutboxMessage]) -> frozenset[str]:
    """Empty where nothing was typed that could hold a name."""
    typed = [message for message in messages if message.payload.get("reason")]
    if not typed:
        return frozenset()
    own = select(Membership.organisation_id).where(
        Membership.person_id.in_(_receivers_and_actors(session, typed)),
        Membership.organisation_id.is_not(None),
    )
    places = {place for place in session.scalars(own) if place} | places_of(session, typed)
    members = select(Membership.person_id).where(Membership.organisation_id.in_(sorted(places)))
    return frozenset(session.scalars(select(Person.name).where(Person.id.in_(members))))


def _receivers_and_actors(session: Session, messages: Sequence[OutboxMessage]) -> list[int]:
    events = {message.audit_event_id for message in messages}
    statement = select(AuditEvent.actor_id).where(AuditEvent.id.in_(sorted(events)))
    actors = {actor_id for actor_id in session.scalars(statement) if actor_id is not None}
    return sorted(actors | {message.person_id for message in messages})
