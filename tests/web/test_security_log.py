"""Security events: who, what, when and from where as one JSON object; never what was typed."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.services.people import invite_first_administrator
from marketplace.core.actor import Role
from marketplace.core.security_log import LogLines
from tests.factories import make_member, make_organisation, make_person
from tests.passwords import PASSWORD, hash_quickly
from tests.web.client import Browser

SignedIn = Callable[[Person], Browser]
WRONG = "helt feil passord"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    def read() -> list[dict[str, Any]]:
        security = (r for r in caplog.records if r.name == "marketplace.security")
        return [json.loads(LogLines().format(record)) for record in security]

    with caplog.at_level(logging.INFO):
        yield read


Lines = Callable[[], list[dict[str, Any]]]


def test_a_failed_sign_in_names_the_account_and_nothing_typed(
    browser: Browser, session: Session, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    person = make_person(session, password_hash=hash_password(PASSWORD))
    page = browser.get("/sign-in")
    for email in (person.email, "ingen@kommune.example"):
        browser.submit(page, email=email, password=WRONG)
    known, unknown = lines()
    assert (known["event"], known["subject_id"], known["who"]) == (
        "sign_in.failed",
        person.id,
        None,
    )
    assert (known["from"], known["endpoint"]) == ("127.0.0.1", "accounts.do_sign_in")
    assert datetime.fromisoformat(known["time"]).tzinfo is not None
    assert unknown["subject_id"] is None
    assert known["request"] != unknown["request"]
    told = json.dumps([known, unknown])
    assert WRONG not in told
    assert "@" not in told


def test_too_many_attempts(
    browser: Browser, session: Session, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    person = make_person(session, password_hash=hash_password(PASSWORD))
    for _ in range(6):
        browser.submit(browser.get("/sign-in"), email=person.email, password=WRONG)
    assert [line["event"] for line in lines()] == [*["sign_in.failed"] * 5, "attempts.too_many"]


def test_a_refusal_by_permission_has_the_code_of_its_page(
    session: Session, signed_in: SignedIn, lines: Lines
) -> None:
    person = make_person(session)
    page = signed_in(person).get("/administration/people/7")
    (line,) = lines()
    assert (line["event"], line["reason"]) == ("permission.refused", "role_missing")
    assert (line["who"], line["person_id"]) == (person.id, 7)
    assert f"Feilkode: {line['request']}" in page.text


def test_roles_given_and_ended_are_written_when_they_are_committed(
    session: Session, signed_in: SignedIn, lines: Lines
) -> None:
    municipality = make_organisation(session)
    chief, person = make_member(session, Role.ADMINISTRATOR), make_person(session)
    browser, path = signed_in(chief), f"/administration/people/{person.id}"
    where = {"role": "coordinator", "where": f"organisation-{municipality.id}"}
    page = browser.get(path)
    browser.submit(page, f"{path}/memberships", **where)
    refused = browser.submit_from_another_window(page, f"{path}/memberships", **where)
    assert refused.refused
    browser.submit(browser.get(path), f"{path}/memberships/{person.memberships[0].id}/end")
    given, ended = lines()
    assert (given["event"], ended["event"]) == ("membership.granted", "membership.ended")
    for line in (given, ended):
        assert (line["who"], line["subject_id"]) == (chief.id, person.id)
        assert (line["role"], line["organisation_id"]) == ("coordinator", municipality.id)
        assert person.name not in json.dumps(line)


def test_an_undone_change_of_roles_is_not_written(session: Session, lines: Lines) -> None:
    invite_first_administrator(session, email="a@b.example", name="Anne", secret_key="k" * 32)
    session.rollback()
    session.commit()
    assert lines() == []
    invite_first_administrator(session, email="a@b.example", name="Anne", secret_key="k" * 32)
    session.commit()
    assert [line["role"] for line in lines()] == ["administrator"]


def test_an_export_is_written_and_a_page_is_not(
    session: Session, signed_in: SignedIn, lines: Lines
) -> None:
    person = make_member(session, Role.COORDINATOR, make_organisation(session))
    browser = signed_in(person)
    browser.get("/flow")
    assert lines() == []
    browser.get("/flow.csv")
    (line,) = lines()
    assert (line["event"], line["who"]) == ("data.exported", person.id)
    assert line["endpoint"] == "dashboards.flow_csv"


def test_all_other_lines_have_time_and_part_before_them() -> None:
    record = logging.LogRecord("marketplace.ui", logging.INFO, "", 0, "hei", None, None)
    assert LogLines().format(record).endswith(" INFO marketplace.ui hei")
