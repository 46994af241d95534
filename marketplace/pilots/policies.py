"""Who may do what with a pilot. When it may be done stands in the transition table.

The unit starts the test, measures and completes it: it is the unit's need that is to be met, and
nobody measures their own success. Both sides report, log what they have used, and may stop. A
person who speaks for both sides gives the word of one of them only.
"""

from collections.abc import Callable

from marketplace.core.actor import Actor
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import sides_of, speaks_for_entrepreneur, speaks_for_unit
from marketplace.pairings.states import PARTIES, PairingState, Side
from marketplace.pilots.awaited import awaits_stop_reason, goes_on, is_silent
from marketplace.pilots.models import Checkpoint, Pilot
from marketplace.pilots.states import (
    PILOT_LIFECYCLE,
    PilotMove,
    PilotRefusal,
)


def _unit_refusal(actor: Actor, pilot: Pilot) -> PilotRefusal | None:
    return None if speaks_for_unit(actor, pilot.pairing.need) else PilotRefusal.UNIT_ONLY


def measuring_refusal(actor: Actor, pilot: Pilot) -> PilotRefusal | None:
    """By the unit, but for whoever speaks for the entrepreneur besides."""
    own = speaks_for_entrepreneur(actor, pilot.pairing.concept)
    return _unit_refusal(actor, pilot) or (PilotRefusal.SPEAKS_FOR_ENTREPRENEUR if own else None)


def party_refusal(actor: Actor, pilot: Pilot) -> PilotRefusal | None:
    return None if sides_of(actor, pilot.pairing) else PilotRefusal.PARTIES_ONLY


_REFUSALS: dict[PilotMove, Callable[[Actor, Pilot], PilotRefusal | None]] = {
    PilotMove.START: _unit_refusal,
    PilotMove.COMPLETE: measuring_refusal,
    PilotMove.STOP: party_refusal,
}


def refusal(actor: Actor, pilot: Pilot, move: PilotMove) -> PilotRefusal | None:
    """Why this person may not make the move, whatever the state."""
    return _REFUSALS[move](actor, pilot)


def side_of(actor: Actor, pairing: Pairing) -> Side | None:
    """The side this person speaks for; of both, the unit, as when a pairing is proposed."""
    sides = sides_of(actor, pairing)
    return next((side for side in PARTIES if side in sides), None)


# ---------------------------------------------------------------- the two sides' words


def reported_already(actor: Actor, checkpoint: Checkpoint) -> bool:
    return any(report.reported_by_id == actor.person_id for report in checkpoint.reports)


def side_to_report(actor: Actor, pairing: Pairing, checkpoint: Checkpoint) -> Side | None:
    """The side that this person can still report for."""
    if reported_already(actor, checkpoint):
        return None
    sides = sides_of(actor, pairing)
    open_sides = (side for side in PARTIES if side in sides and is_silent(checkpoint, side))
    return next(open_sides, None)


def missing_stop_reason(pilot: Pilot) -> Side | None:
    """The side that has not said yet why it thinks the stopped test was stopped."""
    return next((side for side in PARTIES if awaits_stop_reason(pilot, side)), None)


def gave_stop_reason(actor: Actor, pilot: Pilot) -> bool:
    speakers = (pilot.unit_stop_by_id, pilot.entrepreneur_stop_by_id)
    return actor.person_id is not None and actor.person_id in speakers


def side_to_give_reason(actor: Actor, pilot: Pilot) -> Side | None:
    missing = missing_stop_reason(pilot)
    if missing is None or gave_stop_reason(actor, pilot):
        return None
    return missing if missing in sides_of(actor, pilot.pairing) else None


# ---------------------------------------------------------------- what a page offers


def open_moves(actor: Actor, pilot: Pilot) -> frozenset[PilotMove]:
    """The moves this person could make now."""
    if pilot.pairing.state is not PairingState.APPROVED:
        return frozenset()
    return frozenset(
        move
        for move in _REFUSALS
        if PILOT_LIFECYCLE.allows(pilot.state, move) and refusal(actor, pilot, move) is None
    )


def can_log_effort(actor: Actor, pilot: Pilot) -> bool:
    """Bills come late, and preparing costs too: as long as the case is not closed."""
    open_case = pilot.pairing.state is PairingState.APPROVED
    return open_case and party_refusal(actor, pilot) is None


def can_measure(actor: Actor, pilot: Pilot) -> bool:
    return goes_on(pilot) and measuring_refusal(actor, pilot) is None
