"""From a test that has ended, by the decision to buy, to what others may learn of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.agreements.models import AgreedSite
from marketplace.core.clock import clock_at, now, today
from marketplace.decisions import queries as decisions
from marketplace.decisions import services as deciding
from marketplace.pilots.states import PilotState, Reached
from marketplace.procurements import queries
from marketplace.procurements.pages.teaching import draft_package
from marketplace.ui.filters import norwegian_date
from tests.domain.pilot_cast import PilotCast, make_pilot_cast
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def case(session: Session, app: object) -> PilotCast:
    """With the application's reactions at work, so that the stages follow each other."""
    assert app is not None
    case = make_pilot_cast(session)
    case.measure_all()
    case.use("entrepreneur", hours=12)
    case.complete()
    return case


def buy(case: PilotCast) -> None:
    decision = decisions.find_latest(case.session, case.pairing.id)
    assert decision is not None
    deciding.decide_to_buy(
        case.session,
        case.actor("leader"),
        decision=decision,
        version=decision.version,
        reason="Det virket.",
    )


def field(page: PageView, name: str) -> str:
    found = page.soup.select_one(f'[name="{name}"]')
    assert found is not None
    return str(found.get("value") or found.get_text())


def test_the_decision_to_buy_opens_the_procurement_once(case: PilotCast) -> None:
    assert case.pilot.state is PilotState.ENDED
    assert queries.find_procurement(case.session, case.pairing.id) is None

    buy(case)

    assert queries.find_procurement(case.session, case.pairing.id) is not None


def test_both_sides_read_on_the_case_that_it_goes_on(case: PilotCast, signed_in: SignedIn) -> None:
    buy(case)

    for name in ("leader", "entrepreneur"):
        browser = signed_in(case.person(name))
        assert "Anskaffelsen er i gang" in browser.get(f"/pairings/{case.pairing.id}").text


def test_the_adviser_is_told_what_to_do(case: PilotCast, signed_in: SignedIn) -> None:
    buy(case)

    page = signed_in(case.person("adviser")).get("/notifications")

    assert "Åpne den, og velg framgangsmåte." in page.text


def test_the_draft_has_criteria_results_sites_and_hours_but_no_names_and_no_prices(
    case: PilotCast, signed_in: SignedIn
) -> None:
    buy(case)
    browser = signed_in(case.person("adviser"))

    draft = field(browser.get(f"/pairings/{case.pairing.id}/procurement/package"), "text")

    for told in ("Solbakken", "Ensomhet. Mål: 30 av 40. Resultat: 31 av 40", "Entreprenøren: 12",
                 "Finne ut om det virker."):  # fmt: skip
        assert told in draft
    assert f"Når\n{norwegian_date(today())}\n" in draft  # begun and ended today
    names = [case.person(name).name for name in ("member", "leader", "entrepreneur")]
    for secret in (*names, "50 000", "50\u202f000", "50000"):
        assert secret not in draft


def drafted(app: Flask, case: PilotCast) -> str:
    with app.test_request_context(), force_locale("nb"):
        return draft_package(case.session, case.pairing)


def test_the_draft_has_the_days_the_test_really_went_on(session: Session, app: Flask) -> None:
    case = make_pilot_cast(session)
    begun = today()
    assert f"{norwegian_date(case.agreement.test_ends_on)}\n" in drafted(app, case)
    case.measure_all()
    with clock_at(now() + timedelta(days=9)):
        case.complete()

    last = norwegian_date(begun + timedelta(days=9))
    assert f"Når\n{norwegian_date(begun)} til {last}\n" in drafted(app, case)


def test_a_test_that_never_began_went_on_no_days(session: Session, app: Flask) -> None:
    case = make_pilot_cast(session, PilotState.PLANNED)
    assert "Når\n" in drafted(app, case)

    case.stop("leader")

    assert "Når\n" not in drafted(app, case)


def test_the_draft_says_why_something_was_not_measured(session: Session, app: Flask) -> None:
    case = make_pilot_cast(session)
    case.measure(reached=Reached.NOT_MEASURED, value="", note="Få svarte.", site=None)

    draft = drafted(app, case)

    assert "– Ensomhet. Mål: 30 av 40. Resultat: ikke målt (Få svarte)." in draft
    assert "– Trygghet. Mål: De fleste. Resultat: ikke målt." in draft


def test_the_draft_says_a_name_that_unit_and_site_share_once(session: Session, app: Flask) -> None:
    case = make_pilot_cast(session)
    unit = case.cast.unit
    case.agreement.sites.append(AgreedSite(unit=unit, name=unit.name))

    assert f"– Solbakken, {unit.name}\n– {unit.name}\n" in drafted(app, case)


def test_the_agreed_payment_is_proposed_until_it_is_recorded(
    case: PilotCast, signed_in: SignedIn
) -> None:
    browser = signed_in(case.person("adviser"))
    path = f"/pairings/{case.pairing.id}/procurement/purchases"

    page = browser.get(path)
    assert field(page, "amount") == "50000"
    assert "hentet fra avtalen" in page.text
    assert browser.submit(page).status == 302
    assert field(browser.get(path), "amount") == ""
