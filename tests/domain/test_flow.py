"""How many needs reach each step, and how many days the way takes."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.clock import now, today
from marketplace.dashboards.flow import days_of_passages, steps_reached
from marketplace.dashboards.states import FlowStep, Passage
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.needs.states import NeedState
from tests.domain.pilot_cast import PilotCast, make_pilot_cast
from tests.factories import make_interest, make_need, make_pairing


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


def reached(case: PilotCast, name: str) -> dict[FlowStep, int]:
    return {row.step: row.needs for row in steps_reached(case.session, case.actor(name))}


def test_a_need_counts_at_every_step_that_a_case_of_it_has_reached(case: PilotCast) -> None:
    need = make_need(case.session, case.cast.unit)
    make_interest(case.session, need, case.pairing.concept)
    make_pairing(case.session, case.pairing.need)
    assert reached(case, "leadership") == {
        FlowStep.PUBLISHED: 2,
        FlowStep.ANSWERED: 1,
        FlowStep.PAIRED: 1,
        FlowStep.APPROVED: 1,
        FlowStep.AGREED: 1,
        FlowStep.TESTED: 1,
        FlowStep.DECIDED: 1,
        FlowStep.BOUGHT: 0,
    }
    shares = {row.step: row.share for row in steps_reached(case.session, case.actor("leadership"))}
    assert (shares[FlowStep.PUBLISHED], shares[FlowStep.PAIRED]) == (1.0, 0.5)


def test_what_is_not_published_is_not_counted(case: PilotCast) -> None:
    make_need(case.session, case.cast.unit, NeedState.IN_REVIEW)
    assert reached(case, "coordinator")[FlowStep.PUBLISHED] == 1


def test_each_sees_their_own_municipality_only(case: PilotCast) -> None:
    assert set(reached(case, "other_municipality").values()) == {0}
    assert set(reached(case, "entrepreneur").values()) == {0}


def test_days_are_those_between_two_moments_of_a_case(case: PilotCast) -> None:
    rows = {row.passage: row for row in days_of_passages(case.session, case.actor("leadership"))}
    gone = set(Passage) - {Passage.TO_CONTRACT}
    assert {rows[passage].middle for passage in gone} == {7}
    assert {rows[passage].cases for passage in gone} == {1}
    waiting = rows[Passage.TO_CONTRACT]
    assert (waiting.cases, waiting.middle, waiting.longest) == (0, None, None)


def test_the_middle_is_told_beside_the_longest(case: PilotCast) -> None:
    for days in (1, 30):
        need = make_need(case.session, case.cast.unit, published_at=now() - timedelta(days=days))
        make_pairing(case.session, need, proposed_at=now())
    rows = {row.passage: row for row in days_of_passages(case.session, case.actor("leadership"))}
    row = rows[Passage.TO_PROPOSAL]
    assert (row.cases, row.middle, row.longest) == (3, 7, 30)
