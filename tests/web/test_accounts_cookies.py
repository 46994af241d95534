"""Cookies: bound to this host with https; and the one that lets a known device through."""

from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.routes.devices import DEVICE_COOKIE
from marketplace.app import create_app
from marketplace.config import load_settings
from marketplace.core.engine import Database
from tests.factories import make_person
from tests.passwords import PASSWORD, PASSWORD_HASH
from tests.web.client import Browser, PageView

pytestmark = pytest.mark.usefixtures("quick_hashing")

SignedIn = Callable[[Person], Browser]
HTTPS = "https://localhost"
WRONG = "et annet passord"


@pytest.fixture
def person(session: Session) -> Person:
    return make_person(session, name="Kari Nordmann", password_hash=PASSWORD_HASH)


# ---------------------------------------------------------------- with https


@pytest.fixture
def secure(database: Database, tmp_path: Path) -> FlaskClient:
    settings = load_settings({"INSTANCE_DIR": str(tmp_path), "PUBLIC_URL": HTTPS})
    return create_app(settings, database).test_client()


def send(client: FlaskClient, path: str, **fields: str) -> list[str]:
    """Post a form as a browser does with https; the cookies that the answer sets."""
    page = client.get("/sign-in", base_url=HTTPS)
    token = BeautifulSoup(page.text, "lxml").select_one("input[name=csrf_token]")
    assert token is not None
    answer = client.post(
        path,
        data={"csrf_token": str(token["value"])} | fields,
        base_url=HTTPS,
        headers={"Referer": f"{HTTPS}/sign-in"},
    )
    assert answer.status_code == 303
    return page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")


@pytest.mark.parametrize("value", ["1|é", "1|" + 128 * "0"])
def test_a_cookie_by_which_others_remember_people_is_not_read(browser: Browser, value: str) -> None:
    browser.client.set_cookie("remember_token", value)
    assert browser.get("/profile").status == 302


def test_with_https_every_cookie_is_secure_and_bound_to_the_host(
    secure: FlaskClient, person: Person
) -> None:
    lines = send(secure, "/sign-in", email=person.email, password=PASSWORD)
    assert secure.get("/profile", base_url=HTTPS).status_code == 200
    lines += send(secure, "/language", language="en")
    lines += send(secure, "/sign-out")
    cookies = [cookie for line in lines for cookie in SimpleCookie(line).values()]
    names = {cookie.key for cookie in cookies}
    assert names == {"__Host-session", "__Host-device", "__Host-language"}
    for cookie in cookies:
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (
            True,
            True,
            "/",
            "",
        )
        assert cookie["samesite"] == "Lax"


def test_with_https_the_language_is_read_from_its_cookie(secure: FlaskClient) -> None:
    send(secure, "/language", language="en")
    page = BeautifulSoup(secure.get("/sign-in", base_url=HTTPS).text, "lxml")
    assert page.html is not None
    assert page.html["lang"] == "en"


def test_signing_out_clears_what_the_browser_stores(signed_in: SignedIn, person: Person) -> None:
    browser = signed_in(person)
    page = browser.submit(browser.get("/profile"), "/sign-out")
    assert page.response.headers["Clear-Site-Data"] == '"storage"'
    assert browser.client.get_cookie("session") is None


# ---------------------------------------------------------------- a known device


def sign_in(browser: Browser, email: str, password: str = PASSWORD) -> PageView:
    return browser.submit(browser.get("/sign-in"), "/sign-in", email=email, password=password)


def use_up_tries(browser: Browser, email: str) -> None:
    for _ in range(5):
        assert sign_in(browser, email, WRONG).refused


@pytest.fixture
def known(signed_in: SignedIn, person: Person) -> Browser:
    """A browser that has been signed in to the account, and is not any more."""
    browser = signed_in(person)
    browser.submit(browser.get("/profile"), "/sign-out")
    assert sign_in(browser, person.email).status == 303
    browser.submit(browser.get("/profile"), "/sign-out")
    return browser


def test_a_browser_known_to_the_account_is_let_through(
    browser: Browser, known: Browser, person: Person
) -> None:
    use_up_tries(browser, person.email)
    assert sign_in(browser, person.email).refused
    assert sign_in(known, f" {person.email.upper()} ").status == 303


def test_a_browser_known_to_another_account_waits(
    browser: Browser, known: Browser, session: Session
) -> None:
    other = make_person(session, password_hash=PASSWORD_HASH)
    use_up_tries(browser, other.email)
    assert sign_in(known, other.email).refused


def test_a_browser_is_known_to_each_account_it_was_signed_in_to(
    browser: Browser, known: Browser, person: Person, session: Session
) -> None:
    other = make_person(session, password_hash=PASSWORD_HASH)
    assert sign_in(known, other.email).status == 303
    for account in (person, other):
        use_up_tries(browser, account.email)
        assert sign_in(known, account.email).status == 303


@pytest.mark.parametrize("forged", ["", "made.by.hand", "W10.x.y"])
def test_a_device_cookie_that_we_did_not_make_is_worth_nothing(
    browser: Browser, person: Person, forged: str
) -> None:
    use_up_tries(browser, person.email)
    browser.client.set_cookie(DEVICE_COOKIE, forged)
    assert sign_in(browser, person.email).refused


def test_the_device_cookie_gives_no_access_and_tells_no_address(
    known: Browser, person: Person
) -> None:
    cookie = known.client.get_cookie(DEVICE_COOKIE)
    assert cookie is not None
    assert person.email not in cookie.value
    assert known.get("/profile").status == 302
