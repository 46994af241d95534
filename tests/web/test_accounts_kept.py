"""What was typed when the sign-in had ended is kept until the person is back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, WebSession
from marketplace.accounts.routes.kept import LARGEST
from marketplace.core.clock import now
from tests.factories import make_person, make_unit
from tests.passwords import PASSWORD, PASSWORD_HASH
from tests.web.client import Browser, PageView

pytestmark = pytest.mark.usefixtures("quick_hashing")

SignedIn = Callable[[Person], Browser]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def person(session: Session) -> Person:
    return make_person(session, name="Kari Nordmann", password_hash=PASSWORD_HASH)


TYPED = {
    "name": "Nytt <b>navn</b>",
    "language": "en",
    "about": "Første linje\r\n\r\nAndre linje & slutt",
}


def end_session(session: Session) -> None:
    for found in session.scalars(select(WebSession)):
        found.revoked_at = now()
    session.flush()


def send_without_session(browser: Browser, **options: Any) -> PageView:
    return browser.post(
        "/profile", TYPED | {"version": "1", "old_password": "hemmelig ord"}, **options
    )


def test_what_was_typed_when_the_session_ended_arrives_after_signing_in(
    signed_in: SignedIn, person: Person, session: Session
) -> None:
    browser = signed_in(person)
    page = browser.get("/profile")
    end_session(session)
    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    asked = browser.submit(page, name="Kari Ny Nordmann")
    assert (asked.status, asked.heading) == (401, "Logg inn")
    assert "så får du tilbake det du skrev" in asked.text
    wrong = browser.submit(asked, "/sign-in", email=person.email, password="et annet passord")
    assert wrong.refused
    back = browser.submit(wrong, "/sign-in", email=person.email, password=PASSWORD)
    assert (back.status, back.heading) == (200, "Vi tok vare på det du skrev")
    assert "Kari Ny Nordmann" in back.text
    assert back.soup.select_one(".site-account")
    done = browser.submit(back, "/profile")
    assert (done.status, done.location) == (302, "/profile")
    session.refresh(person)
    assert person.name == "Kari Ny Nordmann"


def test_what_one_person_wrote_is_neither_shown_to_the_next_nor_sent_as_theirs(
    signed_in: SignedIn, person: Person, session: Session
) -> None:
    other = make_person(session, password_hash=PASSWORD_HASH)
    browser = signed_in(person)
    end_session(session)
    asked = send_without_session(browser, headers=SAME_SITE)
    came = browser.submit(asked, "/sign-in", email=other.email, password=PASSWORD)
    assert (came.status, came.location) == (303, "/")
    home = browser.get("/").text
    assert "En annen hadde skrevet noe her. Det er ikke sendt." in home
    assert "Nytt <b>navn</b>" not in home


def test_what_is_kept_is_shown_escaped_and_without_passwords(
    browser: Browser, person: Person
) -> None:
    asked = send_without_session(browser, headers=SAME_SITE)
    back = browser.submit(asked, "/sign-in", email=person.email, password=PASSWORD)
    assert [p.get_text() for p in back.soup.select(".panel .prose")] == [
        TYPED["name"],
        TYPED["about"].replace("\r\n", "\n"),
    ]
    names = {str(field["name"]) for field in back.form("/profile").select("input")}
    assert names == {"name", "language", "about", "version", "csrf_token", "form_mark"}
    assert "hemmelig ord" not in back.response.text
    assert not back.soup.select("main b")


@pytest.mark.parametrize(
    ("headers", "is_kept"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Referer": "http://localhost/profile"}, True),
        ({}, False),
    ],
)
def test_only_a_form_of_this_site_is_kept(
    browser: Browser, headers: dict[str, str], *, is_kept: bool
) -> None:
    page = send_without_session(browser, headers=headers)
    kept = page.form("/sign-in").select_one("[name=kept]")
    assert kept is not None
    assert bool(kept.get("value")) is is_kept
    assert ("kom ikke med" in page.text) is not is_kept


def test_a_form_that_is_too_large_is_not_kept(browser: Browser) -> None:
    page = browser.post("/profile", {"name": "x" * (LARGEST + 1)}, headers=SAME_SITE)
    assert (page.status, "kom ikke med" in page.text) == (401, True)


def test_a_form_that_somebody_else_made_is_not_shown(browser: Browser, person: Person) -> None:
    data = {"email": person.email, "password": PASSWORD, "kept": "forged.by.hand"}
    assert browser.post("/sign-in", data).status == 303


def test_a_kept_form_is_an_hour_old_at_most(
    browser: Browser, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = send_without_session(browser, headers=SAME_SITE)
    monkeypatch.setattr("marketplace.accounts.routes.kept.LIFETIME_SECONDS", -1)
    assert browser.submit(asked, "/sign-in", email=person.email, password=PASSWORD).status == 303


def test_a_kept_form_goes_where_it_was_sent(
    browser: Browser, session: Session, person: Person
) -> None:
    path = f"/units/{make_unit(session).id}/readiness?from=mail"
    asked = browser.post(path, {"contact_name": "Per Hansen"}, headers=SAME_SITE)
    back = browser.submit(asked, "/sign-in", email=person.email, password=PASSWORD)
    assert back.has_form(path)
