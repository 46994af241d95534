"""From a running test to the end of its case, by the services that people use on the way."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.content import CheckpointRow, Content
from marketplace.agreements.services.writing import save_draft
from marketplace.agreements.states import AgreementState
from marketplace.core.clock import clock_at, now
from marketplace.core.errors import NotNow
from marketplace.decisions import hooks, queries, services
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionRefusal, DecisionState
from marketplace.lessons import queries as lessons
from marketplace.lessons.states import Outcome
from marketplace.pairings.models import Pairing
from marketplace.pairings.queries import count_approved_of_unit
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.pilots import hooks as pilot_hooks
from marketplace.pilots import queries as pilots
from marketplace.pilots.models import Pilot
from marketplace.pilots.services import measuring, running
from marketplace.pilots.states import PilotState, Reached
from marketplace.procurements import hooks as procurement_hooks
from marketplace.procurements.queries import find_procurement
from tests.domain.agreement_cast import AgreementCast, make_agreement_cast
from tests.domain.decision_cast import give_deputy
from tests.domain.lesson_cast import close, write_both

WHY = "Vi trenger flere deltakere."


@pytest.fixture
def case(session: Session) -> AgreementCast:
    """The decision maker's deputy is of the municipality's leadership, and no party."""
    for feature in (pilot_hooks, hooks, procurement_hooks):
        feature.register()
    case = make_agreement_cast(session)
    give_deputy(case.case, case.pairing, CaseRole.DECISION_MAKER, "leadership")
    return case


def begin(case: AgreementCast) -> None:
    """Sign the first version; the test begins when its first day has come."""
    version = case.version()
    case.offer("member", version)
    case.sign("entrepreneur", version)
    case.sign("leader", version)
    pilot = pilot_of(case)
    with clock_at(now() + timedelta(days=20)):
        running.start_pilot(case.session, case.actor("leader"), pilot=pilot, version=pilot.version)


def taken(case: AgreementCast) -> int:
    """How much of the unit's capacity the case takes: while it is tested, and not between."""
    return count_approved_of_unit(case.session, case.pairing.need.unit_id)


def pilot_of(case: AgreementCast) -> Pilot:
    pilot = pilots.find_pilot(case.session, case.pairing.id)
    assert pilot is not None
    return pilot


def complete(case: AgreementCast) -> Decision:
    """Measure what is not measured yet, and complete the test."""
    pilot, actor = pilot_of(case), case.actor("leader")
    agreement = agreements.find_in_force(case.session, case.pairing.id)
    assert agreement is not None
    known = {measured.criterion_id for measured in pilot.measurements}
    for criterion in agreement.criteria:
        if criterion.id not in known:
            measuring.measure_criterion(
                case.session,
                actor,
                pilot=pilot,
                criterion=criterion,
                site=None,
                version=0,
                reached=Reached.PARTLY,
                value="Seks",
                note="",
            )
    running.complete_pilot(case.session, actor, pilot=pilot, version=pilot.version)
    decision = queries.find_latest(case.session, case.pairing.id)
    assert decision is not None
    assert decision.state is DecisionState.AWAITED
    return decision


def sign_extension(case: AgreementCast) -> None:
    """Both sides agree on the rest of the new dates."""
    version = agreements.find_open_version(case.session, case.pairing.id)
    assert version is not None
    assert version.decision_on is not None
    ends = version.decision_on - timedelta(days=14)
    content = Content(
        fields={"test_ends_on": ends},
        checkpoints=[CheckpointRow(ends - timedelta(days=7), "Er det nok?")],
    )
    save_draft(
        case.session, case.actor("member"), agreement=version, version=version.version,
        content=content,
    )  # fmt: skip
    case.offer("member", version)
    case.sign("entrepreneur", version)
    case.sign("leader", version)
    assert version.state is AgreementState.SIGNED


def test_a_test_is_extended_once_and_then_stopped(case: AgreementCast) -> None:
    begin(case)
    with clock_at(now() + timedelta(days=150)):
        first = complete(case)
        assert taken(case) == 0
        services.decide_to_extend(
            case.session,
            case.actor("leadership"),
            decision=first,
            version=first.version,
            reason=WHY,
            extended_to=first.due_on + timedelta(days=90),
        )
        assert pilot_of(case).state is PilotState.ENDED
        sign_extension(case)

    assert pilot_of(case).state is PilotState.RUNNING
    assert taken(case) == 1

    with clock_at(now() + timedelta(days=240)):
        second = complete(case)
        assert (second.number, second.due_on) == (2, first.due_on + timedelta(days=90))
        with pytest.raises(NotNow) as refused:
            services.decide_to_extend(
                case.session,
                case.actor("leader"),
                decision=second,
                version=second.version,
                reason=WHY,
                extended_to=second.due_on + timedelta(days=90),
            )
        assert refused.value.code is DecisionRefusal.EXTENDED_BEFORE
        services.decide_to_stop(
            case.session,
            case.actor("leader"),
            decision=second,
            version=second.version,
            reason="For liten virkning.",
        )
        end(case, Outcome.NOT_BOUGHT)


def test_a_purchase_opens_a_procurement_that_the_end_waits_for(case: AgreementCast) -> None:
    begin(case)
    with clock_at(now() + timedelta(days=150)):
        decision = complete(case)
        services.decide_to_buy(
            case.session,
            case.actor("leader"),
            decision=decision,
            version=decision.version,
            reason="Det virket.",
        )

        assert decision.state is DecisionState.BUY
        assert find_procurement(case.session, case.pairing.id) is not None
        with pytest.raises(NotNow):
            end(case, Outcome.BOUGHT)


def end(case: AgreementCast, outcome: Outcome) -> None:
    pairing: Pairing = case.pairing
    write_both(case.case, pairing)
    close(case.case, "coordinator", pairing)
    assert pairing.state is PairingState.CLOSED
    assert lessons.get_published(case.session, pairing.id).outcome is outcome
