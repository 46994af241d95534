"""The demo has a case in every state, and something to do for each person one can be in it."""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.core.actor import Role
from marketplace.core.db import Base
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.dashboards.programmes import cases_of, counters_of
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.demo.load import fill_if_empty, list_demo_accounts
from marketplace.lessons.models import Lesson
from marketplace.needs.models import NeedParticipation
from marketplace.needs.states import ParticipationState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending, PilotState
from marketplace.procurements.models import Procurement
from marketplace.procurements.states import ProcurementState
from marketplace.programmes.models import Programme
from marketplace.programmes.states import ProgrammeStanding
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState
from marketplace.ui.messages import registered_messages
from marketplace.wishes.models import Wish
from marketplace.wishes.states import WishState
from tests.demo import copy
from tests.web.client import Browser

NOT_IN_THE_DEMO: dict[type[Base], set[StrEnum]] = {
    Agreement: {AgreementState.WITHDRAWN},
    Decision: {DecisionState.STOP},
    Procurement: {ProcurementState.CANCELLED},
    NeedParticipation: {ParticipationState.WITHDRAWN},
}


@pytest.fixture(scope="module")
def filled_schema(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    yield copy(demo_file, database)
    database.engine.dispose()


@pytest.fixture
def demo(app: Flask, database: Database) -> Database:
    assert app.extensions  # the features are installed, with their reactions
    return database


def states_in(session: Session, model: type[Base]) -> set[str]:
    return set(session.scalars(select(model.state)))  # type: ignore[attr-defined]  # each has one


def test_each_kind_of_case_is_there_in_every_state(demo: Database) -> None:
    kinds: dict[type[Base], type[StrEnum]] = {
        Pairing: PairingState,
        Agreement: AgreementState,
        Pilot: PilotState,
        Decision: DecisionState,
        Procurement: ProcurementState,
        Question: QuestionState,
        Wish: WishState,
        NeedParticipation: ParticipationState,
    }
    with demo.reading() as session:
        for model, states in kinds.items():
            assert states_in(session, model) == set(states) - NOT_IN_THE_DEMO.get(model, set())
        assert set(session.scalars(select(Pilot.ending))) == {None, *Ending}
        assert session.scalars(select(Lesson).where(Lesson.published_at.is_not(None))).first()


def test_each_message_carries_all_that_its_row_reads(demo: Database) -> None:
    with demo.reading() as session:
        told = session.execute(select(OutboxMessage.topic, OutboxMessage.payload)).all()
    assert len({topic for topic, _ in told}) > 40
    for topic, payload in told:
        read = fields(registered_messages()[topic].told)
        wanted = {each.name for each in read if each.default is MISSING}
        assert wanted <= set(payload) <= {each.name for each in read}, topic


def test_the_programme_is_behind_its_plan_after_a_year(demo: Database) -> None:
    with demo.reading() as session:
        programme = session.scalars(select(Programme)).one()
        counters = counters_of(programme, cases_of(session, [programme])[programme.id])
    assert counters.standing is ProgrammeStanding.BEHIND
    assert (programme.minimum, programme.maximum) == (3, 5)
    assert 0 < programme.funds_used < programme.funds


def test_a_second_start_adds_nothing(demo: Database) -> None:
    assert not fill_if_empty(demo)


@pytest.mark.usefixtures("demo")
def test_each_person_of_the_demo_has_something_on_their_first_page(
    session: Session, signed_in: Callable[[Person], Browser]
) -> None:
    roles = {account.role for account in list_demo_accounts(session)}
    assert roles == set(Role)
    for role in roles - {Role.ADMINISTRATOR}:
        person = session.scalars(
            select(Person)
            .join(Membership)
            .where(Person.demo_order.is_not(None), Membership.role == role)
        ).first()
        assert person is not None
        page = signed_in(person).get("/")
        assert page.soup.select("main a[href*='/pairings/'], main a[href*='/programmes/']"), role
