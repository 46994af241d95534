"""What strangers are refused stands in their form again: nobody is signed in on these pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.services.links import issue_link
from marketplace.accounts.states import LinkPurpose
from marketplace.accounts.tokens import link_path, link_token
from marketplace.core.refused_forms import RefusedForm
from tests.factories import make_person
from tests.passwords import PASSWORD, PASSWORD_HASH
from tests.web.client import Browser, PageView, error_points, form_values

pytestmark = pytest.mark.usefixtures("quick_hashing")

SignedIn = Callable[[Person], Browser]
WRONG = "et helt annet passord"
REGISTRATION = {
    "name": "Nabohjelp AS",
    "organisation_number": "123",
    "about": "Vi hjelper naboer <i>hver</i> dag.",
    "person_name": "Ola Gründer",
    "email": "ola@nabo.example",
}
LOST = "Det du skrev, er ikke her lenger. Skriv det på nytt."


@pytest.fixture
def person(session: Session) -> Person:
    return make_person(session, name="Kari Nordmann", password_hash=PASSWORD_HASH)


@pytest.fixture
def link(session: Session, person: Person, browser: Browser) -> str:
    issued = issue_link(session, person, LinkPurpose.RESET)
    return link_path(link_token(browser.settings.secret_key, issued.secret))


def register(browser: Browser) -> PageView:
    return browser.submit(browser.get("/register"), **REGISTRATION)


def test_a_registration_is_kept_whole_with_all_that_is_wrong(browser: Browser) -> None:
    page = register(browser)
    assert page.refused
    assert page.address.startswith("/register?again=")
    assert page.soup.select_one('.ds-error-summary a[href="#organisation_number"]')
    assert form_values(page.form()).items() >= REGISTRATION.items()
    done = browser.submit(page, organisation_number="974 760 673")
    assert (done.status, done.location) == (302, "/register/sent")


def test_another_browser_sees_nothing_of_it(
    app: Flask, browser: Browser, session: Session, signed_in: SignedIn, person: Person
) -> None:
    address = register(browser).address
    for other in (Browser(app, session), signed_in(person)):
        page = other.get(address)
        assert error_points(page) == [LOST]
        assert REGISTRATION["email"] not in page.text
        assert form_values(page.form())["email"] == ""


def test_a_sign_in_keeps_the_address_and_the_way_but_no_password(
    browser: Browser, session: Session, person: Person
) -> None:
    asked = browser.get("/sign-in?next=/profile")
    page = browser.submit(asked, "/sign-in", email=person.email, password=WRONG)
    assert page.refused
    values = form_values(page.form("/sign-in"))
    assert (values["email"], values["password"], values["next"]) == (person.email, "", "/profile")
    assert WRONG not in page.response.text
    assert person.email not in session.scalars(select(RefusedForm.contents)).one()
    done = browser.submit(page, "/sign-in", password=PASSWORD)
    assert (done.status, done.location) == (303, "/profile")
    assert error_points(browser.get(page.address)) == [LOST]


def test_a_forgotten_password_needs_an_address(browser: Browser) -> None:
    page = browser.submit(browser.get("/forgotten-password"), email="")
    assert page.refused
    assert error_points(page) == ["Skriv e-postadressen."]


def test_a_password_that_is_too_short_leaves_the_link_open(browser: Browser, link: str) -> None:
    page = browser.submit(browser.get(link), password="kort")
    assert page.refused
    assert page.address.startswith(f"{link}?again=")
    assert form_values(page.form())["password"] == ""
    assert browser.get("/profile").status == 302
    done = browser.submit(page, password="fem andre gode ord")
    assert (done.status, done.location) == (303, "/")
    assert "Passordet er lagret, og du er logget inn." in browser.follow(done).text
    assert browser.get(page.address).status == 410
