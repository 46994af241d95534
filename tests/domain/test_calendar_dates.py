"""Which dates stand in whose calendar: what the person may see, and only while it is awaited."""

from datetime import timedelta
from enum import StrEnum

import pytest
from sqlalchemy.orm import Session

from marketplace.core.actor import ANONYMOUS, Actor
from marketplace.core.calendar import CalendarDate, get_date, list_dates
from marketplace.core.clock import now, today
from marketplace.core.errors import NotFound
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionDate
from marketplace.needs.states import NeedDate
from marketplace.pilots.states import PilotDate
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ProcurementDate
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionDate
from tests.domain.pairing_cast import NO_PART_IN_IT
from tests.domain.pilot_cast import PilotCast

OF_CASE = {DecisionDate.AGREED, PilotDate.CHECKPOINT}
EVERYBODY = (
    "member",
    "leader",
    "entrepreneur",
    "colleague",
    "coordinator",
    "adviser",
    "leadership",
)


pytestmark = pytest.mark.usefixtures("installed")


def dates(session: Session, actor: Actor, *kinds: StrEnum) -> list[CalendarDate]:
    return [each for each in list_dates(session, actor) if not kinds or each.kind in kinds]


def step_of(case: PilotCast, owner: str) -> ProcurementStep:
    need = case.pairing.need
    procurement = Procurement(
        pairing_id=case.pairing.id,
        estimated_value=1,
        service_category=need.service_category,
        starts_on=today(),
    )
    case.session.add(procurement)
    case.session.flush()
    step = ProcurementStep(
        procurement_id=procurement.id,
        position=1,
        title="Dialog",
        owner_id=case.person(owner).id,
        started_on=today(),
        due_on=today() + timedelta(days=9),
    )
    case.session.add(step)
    case.session.flush()
    return step


# ---------------------------------------------------------------- who


@pytest.mark.parametrize("name", EVERYBODY)
def test_whoever_sees_the_case_sees_its_dates(session: Session, case: PilotCast, name: str) -> None:
    found = dates(session, case.actor(name), *OF_CASE)
    checkpoints = {c.due_on for c in case.pilot.checkpoints}
    assert {each.day for each in found} == checkpoints | {case.agreement.decision_on}
    assert {each.need for each in found} == {case.pairing.need.title}


@pytest.mark.parametrize("name", NO_PART_IN_IT)
def test_others_see_none_of_it(session: Session, case: PilotCast, name: str) -> None:
    actor = case.actor(name)
    assert dates(session, actor) == []
    with pytest.raises(NotFound):
        get_date(session, actor, DecisionDate.AGREED, case.pairing.id)
    with pytest.raises(NotFound):
        get_date(session, actor, PilotDate.CHECKPOINT, case.checkpoint().id)


def test_nobody_sees_dates_without_signing_in(session: Session, case: PilotCast) -> None:
    assert case.pilot.id
    assert dates(session, ANONYMOUS) == []


# ---------------------------------------------------------------- checkpoints


def test_a_checkpoint_goes_when_ones_own_side_has_reported(
    session: Session, case: PilotCast
) -> None:
    case.report("leader")
    own, others = case.actor("member"), case.actor("entrepreneur")
    first = case.checkpoint().id
    assert first not in {each.row_id for each in dates(session, own, PilotDate.CHECKPOINT)}
    assert first in {each.row_id for each in dates(session, others, PilotDate.CHECKPOINT)}
    watching = dates(session, case.actor("coordinator"), PilotDate.CHECKPOINT)
    assert first in {each.row_id for each in watching}
    assert get_date(session, own, PilotDate.CHECKPOINT, first).day == case.checkpoint().due_on


def test_a_dropped_checkpoint_and_those_of_an_ended_test_go(
    session: Session, case: PilotCast
) -> None:
    case.checkpoint().dropped_at = now()
    session.flush()
    actor = case.actor("member")
    assert len(dates(session, actor, PilotDate.CHECKPOINT)) == len(case.pilot.checkpoints) - 1
    case.stop("member")
    assert dates(session, actor, PilotDate.CHECKPOINT) == []


def test_a_moved_checkpoint_is_the_same_one_changed(session: Session, case: PilotCast) -> None:
    def first() -> CalendarDate:
        return get_date(session, case.actor("member"), PilotDate.CHECKPOINT, case.checkpoint().id)

    before = first()
    case.checkpoint().due_on += timedelta(days=1)
    session.flush()
    assert (first().row_id, first().day) == (before.row_id, before.day + timedelta(days=1))
    assert first().sequence == before.sequence + 1


# ---------------------------------------------------------------- decisions and steps


def test_the_date_of_the_decision_takes_the_place_of_the_agreed_one(
    session: Session, case: PilotCast
) -> None:
    due = today() + timedelta(days=40)
    session.add(Decision(pairing_id=case.pairing.id, due_on=due))
    session.flush()
    found = dates(session, case.actor("entrepreneur"), DecisionDate.AWAITED, DecisionDate.AGREED)
    assert [(each.kind, each.day) for each in found] == [(DecisionDate.AWAITED, due)]


def test_a_step_is_in_the_calendar_of_whoever_has_it(session: Session, case: PilotCast) -> None:
    step = step_of(case, "adviser")
    (found,) = dates(session, case.actor("adviser"), ProcurementDate.STEP)
    assert (found.title, found.day) == ("Dialog", step.due_on)
    assert dates(session, case.actor("coordinator"), ProcurementDate.STEP) == []
    step.done_on, step.done_by_id = today(), case.person("adviser").id
    session.flush()
    assert dates(session, case.actor("adviser"), ProcurementDate.STEP) == []


# ---------------------------------------------------------------- needs and questions


def test_a_units_needs_bring_their_deadlines(session: Session, case: PilotCast) -> None:
    need = case.pairing.need
    kinds = (NeedDate.QUESTIONS_CLOSE, NeedDate.INTERESTS_CLOSE)
    found = dates(session, case.actor("member"), *kinds)
    assert [each.day for each in found] == [need.questions_close_on, need.interests_close_on]
    assert dates(session, case.actor("coordinator"), *kinds) == []
    assert dates(session, case.actor("other_organisation"), *kinds) == []


def test_anybody_may_take_the_deadline_of_a_published_need(
    session: Session, case: PilotCast
) -> None:
    actor = case.actor("other_organisation")
    found = get_date(session, actor, NeedDate.INTERESTS_CLOSE, case.pairing.need.id)
    assert found.day == case.pairing.need.interests_close_on


def test_a_question_is_to_be_answered_by_the_unit(session: Session, case: PilotCast) -> None:
    asker = case.person("other_organisation")
    due = today() + timedelta(days=7)
    need_id = case.pairing.need_id
    question = Question(need_id=need_id, asker_id=asker.id, text="Hvor?", due_on=due)
    session.add(question)
    session.flush()
    (found,) = dates(session, case.actor("member"), QuestionDate.ANSWER_DUE)
    assert (found.day, found.need) == (due, case.pairing.need.title)
    assert dates(session, case.actor("entrepreneur"), QuestionDate.ANSWER_DUE) == []
    mine = dates(session, case.actor("other_organisation"), NeedDate.INTERESTS_CLOSE)
    assert [each.row_id for each in mine] == [need_id]
    with pytest.raises(NotFound):
        get_date(session, case.actor("other_organisation"), QuestionDate.ANSWER_DUE, question.id)
