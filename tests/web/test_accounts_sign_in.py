"""Signing in and out in the browser."""

from collections.abc import Callable
from datetime import timedelta
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import OneTimeLink, Person, WebSession
from marketplace.accounts.services.links import issue_link
from marketplace.accounts.states import Language, LinkPurpose
from marketplace.accounts.tokens import link_path, link_token
from marketplace.app import create_app
from marketplace.config import Settings, load_settings
from marketplace.core.actor import Role
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.ui.setup import SESSION_COOKIE
from tests.factories import make_member, make_person, make_unit
from tests.passwords import PASSWORD, PASSWORD_HASH
from tests.signed_in import signed_in_cookie
from tests.web.client import Browser, PageView, error_points

pytestmark = pytest.mark.usefixtures("quick_hashing")

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def person(session: Session) -> Person:
    return make_person(session, name="Kari Nordmann", password_hash=PASSWORD_HASH)


def sign_in(
    browser: Browser, email: str, password: str = PASSWORD, path: str = "/sign-in"
) -> PageView:
    return browser.submit(browser.get(path), "/sign-in", email=email, password=password)


def session_cookie(page: PageView, name: str = SESSION_COOKIE) -> "Morsel[str]":
    cookies = SimpleCookie("; ".join(page.response.headers.getlist("Set-Cookie")))
    for header in page.response.headers.getlist("Set-Cookie"):
        cookies = SimpleCookie(header)
        if name in cookies:
            return cookies[name]
    raise AssertionError(f"no cookie {name}")


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/profile").status == 200


def test_signing_in_leads_to_the_page_that_was_asked_for(browser: Browser, person: Person) -> None:
    asked = browser.get("/profile")
    assert asked.location == "/sign-in?next=/profile"
    page = sign_in(browser, person.email, path=asked.location)
    assert (page.status, page.location) == (303, "/profile")
    assert "Kari Nordmann" in browser.get("/profile").text


def test_a_wrong_password_is_told_and_the_address_kept(browser: Browser, person: Person) -> None:
    page = sign_in(browser, person.email, "et annet passord")
    assert page.refused
    assert error_points(page) == [
        "E-posten eller passordet er feil. Sjekk begge deler, eller be om nytt passord."
    ]
    assert page.soup.select_one("#email")["value"] == person.email  # type: ignore[index]  # the page would fail here
    assert not is_signed_in(browser)


def test_wrong_passwords_are_counted_although_they_are_refused(
    browser: Browser, person: Person
) -> None:
    for _ in range(5):
        sign_in(browser, person.email, "et annet passord")
    page = sign_in(browser, person.email)
    (told,) = error_points(page)
    assert told.startswith("Det er prøvd for mange ganger. Vent i 1 min, eller velg «Har du glemt")
    with clock_at(now() + timedelta(minutes=1)):
        assert sign_in(browser, person.email).status == 303


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "evil", "/\t/evil.example", ""],
)
def test_only_pages_of_this_site_are_gone_to(browser: Browser, person: Person, target: str) -> None:
    fields = {"email": person.email, "password": PASSWORD, "next": target}
    assert browser.post("/sign-in", fields).location == "/"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(
    browser: Browser, person: Person
) -> None:
    cookie = session_cookie(sign_in(browser, person.email))
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (cookie["secure"], cookie["max-age"], cookie["domain"]) == ("", "", "")


@pytest.mark.parametrize("known", ["chosen by somebody else", None])
def test_a_cookie_known_before_signing_in_is_worth_nothing(
    browser: Browser, app: Flask, person: Person, session: Session, known: str | None
) -> None:
    known = known or signed_in_cookie(app, "chosen by somebody else")
    browser.client.set_cookie(SESSION_COOKIE, known)
    assert not is_signed_in(browser)
    sign_in(browser, person.email)
    assert is_signed_in(browser)
    browser.client.set_cookie(SESSION_COOKIE, known)
    assert not is_signed_in(browser)
    assert len(session.scalars(select(WebSession)).all()) == 1


def test_signing_in_anew_ends_the_sign_in_that_was_there(
    browser: Browser, person: Person, session: Session
) -> None:
    before = session_cookie(sign_in(browser, person.email)).value
    sign_in(browser, make_person(session, password_hash=PASSWORD_HASH).email)
    assert is_signed_in(browser)
    browser.client.set_cookie(SESSION_COOKIE, before)
    assert not is_signed_in(browser)


