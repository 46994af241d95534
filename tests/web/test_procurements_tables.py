"""The pages of the dated thresholds and of the steps of each route."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.needs.states import ProcurementRoute
from marketplace.procurements import queries
from marketplace.procurements.models import Threshold
from tests.domain.procurement_cast import Purchasing, make_purchasing
from tests.web.client import Browser, PageView, errors

SignedIn = Callable[[Person], Browser]
DIRECT = ProcurementRoute.DIRECT_PURCHASE


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


@pytest.fixture
def administrator(case: Purchasing, signed_in: SignedIn) -> Browser:
    return signed_in(case.person("administrator"))


def area(page: PageView, name: str) -> str:
    field = page.soup.select_one(f'textarea[name="{name}"]')
    return field.get_text().strip() if field else ""


def test_an_administrator_adds_an_amount_and_the_old_ones_stand(
    case: Purchasing, administrator: Browser
) -> None:
    page = administrator.get("/administration/thresholds/new?key=national")
    form = page.form()
    assert form.select_one('option[value="national"][selected]')

    sent = administrator.submit(page, amount="1 500 000", valid_from="01.01.2027")

    page = administrator.follow(sent)
    section = page.soup.select_one("section[aria-labelledby=key-national]")
    assert section is not None
    rows = [" ".join(row.get_text(" ").split()) for row in section.select("tbody tr")]
    assert rows[0].startswith("01.01.2027 1 500 000 kr")
    assert rows[1].startswith("06.04.2018 Gjelder nå 1 300 000 kr")
    assert case.person("administrator").name in rows[0]


def test_what_changes_open_cases_is_shown_before_it_counts_and_can_be_withdrawn(
    case: Purchasing, administrator: Browser
) -> None:
    case.procurement(estimated_value=550_000)
    administrator.looks_first = True
    page = administrator.get("/administration/thresholds/new?key=act_applies")
    asked = administrator.submit(page, amount="1 200 000", valid_from="02.07.2026")
    assert "Beløpet går fra" in errors(asked)

    look = administrator.submit(asked, jump_confirmed="y")

    assert look.last_look
    assert f"«{case.pairing.need.title}»: fra «" in look.text
    assert case.session.scalar(select(func.count(Threshold.id))) == 0
    assert administrator.submit(look).status == 302
    path = "/administration/thresholds/act_applies/2026-07-02/withdraw"
    look = administrator.submit(administrator.get(path), reason="Et siffer for mye.")
    page = administrator.follow(administrator.submit(look))
    assert "Trukket" in page.text
    assert "Et siffer for mye." in page.text
    assert page.soup.select_one("section[aria-labelledby=key-act_applies] s")
    assert administrator.get(path).status == 404


def test_an_amount_is_never_written_over(case: Purchasing, administrator: Browser) -> None:
    page = administrator.get("/administration/thresholds/new?key=national")

    refused = administrator.submit(page, valid_from="06.04.2018", amount="5")

    assert refused.refused
    assert "Beløp blir aldri skrevet over" in errors(refused)
    assert case.session.scalar(select(func.count(Threshold.id))) == 0


@pytest.mark.parametrize("name", ["buyer", "coordinator"])
def test_others_read_the_tables(case: Purchasing, signed_in: SignedIn, name: str) -> None:
    browser = signed_in(case.person(name))

    page = browser.get("/administration/thresholds")
    assert page.status == 200
    assert not page.soup.select("main form")
    assert browser.post("/administration/thresholds/new", {"key": "national"}).status == 403
    page = browser.get("/administration/procurement-steps")
    assert "Kunngjør konkurransen" in page.text
    assert browser.get("/administration/procurement-steps/open_tender").status == 403


def test_an_administrator_changes_the_steps_of_a_route(
    case: Purchasing, administrator: Browser
) -> None:
    path = "/administration/procurement-steps/direct_purchase"
    page = administrator.get(path)
    assert "Be om tilbud; 7" in area(page, "steps")

    refused = administrator.submit(page, steps="Be om tilbud; 7\nSkriv under")
    assert "Linje 2" in errors(refused)
    assert area(refused, "steps").endswith("Skriv under")

    saved = administrator.submit(refused, steps="Be om tilbud; 7\n\nSkriv under; 3")
    assert saved.status == 302
    found = queries.list_step_templates(case.session, DIRECT)
    assert [(row.title, row.days) for row in found] == [("Be om tilbud", 7), ("Skriv under", 3)]
    assert administrator.submit_from_another_window(page, steps="Noe annet; 3").refused


@pytest.mark.parametrize("route", ["undecided", "tull"])
def test_there_are_no_steps_of_what_is_no_route(administrator: Browser, route: str) -> None:
    assert administrator.get(f"/administration/procurement-steps/{route}").status == 404
