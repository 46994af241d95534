"""Who may do what with an interest. Competing entrepreneurs are not even told that it exists."""

from marketplace.concepts.models import Concept
from marketplace.concepts.policies import can_write as owns
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.interests.models import Interest
from marketplace.interests.states import INTEREST_LIFECYCLE, InterestMove
from marketplace.needs.models import Need

READERS = (Role.COORDINATOR, Role.PROCUREMENT_ADVISER)
"""Those of the need's municipality, outside the unit, who read the interests in it."""


def can_register(actor: Actor, concept: Concept) -> bool:
    return owns(actor, concept)


def can_change(actor: Actor, interest: Interest) -> bool:
    return owns(actor, interest.concept)


def can_receive(actor: Actor, need: Need) -> bool:
    """Whether the interests in this need are for the actor to read."""
    return actor.holds_in_unit(need.unit_id, *UNIT_ROLES) or actor.holds_in_organisation(
        need.unit.organisation_id, *READERS
    )


def open_moves(actor: Actor, interest: Interest) -> frozenset[InterestMove]:
    if not can_change(actor, interest):
        return frozenset()
    return frozenset(
        move for move in InterestMove if INTEREST_LIFECYCLE.allows(interest.state, move)
    )
