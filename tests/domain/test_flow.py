"""How many needs reach each step, and how many days the way takes."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.clock import now, today
from marketplace.dashboards import flow
from marketplace.dashboards.flow import Days, days_of_passages, quarters_of, steps_reached
from marketplace.dashboards.states import FlowStep, Passage, QuarterCount
from marketplace.dashboards.ways import FlowFilter, NeedWay, list_units, ways_of
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.needs.states import NeedState, ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending, PilotState
from tests.domain.pilot_cast import PilotCast, make_pilot_cast
from tests.factories import make_concept, make_interest, make_need, make_pairing, make_unit


@pytest.fixture
def case(session: Session) -> PilotCast:
    """One case that has come to its decision, after a week in each passage."""
    case = make_pilot_cast(session)
    case.measure_all()
    case.complete()
    start, week = now() - timedelta(weeks=9), timedelta(weeks=1)
    pairing, agreement, pilot = case.pairing, case.agreement, case.pilot
    pairing.need.published_at = start
    pairing.proposed_at, pairing.decided_at = start + week, start + 2 * week
    agreement.entrepreneur_signed_at = start + 2 * week
    agreement.unit_signed_at = start + 3 * week
    pilot.started_at, pilot.ended_at = start + 4 * week, start + 5 * week
    # The clock of the decision runs already where the whole application is loaded.
    decision = session.scalars(select(Decision)).one_or_none() or Decision(
        pairing_id=pairing.id, due_on=today()
    )
    decision.state, decision.reasons = DecisionState.BUY, "Det virket."
    decision.decided_at, decision.decided_by_id = start + 6 * week, case.person("leader").id
    session.add(decision)
    session.flush()
    return case


def ways(case: PilotCast, name: str = "leadership", **wanted: Any) -> list[NeedWay]:
    return ways_of(case.session, case.actor(name), FlowFilter(**wanted))


def reached(case: PilotCast, name: str) -> dict[FlowStep, int]:
    return {row.step: row.needs for row in steps_reached(ways(case, name))}


def days(case: PilotCast, passage: Passage) -> Days:
    return next(row for row in days_of_passages(ways(case)) if row.passage is passage)


# ---------------------------------------------------------------- how far


def test_a_need_counts_at_every_step_that_a_case_of_it_has_reached(case: PilotCast) -> None:
    need = make_need(case.session, case.cast.unit)
    make_interest(case.session, need, case.pairing.concept)
    make_pairing(case.session, case.pairing.need)
    assert reached(case, "leadership") == {
        FlowStep.PUBLISHED: 2,
        FlowStep.ANSWERED: 2,
        FlowStep.PAIRED: 1,
        FlowStep.APPROVED: 1,
        FlowStep.AGREED: 1,
        FlowStep.TESTED: 1,
        FlowStep.DECIDED: 1,
        FlowStep.BOUGHT: 0,
    }
    shares = {row.step: row.share for row in steps_reached(ways(case))}
    assert (shares[FlowStep.PUBLISHED], shares[FlowStep.PAIRED]) == (1.0, 0.5)


def test_what_is_not_published_is_not_counted(case: PilotCast) -> None:
    make_need(case.session, case.cast.unit, NeedState.IN_REVIEW)
    assert reached(case, "coordinator")[FlowStep.PUBLISHED] == 1


def test_each_sees_their_own_municipality_only(case: PilotCast) -> None:
    assert set(reached(case, "other_municipality").values()) == {0}
    assert set(reached(case, "entrepreneur").values()) == {0}


def test_no_step_has_more_needs_than_the_one_before_it(case: PilotCast) -> None:
    """Two are paired without an answer, and one of them is approved."""
    for state in (PairingState.PROPOSED, PairingState.APPROVED):
        need = make_need(case.session, case.cast.unit)
        make_pairing(case.session, need, state=state)

    counts = list(reached(case, "leadership").values())

    assert counts == sorted(counts, reverse=True)
    assert counts[:4] == [3, 3, 3, 2]


# ---------------------------------------------------------------- how many days


def test_days_are_those_between_two_moments_of_a_case(case: PilotCast) -> None:
    rows = {row.passage: row for row in days_of_passages(ways(case))}
    gone = set(Passage) - {Passage.TO_CONTRACT}
    assert {rows[passage].middle for passage in gone} == {7}
    assert {rows[passage].cases for passage in gone} == {1}
    assert {rows[passage].waiting for passage in gone} == {0}
    waiting = rows[Passage.TO_CONTRACT]
    assert (waiting.cases, waiting.middle, waiting.longest) == (0, None, 21)
    assert (waiting.waiting, waiting.since) == (1, today() - timedelta(weeks=3))


def test_the_middle_is_told_beside_the_longest(case: PilotCast) -> None:
    for gone in (1, 30):
        need = make_need(case.session, case.cast.unit, published_at=now() - timedelta(days=gone))
        make_pairing(case.session, need, proposed_at=now())
    row = days(case, Passage.TO_PROPOSAL)
    assert (row.cases, row.middle, row.longest) == (3, 7, 30)


def test_who_still_waits_is_counted(case: PilotCast) -> None:
    """One came through after a week; with two who have waited for longer, half have not."""
    for gone in (40, 72):
        make_need(case.session, case.cast.unit, published_at=now() - timedelta(days=gone))
    row = days(case, Passage.TO_PROPOSAL)
    assert (row.cases, row.waiting, row.longest) == (1, 2, 72)
    assert row.since == today() - timedelta(days=72)
    assert row.middle is None


def test_a_decision_that_is_awaited_makes_the_median_longer(case: PilotCast) -> None:
    pairing = make_pairing(
        case.session, case.pairing.need, make_concept(case.session), PairingState.APPROVED
    )
    ended = now() - timedelta(days=72)
    make_ended_pilot(case, pairing, ended)
    assert days(case, Passage.TO_DECISION).waiting == 0

    case.session.add(Decision(pairing_id=pairing.id, due_on=today(), awaited_since=ended))
    case.session.flush()

    row = days(case, Passage.TO_DECISION)
    assert (row.cases, row.waiting, row.longest) == (1, 1, 72)
    assert row.since == today() - timedelta(days=72)


def test_what_ended_on_another_road_waits_for_nothing(case: PilotCast) -> None:
    need = make_need(case.session, case.cast.unit)
    make_pairing(case.session, need, state=PairingState.DECLINED)
    make_pairing(case.session, need, make_concept(case.session), state=PairingState.WITHDRAWN)

    assert days(case, Passage.TO_APPROVAL).waiting == 0


# ---------------------------------------------------------------- what can be chosen


def test_a_unit_and_a_service_can_be_chosen(case: PilotCast) -> None:
    other = make_unit(case.session, case.cast.municipality)
    make_need(case.session, other, service_category=ServiceCategory.OTHER)

    assert len(ways(case)) == 2
    assert len(ways(case, unit_id=other.id)) == 1
    assert len(ways(case, category=ServiceCategory.OTHER)) == 1
    assert len(ways(case, unit_id=other.id, category=ServiceCategory.SPECIAL)) == 0


def test_another_municipalitys_unit_gives_nothing(case: PilotCast) -> None:
    foreign = make_need(case.session)
    assert ways(case, unit_id=foreign.unit_id) == []
    assert foreign.unit not in list_units(case.session, case.actor("leadership"))


def test_a_period_has_the_needs_that_were_published_in_it() -> None:
    day = date(2026, 5, 1)
    within = [FlowFilter(), FlowFilter(first=day), FlowFilter(last=day), FlowFilter(day, day)]
    assert all(wanted.in_period(day) for wanted in within)
    outside = [FlowFilter(first=day + timedelta(1)), FlowFilter(last=day - timedelta(1))]
    assert not any(wanted.in_period(day) for wanted in outside)


# ---------------------------------------------------------------- by the quarter


def test_each_quarter_has_what_happened_in_it(case: PilotCast) -> None:
    quarters = quarters_of(ways(case), None, None)

    assert [quarter.first for quarter in quarters][-2:] == [date(2026, 4, 1), date(2026, 7, 1)]
    assert len(quarters) == flow.QUARTERS
    last = quarters[-1]
    assert last.counts == {
        QuarterCount.PUBLISHED: 1,
        QuarterCount.APPROVED: 1,
        QuarterCount.TESTED: 1,
        QuarterCount.DECIDED: 1,
        QuarterCount.BOUGHT: 0,
    }
    assert last.to_decision.middle == 7
    assert sum(sum(quarter.counts.values()) for quarter in quarters[:-1]) == 0


@pytest.mark.parametrize(
    ("first", "last", "starts"),
    [
        (date(2026, 2, 3), date(2026, 5, 1), [date(2026, 1, 1), date(2026, 4, 1)]),
        (date(2026, 8, 1), None, [date(2026, 7, 1)]),
        (date(2026, 8, 1), date(2026, 1, 1), []),
        (date(2026, 4, 1), date(2030, 1, 1), [date(2026, 4, 1), date(2026, 7, 1)]),
    ],
)
def test_the_quarters_are_those_of_the_period(
    first: date, last: date | None, starts: list[date]
) -> None:
    assert [quarter.first for quarter in quarters_of([], first, last)] == starts


def test_a_long_period_has_an_end() -> None:
    assert len(quarters_of([], date(1, 1, 1), None)) == flow.MOST_QUARTERS


def make_ended_pilot(case: PilotCast, pairing: Pairing, ended: datetime) -> None:
    who = case.person("leader").id
    pilot = Pilot(
        pairing_id=pairing.id, state=PilotState.ENDED, ending=Ending.COMPLETED,
        started_by_id=who, started_at=ended - timedelta(days=60), ended_by_id=who, ended_at=ended,
    )  # fmt: skip
    case.session.add(pilot)
    case.session.flush()
