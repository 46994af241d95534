"""Proving an address in the browser: registering, roles given later, and moving to another."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person
from marketplace.config import Settings
from marketplace.core.actor import Role
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.worker import run_once
from tests.domain.mail_stage import Collected
from tests.factories import make_entrepreneur, make_member, make_organisation, make_person
from tests.passwords import PASSWORD, PASSWORD_HASH
from tests.web.client import Browser, PageView, error_points
from tests.web.test_accounts_people import REGISTRATION, mailed_path, open_mail, register

pytestmark = pytest.mark.usefixtures("quick_hashing")

SignedIn = Callable[[Person], Browser]
EMAIL = REGISTRATION["email"]
NEW = "ny.adresse@kommune.example"


@pytest.fixture
def chief(session: Session, signed_in: SignedIn) -> Browser:
    return signed_in(make_member(session, Role.ADMINISTRATOR, name="Anne Sjef"))


def sign_in(browser: Browser, email: str, password: str) -> PageView:
    return browser.submit(browser.get("/sign-in"), "/sign-in", email=email, password=password)


@pytest.mark.parametrize("known", [True, False])
def test_registering_looks_the_same_whether_the_address_has_an_account(
    browser: Browser, session: Session, *, known: bool
) -> None:
    if known:
        make_person(session, email=EMAIL, password_hash=PASSWORD_HASH)
    asked = register(browser)
    assert (asked.status, asked.location) == (302, "/register/sent")
    assert "før du har brukt den, er ingenting registrert" in browser.follow(asked).text
    wrong = sign_in(browser, EMAIL, "et helt annet passord")
    assert error_points(wrong)[0].startswith("E-posten eller passordet er feil.")
    assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_the_mails_say_what_to_do_and_lead_to_the_link(
    browser: Browser, session: Session, database: Database, settings: Settings
) -> None:
    register(browser)
    path, sent = mailed_path(session, settings), Collected()
    run_once(database, settings, sent)
    register(browser)
    known = make_person(session, email="kari@nabo.example")
    register(browser, email=known.email)
    run_once(database, settings, sent)
    first, _second, third = sent
    assert (first["To"], first["Subject"]) == (EMAIL, "Bekreft registreringen på Behovstorget")
    assert f"http://localhost{path}" in first.get_content()
    assert third["To"] == known.email
    assert "Adressen har en konto fra før, så ingenting er endret." in third.get_content()
    assert "/link/" not in third.get_content()


def test_the_link_says_what_is_registered_before_anything_is(
    browser: Browser, session: Session, settings: Settings
) -> None:
    register(browser)
    page = browser.get(mailed_path(session, settings))
    assert "så registrerer vi «Nabohjelp AS»" in page.text
    for told in ("974760673", "Vi hjelper naboer <i>hver</i> dag."):
        assert told in page.text, "a stranger may have asked with the same name"
    assert session.scalars(select(Organisation)).all() == []


def test_a_number_that_was_taken_meanwhile_is_told_on_the_page(
    browser: Browser, session: Session
) -> None:
    register(browser)
    make_entrepreneur(session, organisation_number="974760673")
    page = open_mail(browser, session)
    assert page.refused
    assert error_points(page)[0].startswith("Organisasjonen er allerede registrert.")
    assert browser.get("/profile").status == 302


def test_a_role_given_to_somebody_who_registered_waits_for_the_mail(
    browser: Browser, session: Session, chief: Browser
) -> None:
    register(browser)
    open_mail(browser, session)
    person = session.scalars(select(Person).where(Person.email == EMAIL)).one()
    place = f"organisation-{make_organisation(session, name='Solvik kommune').id}"
    path = f"/administration/people/{person.id}"
    given = chief.submit(chief.get(path), f"{path}/memberships", role="coordinator", where=place)
    shown = chief.follow(given)
    assert f"Rollen gjelder når personen har åpnet lenken vi sender til {EMAIL}." in shown.text
    assert "koordinator, Solvik kommune" in shown.text
    assert browser.get("/attention").status == 403
    assert chief.submit(shown, f"{path}/invitation").status == 302
    at_home = Browser(browser.client.application, session)
    link = mailed_path(session, browser.settings)
    page = at_home.get(link)
    assert "koordinator, Solvik kommune" in page.text
    assert at_home.submit(page, password="seks helt andre ord her").status == 303
    assert at_home.get("/attention").status == 200
    assert browser.get("/attention").status == 302


def test_an_offered_role_is_taken_back(browser: Browser, session: Session, chief: Browser) -> None:
    register(browser)
    open_mail(browser, session)
    person = session.scalars(select(Person).where(Person.email == EMAIL)).one()
    path = f"/administration/people/{person.id}"
    place = f"organisation-{make_organisation(session).id}"
    chief.submit(chief.get(path), f"{path}/memberships", role="coordinator", where=place)
    shown = chief.get(path)
    (button,) = shown.soup.select("form[action*='/offers/'][action$='/withdraw']")
    assert chief.submit(shown, str(button["action"])).status == 302
    assert not chief.get(path).soup.select("form[action*='/offers/']")
    assert chief.post(str(button["action"])).status == 404


# ---------------------------------------------------------------- another address


def test_another_address_is_asked_for_proved_and_used(
    browser: Browser, session: Session, signed_in: SignedIn, settings: Settings
) -> None:
    person = make_person(session, email="gammel@kommune.example", password_hash=PASSWORD_HASH)
    own = signed_in(person)
    wrong = own.submit(own.get("/profile/address"), email=NEW, old_password="et annet passord")
    assert error_points(wrong) == ["Dette er ikke passordet du har nå. Prøv igjen."]
    asked = own.submit(wrong, email=NEW, old_password=PASSWORD)
    assert "Til da gjelder den gamle." in own.follow(asked).text
    link = mailed_path(session, settings)
    assert browser.get(link).location == f"/sign-in?next={link}"
    assert browser.post(link).status == 401
    stranger = signed_in(make_person(session))
    assert stranger.post(link).status == 401
    assert session.get_one(Person, person.id).email == "gammel@kommune.example"
    page = own.get(link)
    assert f"Fra nå av logger du inn med {NEW}" in page.text
    done = own.submit(page)
    assert f"Du logger inn med {NEW}." in own.follow(done).text
    assert own.get(link).status == 410
    assert sign_in(browser, NEW, PASSWORD).status == 303


@pytest.mark.parametrize("known", [True, False])
def test_asking_for_an_address_looks_the_same_for_all(
    session: Session, signed_in: SignedIn, *, known: bool
) -> None:
    if known:
        make_person(session, email=NEW)
    own = signed_in(make_person(session, password_hash=PASSWORD_HASH))
    asked = own.submit(own.get("/profile/address"), email=NEW, old_password=PASSWORD)
    page = own.follow(asked)
    assert "Åpne lenken vi har sendt til den nye adressen." in page.text
    notices = own.get("/notifications").text
    assert "Du har bedt om å bytte e-postadresse" in notices
