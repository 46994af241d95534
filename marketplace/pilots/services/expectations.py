"""What the moves of a pilot share."""

from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.models import Agreement
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.pairings.states import PairingState, Side
from marketplace.pilots import policies
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import (
    PILOT_LIFECYCLE,
    PilotMove,
    PilotRefusal,
    PilotState,
)


def expect_move(actor: Actor, pilot: Pilot, move: PilotMove) -> None:
    """Refuse the wrong person, then the wrong moment."""
    expect_mover(actor, pilot, move)
    expect_open_case(pilot)
    PILOT_LIFECYCLE.check(pilot.state, move)


def expect_mover(actor: Actor, pilot: Pilot, move: PilotMove) -> None:
    expect_nothing_against(policies.refusal(actor, pilot, move))


def expect_nothing_against(refusal: StrEnum | None) -> None:
    if refusal is not None:
        raise NotAllowed(refusal)


def expect_side(actor: Actor, pilot: Pilot) -> Side:
    """The side that this person speaks for."""
    side = policies.side_of(actor, pilot.pairing)
    if side is None:
        raise NotAllowed(PilotRefusal.PARTIES_ONLY)
    return side


def expect_open_case(pilot: Pilot) -> None:
    if pilot.pairing.state is not PairingState.APPROVED:
        raise NotNow(PilotRefusal.CASE_OVER)


def expect_running(pilot: Pilot) -> None:
    expect_open_case(pilot)
    if pilot.state is not PilotState.RUNNING:
        raise NotNow(PilotRefusal.NOT_RUNNING)


def expect_agreement(session: Session, pilot: Pilot) -> Agreement:
    """The version that both sides have signed and that counts now."""
    agreement = agreements.find_in_force(session, pilot.pairing_id)
    if agreement is None:
        raise NotNow(PilotRefusal.AGREEMENT_MISSING)
    return agreement
