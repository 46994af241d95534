"""Which interests stand: of one interest, or in SQL (`core.rules`).

What they wait for is a pairing, so `pairings.awaited` says when nobody has taken one up.
"""

from marketplace.interests.models import Interest
from marketplace.interests.states import InterestState


def stands(interest: Interest) -> bool:
    return interest.state == InterestState.REGISTERED
