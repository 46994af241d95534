"""Whose names have no place in a mail: all who belong to the organisations it is about."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person, Unit
from marketplace.concepts.models import Concept
from marketplace.core.audit import AuditEvent
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing


def names_around(session: Session, messages: Sequence[OutboxMessage]) -> frozenset[str]:
    """Empty where nothing was typed that could hold a name."""
    typed = [message for message in messages if message.payload.get("reason")]
    if not typed:
        return frozenset()
    own = select(Membership.organisation_id).where(
        Membership.person_id.in_(_receivers_and_actors(session, typed)),
        Membership.organisation_id.is_not(None),
    )
    places = {place for place in session.scalars(own) if place} | _places(session, typed)
    members = select(Membership.person_id).where(Membership.organisation_id.in_(sorted(places)))
    return frozenset(session.scalars(select(Person.name).where(Person.id.in_(members))))


def _receivers_and_actors(session: Session, messages: Sequence[OutboxMessage]) -> list[int]:
    events = {message.audit_event_id for message in messages}
    statement = select(AuditEvent.actor_id).where(AuditEvent.id.in_(sorted(events)))
    actors = {actor_id for actor_id in session.scalars(statement) if actor_id is not None}
    return sorted(actors | {message.person_id for message in messages})


def _places(session: Session, messages: Sequence[OutboxMessage]) -> set[int]:
    """The municipality of the need, and the organisation that owns the concept."""
    pairings = _ids(messages, "pairing_id", "Pairing")
    needs = _ids(messages, "need_id", "Need")
    paired = select(Pairing.need_id).where(Pairing.id.in_(pairings))
    towns = (
        select(Unit.organisation_id)
        .join(Need, Need.unit_id == Unit.id)
        .where(or_(Need.id.in_(needs), Need.id.in_(paired)))
    )
    owners = (
        select(Concept.organisation_id)
        .join(Pairing, Pairing.concept_id == Concept.id)
        .where(Pairing.id.in_(pairings))
    )
    return {*session.scalars(towns), *session.scalars(owners)}


def _ids(messages: Sequence[OutboxMessage], name: str, subject_type: str) -> list[int]:
    found = {m.payload[name] for m in messages if isinstance(m.payload.get(name), int)}
    return sorted(found | {m.subject_id for m in messages if m.subject_type == subject_type})