def test_a_csrf_token_from_before_signing_in_no_longer_works(
    browser: Browser, person: Person
) -> None:
    before = browser._token()
    sign_in(browser, person.email)
    data = {"csrf_token": before, "language": "en"}
    assert browser.client.post("/language", data=data).status_code == 400


def test_signing_out_ends_the_session_for_good(browser: Browser, person: Person) -> None:
    token = session_cookie(sign_in(browser, person.email)).value
    page = browser.submit(browser.get("/profile"), "/sign-out")
    assert page.status == 303
    assert not is_signed_in(browser)
    browser.client.set_cookie(SESSION_COOKIE, token)
    assert not is_signed_in(browser)
    assert browser.post("/sign-out").status == 303


def test_signing_out_needs_a_form_of_ours(browser: Browser, person: Person) -> None:
    browser.sign_in(person)
    assert browser.client.post("/sign-out").status_code == 400
    assert browser.client.get("/sign-out").status_code == 405
    assert is_signed_in(browser)


def test_a_session_is_seen_at_most_every_five_minutes(
    signed_in: SignedIn, person: Person, session: Session
) -> None:
    browser, start = signed_in(person), now()
    for minutes, seen in ((4, 0), (5, 5), (9, 5)):
        with clock_at(start + timedelta(minutes=minutes)):
            browser.get("/profile")
        found = session.scalars(select(WebSession)).one()
        assert found.last_seen_at == start + timedelta(minutes=seen)


def test_a_session_ends_two_hours_after_it_was_last_used(
    signed_in: SignedIn, person: Person
) -> None:
    browser, start = signed_in(person), now()
    with clock_at(start + timedelta(hours=1, minutes=59)):
        assert is_signed_in(browser)
    with clock_at(start + timedelta(hours=3, minutes=58)):
        assert is_signed_in(browser)
    with clock_at(start + timedelta(hours=5, minutes=58)):
        assert not is_signed_in(browser)


def test_ones_sessions_are_listed_and_ended(signed_in: SignedIn, person: Person) -> None:
    here, there, elsewhere = (signed_in(person) for _ in range(3))
    page = here.get("/sessions")
    buttons = page.soup.select("form[action*='/sessions/'][action$='/revoke']")
    assert (page.heading, len(buttons)) == ("Mine innlogginger", 2)
    assert "test" in page.text
    here.submit(page, str(buttons[-1]["action"]))
    assert (is_signed_in(here), is_signed_in(there), is_signed_in(elsewhere)) == (
        True,
        False,
        True,
    )
    here.submit(here.get("/sessions"), "/sessions/revoke-others")
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)
    assert not here.get("/sessions").has_form("/sessions/revoke-others")


def test_the_session_of_another_is_not_found(
    signed_in: SignedIn, person: Person, session: Session
) -> None:
    signed_in(person)
    theirs = session.scalars(select(WebSession)).one()
    stranger = signed_in(make_person(session))
    assert stranger.post(f"/sessions/{theirs.id}/revoke").status == 404
    session.refresh(theirs)
    assert theirs.revoked_at is None


def test_the_device_is_named(browser: Browser, person: Person, session: Session) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    browser.client.environ_base["HTTP_USER_AGENT"] = agent
    sign_in(browser, person.email)
    assert session.scalars(select(WebSession)).one().device == "Firefox, Linux"


# ---------------------------------------------------------------- passwords and links


@pytest.mark.parametrize("known", [True, False])
def test_asking_for_a_new_password_looks_the_same_for_all(
    browser: Browser, person: Person, session: Session, *, known: bool
) -> None:
    email = person.email if known else "ingen@kommune.example"
    page = browser.submit(browser.get("/forgotten-password"), email=email)
    assert (page.status, page.location) == (302, "/forgotten-password/sent")
    assert browser.follow(page).heading == "Sjekk e-posten din"
    assert len(session.scalars(select(OutboxMessage)).all()) == (1 if known else 0)


def test_a_reset_link_signs_in_once(
    browser: Browser, signed_in: SignedIn, person: Person, session: Session, settings: Settings
) -> None:
    elsewhere = signed_in(person)
    issued = issue_link(session, person, LinkPurpose.RESET)
    path = link_path(link_token(settings.secret_key, issued.secret))
    refused = browser.submit(browser.get(path), password="kort")
    assert refused.refused
    assert error_points(refused) == [
        "Passordet er for kort. Bruk minst 12 tegn, for eksempel fire ord."
    ]
    page = browser.submit(refused, password="fem andre gode ord")
    assert page.status == 303
    assert (is_signed_in(browser), is_signed_in(elsewhere)) == (True, False)
    for again in (browser.get(path), browser.post(path, {"password": "seks helt andre ord"})):
        assert (again.status, again.heading) == (410, "Lenken virker ikke lenger")
        assert again.soup.select_one("main a[href='/forgotten-password']")


