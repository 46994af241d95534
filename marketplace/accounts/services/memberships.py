"""Memberships: which role a person has, and where."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import policies, queries
from marketplace.accounts.models import Membership, Organisation, Person, RoleOffer, Unit
from marketplace.accounts.services.links import ROLE, role_and_place, send_link
from marketplace.accounts.states import (
    AccountEvent,
    AccountRefusal,
    OrganisationKind,
)
from marketplace.core.actor import MUNICIPAL_ROLES, UNIT_ROLES, Actor, Grant, Role
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow

KIND_OF = {
    **dict.fromkeys(MUNICIPAL_ROLES, OrganisationKind.MUNICIPALITY),
    Role.ENTREPRENEUR: OrganisationKind.ENTREPRENEUR,
    Role.PARTNER: OrganisationKind.PARTNER,
}


def grant_membership(
    session: Session, actor: Actor, *, person: Person, grant: Grant
) -> Membership | RoleOffer:
    """Give a role at once; to somebody who registered without being invited, by a fresh link."""
    if not policies.can_administer(actor):
        raise NotAllowed(AccountRefusal.ADMINISTRATORS_ONLY)
    if not person.active:
        raise NotNow(AccountRefusal.PERSON_INACTIVE)
    if person.self_registered:
        return _offer_role(session, actor, person, grant)
    return add_membership(session, actor, person=person, grant=grant)


def _offer_role(session: Session, actor: Actor, person: Person, grant: Grant) -> RoleOffer:
    organisation, unit = _place_of(session, person, grant)
    offer = RoleOffer(person=person, role=grant.role, organisation=organisation, unit=unit)
    session.add(offer)
    session.flush()
    send_role_link(session, actor, offer=offer)
    return offer


def send_role_link(session: Session, actor: Actor, *, offer: RoleOffer) -> None:
    send_link(session, actor, ROLE, person=offer.person, about=role_and_place(offer))


def withdraw_offer(session: Session, actor: Actor, *, person: Person, offer_id: int) -> None:
    if not policies.can_administer(actor):
        raise NotAllowed(AccountRefusal.ADMINISTRATORS_ONLY)
    offer = session.get(RoleOffer, offer_id)
    if offer is None or offer.person_id != person.id:
        raise NotFound
    withdrawn = _words(offer)
    session.delete(offer)
    record(session, actor, AccountEvent.OFFER_WITHDRAWN, person, extra=withdrawn)


def take_up_offers(session: Session, *, person: Person) -> None:
    """The person has just shown that they read the mail of their address."""
    for offer in queries.list_role_offers(session, person.id):
        grant = Grant(offer.role, offer.organisation_id, offer.unit_id)
        session.delete(offer)
        session.flush()
        add_membership(session, queries.actor_of(person), person=person, grant=grant)


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
    organisation, unit = _place_of(session, person, grant)
    membership = Membership(role=grant.role, organisation=organisation, unit=unit)
    person.memberships.append(membership)
    session.flush()
    record(session, actor, AccountEvent.MEMBERSHIP_GRANTED, person, extra=_words(membership))
    return membership


def _place_of(
    session: Session, person: Person, grant: Grant
) -> tuple[Organisation | None, Unit | None]:
    """Where the role is to be held, if it fits the place and the person has it not there yet."""
    unit = session.get(Unit, grant.unit_id) if grant.unit_id else None
    organisation_id = unit.organisation_id if unit else grant.organisation_id
    organisation = session.get(Organisation, organisation_id) if organisation_id else None
    _refuse_misfit(grant.role, organisation, unit)
    _refuse_double(session, person, grant.role, organisation, unit)
    return organisation, unit


def keep_an_administrator(session: Session, person: Person) -> None:
    """Refuse to let the last active administrator go, also when two go at the same moment."""
    statement = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.active,
            Person.email_proved_at.is_not(None),
            Membership.role == Role.ADMINISTRATOR,
        )
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
    for held in (Membership, RoleOffer):
        same = select(held.id).where(
            held.person_id == person.id,
            held.role == role,
            held.organisation_id.is_not_distinct_from(organisation and organisation.id),
            held.unit_id.is_not_distinct_from(unit and unit.id),
        )
        if session.scalar(same) is not None:
            raise InvalidField("where", AccountRefusal.ALREADY_MEMBER)


def _words(membership: Membership | RoleOffer) -> dict[str, object]:
    return {
        "role": membership.role.value,
        "organisation_id": membership.organisation_id,
        "unit_id": membership.unit_id,
    }
