"""Who may do what with an interest. Competing entrepreneurs are not even told that it exists."""

from marketplace.concepts.models import Concept
from marketplace.concepts.policies import can_write as owns
from marketplace.core.actor import Actor
from marketplace.core.sight import can_see, municipal_roles, reads
from marketplace.interests import sights
from marketplace.interests.models import Interest
from marketplace.interests.states import INTEREST_LIFECYCLE, InterestMove
from marketplace.needs import sights as needs
from marketplace.needs.models import Need
from marketplace.needs.policies import can_write as works_in_unit
from marketplace.needs.states import NeedState

READERS = municipal_roles(sights.RECEIVERS)
"""Those of the need's municipality, outside the unit, who read the interests in it."""


def can_register(actor: Actor, concept: Concept) -> bool:
    return owns(actor, concept)


def can_change(actor: Actor, interest: Interest) -> bool:
    return owns(actor, interest.concept)


def can_receive(actor: Actor, need: Need) -> bool:
    """Whether the interests in this need are for the actor to read."""
    return reads(actor, sights.RECEIVERS, needs.around(need))


def can_read_answer(actor: Actor, interest: Interest) -> bool:
    """Also where a case shows it: not everyone who follows a case was promised the answer."""
    return can_see(actor, sights.ANSWER, interest, sights.around(interest))


def can_decline(actor: Actor, interest: Interest) -> bool:
    """The unit says no to an answer; to a case, a coordinator does."""
    return works_in_unit(actor, interest.need)


def open_moves(actor: Actor, interest: Interest) -> frozenset[InterestMove]:
    may = {
        InterestMove.CHANGE: can_change(actor, interest),
        InterestMove.WITHDRAW: can_change(actor, interest),
        InterestMove.DECLINE: can_decline(actor, interest) and is_open(interest.need),
    }
    return frozenset(
        move
        for move, allowed in may.items()
        if allowed and INTEREST_LIFECYCLE.allows(interest.state, move)
    )


def is_open(need: Need) -> bool:
    """Whoever answered a need that is over has been told how it ended."""
    return need.state is NeedState.PUBLISHED
