"""The way of each published need and of its cases, day by day: what the numbers are made of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.agreements.models import Agreement
from marketplace.core.actor import Actor, Role
from marketplace.core.clock import NORWAY
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.interests.models import Interest
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC, ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import TESTED, PairingState
from marketplace.pilots.models import Pilot
from marketplace.procurements.models import Procurement

VIEWERS = (Role.COORDINATOR, Role.LEADERSHIP)
_SIGNED = and_(
    Agreement.number == 1,
    Agreement.unit_signed_at.is_not(None),
    Agreement.entrepreneur_signed_at.is_not(None),
)
_SIGNED_AT = case(
    (Agreement.unit_signed_at > Agreement.entrepreneur_signed_at, Agreement.unit_signed_at),
    else_=Agreement.entrepreneur_signed_at,
)
_ANSWERED = exists().where(Interest.need_id == Need.id)


@dataclass(frozen=True, slots=True)
class FlowFilter:
    """Which needs are counted: those published from one day to another, of a unit, of a kind."""

    first: date | None = None
    last: date | None = None
    unit_id: int | None = None
    category: ServiceCategory | None = None

    def in_period(self, day: date) -> bool:
        return (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True, slots=True)
class CaseWay:
    """The days on which a case came so far; `left` is when it ended on another road."""

    proposed: date
    approved: date | None
    signed: date | None
    started: date | None
    ended: date | None
    decided: date | None
    contracted: date | None
    awaits_decision: bool
    to_be_bought: bool
    left: date | None


@dataclass(frozen=True, slots=True)
class NeedWay:
    published: date
    closed: date | None
    answered: bool
    cases: Sequence[CaseWay]


def ways_of(session: Session, actor: Actor, wanted: FlowFilter) -> list[NeedWay]:
    """Of all that the actor follows, whatever the period: in two queries."""
    of_unit = [Need.unit_id == wanted.unit_id] if wanted.unit_id is not None else []
    of_kind = [Need.service_category == wanted.category] if wanted.category is not None else []
    counted = and_(Need.state.in_(PUBLIC), _within(actor), *of_unit, *of_kind)
    cases = _cases(session, counted)
    needs = select(Need.id, Need.published_at, Need.closed_at, _ANSWERED).join(Need.unit)
    return [
        NeedWay(published, _day(closed), answered, cases[need_id])
        for need_id, moment, closed, answered in session.execute(needs.where(counted))
        if (published := _day(moment)) is not None
    ]


def list_units(session: Session, actor: Actor) -> Sequence[Unit]:
    statement = select(Unit).where(_within(actor)).order_by(Unit.name, Unit.id)
    return session.scalars(statement).all()


def _within(actor: Actor) -> ColumnElement[bool]:
    return Unit.organisation_id.in_(sorted(actor.organisation_ids(*VIEWERS)))


def _cases(session: Session, counted: ColumnElement[bool]) -> dict[int, list[CaseWay]]:
    found: dict[int, list[CaseWay]] = defaultdict(list)
    for row in session.execute(_moments().where(counted)):
        found[row.need_id].append(_case(row))
    return found


def _moments() -> Select[Any]:
    last = Decision.state.in_([DecisionState.AWAITED, DecisionState.BUY, DecisionState.STOP])
    return (
        select(
            Pairing.need_id,
            Pairing.state,
            Pairing.proposed_at,
            Pairing.decided_at,
            Pairing.withdrawn_at,
            Pairing.closed_at,
            _SIGNED_AT.label("signed_at"),
            Pilot.started_at,
            Pilot.ended_at,
            Decision.state.label("decision"),
            Decision.decided_at.label("answered_at"),
            Procurement.contracted_at,
            Procurement.cancelled_at,
        )
        .join(Pairing.need)
        .join(Need.unit)
        .outerjoin(Agreement, and_(Agreement.pairing_id == Pairing.id, _SIGNED))
        .outerjoin(Pilot, Pilot.pairing_id == Pairing.id)
        .outerjoin(Decision, and_(Decision.pairing_id == Pairing.id, last))
        .outerjoin(Procurement, Procurement.pairing_id == Pairing.id)
    )


def _case(row: Any) -> CaseWay:
    declined = row.decided_at if row.state is PairingState.DECLINED else None
    return CaseWay(
        proposed=row.proposed_at.astimezone(NORWAY).date(),
        approved=_day(row.decided_at if row.state in TESTED else None),
        signed=_day(row.signed_at),
        started=_day(row.started_at),
        ended=_day(row.ended_at),
        decided=_day(row.answered_at),
        contracted=_day(row.contracted_at),
        awaits_decision=row.decision is DecisionState.AWAITED,
        to_be_bought=row.decision is DecisionState.BUY,
        left=_day(row.cancelled_at or row.closed_at or declined or row.withdrawn_at),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(NORWAY).date() if moment is not None else None
