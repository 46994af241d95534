"""What an undecided pairing waits for, and since when, in the words of its own page."""

from datetime import datetime

from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import missing_yes
from marketplace.pairings.states import Awaited, PairingState, Side

_CHANGES = {
    Side.UNIT: Awaited.UNIT_CHANGES,
    Side.ENTREPRENEUR: Awaited.ENTREPRENEUR_CHANGES,
    Side.COORDINATOR: Awaited.COORDINATOR_CHANGES,
}
_YES = {
    frozenset({Side.UNIT}): Awaited.UNIT_YES,
    frozenset({Side.ENTREPRENEUR}): Awaited.ENTREPRENEUR_YES,
    frozenset({Side.UNIT, Side.ENTREPRENEUR}): Awaited.BOTH_YES,
}


def awaited(pairing: Pairing) -> Awaited | None:
    """The next step; None where the case is decided or withdrawn."""
    if pairing.state is PairingState.PROPOSED:
        return _YES[missing_yes(pairing)]
    if pairing.state is PairingState.NEEDS_CHANGES:
        return _CHANGES[pairing.proposed_by_side]
    return Awaited.DECISION if pairing.state is PairingState.ACCEPTED else None


def waiting_since(pairing: Pairing) -> datetime:
    if pairing.state is PairingState.NEEDS_CHANGES and pairing.changes_asked_at:
        return pairing.changes_asked_at
    answers = (pairing.unit_accepted_at, pairing.entrepreneur_accepted_at)
    if pairing.state is PairingState.ACCEPTED:
        return max(at for at in answers if at)
    return pairing.proposed_at
