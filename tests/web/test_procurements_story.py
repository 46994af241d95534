"""From a test that has ended, by the decision to buy, to what others may learn of it."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.decisions import queries as decisions
from marketplace.decisions import services as deciding
from marketplace.pilots.states import PilotState
from marketplace.procurements import queries
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
    names = [case.person(name).name for name in ("member", "leader", "entrepreneur")]
    for secret in (*names, "50 000", "50\u2009000", "50000"):
        assert secret not in draft


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
