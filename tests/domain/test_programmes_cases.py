"""What a programme counts, and who puts a case into one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.outbox import OutboxMessage
from marketplace.dashboards.programmes import cases_of, counters_of
from marketplace.dashboards.states import ProgrammeStage
from marketplace.decisions.states import DecisionState
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import deciding
from marketplace.pairings.services.programme import choose_programme
from marketplace.pairings.states import (
    FELL,
    PairingEvent,
    PairingRefusal,
    PairingState,
    PairingTopic,
)
from marketplace.pilots.states import PilotState
from marketplace.programmes.models import Programme
from marketplace.programmes.states import ProgrammeStanding
from tests.domain import programme_cast as stages
from tests.domain.pairing_cast import Cast
from tests.domain.programme_cast import (
    make_case,
    make_programme,
    make_programme_cast,
    partner_of,
)
from tests.engines import decided_in_python
from tests.factories import make_organisation
from tests.queries import count_queries


@pytest.fixture
def cast(session: Session) -> Cast:
    return make_programme_cast(session)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return make_programme(cast.session, cast.municipality, partner=partner_of(cast))


def choose(
    cast: Cast, pairing: Pairing, programme: Programme | None, name: str = "coordinator"
) -> None:
    choose_programme(
        cast.session,
        cast.actor(name),
        pairing=pairing,
        version=pairing.version,
        programme_id=programme.id if programme else None,
    )


# ---------------------------------------------------------------- how far a case has come

Step = Callable[[Cast, Pairing], object]


def ready(cast: Cast, pairing: Pairing) -> None:
    stages.sign(cast, pairing)
    stages.plan(cast, pairing)


def ended(cast: Cast, pairing: Pairing) -> None:
    stages.sign(cast, pairing)
    stages.plan(cast, pairing, PilotState.ENDED)


def decided(cast: Cast, pairing: Pairing, *states: DecisionState) -> None:
    ended(cast, pairing)
    for number, state in enumerate(states, start=1):
        stages.decide(cast, pairing, state, number)


STAGES: list[tuple[Step, ProgrammeStage]] = [
    (lambda _c, _p: None, ProgrammeStage.PREPARED),
    (stages.sign, ProgrammeStage.READY),
    (stages.plan, ProgrammeStage.PREPARED),
    (ready, ProgrammeStage.READY),
    (lambda c, p: stages.plan(c, p, PilotState.RUNNING), ProgrammeStage.RUNNING),
    (ended, ProgrammeStage.AWAITING_DECISION),
    (lambda c, p: decided(c, p, DecisionState.AWAITED), ProgrammeStage.AWAITING_DECISION),
    (lambda c, p: decided(c, p, DecisionState.EXTEND), ProgrammeStage.RUNNING),
    (
        lambda c, p: decided(c, p, DecisionState.EXTEND, DecisionState.AWAITED),
        ProgrammeStage.AWAITING_DECISION,
    ),
    (lambda c, p: decided(c, p, DecisionState.BUY), ProgrammeStage.BOUGHT),
    (lambda c, p: decided(c, p, DecisionState.STOP), ProgrammeStage.STOPPED),
    (
        lambda c, p: decided(c, p, DecisionState.EXTEND, DecisionState.BUY),
        ProgrammeStage.BOUGHT,
    ),
    (
        lambda c, p: stages.stop(c, p, sides=("unit", "entrepreneur")),
        ProgrammeStage.STOPPED,
    ),
    (lambda c, p: stages.stop(c, p, sides=("unit",)), ProgrammeStage.STOPPED_BY_ONE),
]


@pytest.mark.parametrize(("step", "stage"), STAGES)
def test_how_far_a_case_has_come(
    cast: Cast, programme: Programme, step: Step, stage: ProgrammeStage
) -> None:
    pairing = make_case(cast, programme)
    step(cast, pairing)

    (case,) = cases_of(cast.session, [programme])[programme.id]

    assert case.pairing is pairing
    assert case.stage is stage


@pytest.mark.parametrize("state", [*sorted(FELL), PairingState.CLOSED])
def test_a_case_that_came_to_nothing(cast: Cast, programme: Programme, state: PairingState) -> None:
    make_case(cast, programme, state)

    (case,) = cases_of(cast.session, [programme])[programme.id]

    assert case.stage is ProgrammeStage.ENDED_WITHOUT_DECISION


def test_the_dates_of_a_case(cast: Cast, programme: Programme) -> None:
    waiting, bought = make_case(cast, programme), make_case(cast, programme)
    decided(cast, waiting, DecisionState.AWAITED)
    decided(cast, bought, DecisionState.BUY)

    first, second = cases_of(cast.session, [programme])[programme.id]

    assert (first.started_on, first.ended_on) == (today(), today())
    assert (first.decide_by, first.decided_on) == (today() + timedelta(days=30), None)
    assert (second.decide_by, second.decided_on) == (None, today())


# ---------------------------------------------------------------- the counters


def test_the_counters(cast: Cast, programme: Programme) -> None:
    for step, _stage in STAGES:
        step(cast, make_case(cast, programme))
    make_case(cast, None)
    cases = cases_of(cast.session, [programme])[programme.id]

    counters = counters_of(programme, cases)

    done = sum(stage in {ProgrammeStage.BOUGHT, ProgrammeStage.STOPPED} for _, stage in STAGES)
    assert counters.done == done == 4
    assert counters.stages == {
        stage: sum(1 for _step, each in STAGES if each is stage) for stage in ProgrammeStage
    }
    assert sum(counters.stages.values()) == len(cases) == len(STAGES)
    assert counters.still_needed == 0
    assert counters.needed_a_month is None
    assert counters.standing is ProgrammeStanding.REACHED


def test_a_late_decision_stands_in_a_counter_and_says_how_late(
    cast: Cast, programme: Programme
) -> None:
    for days in (-36, 0, 5):
        pairing = make_case(cast, programme)
        ended(cast, pairing)
        decision = stages.decide(cast, pairing, DecisionState.AWAITED)
        decision.due_on = today() + timedelta(days=days)
    cast.session.flush()
    cases = cases_of(cast.session, [programme])[programme.id]

    counters = counters_of(programme, cases)

    assert [case.days_over for case in cases] == [36, 0, 0]
    assert (counters.stages[ProgrammeStage.AWAITING_DECISION], counters.late) == (3, 1)


def test_half_of_the_time_without_a_test_is_behind(cast: Cast, programme: Programme) -> None:
    counters = counters_of(programme, cases_of(cast.session, [programme])[programme.id])

    assert counters.standing is ProgrammeStanding.BEHIND
    assert (counters.due, counters.lacking, counters.still_needed) == (1, 1, 3)
    assert counters.needed_a_month == pytest.approx(0.25, abs=0.01)


def test_many_programmes_cost_no_more_queries(cast: Cast, programme: Programme) -> None:
    def statements(programmes: list[Programme]) -> int:
        cast.session.expire_all()
        for one in programmes:
            cast.session.refresh(one)
        with count_queries(cast.session) as counter:
            for cases in cases_of(cast.session, programmes).values():
                assert [case.pairing.need.unit.organisation.name for case in cases]
        return counter.count

    other = make_programme(cast.session, cast.municipality, partner=partner_of(cast))
    for one in (programme, other, other, other):
        make_case(cast, one)
    assert statements([programme]) == statements([programme, other])


# ---------------------------------------------------------------- who puts a case into one


def test_both_sides_are_told_that_a_partner_reads(cast: Cast, programme: Programme) -> None:
    pairing = cast.pairing()

    choose(cast, pairing, programme)

    assert pairing.programme_id == programme.id
    event = cast.session.scalars(select(AuditEvent)).one()
    assert (event.event, event.after) == (
        PairingEvent.PROGRAMME_CHOSEN,
        {"programme_id": programme.id},
    )
    messages = cast.session.scalars(select(OutboxMessage)).all()
    names = ("member", "leader", "entrepreneur", "colleague")
    assert {m.person_id for m in messages} == {cast.person(name).id for name in names}
    assert {m.topic for m in messages} == {PairingTopic.PROGRAMME_CHOSEN}
    assert messages[0].payload["title"] == programme.name


def test_a_case_is_taken_out_again(cast: Cast, programme: Programme) -> None:
    pairing = cast.pairing(programme=programme)

    choose(cast, pairing, None)

    assert pairing.programme_id is None
    topics = {m.topic for m in cast.session.scalars(select(OutboxMessage))}
    assert topics == {PairingTopic.PROGRAMME_LEFT}


def test_the_same_programme_again_is_no_news(cast: Cast, programme: Programme) -> None:
    pairing = cast.pairing(programme=programme)

    choose(cast, pairing, programme)

    assert cast.session.scalars(select(OutboxMessage)).all() == []
    assert cast.session.scalars(select(AuditEvent)).all() == []


@decided_in_python
@pytest.mark.parametrize(
    "name", ["member", "leader", "entrepreneur", "adviser", "leadership", "other_municipality"]
)
def test_only_a_coordinator_of_the_municipality_chooses(
    cast: Cast, programme: Programme, name: str
) -> None:
    pairing = cast.pairing()

    with pytest.raises(NotAllowed) as refused:
        choose(cast, pairing, programme, name)
    assert refused.value.code is PairingRefusal.COORDINATORS_ONLY
    assert pairing.programme_id is None


def test_not_one_with_a_conflict(cast: Cast, programme: Programme) -> None:
    pairing = cast.pairing()
    actor = cast.actor("coordinator")
    deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Bror.")

    with pytest.raises(NotAllowed) as refused:
        choose(cast, pairing, programme)
    assert refused.value.code is PairingRefusal.CONFLICT_DECLARED


@pytest.mark.parametrize("state", sorted(FELL))
def test_what_came_to_nothing_counts_nowhere(
    cast: Cast, programme: Programme, state: PairingState
) -> None:
    pairing = cast.pairing(state)

    with pytest.raises(NotNow) as refused:
        choose(cast, pairing, programme)
    assert refused.value.code is PairingRefusal.CASE_FELL


def test_only_the_municipalitys_own_programmes_fit(cast: Cast) -> None:
    foreign = make_programme(cast.session, make_organisation(cast.session))
    pairing = cast.pairing()

    with pytest.raises(InvalidField) as refused:
        choose(cast, pairing, foreign)
    assert refused.value.code is PairingRefusal.PROGRAMME_DOES_NOT_FIT
    with pytest.raises(InvalidField):
        choose_programme(
            cast.session,
            cast.actor("coordinator"),
            pairing=pairing,
            version=pairing.version,
            programme_id=0,
        )


def test_a_stale_page_chooses_nothing(cast: Cast, programme: Programme) -> None:
    pairing = cast.pairing()

    with pytest.raises(Stale):
        choose_programme(
            cast.session,
            cast.actor("coordinator"),
            pairing=pairing,
            version=pairing.version - 1,
            programme_id=programme.id,
        )
