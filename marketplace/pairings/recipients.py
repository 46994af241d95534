"""Who is told what happens to a pairing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.needs import recipients as need_recipients
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import missing_yes
from marketplace.pairings.states import OPEN, Side


def parties(session: Session, pairing: Pairing) -> set[int]:
    """Whoever proposed, those who speak for the need's units, and the concept's organisation."""
    need = pairing.need
    named = {pairing.proposed_by_id, need.author_id, need.contact_id}
    people = {person_id for person_id in named if person_id is not None}
    return _in_use(
        session,
        people
        | need_recipients.unit_leaders(session, need)
        | need_recipients.joined_leaders(session, need)
        | _entrepreneurs(session, pairing),
    )


def of_joined_units(session: Session, pairing: Pairing) -> set[int]:
    """Those of the parties who only speak for units that have joined the need."""
    need = pairing.need
    joined = need_recipients.joined_leaders(session, need) - need_recipients.unit_people(
        session, need
    )
    return joined - _entrepreneurs(session, pairing) - {pairing.proposed_by_id}


def yet_to_answer(session: Session, pairing: Pairing) -> set[int]:
    """Those of the parties who can say a yes that is still missing."""
    speakers = {
        Side.UNIT: _unit_people(session, pairing),
        Side.ENTREPRENEUR: _entrepreneurs(session, pairing),
    }
    asked = set().union(*(speakers[side] for side in missing_yes(pairing)))
    return asked & parties(session, pairing)


def in_role_map(session: Session, pairing: Pairing) -> set[int]:
    """Everybody with a role in the case, deputies too."""
    named = {person_id for h in pairing.roles for person_id in (h.person_id, h.deputy_id)}
    return _in_use(session, {person_id for person_id in named if person_id is not None})


def deciders(session: Session, pairing: Pairing) -> set[int]:
    """The coordinators of the municipality, without those who have declared a conflict."""
    conflicted = {conflict.person_id for conflict in pairing.conflicts}
    return need_recipients.coordinators(session, pairing.need) - conflicted


def followers_of_need(session: Session, need: Need) -> set[int]:
    """Both sides of a need's open pairings."""
    statement = select(Pairing).where(Pairing.need_id == need.id, Pairing.state.in_(OPEN))
    return set().union(*(parties(session, pairing) for pairing in session.scalars(statement)))


def _unit_people(session: Session, pairing: Pairing) -> set[int]:
    members = select(Membership.person_id).where(
        Membership.unit_id == pairing.need.unit_id, Membership.role.in_(sorted(UNIT_ROLES))
    )
    return set(session.scalars(members))


def _entrepreneurs(session: Session, pairing: Pairing) -> set[int]:
    members = select(Membership.person_id).where(
        Membership.organisation_id == pairing.concept.organisation_id,
        Membership.role == Role.ENTREPRENEUR,
    )
    return set(session.scalars(members))


def _in_use(session: Session, people: set[int]) -> set[int]:
    statement = select(Person.id).where(Person.id.in_(sorted(people)), Person.active)
    return set(session.scalars(statement))
