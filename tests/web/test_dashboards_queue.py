"""What needs a coordinator's attention: the queue, its filters and its file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.clock import now
from marketplace.needs.states import NeedState
from tests.factories import (
    make_concept,
    make_member,
    make_need,
    make_pairing,
    make_unit,
)
from tests.queries import count_queries
from tests.web.client import Browser, PageView, links, menu

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def unit(session: Session) -> Unit:
    return make_unit(session, name="Hjemmetjenesten")


@pytest.fixture
def coordinator(session: Session, unit: Unit) -> Person:
    return make_member(session, Role.COORDINATOR, unit.organisation)


@pytest.mark.parametrize("path", ["/attention", "/attention.csv"])
def test_the_queue_is_for_coordinators(
    session: Session, signed_in: SignedIn, unit: Unit, browser: Browser, path: str
) -> None:
    for role in (Role.UNIT_LEADER, Role.LEADERSHIP, Role.PROCUREMENT_ADVISER):
        where: Unit | Organisation = unit if role in UNIT_ROLES else unit.organisation
        person_browser = signed_in(make_member(session, role, where))
        assert person_browser.get(path).status == 403
        assert "Trenger oppmerksomhet" not in menu(person_browser.get("/"))
    assert browser.get(path).status in {302, 303, 401}


def rows_of(page: PageView) -> list[list[str]]:
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.soup.select("main tbody tr")
    ]


def test_the_queue_says_who_is_waited_for_and_since_when(
    session: Session, signed_in: SignedIn, unit: Unit, coordinator: Person
) -> None:
    yesterday = now() - timedelta(days=1)
    review = {"title": "Søvn", "submitted_at": yesterday, "endorsed_at": yesterday}
    make_need(session, unit, NeedState.IN_REVIEW, **review)
    need, concept = make_need(session, unit, title="Ro"), make_concept(session, title="Hest")
    make_pairing(session, need, concept, proposed_at=now() - timedelta(days=9))
    make_need(session, title="En annen kommunes", state=NeedState.IN_REVIEW)
    page = signed_in(coordinator).get("/attention")
    assert page.status == 200
    assert page.heading == "Trenger oppmerksomhet"
    assert rows_of(page) == [
        [
            "Ro Hest",
            "Kobling uten entreprenørens ja",
            "Hjemmetjenesten",
            "entreprenøren",
            "05.09.2026",
            "9 dager",
        ],
        ["Søvn", "Behov til vurdering", "Hjemmetjenesten", "deg", "13.09.2026", "1 dag"],
    ]
    assert "Trenger oppmerksomhet" in menu(page)


def test_the_queue_is_filtered(
    session: Session, signed_in: SignedIn, unit: Unit, coordinator: Person
) -> None:
    other = make_unit(session, unit.organisation, name="Skolen")
    make_need(session, unit, NeedState.IN_REVIEW, title="A")
    make_need(session, other, NeedState.NEEDS_CHANGES, title="B")
    browser = signed_in(coordinator)

    def titles(query: str) -> list[str]:
        return sorted(row[0] for row in rows_of(browser.get(f"/attention?{query}")))

    assert titles("kind=need_review") == ["A"]
    assert titles(f"unit={other.id}") == ["B"]
    assert titles(f"unit={unit.id}&kind=need_changes") == []
    assert titles("kind=&unit=") == ["A", "B"]
    assert titles("kind=nonsense&unit=x") == ["A", "B"]
    assert titles("unit=" + "9" * 30) == ["A", "B"]
    page = browser.get(f"/attention?unit={other.id}")
    chosen = page.soup.select_one("select[name=unit] option[selected]")
    assert chosen is not None
    assert chosen.get_text() == "Skolen"
    assert f"/attention.csv?unit={other.id}" in links(page)
    for name in ("kind", "unit"):
        assert page.soup.select_one(f"label[for={name}]")


def test_an_empty_queue_says_so(signed_in: SignedIn, coordinator: Person) -> None:
    browser = signed_in(coordinator)
    assert "Ingen sak i kommunen venter på noen nå." in browser.get("/attention").text
    assert "/attention" in links(browser.get("/attention?kind=need_review"))


def test_the_queue_as_a_file(
    session: Session, signed_in: SignedIn, unit: Unit, coordinator: Person
) -> None:
    make_need(session, unit, NeedState.IN_REVIEW, title="=1+1")
    make_need(session, unit, NeedState.NEEDS_CHANGES, title="Skjult")
    answer = signed_in(coordinator).get("/attention.csv?kind=need_review").response
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    heading, *rows = answer.data.decode("utf-8-sig").splitlines()
    assert heading == "Hva;Behov;Konsept;Enhet;Venter på;Siden;Dager"
    assert rows == ["Behov til vurdering;'=1+1;;Hjemmetjenesten;koordinatoren;14.09.2026;0"]


def test_the_queue_has_pages_and_a_constant_number_of_queries(
    session: Session, signed_in: SignedIn, unit: Unit, coordinator: Person
) -> None:
    browser, counted = signed_in(coordinator), []
    state: dict[str, Any] = {"state": NeedState.IN_REVIEW}
    for number in (3, 9, 12):
        for _ in range(number):
            make_need(session, unit, **state)
        with count_queries(session) as counter:
            browser.get("/attention?kind=need_review")
        counted.append(counter.count)
    assert len(set(counted)) == 1
    page = browser.get("/attention?kind=need_review")
    assert len(rows_of(page)) == 20
    assert "/attention?kind=need_review&page=2" in links(page)
    assert len(rows_of(browser.get("/attention?kind=need_review&page=2"))) == 4
