"""The procurement on its own page, fitted to who looks at it, and on those of case and need."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import PastEvent, events_of
from marketplace.core.clock import NORWAY, today
from marketplace.core.db import Identified
from marketplace.needs.models import Need
from marketplace.pairings import queries as pairings
from marketplace.pairings.awaited import is_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.pages.names import Names
from marketplace.pairings.roles import role_map
from marketplace.pairings.roles.policies import ASSIGNERS
from marketplace.pairings.states import PairingState
from marketplace.procurements import policies, queries, sights, thresholds
from marketplace.procurements.awaited import is_late, is_ongoing
from marketplace.procurements.labels import FOR_ALL, INSIDE, ROUTE_MEANINGS, TRACK_MEANINGS
from marketplace.procurements.models import Procurement, ProcurementStep, Purchase
from marketplace.procurements.pages.purchases import purchase_values
from marketplace.procurements.protocol import missing_points
from marketplace.procurements.services.moves import advice_for
from marketplace.procurements.states import (
    ANNOUNCED_ROUTES,
    NEEDED_ROLES,
    PROCUREMENT_LIFECYCLE,
    UNTIL_SUPPLIER_IS_CHOSEN,
    ProcurementEvent,
    ProcurementMove,
    ProcurementState,
)
from marketplace.ui.changes import changes_of
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.labels import label
from marketplace.ui.timeline import TimelineRow

FOR_SUPPLIERS = frozenset(
    {
        ProcurementEvent.OPENED,
        ProcurementEvent.PLANNED,
        ProcurementEvent.STEP_DONE,
        ProcurementEvent.STEP_REOPENED,
        ProcurementEvent.PACKAGE_SHARED,
        ProcurementEvent.ANNOUNCED,
        ProcurementEvent.CONTRACTED,
        ProcurementEvent.CANCELLED,
    }
)
"""What a supplier sees in the timeline; of the reasons only why it was cancelled."""


@dataclass(frozen=True, slots=True)
class StepRow:
    step: ProcurementStep
    days: int | None
    """Calendar days it took, or has taken so far; None where it has not begun."""
    late: bool


def values_for(session: Session, actor: Actor, pairing: Pairing) -> dict[str, Any]:
    procurement = queries.find_procurement(session, pairing.id)
    names = Names(pairings.shown_people(session, actor, pairing))
    inside = policies.can_see_inside(actor, pairing)
    values: dict[str, Any] = {
        "pairing": pairing,
        "procurement": procurement,
        "names": names,
        "inside": inside,
        "may_add": policies.can_add(actor, pairing),
        "may_record": policies.can_record_purchase(actor, pairing),
        "empty_roles": [
            (role, ASSIGNERS[role]) for role in role_map.empty_roles(pairing, NEEDED_ROLES)
        ],
    }
    if inside:
        values |= purchase_values(session, pairing, procurement)
    if procurement is not None:
        values |= _procurement_values(session, actor, procurement, names)
    return values


def _procurement_values(
    session: Session, actor: Actor, procurement: Procurement, names: Names
) -> dict[str, Any]:
    may_change = policies.can_change(actor, procurement)
    return {
        "may_change": may_change,
        "ongoing": is_ongoing(procurement),
        "may_choose_route": may_change and procurement.state is ProcurementState.PREPARING,
        "moves": open_moves(procurement) if may_change else frozenset(),
        "steps": list(step_rows(procurement)),
        **_own_steps(actor, procurement),
        "days_in_all": days_in_all(procurement),
        "missing": missing_points(procurement),
        "exempt": sights.is_exempt(procurement, today()),
        "lapses_with_contract": procurement.exempt_paragraph == UNTIL_SUPPLIER_IS_CHOSEN,
        "may_read_protocol": policies.can_read_protocol(actor, procurement, today()),
        "happened": list(_story(session, procurement, names)),
        **advice_values(session, procurement),
    }


def open_moves(procurement: Procurement) -> frozenset[ProcurementMove]:
    """What can be done next by the route that is chosen."""
    announced = procurement.route in ANNOUNCED_ROUTES
    fitting = {
        ProcurementMove.ANNOUNCE: announced,
        ProcurementMove.CONTRACT: procurement.route is not None
        and (not announced or procurement.state is ProcurementState.ANNOUNCED),
        ProcurementMove.CANCEL: True,
    }
    return frozenset(
        move
        for move, fits in fitting.items()
        if fits and PROCUREMENT_LIFECYCLE.allows(procurement.state, move)
    )


# ---------------------------------------------------------------- advice


def advice_values(session: Session, procurement: Procurement) -> dict[str, Any]:
    rows = queries.list_thresholds(session)
    found = advice_for(session, procurement)
    return {
        "advice": found,
        "departs": procurement.route is not None and procurement.route not in found.routes,
        "track_meanings": TRACK_MEANINGS,
        "route_meanings": ROUTE_MEANINGS,
        "last_checked": thresholds.last_checked(rows),
        "table_is_old": thresholds.is_old(rows, today()),
    }


# ---------------------------------------------------------------- steps


def step_rows(procurement: Procurement) -> Iterator[StepRow]:
    for step in queries.steps_of(procurement):
        until = step.done_on or _last_day(procurement)
        days = (until - step.started_on).days if step.started_on is not None else None
        yield StepRow(step, days, is_late(procurement, step))


def _own_steps(actor: Actor, procurement: Procurement) -> dict[str, set[int]]:
    """The steps that whoever looks at the page has, and may say are done."""
    goes_on = is_ongoing(procurement) and is_approved(procurement.pairing)
    steps = queries.open_steps(procurement) if goes_on else []
    return {
        "own_steps": {step.id for step in steps if policies.is_theirs(actor, step)},
        "may_finish": {step.id for step in steps if policies.may_finish(actor, step)},
    }


def days_in_all(procurement: Procurement) -> int:
    """From the day it was opened to the day it ended, or today."""
    return (_last_day(procurement) - procurement.created_at.astimezone(NORWAY).date()).days


def _last_day(procurement: Procurement) -> date:
    ended = procurement.contracted_at or procurement.cancelled_at
    return ended.astimezone(NORWAY).date() if ended is not None else today()


# ---------------------------------------------------------------- on other pages


def next_step(pairing: Pairing, **_values: object) -> str:
    if pairing.state is not PairingState.APPROVED:
        return ""
    procurement = queries.find_procurement(db_session(), pairing.id)
    if procurement is None:
        return ""
    may_change = policies.can_change(current_actor(), procurement)
    return render_template(
        "procurements/next.html",
        pairing=pairing,
        procurement=procurement,
        step=queries.open_step(procurement),
        days_in_all=days_in_all(procurement),
        moves=open_moves(procurement) if may_change else frozenset(),
    )


def taught_in_need(need: Need, **_values: object) -> str:
    """Also without signing in: whoever wants to offer something must find what was shared."""
    shared = queries.list_shared_packages(db_session(), need.id)
    return render_template("procurements/taught_in_need.html", shared=shared) if shared else ""


# ---------------------------------------------------------------- what has happened


def _story(session: Session, procurement: Procurement, names: Names) -> Iterator[TimelineRow]:
    inside = names.shown is None
    purchases: Sequence[Purchase] = (
        queries.list_purchases(session, procurement.pairing) if inside else ()
    )
    subjects: list[Identified] = [
        procurement,
        *procurement.steps,
        *procurement.dialogue,
        *purchases,
    ]
    only: Iterable[ProcurementEvent] | None = None if inside else FOR_SUPPLIERS
    for past in events_of(session, subjects, only=only):
        event = ProcurementEvent(past.event)
        told = inside or event is ProcurementEvent.CANCELLED
        yield TimelineRow(
            at=past.at,
            text=_sentence(event, past),
            who=names.pick(past.actor_id, past.who),
            reason=past.reason if told else None,
            changes=changes_of(past, INSIDE if inside else FOR_ALL)
            if event is ProcurementEvent.PLANNED
            else (),
        )


def _sentence(event: ProcurementEvent, past: PastEvent) -> str:
    title = past.after.get("title")
    return f"{label(event)}: {title}" if title and past.subject_type == "ProcurementStep" else (
        label(event)
    )  # fmt: skip
