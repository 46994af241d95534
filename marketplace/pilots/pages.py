"""The test on its own page, fitted to the one who looks at it, and on the page of its case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from flask_babel import ngettext
from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.models import Agreement
from marketplace.core.actor import Actor
from marketplace.core.audit import PastEvent, events_of
from marketplace.core.clock import today
from marketplace.pairings import queries as pairings
from marketplace.pairings.awaited import was_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.pages.names import Names
from marketplace.pairings.states import PARTIES, Side
from marketplace.pilots import awaited as pilots
from marketplace.pilots import policies, queries
from marketplace.pilots.budget import budget_of
from marketplace.pilots.models import Checkpoint, CheckpointReport, Measurement, Pilot
from marketplace.pilots.results import results_of
from marketplace.pilots.starting import obstacles_to_start
from marketplace.pilots.states import (
    Ending,
    PilotEvent,
    PilotState,
)
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filters import kroner, norwegian_date, number
from marketplace.ui.labels import label, refusal_text
from marketplace.ui.timeline import TimelineRow

SHOWN_EVENTS = [event for event in PilotEvent if event is not PilotEvent.REMINDED]


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    checkpoint: Checkpoint
    reports: Mapping[Side, CheckpointReport]
    opens_on: date
    open: bool
    can_report: bool
    late: bool

    @property
    def silent(self) -> list[Side]:
        return [side for side in PARTIES if side not in self.reports]


def values_for(session: Session, actor: Actor, pairing: Pairing, pilot: Pilot) -> dict[str, Any]:
    agreement = shown_version(session, pilot)
    names = Names(pairings.shown_people(session, actor, pairing))
    events = events_of(session, [pilot, *pilot.checkpoints], only=SHOWN_EVENTS)
    return {
        **next_values(actor, pilot),
        "agreement": agreement,
        "open_version": agreements.find_open_version(session, pairing.id),
        "names": names,
        "sides": PARTIES,
        "budget": agreement and budget_of(agreement, queries.sums_by_side(session, pilot.id)),
        "results": agreement and results_of(pilot, agreement),
        "earlier": earlier_measurements(pilot, agreement),
        "happened": list(_story(events, names)),
        "obstacles": _obstacles(session, pilot),
        "early": agreement is not None and today() < (agreement.test_ends_on or date.min),
        "may_log": policies.can_log_effort(actor, pilot),
        "may_measure": policies.can_measure(actor, pilot),
    }


def next_values(actor: Actor, pilot: Pilot) -> dict[str, Any]:
    """What comes next, and what this person can do about it."""
    rows = [_checkpoint_row(actor, pilot, c) for c in pilot.checkpoints if c.dropped_at is None]
    return {
        "pairing": pilot.pairing,
        "pilot": pilot,
        "checkpoints": rows,
        "next_row": next_row(pilot, rows),
        "moves": policies.open_moves(actor, pilot),
        "side": policies.side_of(actor, pilot.pairing),
        "missing_reason": policies.missing_stop_reason(pilot),
        "reason_side": policies.side_to_give_reason(actor, pilot),
    }


def _obstacles(session: Session, pilot: Pilot) -> list[str]:
    """What stands between a planned test and its start, told to whoever could mend it."""
    if pilot.state is not PilotState.PLANNED:
        return []
    return [refusal_text(obstacle) for obstacle in obstacles_to_start(session, pilot)]


def shown_version(session: Session, pilot: Pilot) -> Agreement | None:
    """What a test that has ended came to, is judged by the version that it ended under."""
    return pilot.ended_under or agreements.find_in_force(session, pilot.pairing_id)


def _checkpoint_row(actor: Actor, pilot: Pilot, checkpoint: Checkpoint) -> CheckpointRow:
    opens_on = pilots.opens_on(checkpoint)
    running = pilot.state is PilotState.RUNNING
    side = policies.side_to_report(actor, pilot.pairing, checkpoint)
    return CheckpointRow(
        checkpoint=checkpoint,
        reports={report.side: report for report in checkpoint.reports},
        opens_on=opens_on,
        open=opens_on <= today(),
        can_report=running and opens_on <= today() and side is not None,
        late=running and checkpoint.due_on < today(),
    )


def next_row(pilot: Pilot, rows: Iterable[CheckpointRow]) -> CheckpointRow | None:
    """The first checkpoint on which somebody has still to report, while there is a test."""
    if pilot.state is PilotState.ENDED:
        return None
    return next((row for row in rows if row.silent), None)


def earlier_measurements(pilot: Pilot, agreement: Agreement | None) -> list[Measurement]:
    """What was measured by the criteria of another version than the one that is shown."""
    current = agreement.id if agreement is not None else None
    return [m for m in pilot.measurements if m.criterion.agreement_id != current]


# ---------------------------------------------------------------- on the first page of the case


def next_step(pairing: Pairing, **_values: object) -> str:
    """Nothing before there is a test, nor after it is completed: then the decision comes next."""
    session, actor = db_session(), current_actor()
    pilot = queries.find_pilot(session, pairing.id) if was_approved(pairing) else None
    if pilot is None or pilot.ending is Ending.COMPLETED:
        return ""
    missing = policies.missing_stop_reason(pilot)
    if pilot.ending is Ending.STOPPED and missing is None:
        return ""
    return render_template(
        "pilots/next_step.html",
        **next_values(actor, pilot),
        agreement=agreements.find_in_force(session, pairing.id),
    )


# ---------------------------------------------------------------- what has happened


def _story(events: Iterable[PastEvent], names: Names) -> Iterator[TimelineRow]:
    for past in events:
        yield TimelineRow(
            at=past.at,
            text=": ".join(part for part in (label(PilotEvent(past.event)), _about(past)) if part),
            who=names.pick(past.actor_id, past.who),
            reason=past.reason,
        )


def _about(past: PastEvent) -> str:
    """The side, and what the event was about: the same for every reader."""
    said = past.after
    side = label(Side(said["side"])) if "side" in said else ""
    day = norwegian_date(date.fromisoformat(said["due_on"])) if "due_on" in said else ""
    parts = (side, day, said.get("criterion", ""), said.get("site") or "", _used(said))
    return ", ".join(part for part in parts if part)


def _used(said: Mapping[str, Any]) -> str:
    hours, money = said.get("hours"), said.get("money")
    parts = (
        ngettext("%(hours)s time", "%(hours)s timer", hours, hours=number(hours)) if hours else "",
        kroner(money) if money else "",
    )
    return ", ".join(part for part in parts if part)
