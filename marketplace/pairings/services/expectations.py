"""What the moves expect of the person, the moment and the case, and do alike."""

from marketplace.core.actor import Actor
from marketplace.core.clock import now
from marketplace.core.errors import NotAllowed
from marketplace.pairings import policies
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PAIRING_LIFECYCLE, PairingMove, PairingRefusal, Side


def expect_move(actor: Actor, pairing: Pairing, move: PairingMove) -> None:
    """Refuse the wrong person, then the wrong moment."""
    expect_mover(actor, pairing, move)
    PAIRING_LIFECYCLE.check(pairing.state, move)


def expect_mover(actor: Actor, pairing: Pairing, move: PairingMove) -> None:
    refusal = policies.refusal(actor, pairing, move)
    if refusal is not None:
        raise NotAllowed(refusal)


def expect_coordinator(actor: Actor, pairing: Pairing) -> None:
    if not policies.coordinates(actor, pairing.need):
        raise NotAllowed(PairingRefusal.COORDINATORS_ONLY)


def say_yes(actor: Actor, pairing: Pairing, side: Side) -> None:
    if side is Side.UNIT:
        pairing.unit_accepted_by_id, pairing.unit_accepted_at = actor.person_id, now()
    elif side is Side.ENTREPRENEUR:
        pairing.entrepreneur_accepted_by_id = actor.person_id
        pairing.entrepreneur_accepted_at = now()
