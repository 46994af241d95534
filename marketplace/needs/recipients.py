"""Who is told of what happens to a need."""

from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person
from marketplace.core.actor import Role
from marketplace.core.registry import Registry
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.sites import joined_unit_ids, joins

Followers = Callable[[Session, Need], Iterable[int]]
FOLLOWERS: Registry[Followers] = Registry()
"""Who else follows a need, as later features know: who asked, answered, raised or follows it."""


def followers(session: Session, need: Need) -> set[int]:
    """The ids of the people who are told of what is added to a published need."""
    told = unit_people(session, need) | joined_people(session, need)
    for find in FOLLOWERS:
        told.update(find(session, need))
    return told


def unit_people(session: Session, need: Need) -> set[int]:
    return _active(session, Membership.unit_id == need.unit_id)


def joined_people(session: Session, need: Need) -> set[int]:
    """Everybody in the units that have joined the need."""
    return _active(session, Membership.unit_id.in_(joined_unit_ids(need)))


def joined_leaders(session: Session, need: Need) -> set[int]:
    """Who speaks for the units that have joined: their leaders, and the contacts they named."""
    leads = and_(Membership.unit_id.in_(joined_unit_ids(need)), Membership.role == Role.UNIT_LEADER)
    named = select(NeedParticipation.contact_id).where(joins(need))
    contacts = select(Person.id).where(Person.active, Person.id.in_(named))
    return _active(session, leads) | set(session.scalars(contacts))


def unit_leaders(session: Session, need: Need) -> set[int]:
    role = Membership.role == Role.UNIT_LEADER
    return _active(session, and_(Membership.unit_id == need.unit_id, role))


def coordinators(session: Session, need: Need) -> set[int]:
    role = Membership.role == Role.COORDINATOR
    organisation = Membership.organisation_id == need.unit.organisation_id
    return _active(session, and_(organisation, role))


def _active(session: Session, condition: ColumnElement[bool]) -> set[int]:
    statement = select(Person.id).join(Person.memberships).where(Person.active, condition)
    return set(session.scalars(statement))
