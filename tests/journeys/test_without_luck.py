"""What must work when something does not: no scripts, and a session that ends in the middle."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from marketplace.accounts.models import Unit, WebSession
from marketplace.accounts.passwords import hash_password
from marketplace.core.actor import Role
from marketplace.core.clock import now
from marketplace.demo.load import DEMO_PASSWORD
from marketplace.needs.models import Need
from tests.factories import make_member, make_unit
from tests.journeys.conftest import NARROW, Site, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

MEMBER = "mona@solvik.example"
PROBLEM = "Elevene kommer ikke på skolen, og vi når ikke foreldrene."


@pytest.fixture
def unit(site: Site) -> Unit:
    with site.database.writing() as session:
        unit = make_unit(session)
        password = hash_password(DEMO_PASSWORD)
        make_member(session, Role.UNIT_MEMBER, unit, email=MEMBER, password_hash=password)
        session.commit()
    return unit


def start_a_need(member: Visitor) -> None:
    member.sign_in(MEMBER)
    member.go("/needs/new")
    member.press("Begynn å skrive")
    member.fill("Tittel", "Fravær")
    member.fill("Hva er problemet?", PROBLEM)


def stored_problem(site: Site) -> str:
    with site.database.reading() as session:
        return session.query(Need).one().problem


@pytest.mark.usefixtures("unit")
def test_a_need_is_written_without_scripts(site: Site, visit: Callable[..., Visitor]) -> None:
    member = visit(NARROW, scripts=False)
    start_a_need(member)
    member.press("Lagre og gå videre")
    expect(member.page.get_by_label("Hva har dere prøvd?")).to_be_visible()
    assert stored_problem(site) == PROBLEM


@pytest.mark.usefixtures("unit")
def test_nothing_is_lost_when_the_session_ends(site: Site, visit: Callable[..., Visitor]) -> None:
    member = visit(scripts=False)
    start_a_need(member)
    with site.database.writing() as session:
        session.execute(update(WebSession).values(revoked_at=now()))
        session.commit()
    member.press("Lagre og gå videre")
    member.fill("E-post", MEMBER)
    member.page.get_by_label("Passord").fill(DEMO_PASSWORD)
    member.press("Logg inn")
    member.sees("Vi tok vare på det du skrev")
    member.sees(PROBLEM)
    member.press("Send skjemaet")
    assert stored_problem(site) == PROBLEM


@pytest.mark.usefixtures("unit")
def test_what_is_typed_is_saved_as_one_goes(site: Site, visit: Callable[..., Visitor]) -> None:
    member = visit()
    start_a_need(member)
    expect(member.page.locator("[aria-live]")).to_contain_text("Lagret kl.")
    assert stored_problem(site) == PROBLEM
