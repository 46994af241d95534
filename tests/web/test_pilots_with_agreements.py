"""Agreement and test together, as the application wires them: nobody calls the test by hand."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.models import Agreement
from marketplace.agreements.services import beginning
from marketplace.agreements.states import AgreementState, AgreementTrigger
from marketplace.core.clock import clock_at, now
from marketplace.pilots import queries
from marketplace.pilots.models import Pilot
from marketplace.pilots.services import checkpoints, measuring, running
from marketplace.pilots.states import (
    CheckpointAnswer,
    CheckpointStatus,
    Ending,
    PilotState,
    Reached,
)
from tests.domain.agreement_cast import AgreementCast, make_agreement_cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def case(app: Flask, session: Session) -> AgreementCast:  # noqa: ARG001  the application registers the reactions
    return make_agreement_cast(session)


def pilot_of(case: AgreementCast) -> Pilot | None:
    return queries.find_pilot(case.session, case.pairing.id)


def signed(case: AgreementCast, agreement: Agreement) -> Pilot:
    case.sign("leader", agreement)
    case.sign("entrepreneur", agreement)
    pilot = pilot_of(case)
    assert pilot is not None
    return pilot


def started(case: AgreementCast) -> Pilot:
    pilot = signed(case, case.version(AgreementState.OFFERED))
    with clock_at(now() + timedelta(days=14)):
        running.start_pilot(case.session, case.actor("leader"), pilot=pilot, version=pilot.version)
    return pilot


def completed(case: AgreementCast) -> Pilot:
    pilot = started(case)
    agreement = agreements.find_in_force(case.session, case.pairing.id)
    assert agreement is not None
    for criterion in agreement.criteria:
        measuring.measure_criterion(
            case.session,
            case.actor("leader"),
            pilot=pilot,
            criterion=criterion,
            site=None,
            version=measuring.NOT_YET,
            reached=Reached.PARTLY,
            value="6 av 10",
            note="",
        )
    running.complete_pilot(case.session, case.actor("leader"), pilot=pilot, version=pilot.version)
    return pilot


def test_one_signature_plans_nothing_and_the_second_the_test(case: AgreementCast) -> None:
    agreement = case.version(AgreementState.OFFERED)
    case.sign("leader", agreement)
    assert pilot_of(case) is None

    case.sign("entrepreneur", agreement)
    pilot = pilot_of(case)
    assert pilot is not None
    assert pilot.state is PilotState.PLANNED
    assert [c.due_on for c in pilot.checkpoints] == [c.due_on for c in agreement.checkpoints]


def test_a_wish_at_a_checkpoint_becomes_the_next_version(case: AgreementCast) -> None:
    pilot = started(case)
    with clock_at(now() + timedelta(days=58)):
        checkpoints.report_checkpoint(
            case.session,
            case.actor("entrepreneur"),
            checkpoint=pilot.checkpoints[0],
            status=CheckpointStatus.SOME_TROUBLE,
            note="Vi henger etter.",
            hours=20,
            money=0,
            answer=CheckpointAnswer.RENEGOTIATE,
            reason="Vi trenger flere timer.",
        )
        version = agreements.find_open_version(case.session, case.pairing.id)
        assert version is not None
        version.checkpoints[0].due_on += timedelta(days=30)
        case.offer("leader", version)
        pilot = signed(case, version)

    first, second = pilot.checkpoints
    assert (len(first.reports), first.dropped_at) == (1, None)
    assert second.due_on == first.due_on + timedelta(days=30)
    assert pilot.state is PilotState.RUNNING


def test_a_signed_extension_lets_a_completed_test_go_on(case: AgreementCast) -> None:
    pilot = completed(case)
    assert (pilot.state, pilot.ending) == (PilotState.ENDED, Ending.COMPLETED)

    version = beginning.start_version(
        case.session,
        case.actor("leader"),
        pairing=case.pairing,
        trigger=AgreementTrigger.EXTENSION,
        reason="Vi så for få deltakere.",
    )
    case.offer("leader", version)
    pilot = signed(case, version)

    assert (pilot.state, pilot.ending) == (PilotState.RUNNING, None)
    assert case.pairing.test_ended_at is None
    assert len(case.session.scalars(select(Pilot)).all()) == 1