def test_opening_a_link_does_not_use_it(
    browser: Browser, person: Person, session: Session, settings: Settings
) -> None:
    issued = issue_link(session, person, LinkPurpose.INVITATION)
    path = link_path(link_token(settings.secret_key, issued.secret))
    for _ in range(2):
        assert browser.get(path).status == 200
    assert session.get_one(OneTimeLink, issued.link.id).used_at is None
    assert browser.get("/link/made-up").status == 410


def test_a_password_is_changed_only_by_who_knows_it(signed_in: SignedIn, person: Person) -> None:
    browser, elsewhere = signed_in(person), signed_in(person)
    page = browser.get("/profile/password")
    wrong = browser.submit(page, old_password="et annet passord", password="fem andre gode ord")
    assert error_points(wrong) == ["Dette er ikke passordet du har nå. Prøv igjen."]
    done = browser.submit(page, old_password=PASSWORD, password="fem andre gode ord")
    assert done.location == "/profile"
    assert (is_signed_in(browser), is_signed_in(elsewhere)) == (True, False)


# ---------------------------------------------------------------- language, header, demo


def test_the_language_is_kept_for_strangers_and_for_persons(
    browser: Browser, person: Person, session: Session
) -> None:
    page = browser.get("/sign-in?next=/profile")
    assert page.soup.html is not None
    assert page.soup.html["lang"] == "nb"
    changed = browser.post("/language", {"language": "en", "next": "/sign-in"})
    assert changed.location == "/sign-in"
    english = browser.follow(changed)
    assert english.soup.html is not None
    assert english.soup.html["lang"] == "en"
    assert browser.post("/language", {"language": "tlh", "next": "//evil.example"}).location == "/"
    browser.sign_in(person)
    browser.post("/language", {"language": "en"})
    session.refresh(person)
    assert person.language is Language.ENGLISH


def test_the_header_offers_what_is_possible(browser: Browser, person: Person) -> None:
    stranger = browser.get("/forgotten-password").soup.select(".site-account a")
    assert [str(link["href"]) for link in stranger] == [
        "/sign-in?next=/forgotten-password",
        "/register",
        "/demo",
    ]
    page = browser.sign_in(person).get("/profile")
    assert page.soup.select_one(".site-account a[href='/profile']")
    assert page.has_form("/sign-out")
    assert not page.soup.select(".site-account a[href='/demo']")


def test_one_click_signs_in_as_each_person_of_the_demo(
    browser: Browser, session: Session, person: Person
) -> None:
    unit = make_unit(session)
    second = make_member(session, Role.COORDINATOR, unit.organisation, name="Andre", demo_order=2)
    first = make_member(session, Role.UNIT_LEADER, unit, name="Første", demo_order=1)
    make_person(session, name="Uten rolle", demo_order=3)
    make_person(session, name="Stengt", demo_order=4, active=False)
    page = browser.get("/demo")
    cards = page.soup.select(".cards li")
    headings = [card.find("h2").get_text(strip=True) for card in cards]  # type: ignore[union-attr]  # each has one
    assert headings == ["Enhetsleder", "Koordinator", "Uten rolle"]
    assert f"{first.name}, {unit.name}, {unit.organisation.name}" in cards[0].get_text()
    assert page.form(f"/demo/{first.id}").get_text(strip=True) == "Logg inn som enhetsleder"
    assert browser.submit(page, f"/demo/{second.id}").status == 303
    assert "Andre" in browser.get("/profile").text
    assert browser.post(f"/demo/{person.id}").status == 404


def test_there_is_no_demo_outside_demo_mode(
    database: Database, session: Session, tmp_path: Path
) -> None:
    settings = load_settings(
        {"INSTANCE_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost", "DEMO": "0"}
    )
    app: Flask = create_app(settings, database)
    browser = Browser(app, session)
    somebody = make_person(session, demo_order=1)
    assert browser.get("/demo").status == 404
    assert browser.post(f"/demo/{somebody.id}").status == 404
    assert not browser.get("/sign-in").soup.select("a[href='/demo']")
