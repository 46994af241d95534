"""A test starts, is completed, is stopped: who may, when, and what it leads to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.agreements.models import AgreedCheckpoint
from marketplace.agreements.queries import find_open_version
from marketplace.agreements.states import AgreementState, AgreementTrigger
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole, PairingRefusal, PairingState
from marketplace.pilots.services import planning
from marketplace.pilots.states import (
    CheckpointAnswer,
    Ending,
    PilotEvent,
    PilotRefusal,
    PilotState,
    PilotTopic,
    Reached,
    StopReason,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS
from tests.domain.pilot_cast import COORDINATORS, PARTIES, PilotCast, make_pilot_cast, next_version
from tests.engines import decided_in_python
from tests.factories import grant_role, make_member

WRONG = (*NO_PART_IN_IT, *ONLOOKERS, "coordinator")
EVERYBODY = PARTIES | COORDINATORS | {"adviser"}


@pytest.fixture
def planned(session: Session) -> PilotCast:
    return make_pilot_cast(session, PilotState.PLANNED)


@pytest.fixture
def ended(session: Session) -> PilotCast:
    return make_pilot_cast(session, PilotState.ENDED)


# ---------------------------------------------------------------- starting


@decided_in_python
@pytest.mark.parametrize("name", [*WRONG, "entrepreneur"])
def test_only_the_unit_starts(planned: PilotCast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        planned.start(name)
    assert refused.value.code is PilotRefusal.UNIT_ONLY
    assert planned.pilot.state is PilotState.PLANNED


@decided_in_python
@pytest.mark.parametrize("role", list(CaseRole))
def test_it_does_not_start_while_a_role_is_empty(planned: PilotCast, role: CaseRole) -> None:
    holder = holder_of(planned.pairing, role)
    assert holder is not None
    holder.person = make_member(planned.session, Role.UNIT_MEMBER, planned.cast.unit, active=False)
    planned.session.flush()

    with pytest.raises(NotNow) as refused:
        planned.start()
    assert refused.value.code is PairingRefusal.ROLE_EMPTY
    assert refused.value.values["role"] is role


def test_it_does_not_start_without_an_agreement(planned: PilotCast) -> None:
    planned.agreement.state = AgreementState.SUPERSEDED
    planned.agreement.superseded_at = now()
    planned.session.flush()

    with pytest.raises(NotNow) as refused:
        planned.start()
    assert refused.value.code is PilotRefusal.AGREEMENT_MISSING


@pytest.mark.parametrize("days", [100, 101, 400])
def test_it_does_not_start_when_the_decision_date_has_come(planned: PilotCast, days: int) -> None:
    with clock_at(now() + timedelta(days=days)), pytest.raises(NotNow) as refused:
        planned.start()
    assert refused.value.code is PilotRefusal.DECISION_DATE_PASSED
    assert refused.value.values["day"] == planned.agreement.decision_on


def test_it_does_not_start_before_the_agreed_day(session: Session) -> None:
    day = today() + timedelta(days=1)
    planned = make_pilot_cast(session, PilotState.PLANNED, test_starts_on=day)
    with pytest.raises(NotNow) as refused:
        planned.start()
    assert refused.value.code is PilotRefusal.STARTS_LATER
    assert refused.value.values["day"] == day
    with clock_at(now() + timedelta(days=1)):
        planned.start()
    assert planned.pilot.state is PilotState.RUNNING


def test_it_starts_once(planned: PilotCast) -> None:
    version = planned.pilot.version
    planned.start("member")

    assert planned.pilot.state is PilotState.RUNNING
    assert planned.pilot.started_by_id == planned.person("member").id
    assert planned.pilot.started_at == now()
    assert planned.told(PilotTopic.STARTED) == EVERYBODY - {"member"}
    with pytest.raises(Stale):
        planned.start("leader", version)
    with pytest.raises(NotNow) as refused:
        planned.start("leader")
    assert refused.value.code is LifecycleRefusal.WRONG_STATE


def test_a_closed_case_has_no_moves(planned: PilotCast) -> None:
    planned.pairing.state = PairingState.CLOSED
    planned.pairing.closed_by_id, planned.pairing.closed_at = planned.person("leader").id, now()
    planned.pairing.closing_reason = "Ferdig."
    planned.session.flush()
    moves: tuple[Callable[[], None], ...] = (
        planned.start,
        lambda: planned.stop("leader"),
        lambda: planned.use("leader"),
    )
    for move in moves:
        with pytest.raises(NotNow) as refused:
            move()
        assert refused.value.code is PilotRefusal.CASE_OVER


# ---------------------------------------------------------------- completing


@decided_in_python
@pytest.mark.parametrize("name", [*WRONG, "entrepreneur"])
def test_only_the_unit_completes(case: PilotCast, name: str) -> None:
    case.measure_all()
    with pytest.raises(NotAllowed) as refused:
        case.complete(name)
    assert refused.value.code is PilotRefusal.UNIT_ONLY


def test_what_is_not_measured_is_named(case: PilotCast) -> None:
    case.measure(number=0)
    with pytest.raises(NotNow) as refused:
        case.complete()
    assert refused.value.code is PilotRefusal.CRITERIA_UNMEASURED
    assert refused.value.values["criteria"] == "«Trygghet»"


@pytest.mark.parametrize("role", [CaseRole.OWNER, CaseRole.DECISION_MAKER])
def test_it_is_not_completed_without_somebody_to_decide(case: PilotCast, role: CaseRole) -> None:
    case.measure_all()
    holder = holder_of(case.pairing, role)
    assert holder is not None
    holder.person = make_member(case.session, Role.LEADERSHIP, case.cast.municipality, active=False)
    with pytest.raises(NotNow) as refused:
        case.complete()
    assert refused.value.code is PairingRefusal.ROLE_EMPTY


def test_it_is_completed_once_and_takes_no_capacity_any_more(case: PilotCast) -> None:
    case.measure(number=0)
    case.measure(number=1, reached=Reached.NOT_MEASURED, value="", note="Ingen svarte.")
    version = case.pilot.version
    case.complete("member")

    assert (case.pilot.state, case.pilot.ending) == (PilotState.ENDED, Ending.COMPLETED)
    assert case.pilot.ended_by_id == case.person("member").id
    assert case.pilot.ended_under_id == case.agreement.id
    assert case.pairing.test_ended_at == now()
    assert case.told(PilotTopic.COMPLETED) == EVERYBODY - {"member"}
    with pytest.raises(Stale):
        case.complete("leader", version)
    with pytest.raises(NotNow):
        case.complete("leader")


def test_what_was_only_planned_is_not_completed(planned: PilotCast) -> None:
    with pytest.raises(NotNow) as refused:
        planned.complete()
    assert refused.value.code is LifecycleRefusal.WRONG_STATE


# ---------------------------------------------------------------- stopping


@decided_in_python
@pytest.mark.parametrize("name", WRONG)
def test_only_a_party_stops(case: PilotCast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        case.stop(name)
    assert refused.value.code is PilotRefusal.PARTIES_ONLY


def test_stopping_needs_a_reason_and_words(case: PilotCast) -> None:
    with pytest.raises(InvalidField) as refused:
        case.stop("member", stop_reason=None)
    assert (refused.value.field, refused.value.code) == (
        "stop_reason",
        PilotRefusal.STOP_REASON_MISSING,
    )
    with pytest.raises(InvalidField) as refused:
        case.stop("member", note=" ")
    assert (refused.value.field, refused.value.code) == ("note", PilotRefusal.TEXT_MISSING)
    assert case.pilot.state is PilotState.RUNNING


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("member", "colleague", {"entrepreneur", "colleague"}),
        ("entrepreneur", "leader", {"member", "leader"}),
    ],
)
def test_one_side_stops_and_the_other_says_why_too(
    case: PilotCast, first: str, second: str, asked: set[str]
) -> None:
    version = case.pilot.version
    case.stop(first)

    assert (case.pilot.state, case.pilot.ending) == (PilotState.ENDED, Ending.STOPPED)
    assert case.pairing.test_ended_at == now()
    assert case.told(PilotTopic.STOP_REASON_ASKED) == asked
    assert case.told(PilotTopic.STOPPED) == EVERYBODY - asked - {first}
    assert case.messages(PilotTopic.STOPPED)[0].payload["stop_reason"] == "too_few_participants"
    with pytest.raises(Stale):
        case.stop(second, version)
    with pytest.raises(NotNow) as refused:
        case.give_reason(first)
    assert refused.value.code is PilotRefusal.ALREADY_GAVE_REASON

    case.give_reason(second)
    reasons = {case.pilot.unit_stop_reason, case.pilot.entrepreneur_stop_reason}
    assert reasons == {StopReason.TOO_FEW_PARTICIPANTS, StopReason.COOPERATION}
    assert case.told(PilotTopic.STOP_REASON_GIVEN) == EVERYBODY - {second}
    with pytest.raises(NotNow) as refused:
        case.give_reason(second)
    assert refused.value.code is PilotRefusal.ALREADY_GAVE_REASON


def test_a_planned_test_can_be_stopped_too(planned: PilotCast) -> None:
    planned.stop("leader")
    assert planned.pilot.ending is Ending.STOPPED


def test_a_stopped_test_gives_up_the_agreement_that_was_being_written(case: PilotCast) -> None:
    case.report("member", answer=CheckpointAnswer.RENEGOTIATE, reason="Mer tid.")
    draft = find_open_version(case.session, case.pairing.id)
    assert draft is not None

    case.stop("entrepreneur", note="Det ble for dyrt.")

    assert draft.state is AgreementState.WITHDRAWN
    assert draft.withdrawal_reason == "Det ble for dyrt."
    assert case.agreement.state is AgreementState.SIGNED


def test_a_completed_test_gives_it_up_too(case: PilotCast) -> None:
    case.report("member", answer=CheckpointAnswer.RENEGOTIATE, reason="Mer tid.")
    draft = find_open_version(case.session, case.pairing.id)
    assert draft is not None
    case.measure_all()

    case.complete()

    assert draft.state is AgreementState.WITHDRAWN
    assert draft.withdrawal_reason == "Utprøvingen ble fullført."
    assert case.agreement.state is AgreementState.SIGNED


def test_nobody_gives_both_sides_reasons(case: PilotCast) -> None:
    organisation = case.cast.concept.organisation
    grant_role(case.session, case.person("member"), Role.ENTREPRENEUR, organisation)
    case.session.refresh(case.person("member"))
    case.stop("member")
    with pytest.raises(NotNow) as refused:
        case.give_reason("member")
    assert refused.value.code is PilotRefusal.SPOKE_FOR_OTHER_SIDE
    case.give_reason("colleague")


@decided_in_python
@pytest.mark.parametrize("name", WRONG)
def test_an_onlooker_gives_no_reason(case: PilotCast, name: str) -> None:
    case.stop("member")
    with pytest.raises(NotAllowed):
        case.give_reason(name)


def test_no_reason_is_asked_where_nothing_was_stopped(case: PilotCast, ended: PilotCast) -> None:
    for pilot in (case, ended):
        with pytest.raises(NotNow) as refused:
            pilot.give_reason("entrepreneur")
        assert refused.value.code is PilotRefusal.NOT_STOPPED


def test_a_completed_test_is_not_stopped(ended: PilotCast) -> None:
    with pytest.raises(NotNow):
        ended.stop("member")


def test_what_happens_is_written_down(case: PilotCast) -> None:
    case.stop("entrepreneur")
    event = case.session.scalars(
        select(AuditEvent).where(AuditEvent.event == PilotEvent.STOPPED)
    ).one()
    assert (event.actor_id, event.reason) == (case.person("entrepreneur").id, "Få.")
    assert event.after["side"] == "entrepreneur"


# ---------------------------------------------------------------- following the agreement


def test_the_first_version_plans_the_test(planned: PilotCast) -> None:
    assert planned.pilot.state is PilotState.PLANNED
    days = [c.due_on - today() for c in planned.pilot.checkpoints]
    assert days == [timedelta(days=10), timedelta(days=40)]


def test_the_same_version_twice_changes_nothing(planned: PilotCast) -> None:
    planning.follow_agreement(planned.session, planned.actor("leader"), planned.agreement)
    assert len(planned.pilot.checkpoints) == 2
    event = AuditEvent.event == PilotEvent.CHECKPOINTS_CHANGED
    assert planned.session.scalars(select(AuditEvent).where(event)).all() == []


def test_a_new_version_moves_only_what_nobody_has_reported_on(case: PilotCast) -> None:
    case.report("member")
    later = today() + timedelta(days=60)
    next_version(case, checkpoints=[AgreedCheckpoint(due_on=later, topic="Slutt")])

    first, second, third = case.pilot.checkpoints
    assert first.dropped_at is None
    assert second.dropped_at == now()
    assert (third.due_on, third.topic, third.dropped_at) == (later, "Slutt", None)

    again = [AgreedCheckpoint(due_on=second.due_on, topic="Likevel")]
    next_version(case, checkpoints=again)
    first, second, third = case.pilot.checkpoints
    assert (second.topic, second.dropped_at) == ("Likevel", None)
    assert third.dropped_at == now()


def test_an_extension_resumes_a_completed_test(ended: PilotCast) -> None:
    next_version(ended, trigger=AgreementTrigger.EXTENSION)

    assert ended.pilot.state is PilotState.RUNNING
    assert (ended.pilot.ended_at, ended.pilot.ending, ended.pilot.ended_under_id) == (None,) * 3
    assert ended.pairing.test_ended_at is None
    assert ended.told(PilotTopic.RESUMED) == EVERYBODY - {"leader"}
    with pytest.raises(NotNow) as refused:
        ended.complete()
    assert refused.value.code is PilotRefusal.CRITERIA_UNMEASURED


def test_a_test_is_not_resumed_where_there_is_no_room(ended: PilotCast) -> None:
    ended.pairing.need.unit.capacity = 0
    with pytest.raises(NotNow) as refused:
        next_version(ended, trigger=AgreementTrigger.EXTENSION)
    assert refused.value.code is PairingRefusal.UNIT_AT_CAPACITY


def test_another_version_resumes_nothing(ended: PilotCast) -> None:
    next_version(ended)
    assert ended.pilot.state is PilotState.ENDED


def test_a_stopped_test_stays_stopped(case: PilotCast) -> None:
    case.stop("member")
    next_version(case, trigger=AgreementTrigger.EXTENSION)
    assert case.pilot.ending is Ending.STOPPED
