"""Who is told on their first page what an approved case waits for, from agreement to lessons."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.agreements.states import AgreementState, AgreementTask
from marketplace.core.actor import Role
from marketplace.core.clock import clock_at, now, today
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState, DecisionTask
from marketplace.lessons.models import Lesson
from marketplace.lessons.states import LessonTask
from marketplace.needs.states import ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole, Side
from marketplace.pilots.states import Ending, PilotState, PilotTask, StopReason
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ProcurementTask
from tests.domain.agreement_cast import make_agreement_cast
from tests.domain.pairing_cast import Cast
from tests.domain.pilot_cast import PilotCast, make_pilot_cast
from tests.domain.town import kinds, kinds_of_others, queue
from tests.factories import make_member, make_organisation

UNIT = {"member", "leader"}
ENTREPRENEURS = {"entrepreneur", "colleague"}

pytestmark = pytest.mark.usefixtures("installed")


def whose(cast: Cast, kind: StrEnum) -> set[str]:
    return {name for name, person in cast.people.items() if kind in kinds(cast.session, person)}


def queued(cast: Cast) -> set[StrEnum]:
    return {item.kind for item in queue(cast.session, cast.person("coordinator"))}


# ---------------------------------------------------------------- the agreement


def test_an_approved_case_without_agreement_waits_for_the_unit(session: Session) -> None:
    cast = make_agreement_cast(session).case
    assert whose(cast, AgreementTask.MISSING) == UNIT
    assert AgreementTask.MISSING in queued(cast)


@pytest.mark.parametrize(("author", "waits_for"), [("member", UNIT), ("colleague", ENTREPRENEURS)])
def test_a_draft_waits_for_the_side_that_writes(
    session: Session, author: str, waits_for: set[str]
) -> None:
    written = make_agreement_cast(session)
    written.version(author_id=written.case.person(author).id)
    assert whose(written.case, AgreementTask.DRAFT) == waits_for
    assert whose(written.case, AgreementTask.MISSING) == set()


def test_an_offer_waits_for_each_side_that_has_not_signed(session: Session) -> None:
    offered = make_agreement_cast(session)
    agreement = offered.version(AgreementState.OFFERED)
    assert whose(offered.case, AgreementTask.UNIT_SIGNATURE) == {"leader"}
    assert whose(offered.case, AgreementTask.ENTREPRENEUR_SIGNATURE) == ENTREPRENEURS
    agreement.entrepreneur_signed_by_id = offered.case.person("entrepreneur").id
    agreement.entrepreneur_signed_at = now()
    session.flush()
    assert whose(offered.case, AgreementTask.ENTREPRENEUR_SIGNATURE) == set()
    entrepreneur = offered.case.person("entrepreneur")
    assert AgreementTask.UNIT_SIGNATURE in kinds_of_others(session, entrepreneur)


# ---------------------------------------------------------------- the test


def test_a_planned_test_waits_for_the_unit_from_its_first_day(session: Session) -> None:
    soon = today() + timedelta(days=5)
    case = make_pilot_cast(session, PilotState.PLANNED, test_starts_on=soon)
    assert whose(case.cast, PilotTask.START) == set()
    with clock_at(now() + timedelta(days=5)):
        assert whose(case.cast, PilotTask.START) == UNIT


def test_a_test_waits_to_be_ended_after_its_last_day(session: Session) -> None:
    case = make_pilot_cast(session)
    assert whose(case.cast, PilotTask.END) == set()
    with clock_at(now() + timedelta(days=81)):
        assert whose(case.cast, PilotTask.END) == UNIT


def test_a_checkpoint_waits_for_each_side_that_has_not_reported(session: Session) -> None:
    case = make_pilot_cast(session)
    assert whose(case.cast, PilotTask.CHECKPOINT_UNIT) == set()
    with clock_at(now() + timedelta(days=41)):
        case.report("member")
        assert whose(case.cast, PilotTask.CHECKPOINT_ENTREPRENEUR) == ENTREPRENEURS
        assert whose(case.cast, PilotTask.CHECKPOINT_UNIT) == UNIT, "there is a second one"
        waits = [i for i in queue(session, case.person("coordinator")) if "checkpoint" in i.kind]
        assert {item.kind: item.since.date() - today() for item in waits} == {
            PilotTask.CHECKPOINT_UNIT: timedelta(days=-1),
            PilotTask.CHECKPOINT_ENTREPRENEUR: timedelta(days=-31),
        }


def test_a_stopped_test_waits_for_the_other_sides_reason(session: Session) -> None:
    case = make_pilot_cast(session)
    case.stop("leader")
    assert whose(case.cast, PilotTask.STOP_REASON_ENTREPRENEUR) == ENTREPRENEURS
    assert whose(case.cast, PilotTask.STOP_REASON_UNIT) == set()
    case.give_reason("colleague")
    assert whose(case.cast, PilotTask.STOP_REASON_ENTREPRENEUR) == set()


# ---------------------------------------------------------------- decision and purchase


def test_a_decision_waits_for_the_decision_maker_and_the_deputy(session: Session) -> None:
    case = ended(session)
    awaited(case)
    give_role(case, CaseRole.DECISION_MAKER, "leadership", deputy="leader")
    assert whose(case.cast, DecisionTask.DECIDE) == {"leadership", "leader"}
    assert DecisionTask.DECIDE in kinds_of_others(session, case.person("entrepreneur"))


def test_leadership_follows_the_decisions_that_others_are_to_make(session: Session) -> None:
    case = ended(session)
    awaited(case)
    give_role(case, CaseRole.DECISION_MAKER, "leader", deputy="coordinator")
    assert DecisionTask.DECIDE in kinds_of_others(session, case.person("leadership"))
    elsewhere = make_member(session, Role.LEADERSHIP, make_organisation(session))
    assert DecisionTask.DECIDE not in kinds_of_others(session, elsewhere)


def test_a_test_that_is_to_go_on_asks_for_no_lessons(session: Session) -> None:
    case = ended(session)
    awaited(case)
    decision = session.query(Decision).one()
    assert whose(case.cast, LessonTask.UNIT) == UNIT
    decision.state, decision.reasons = DecisionState.EXTEND, "Flere deltakere."
    decision.decided_by_id, decision.decided_at = case.person("leader").id, now()
    decision.extended_to = decision.due_on + timedelta(days=60)
    session.flush()
    assert whose(case.cast, LessonTask.UNIT) == whose(case.cast, LessonTask.ENTREPRENEUR) == set()
    case.pilot.ending = Ending.STOPPED
    case.pilot.unit_stop_reason, case.pilot.unit_stop_note = StopReason.NO_EFFECT, "Ingen kom."
    case.pilot.unit_stop_by_id, case.pilot.unit_stop_at = case.person("leader").id, now()
    session.flush()
    assert whose(case.cast, LessonTask.UNIT) == UNIT


def test_a_procurement_waits_for_its_adviser(session: Session) -> None:
    case = ended(session)
    procurement = bought(case)
    assert whose(case.cast, ProcurementTask.ROUTE) == {"adviser"}
    step = ProcurementStep(
        procurement_id=procurement.id, position=1, title="Send tilbud", due_on=today()
    )
    session.add(step)
    session.flush()
    assert whose(case.cast, ProcurementTask.STEP) == {"adviser"}
    step.done_on, step.done_by_id = today(), case.person("adviser").id
    session.flush()
    assert whose(case.cast, ProcurementTask.STEP) == set()


def test_a_step_waits_for_whoever_has_it(session: Session) -> None:
    case = ended(session)
    person = case.person("coordinator")
    step = ProcurementStep(
        procurement_id=bought(case).id, position=1, title="Skriv krav", due_on=today(),
        owner_id=person.id,
    )  # fmt: skip
    session.add(step)
    session.flush()
    assert whose(case.cast, ProcurementTask.OWN_STEP) == {"coordinator"}
    assert whose(case.cast, ProcurementTask.STEP) == set()
    person.active = False
    session.flush()
    assert whose(case.cast, ProcurementTask.OWN_STEP) == set()
    assert whose(case.cast, ProcurementTask.STEP) == {"adviser"}


def test_a_step_that_another_route_has_dropped_waits_for_nobody(session: Session) -> None:
    case = ended(session)
    step = ProcurementStep(
        procurement_id=bought(case).id, position=1, title="Kunngjør", due_on=today()
    )
    session.add(step)
    session.flush()
    assert whose(case.cast, ProcurementTask.STEP) == {"adviser"}
    step.dropped_at = now()
    session.flush()
    assert whose(case.cast, ProcurementTask.STEP) == set()


# ---------------------------------------------------------------- lessons


def test_lessons_wait_for_each_side_and_then_for_the_closing(session: Session) -> None:
    case = ended(session)
    assert whose(case.cast, LessonTask.UNIT) == UNIT
    assert whose(case.cast, LessonTask.ENTREPRENEUR) == ENTREPRENEURS
    learn(case, Side.UNIT, case.person("member"))
    assert whose(case.cast, LessonTask.UNIT) == set()
    assert whose(case.cast, LessonTask.CLOSE) == set()
    learn(case, Side.ENTREPRENEUR, case.person("entrepreneur"))
    assert whose(case.cast, LessonTask.CLOSE) == {"leader"}


def test_a_case_that_was_never_tested_waits_to_be_closed_when_both_have_written(
    session: Session,
) -> None:
    case = make_agreement_cast(session)
    for side, name in ((Side.UNIT, "member"), (Side.ENTREPRENEUR, "entrepreneur")):
        assert whose(case.case, LessonTask.CLOSE) == set()
        learn_of(session, case.pairing, side, case.case.person(name))
    assert whose(case.case, LessonTask.CLOSE) == {"leader"}


# ---------------------------------------------------------------- parts of the story


def ended(session: Session) -> PilotCast:
    """A completed test, and a decision to stop."""
    case = make_pilot_cast(session, PilotState.ENDED)
    # The clock of the decision runs already where the whole application is loaded.
    decision = session.scalars(select(Decision)).one_or_none() or Decision(
        pairing_id=case.pairing.id, due_on=today() + timedelta(days=20)
    )
    decision.state, decision.reasons = DecisionState.STOP, "Det virket ikke."
    decision.decided_at, decision.decided_by_id = now(), case.person("leader").id
    session.add(decision)
    session.flush()
    return case


def awaited(case: PilotCast) -> None:
    decision = case.session.scalars(select(Decision)).one()
    decision.state, decision.reasons = DecisionState.AWAITED, None
    decision.decided_at = decision.decided_by_id = None
    case.session.flush()


def bought(case: PilotCast) -> Procurement:
    case.session.scalars(select(Decision)).one().state = DecisionState.BUY
    procurement = Procurement(
        pairing_id=case.pairing.id,
        estimated_value=400_000,
        service_category=ServiceCategory.OTHER,
        starts_on=today(),
    )
    case.session.add(procurement)
    case.session.flush()
    return procurement


def stopped_by_one(case: PilotCast) -> None:
    case.pilot.state = PilotState.RUNNING
    case.pilot.ended_at = case.pilot.ended_by_id = case.pilot.ending = None
    case.pilot.ended_under_id = None
    case.session.flush()
    case.stop("leader")


def give_role(case: PilotCast, role: CaseRole, name: str, deputy: str) -> None:
    holder = holder_of(case.pairing, role)
    assert holder is not None
    holder.person_id = case.person(name).id
    holder.deputy_id, holder.deputy_since = case.person(deputy).id, now()
    case.session.flush()


def learn(case: PilotCast, side: Side, author: Person) -> None:
    learn_of(case.session, case.pairing, side, author)


def learn_of(session: Session, pairing: Pairing, side: Side, author: Person) -> None:
    words = {"worked": "Fast dag.", "did_not_work": "Skyss.", "do_differently": "Start tidligere."}
    session.add(Lesson(pairing_id=pairing.id, side=side, author_id=author.id, **words))
    session.flush()


# ---------------------------------------------------------------- what hinders the closing


@pytest.mark.parametrize("hinder", [awaited, bought, stopped_by_one])
def test_a_case_is_not_closed_while_something_else_is_missing(
    session: Session, hinder: Callable[[PilotCast], object]
) -> None:
    case = ended(session)
    for side, name in ((Side.UNIT, "member"), (Side.ENTREPRENEUR, "entrepreneur")):
        learn(case, side, case.person(name))
    hinder(case)
    assert whose(case.cast, LessonTask.CLOSE) == set()
