"""How far the needs of a municipality have come, and how many days each step takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.agreements.models import Agreement
from marketplace.core.actor import Actor, Role
from marketplace.core.rules import in_sql, of
from marketplace.dashboards.states import FlowStep, Passage
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.interests.models import Interest
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC
from marketplace.pairings.awaited import was_approved
from marketplace.pairings.models import Pairing
from marketplace.pilots.models import Pilot
from marketplace.procurements.models import Procurement

VIEWERS = (Role.COORDINATOR, Role.LEADERSHIP)
_APPROVED = in_sql(was_approved(of(Pairing)))
_SIGNED = and_(
    Agreement.number == 1,
    Agreement.unit_signed_at.is_not(None),
    Agreement.entrepreneur_signed_at.is_not(None),
)
_SIGNED_AT = case(
    (Agreement.unit_signed_at > Agreement.entrepreneur_signed_at, Agreement.unit_signed_at),
    else_=Agreement.entrepreneur_signed_at,
)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many needs have reached a step, and what share of the published ones that is."""

    step: FlowStep
    needs: int
    share: float


@dataclass(frozen=True, slots=True)
class Days:
    """How long a part of the way takes: the middle of all cases that have gone it."""

    passage: Passage
    cases: int
    middle: int | None
    longest: int | None


def steps_reached(session: Session, actor: Actor) -> list[Reached]:
    """Each need once, at every step that one of its cases has reached."""
    counts = {step: session.scalar(_count(actor, step)) or 0 for step in FlowStep}
    published = counts[FlowStep.PUBLISHED]
    return [
        Reached(step, count, count / published if published else 0.0)
        for step, count in counts.items()
    ]


def days_of_passages(session: Session, actor: Actor) -> list[Days]:
    found: dict[Passage, list[int]] = {passage: [] for passage in Passage}
    for moments in session.execute(_moments(actor)):
        for passage, days in _days(moments):
            found[passage].append(days)
    return [
        Days(passage, len(days), round(median(days)) if days else None, max(days, default=None))
        for passage, days in found.items()
    ]


# ---------------------------------------------------------------- what is counted


def _count(actor: Actor, step: FlowStep) -> Select[Any]:
    counted = select(func.count(func.distinct(Need.id))).join(Need.unit)
    counted = counted.where(Need.state.in_(PUBLIC), _within(actor))
    if step is FlowStep.PUBLISHED:
        return counted
    if step is FlowStep.ANSWERED:
        return counted.join(Interest, Interest.need_id == Need.id)
    counted = counted.join(Pairing, Pairing.need_id == Need.id)
    joins: dict[FlowStep, tuple[Any, ColumnElement[bool]]] = {
        FlowStep.AGREED: (Agreement, _SIGNED),
        FlowStep.TESTED: (Pilot, Pilot.ended_at.is_not(None)),
        FlowStep.DECIDED: (Decision, Decision.state.in_([DecisionState.BUY, DecisionState.STOP])),
        FlowStep.BOUGHT: (Procurement, Procurement.contracted_at.is_not(None)),
    }
    if step in joins:
        model, reached = joins[step]
        return counted.join(model, model.pairing_id == Pairing.id).where(reached)
    return counted.where(_APPROVED) if step is FlowStep.APPROVED else counted


def _within(actor: Actor) -> ColumnElement[bool]:
    return Unit.organisation_id.in_(sorted(actor.organisation_ids(*VIEWERS)))


# ---------------------------------------------------------------- days


def _moments(actor: Actor) -> Select[Any]:
    """The moments of each case, in the order of `Passage`: one more than there are passages."""
    decided = Decision.state.in_([DecisionState.BUY, DecisionState.STOP])
    return (
        select(
            Need.published_at,
            Pairing.proposed_at,
            case((_APPROVED, Pairing.decided_at)),
            _SIGNED_AT,
            Pilot.started_at,
            Pilot.ended_at,
            Decision.decided_at,
            Procurement.contracted_at,
        )
        .select_from(Pairing)
        .join(Need, Need.id == Pairing.need_id)
        .join(Unit, Unit.id == Need.unit_id)
        .outerjoin(Agreement, and_(Agreement.pairing_id == Pairing.id, _SIGNED))
        .outerjoin(Pilot, Pilot.pairing_id == Pairing.id)
        .outerjoin(Decision, and_(Decision.pairing_id == Pairing.id, decided))
        .outerjoin(Procurement, Procurement.pairing_id == Pairing.id)
        .where(_within(actor))
    )


def _days(moments: Sequence[datetime | None]) -> Iterator[tuple[Passage, int]]:
    for passage, before, after in zip(Passage, moments[:-1], moments[1:], strict=True):
        if before is not None and after is not None and after >= before:
            yield passage, (after - before).days
