"""Who fills which role of a case, and who replaces somebody that leaves."""

from marketplace.core.actor import Actor, Role
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import coordinates_freely, speaks_for_entrepreneur
from marketplace.pairings.states import OPEN, CaseRole

ASSIGNERS: dict[CaseRole, tuple[Role, ...]] = {
    CaseRole.OWNER: (Role.UNIT_LEADER, Role.COORDINATOR),
    CaseRole.DECISION_MAKER: (Role.UNIT_LEADER, Role.COORDINATOR),
    CaseRole.PROCUREMENT_ADVISER: (Role.COORDINATOR,),
    CaseRole.DATA_PROTECTION: (Role.UNIT_LEADER, Role.COORDINATOR),
    CaseRole.UNIT_CONTACT: (Role.UNIT_LEADER, Role.COORDINATOR),
    CaseRole.ENTREPRENEUR_CONTACT: (Role.ENTREPRENEUR,),
}
"""Who fills a role of the role map."""
REPLACERS = (Role.COORDINATOR, Role.ENTREPRENEUR)
"""Who hands over what somebody had: the municipality's people, or their own."""


def may_assign(actor: Actor, pairing: Pairing, role: CaseRole) -> bool:
    """Who has declared a conflict of interest does not prepare the case either."""
    roles = ASSIGNERS[role]
    return (
        (Role.COORDINATOR in roles and coordinates_freely(actor, pairing))
        or (Role.UNIT_LEADER in roles and _leads_the_unit(actor, pairing))
        or (Role.ENTREPRENEUR in roles and speaks_for_entrepreneur(actor, pairing.concept))
    )


def can_assign_now(actor: Actor, pairing: Pairing, role: CaseRole) -> bool:
    return pairing.state in OPEN and may_assign(actor, pairing, role)


def _leads_the_unit(actor: Actor, pairing: Pairing) -> bool:
    return actor.holds_in_unit(pairing.need.unit_id, Role.UNIT_LEADER)
