"""The same form sent by two requests at the same moment: one row, on both databases.

Real connections, real threads, and commits, so each test has a database of its own.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.db import Identified
from marketplace.core.engine import Database
from marketplace.needs.models import Need
from marketplace.needs.states import ProcurementRoute
from marketplace.pilots.models import Effort
from marketplace.procurements.models import DialogueEntry, Purchase
from marketplace.ui.web import WebApplication
from tests.domain.committed import committed
from tests.domain.pilot_cast import make_pilot_cast
from tests.domain.procurement_cast import make_purchasing
from tests.factories import make_entrepreneur, make_member, make_unit
from tests.web.client import Browser, form_values

__all__ = ["committed"]

SECONDS = 120


@dataclass(frozen=True)
class Scene:
    """Who opens which form, what they fill in, and what it makes."""

    person: Person
    path: str
    fields: dict[str, str]
    made: type[Identified]


def purchase(session: Session) -> Scene:
    case = make_purchasing(session)
    case.procurement(route=ProcurementRoute.DIRECT_PURCHASE)
    path = f"/pairings/{case.pairing.id}/procurement/purchases"
    return Scene(case.person("buyer"), path, {"kind": "pilot", "amount": "80 000 kr"}, Purchase)


def dialogue(session: Session) -> Scene:
    case = make_purchasing(session)
    case.procurement()
    path = f"/pairings/{case.pairing.id}/procurement/dialogue"
    fields = {"supplier": "Konkurrent AS", "channel": "email", "summary": "De kan levere i mai."}
    return Scene(case.person("buyer"), path, fields, DialogueEntry)


def effort(session: Session) -> Scene:
    case = make_pilot_cast(session)
    fields = {"hours": "8", "used_on": "2026-09-14", "note": "Opplæring"}
    path = f"/pairings/{case.pairing.id}/pilot/effort"
    return Scene(case.person("member"), path, fields, Effort)


def need(session: Session) -> Scene:
    return Scene(
        make_member(session, Role.UNIT_MEMBER, make_unit(session)),
        "/needs/new",
        {"title": "Ensomme eldre"},
        Need,
    )


def concept(session: Session) -> Scene:
    return Scene(
        make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)),
        "/concepts/new",
        {"title": "Turvenn"},
        Concept,
    )


@pytest.fixture
def app(built_app: WebApplication, committed: Database) -> Flask:
    built_app.database = committed
    return built_app


@pytest.mark.parametrize("prepare", [purchase, dialogue, effort, need, concept])
def test_one_form_makes_one_row(
    app: Flask, committed: Database, prepare: Callable[[Session], Scene]
) -> None:
    with committed.writing() as session:
        scene = prepare(session)
        browser = Browser(app, session).sign_in(scene.person)
        session.commit()
    page = browser.get(scene.path)
    sent = form_values(page.form()) | scene.fields
    before = rows(committed, scene.made), rows(committed, AuditEvent)

    answers = send_together(browser, scene.path, sent)

    assert rows(committed, scene.made) == before[0] + 1
    assert [answer.status_code // 100 for answer in answers] == [3, 3]
    assert answers[0].location == answers[1].location
    events = rows(committed, AuditEvent)
    assert send_together(browser, scene.path, sent)[0].location == answers[0].location
    assert (rows(committed, scene.made), rows(committed, AuditEvent)) == (before[0] + 1, events)


def send_together(browser: Browser, path: str, sent: dict[str, Any]) -> list[TestResponse]:
    together = Barrier(2, timeout=SECONDS)

    def send(_number: int) -> TestResponse:
        client = browser.another_client()
        together.wait()
        return client.post(path, data=sent)

    with ThreadPoolExecutor(2) as threads:
        return [running.result(SECONDS) for running in [threads.submit(send, n) for n in (0, 1)]]


def rows(database: Database, model: type[Identified]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(model.id))) or 0
