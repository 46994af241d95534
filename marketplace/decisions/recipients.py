"""Who is told of a decision, and who is reminded of it."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person
from marketplace.core.actor import Role
from marketplace.decisions.models import Decision
from marketplace.decisions.states import Reminder
from marketplace.pairings import recipients
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole


def concerned(session: Session, pairing: Pairing) -> set[int]:
    """Both sides, the coordinators, and everybody who has a role in the case."""
    parties = recipients.parties(session, pairing)
    in_roles = recipients.in_role_map(session, pairing)
    return parties | recipients.deciders(session, pairing) | in_roles


def reminded(session: Session, decision: Decision, reminder: Reminder) -> set[int]:
    """The decision maker and the deputy; the later it is, the more people besides."""
    told = _REMINDED[reminder]
    return set().union(*(find(session, decision.pairing) for find in told))


def decision_makers(_session: Session, pairing: Pairing) -> set[int]:
    """Who has the role, and who stands in for them."""
    holder = holder_of(pairing, CaseRole.DECISION_MAKER)
    people = (holder.person, holder.deputy) if holder is not None else ()
    return {person.id for person in people if person is not None and person.active}


def _leadership(session: Session, pairing: Pairing) -> set[int]:
    statement = (
        select(Person.id)
        .join(Person.memberships)
        .where(
            Person.active,
            Membership.organisation_id == pairing.need.unit.organisation_id,
            Membership.role == Role.LEADERSHIP,
        )
    )
    return set(session.scalars(statement))


_Find = Callable[[Session, Pairing], set[int]]
_REMINDED: dict[Reminder, tuple[_Find, ...]] = {
    Reminder.BEFORE: (decision_makers,),
    Reminder.ON_THE_DAY: (decision_makers,),
    Reminder.LATE: (decision_makers, recipients.deciders),
    Reminder.VERY_LATE: (decision_makers, recipients.deciders, _leadership),
}
