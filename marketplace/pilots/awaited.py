"""What tests wait for, and of whom: of one test, or in SQL (`core.rules`)."""

from marketplace.agreements.awaited import is_in_force
from marketplace.agreements.models import Agreement
from marketplace.core.clock import today
from marketplace.core.rules import before, missing, opposite, reached, some
from marketplace.pairings.awaited import is_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import Side
from marketplace.pilots.models import Checkpoint, CheckpointReport, Pilot
from marketplace.pilots.states import Ending, PilotState


def goes_on(pilot: Pilot) -> bool:
    return pilot.state == PilotState.RUNNING


def is_over(pilot: Pilot) -> bool:
    return pilot.state == PilotState.ENDED


# ---------------------------------------------------------------- start and end


def awaits_start(pilot: Pilot, agreement: Agreement) -> bool:
    """From the first day that is agreed."""
    planned = pilot.state == PilotState.PLANNED
    return planned & is_in_force(agreement) & reached(agreement.test_starts_on, today())


def awaits_end(pilot: Pilot, agreement: Agreement) -> bool:
    """After the last day that is agreed."""
    return goes_on(pilot) & is_in_force(agreement) & before(agreement.test_ends_on, today())


# ---------------------------------------------------------------- checkpoints


def has_reported(checkpoint: Checkpoint, side: Side) -> bool:
    return some(checkpoint.reports, CheckpointReport, lambda report: report.side == side)


def is_silent(checkpoint: Checkpoint, side: Side) -> bool:
    """Nobody reports on what a new version of the agreement has taken away."""
    return missing(checkpoint.dropped_at) & opposite(has_reported(checkpoint, side))


def is_ahead(pairing: Pairing, pilot: Pilot) -> bool:
    """Whether checkpoints are still to come, though the test may not have begun."""
    return is_approved(pairing) & opposite(is_over(pilot))


def awaits_report(pairing: Pairing, pilot: Pilot, checkpoint: Checkpoint, side: Side) -> bool:
    return is_approved(pairing) & goes_on(pilot) & is_silent(checkpoint, side)


# ---------------------------------------------------------------- why it was stopped


def awaits_stop_reason(pilot: Pilot, side: Side) -> bool:
    of_unit = side is Side.UNIT
    reason = pilot.unit_stop_reason if of_unit else pilot.entrepreneur_stop_reason
    return is_over(pilot) & (pilot.ending == Ending.STOPPED) & missing(reason)
