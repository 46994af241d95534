"""What tests wait for, and of whom: of one test, or in SQL (`core.rules`)."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Select, func, select

from marketplace.agreements.awaited import is_in_force
from marketplace.agreements.models import Agreement
from marketplace.core.awaited import Awaited, Party, start_of_day
from marketplace.core.clock import today
from marketplace.core.rules import before, in_sql, missing, of, opposite, reached, some
from marketplace.pairings.awaited import is_approved, of_approved_pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import Side
from marketplace.pilots.models import Checkpoint, CheckpointReport, Pilot
from marketplace.pilots.states import DAYS_OPEN_BEFORE, Ending, PilotState, PilotTask


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


def opens_on(checkpoint: Checkpoint) -> date:
    """The first day on which somebody may report."""
    return checkpoint.due_on - timedelta(days=DAYS_OPEN_BEFORE)


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


# ---------------------------------------------------------------- what waits for whom


def of_pilots(since: Any) -> Select[Any]:
    return of_approved_pairings(since).join(Pilot, Pilot.pairing_id == Pairing.id)


def _by_agreement(day: Any, which: bool) -> Select[Any]:
    statement = of_pilots(start_of_day(day))
    return statement.join(Agreement, Agreement.pairing_id == Pairing.id).where(in_sql(which))


def _start() -> Select[Any]:
    return _by_agreement(Agreement.test_starts_on, awaits_start(of(Pilot), of(Agreement)))


def _end() -> Select[Any]:
    return _by_agreement(Agreement.test_ends_on, awaits_end(of(Pilot), of(Agreement)))


def _report(side: Side) -> Select[Any]:
    """Each test once: since the oldest checkpoint that the side has not reported on."""
    oldest = (
        select(Checkpoint.pilot_id, func.min(Checkpoint.due_on).label("due_on"))
        .where(Checkpoint.due_on <= today(), in_sql(is_silent(of(Checkpoint), side)))
        .group_by(Checkpoint.pilot_id)
        .subquery()
    )
    statement = of_pilots(start_of_day(oldest.c.due_on))
    return statement.join(oldest, oldest.c.pilot_id == Pilot.id).where(in_sql(goes_on(of(Pilot))))


def _stop_reason(side: Side) -> Select[Any]:
    return of_pilots(Pilot.ended_at).where(in_sql(awaits_stop_reason(of(Pilot), side)))


UNIT, ENTREPRENEUR = Side.UNIT, Side.ENTREPRENEUR
AWAITED = (
    Awaited(PilotTask.START, Party.UNIT, _start),
    Awaited(PilotTask.END, Party.UNIT, _end),
    Awaited(PilotTask.CHECKPOINT_UNIT, Party.UNIT, partial(_report, UNIT)),
    Awaited(PilotTask.CHECKPOINT_ENTREPRENEUR, Party.ENTREPRENEUR, partial(_report, ENTREPRENEUR)),
    Awaited(PilotTask.STOP_REASON_UNIT, Party.UNIT, partial(_stop_reason, UNIT)),
    Awaited(
        PilotTask.STOP_REASON_ENTREPRENEUR, Party.ENTREPRENEUR, partial(_stop_reason, ENTREPRENEUR)
    ),
)
