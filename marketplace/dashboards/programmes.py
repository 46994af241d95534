"""What a programme counts: how far each of its cases has come, and how that stands to the plan.

A test is done when it was decided to buy or to stop, or when both sides stopped it. It runs from
the day it starts; until then it is prepared, or ready when the agreement is signed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, false, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Unit
from marketplace.agreements.awaited import is_in_force
from marketplace.agreements.models import Agreement
from marketplace.concepts.models import Concept
from marketplace.core.clock import NORWAY, today
from marketplace.core.rules import in_sql, of
from marketplace.dashboards.states import DONE, ProgrammeStage
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import FELL, PARTIES, PairingState
from marketplace.pilots.awaited import awaits_stop_reason
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending, PilotState
from marketplace.programmes import counting
from marketplace.programmes.models import Programme
from marketplace.programmes.states import ProgrammeStanding


@dataclass(frozen=True, slots=True)
class ProgrammeCase:
    """One case as the partner may read it: titles, stage and dates, nothing that is internal."""

    pairing: Pairing
    stage: ProgrammeStage
    started_on: date | None
    ended_on: date | None
    decide_by: date | None
    decided_on: date | None

    @property
    def days_over(self) -> int:
        """How long the decision is late."""
        return max(0, (today() - self.decide_by).days) if self.decide_by else 0


@dataclass(frozen=True, slots=True)
class ProgrammeCounters:
    stages: Mapping[ProgrammeStage, int]
    """Every case once."""
    late: int
    """Of those that wait for a decision, the ones whose date has passed."""
    done: int
    still_needed: int
    due: int
    months_left: float
    needed_a_month: float | None
    standing: ProgrammeStanding

    @property
    def lacking(self) -> int:
        """How many tests the plan has that were not reached by now."""
        return max(0, self.due - self.done)


# ---------------------------------------------------------------- the numbers


def counters_of(programme: Programme, cases: Sequence[ProgrammeCase]) -> ProgrammeCounters:
    day = today()
    plan = counting.Plan(
        programme.starts_on, programme.ends_on, programme.minimum, programme.maximum
    )
    stages = Counter(case.stage for case in cases)
    done = sum(stages[stage] for stage in DONE)
    return ProgrammeCounters(
        stages={stage: stages[stage] for stage in ProgrammeStage},
        late=sum(1 for case in cases if case.days_over),
        done=done,
        still_needed=counting.still_needed(plan, done),
        due=counting.due_by(plan, day),
        months_left=counting.months_left(plan, day),
        needed_a_month=counting.needed_a_month(plan, done, day),
        standing=counting.standing(plan, done, day),
    )


# ---------------------------------------------------------------- the cases


def cases_of(
    session: Session, programmes: Sequence[Programme]
) -> Mapping[int, Sequence[ProgrammeCase]]:
    """The cases of each programme by its id, the oldest first; in two queries for all of them."""
    ids = [programme.id for programme in programmes]
    found: dict[int, list[ProgrammeCase]] = {programme.id: [] for programme in programmes}
    statement = (
        select(Pairing, Pairing.programme_id, Pilot, _agreement_is_signed())
        .outerjoin(Pilot, Pilot.pairing_id == Pairing.id)
        .where(Pairing.programme_id.in_(ids) if ids else false())
        .options(
            joinedload(Pairing.need).joinedload(Need.unit).joinedload(Unit.organisation),
            joinedload(Pairing.concept).joinedload(Concept.organisation),
        )
        .order_by(Pairing.proposed_at, Pairing.id)
    )
    decisions = _last_decisions(session, ids)
    for pairing, programme_id, pilot, signed in session.execute(statement):
        if programme_id is None:
            continue
        case = _case(pairing, pilot, decisions.get(pairing.id), signed=signed)
        found[programme_id].append(case)
    return found


def _agreement_is_signed() -> ColumnElement[bool]:
    return exists().where(
        and_(Agreement.pairing_id == Pairing.id, in_sql(is_in_force(of(Agreement))))
    )


def _last_decisions(session: Session, programme_ids: Sequence[int]) -> dict[int, Decision]:
    statement = (
        select(Decision)
        .join(Decision.pairing)
        .where(Pairing.programme_id.in_(programme_ids))
        .order_by(Decision.number)
    )
    return {decision.pairing_id: decision for decision in session.scalars(statement)}


def _case(
    pairing: Pairing, pilot: Pilot | None, decision: Decision | None, *, signed: bool
) -> ProgrammeCase:
    return ProgrammeCase(
        pairing=pairing,
        stage=stage_of(pairing, pilot, decision, signed=signed),
        started_on=_day(pilot.started_at if pilot else None),
        ended_on=_day(pilot.ended_at if pilot else None),
        decide_by=decision.due_on if decision and decision.decided_at is None else None,
        decided_on=_day(decision.decided_at if decision else None),
    )


def stage_of(
    pairing: Pairing, pilot: Pilot | None, decision: Decision | None, *, signed: bool
) -> ProgrammeStage:
    decided = _DECIDED.get(decision.state) if decision is not None else None
    if decided is not None:
        return decided
    if pilot is not None and pilot.ending is Ending.STOPPED:
        one = any(awaits_stop_reason(pilot, side) for side in PARTIES)
        return ProgrammeStage.STOPPED_BY_ONE if one else ProgrammeStage.STOPPED
    if pairing.state in FELL or pairing.state is PairingState.CLOSED:
        return ProgrammeStage.ENDED_WITHOUT_DECISION
    if pilot is None or pilot.state is PilotState.PLANNED:
        return ProgrammeStage.READY if signed else ProgrammeStage.PREPARED
    if pilot.state is PilotState.ENDED and not _extended(decision):
        return ProgrammeStage.AWAITING_DECISION
    return ProgrammeStage.RUNNING


_DECIDED = {
    DecisionState.BUY: ProgrammeStage.BOUGHT,
    DecisionState.STOP: ProgrammeStage.STOPPED,
}


def _extended(decision: Decision | None) -> bool:
    """It goes on, though its pilot rests until the new version is signed."""
    return decision is not None and decision.state is DecisionState.EXTEND


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(NORWAY).date() if moment is not None else None
