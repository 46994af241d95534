"""The decision on its own page, fitted to the one who looks at it, and on the page of its case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.models import Agreement
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import events_of
from marketplace.decisions import policies, queries
from marketplace.decisions.clock import clock_of
from marketplace.decisions.models import Decision
from marketplace.decisions.states import (
    NEEDED_ROLES,
    DecisionEvent,
    DecisionMove,
    Reminder,
)
from marketplace.pairings.models import Pairing
from marketplace.pairings.pages.names import Names
from marketplace.pairings.queries import shown_people
from marketplace.pairings.roles.policies import ASSIGNERS
from marketplace.pairings.roles.role_map import empty_roles, holder_of
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.pilots import queries as pilots
from marketplace.pilots.models import Pilot
from marketplace.pilots.results import Results, results_of
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.labels import label
from marketplace.ui.timeline import TimelineRow


@dataclass(frozen=True, slots=True)
class EmptyRole:
    role: CaseRole
    fillers: tuple[Role, ...]
    stops: tuple[DecisionMove, ...]
    """The moves that wait for the role; all of them where nobody can decide at all."""


def values_for(session: Session, actor: Actor, pairing: Pairing) -> dict[str, Any]:
    decisions = queries.list_decisions(session, pairing.id)
    latest = decisions[-1] if decisions else None
    pilot = pilots.find_pilot(session, pairing.id)
    agreement = agreements.find_in_force(session, pairing.id)
    names = Names(shown_people(session, actor, pairing))
    names = names.also(each.decided_by_id for each in decisions)
    return {
        "pairing": pairing,
        "made": [(each, clock_of(each)) for each in decisions if each.decided_at is not None],
        "latest": latest,
        "clock": clock_of(latest) if latest is not None else None,
        "pilot": pilot,
        "agreement": agreement,
        "results": _results(pilot, agreement),
        "decision_maker": holder_of(pairing, CaseRole.DECISION_MAKER),
        "empty_roles": list(_empty_roles(pairing)),
        "may_decide": latest is not None and policies.can_decide_now(actor, latest),
        "names": names,
        "happened": list(_story(session, decisions, names)),
    }


def _results(pilot: Pilot | None, agreement: Agreement | None) -> Results | None:
    """By the criteria that the test ended under: a later version may have others."""
    if pilot is None or agreement is None:
        return None
    return results_of(pilot, pilot.ended_under or agreement)


def _empty_roles(pairing: Pairing) -> Iterator[EmptyRole]:
    for role in empty_roles(pairing, frozenset().union(*NEEDED_ROLES.values())):
        stops = tuple(move for move, needed in NEEDED_ROLES.items() if role in needed)
        yield EmptyRole(role, ASSIGNERS[role], stops)


def _story(session: Session, decisions: Sequence[Decision], names: Names) -> Iterator[TimelineRow]:
    for past in events_of(session, decisions) if decisions else ():
        event = DecisionEvent(past.event)
        reminder = past.after.get("reminder")
        text = f"{label(event)}, {label(Reminder(reminder))}" if reminder else label(event)
        yield TimelineRow(past.at, text, names.pick(past.actor_id, past.who), past.reason)


# ---------------------------------------------------------------- on the first page of a case


def next_step(pairing: Pairing, **_values: object) -> str:
    if pairing.state is not PairingState.APPROVED:
        return ""
    values = _next_values(db_session(), current_actor(), pairing)
    return render_template("decisions/next.html", **values) if values else ""


def _next_values(session: Session, actor: Actor, pairing: Pairing) -> dict[str, Any] | None:
    """What it says of the decision; None where there is nothing to say."""
    latest = queries.find_latest(session, pairing.id)
    if latest is None:
        return None
    pilot = pilots.find_pilot(session, pairing.id)
    return {
        "pairing": pairing,
        "latest": latest,
        "clock": clock_of(latest),
        "pilot": pilot,
        "may_decide": policies.can_decide_now(actor, latest),
        "empty_roles": list(_empty_roles(pairing)),
    }
