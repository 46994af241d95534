"""Memberships: which role a person has, and where."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import policies
from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.accounts.states import (
    SECURITY_EVENTS,
    AccountEvent,
    AccountRefusal,
    OrganisationKind,
)
from marketplace.core.actor import MUNICIPAL_ROLES, UNIT_ROLES, Actor, Grant, Role
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow
from marketplace.core.security_log import watch

watch(*SECURITY_EVENTS)

KIND_OF = {
    **dict.fromkeys(MUNICIPAL_ROLES, OrganisationKind.MUNICIPALITY),
    Role.ENTREPRENEUR: OrganisationKind.ENTREPRENEUR,
    Role.PARTNER: OrganisationKind.PARTNER,
}


def grant_membership(session: Session, actor: Actor, *, person: Person, grant: Grant) -> Membership:
    if not policies.can_administer(actor):
        raise NotAllowed(AccountRefusal.ADMINISTRATORS_ONLY)
    if not person.active:
        raise NotNow(AccountRefusal.PERSON_INACTIVE)
    return add_membership(session, actor, person=person, grant=grant)


def end_membership(session: Session, actor: Actor, *, person: Person, membership_id: int) -> None:
    if not policies.can_administer(actor):
        raise NotAllowed(AccountRefusal.ADMINISTRATORS_ONLY)
    membership = session.get(Membership, membership_id)
    if membership is None or membership.person_id != person.id:
        raise NotFound
    if membership.role is Role.ADMINISTRATOR:
        keep_an_administrator(session, person)
    ended = _words(membership)
    session.delete(membership)
    session.flush()
    session.expire(person, ["memberships"])
    record(session, actor, AccountEvent.MEMBERSHIP_ENDED, person, extra=ended)


def add_membership(session: Session, actor: Actor, *, person: Person, grant: Grant) -> Membership:
    """Give the role, if it fits the place; who may do so has been asked before."""
    unit = session.get(Unit, grant.unit_id) if grant.unit_id else None
    organisation_id = unit.organisation_id if unit else grant.organisation_id
    organisation = session.get(Organisation, organisation_id) if organisation_id else None
    _refuse_misfit(grant.role, organisation, unit)
    _refuse_double(session, person, grant.role, organisation, unit)
    membership = Membership(role=grant.role, organisation=organisation, unit=unit)
    person.memberships.append(membership)
    session.flush()
    record(session, actor, AccountEvent.MEMBERSHIP_GRANTED, person, extra=_words(membership))
    return membership


def keep_an_administrator(session: Session, person: Person) -> None:
    """Refuse to let the last active administrator go, also when two go at the same moment."""
    statement = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.active, Membership.role == Role.ADMINISTRATOR)
        .order_by(Person.id)
        .with_for_update()
    )
    if session.scalars(statement).all() == [person.id]:
        raise NotNow(AccountRefusal.LAST_ADMINISTRATOR)


def _refuse_misfit(role: Role, organisation: Organisation | None, unit: Unit | None) -> None:
    if role in UNIT_ROLES and unit is None:
        raise InvalidField("where", AccountRefusal.ROLE_NEEDS_UNIT, role=role)
    kind = organisation.kind if organisation else None
    if KIND_OF.get(role) != kind or (unit is not None and role not in UNIT_ROLES):
        raise InvalidField("where", AccountRefusal.ROLE_DOES_NOT_FIT, role=role)


def _refuse_double(
    session: Session,
    person: Person,
    role: Role,
    organisation: Organisation | None,
    unit: Unit | None,
) -> None:
    same = select(Membership.id).where(
        Membership.person_id == person.id,
        Membership.role == role,
        Membership.organisation_id.is_not_distinct_from(organisation and organisation.id),
        Membership.unit_id.is_not_distinct_from(unit and unit.id),
    )
    if session.scalar(same) is not None:
        raise InvalidField("where", AccountRefusal.ALREADY_MEMBER)


def _words(membership: Membership) -> dict[str, object]:
    return {
        "role": membership.role.value,
        "organisation_id": membership.organisation_id,
        "unit_id": membership.unit_id,
    }
