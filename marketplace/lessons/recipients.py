"""Who is told of lessons."""

from sqlalchemy.orm import Session

from marketplace.needs import recipients as need_recipients
from marketplace.pairings import recipients
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole, Side
from marketplace.pilots.recipients import people_of


def of_other_side(session: Session, pairing: Pairing, side: Side) -> set[int]:
    other = Side.ENTREPRENEUR if side is Side.UNIT else Side.UNIT
    return people_of(session, pairing, other)


def who_can_close(session: Session, pairing: Pairing) -> set[int]:
    """The unit's leaders, the owner of the case and their deputy, and the coordinators."""
    holder = holder_of(pairing, CaseRole.OWNER)
    people = (holder.person, holder.deputy) if holder is not None else ()
    owners = {person.id for person in people if person is not None and person.active}
    leaders = need_recipients.unit_leaders(session, pairing.need)
    return leaders | owners | recipients.deciders(session, pairing)


def who_reads_of_the_end(session: Session, pairing: Pairing) -> set[int]:
    """Whoever follows the need, and is not told already that the case has ended."""
    told = recipients.parties(session, pairing) | recipients.deciders(session, pairing)
    told |= recipients.in_role_map(session, pairing)
    return need_recipients.followers(session, pairing.need) - told
