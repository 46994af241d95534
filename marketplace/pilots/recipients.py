"""Who is told what happens in a test."""

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.needs import recipients as need_recipients
from marketplace.pairings.models import Pairing
from marketplace.pairings.recipients import deciders, in_role_map, parties
from marketplace.pairings.roles.role_map import acting, holder_of
from marketplace.pairings.states import CaseRole, Side

CONTACTS = {
    Side.UNIT: CaseRole.UNIT_CONTACT,
    Side.ENTREPRENEUR: CaseRole.ENTREPRENEUR_CONTACT,
}


def everybody(session: Session, pairing: Pairing) -> set[int]:
    """Both sides, the coordinators who may handle the case, and whoever has a role in it."""
    return who_works_on_it(session, pairing) | in_role_map(session, pairing)


def who_works_on_it(session: Session, pairing: Pairing) -> set[int]:
    """Both sides and the coordinators: to others every report would be one too many."""
    return parties(session, pairing) | deciders(session, pairing)


def contact_of(session: Session, pairing: Pairing, side: Side) -> set[int]:
    """The side's contact or their deputy; where neither is here any more, its people."""
    person = _acting(pairing, CONTACTS[side])
    return {person.id} if person is not None else people_of(session, pairing, side)


def people_of(session: Session, pairing: Pairing, side: Side) -> set[int]:
    """Those of the parties who belong to the side, whoever proposed the pairing."""
    members = {
        Side.UNIT: and_(
            Membership.unit_id == pairing.need.unit_id, Membership.role.in_(sorted(UNIT_ROLES))
        ),
        Side.ENTREPRENEUR: and_(
            Membership.organisation_id == pairing.concept.organisation_id,
            Membership.role == Role.ENTREPRENEUR,
        ),
    }
    people = session.scalars(select(Membership.person_id).where(members[side]))
    return set(people) & parties(session, pairing)


def answerable_for_costs(session: Session, pairing: Pairing) -> set[int]:
    """The unit leader, the owner of the case, the entrepreneur and the coordinators."""
    owner = _acting(pairing, CaseRole.OWNER)
    owners = {owner.id} if owner is not None else set()
    leaders = need_recipients.unit_leaders(session, pairing.need)
    entrepreneurs = people_of(session, pairing, Side.ENTREPRENEUR)
    return leaders | owners | entrepreneurs | deciders(session, pairing)


def _acting(pairing: Pairing, role: CaseRole) -> Person | None:
    holder = holder_of(pairing, role)
    return acting(holder) if holder is not None else None
