"""What is worth most to a thief asks for the password again, when it was given a while ago."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person, WebSession
from marketplace.accounts.routes.login_manager import FRESH_FOR
from marketplace.core.actor import Role
from marketplace.core.clock import clock_at, now
from marketplace.notifications.models import CalendarFeed
from marketplace.ui.access import rule_of
from marketplace.ui.setup import SESSION_COOKIE
from tests.factories import make_member, make_organisation, make_person
from tests.passwords import PASSWORD, PASSWORD_HASH
from tests.web.client import Browser, PageView

pytestmark = pytest.mark.usefixtures("quick_hashing")

SignedIn = Callable[[Person], Browser]
HEADING = "Skriv passordet en gang til"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def chief(session: Session) -> Person:
    return make_member(session, Role.ADMINISTRATOR, password_hash=PASSWORD_HASH)


@pytest.fixture
def later(chief: Person, signed_in: SignedIn) -> Iterator[Browser]:
    """An administrator's browser, a while after the password was given."""
    browser = signed_in(chief)
    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    with clock_at(now() + FRESH_FOR):
        yield browser


def fresh_endpoints(app: Flask) -> list[tuple[str, str]]:
    """Method and path of each that asks for a fresh sign-in, with 1 for every number."""
    found = []
    for route in app.url_map.iter_rules():
        rule = rule_of(app, route.endpoint)
        if rule is not None and rule.fresh:
            methods = sorted((route.methods or set()) - {"HEAD", "OPTIONS"})
            values = dict.fromkeys(route.arguments, 1)
            path = app.url_map.bind("localhost").build(route.endpoint, values)
            found += [(method, path) for method in methods]
    return sorted(set(found))


def test_password_roles_and_other_sign_ins_need_a_fresh_one(app: Flask, later: Browser) -> None:
    paths = fresh_endpoints(app)
    assert len(paths) == 16
    for method, path in paths:
        if method == "GET":
            page = later.get(path)
            assert (page.status, page.location) == (302, f"/sign-in/confirm?next={path}")
        else:
            page = later.post(path)
            assert (page.status, page.heading) == (401, HEADING)


@pytest.mark.parametrize(
    "path",
    [
        "/profile/password",
        "/sessions/1/revoke",
        "/sessions/revoke-others",
        "/administration/people/invite",
        "/administration/people/1/memberships",
        "/administration/people/1/memberships/1/end",
        "/administration/people/1/deactivate",
        "/administration/people/1/activate",
        "/administration/people/1/invitation",
        "/preferences/calendar",
    ],
)
def test_each_of_them_is_among_the_fresh_ones(app: Flask, path: str) -> None:
    assert ("POST", path) in fresh_endpoints(app)


def test_reading_and_everyday_work_do_not(later: Browser, chief: Person) -> None:
    for path in ("/profile", "/sessions", f"/administration/people/{chief.id}", "/"):
        assert later.get(path).status == 200
    page = later.get("/profile")
    assert later.submit(page, name="Nytt Navn").status == 302


def test_shortly_after_signing_in_nothing_is_asked(signed_in: SignedIn, chief: Person) -> None:
    browser = signed_in(chief)
    with clock_at(now() + FRESH_FOR - timedelta(seconds=1)):
        assert browser.get("/profile/password").status == 200


def test_strangers_are_asked_to_sign_in(browser: Browser) -> None:
    for path in ("/profile/password", "/sign-in/confirm"):
        assert browser.get(path).location == f"/sign-in?next={path}"


def test_a_fresh_sign_in_does_not_give_a_role(signed_in: SignedIn, session: Session) -> None:
    member = signed_in(make_member(session, Role.COORDINATOR, make_organisation(session)))
    assert member.get("/administration/people/invite").status == 403
    with clock_at(now() + FRESH_FOR):
        assert member.get("/administration/people/invite").status == 403


def confirm(browser: Browser, page: PageView, password: str = PASSWORD) -> PageView:
    return browser.submit(page, "/sign-in/confirm", password=password)


def test_the_password_leads_to_the_page_that_was_asked_for(later: Browser) -> None:
    asked = later.follow(later.get("/profile/password"))
    assert asked.heading == HEADING
    wrong = confirm(later, asked, "et annet passord")
    assert wrong.refused
    assert "E-posten eller passordet er feil" in wrong.text
    done = confirm(later, wrong)
    assert (done.status, done.location) == (303, "/profile/password")
    assert later.follow(done).heading == "Bytt passord"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "evil"])
def test_only_pages_of_this_site_are_gone_to(later: Browser, target: str) -> None:
    page = later.post("/sign-in/confirm", {"password": PASSWORD, "next": target})
    assert page.location == "/"


def test_wrong_passwords_are_counted_here_too(later: Browser) -> None:
    page = later.get("/sign-in/confirm")
    for _ in range(5):
        confirm(later, page, "et annet passord")
    assert "prøvd for mange ganger" in confirm(later, page).text


def test_what_was_sent_is_kept_and_done_after_the_password(
    later: Browser, session: Session
) -> None:
    municipality, person = make_organisation(session), make_person(session)
    path = f"/administration/people/{person.id}"
    where = f"organisation-{municipality.id}"
    given: dict[str, Any] = {"role": "coordinator", "where": where}
    asked = later.submit(later.get(path), f"{path}/memberships", **given)
    assert (asked.status, asked.heading) == (401, HEADING)
    assert "Vi tar vare på det du sendte" in asked.text
    roles = select(Membership).where(Membership.person_id == person.id)
    assert session.scalars(roles).all() == []
    back = confirm(later, asked)
    assert "Takk. Send skjemaet, så blir det gjort." in back.text
    assert later.submit(back, f"{path}/memberships").location == path
    assert session.scalars(roles).one().role is Role.COORDINATOR


def test_a_form_of_another_site_is_not_kept(later: Browser, chief: Person) -> None:
    path = f"/administration/people/{chief.id}/deactivate"
    later.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    page = later.post(path)
    assert "kom ikke med" in page.text
    kept = page.form("/sign-in/confirm").select_one("[name=kept]")
    assert kept is not None
    assert not kept.get("value")


def test_passwords_are_not_kept_but_asked_for_anew(chief: Person, signed_in: SignedIn) -> None:
    browser = signed_in(chief)
    page = browser.get("/profile/password")
    with clock_at(now() + FRESH_FOR):
        asked = browser.submit(page, old_password=PASSWORD, password="fem andre gode ord")
        assert (asked.status, asked.heading) == (401, HEADING)
        assert "fem andre gode ord" not in asked.response.text
        assert confirm(browser, asked).location == "/profile/password"


def test_confirming_begins_the_sign_in_anew(later: Browser, session: Session) -> None:
    old = later.client.get_cookie(SESSION_COOKIE)
    confirm(later, later.get("/sign-in/confirm"))
    assert later.get("/profile/password").status == 200
    first, second = session.scalars(select(WebSession).order_by(WebSession.id))
    assert (first.revoked_at, second.revoked_at) == (now(), None)
    assert old is not None
    later.client.set_cookie(SESSION_COOKIE, old.value)
    assert later.get("/profile").status == 302


def test_an_old_copy_of_the_cookie_is_no_fresher(later: Browser) -> None:
    """The cookie that said «fresh» when it was made: the row tells how old it is."""
    copy = later.client.get_cookie(SESSION_COOKIE)
    assert copy is not None
    assert later.get("/profile/password").status == 302
    later.client.set_cookie(SESSION_COOKIE, copy.value)
    assert later.get("/profile/password").status == 302


def test_a_cookie_in_another_browser_is_not_fresh(signed_in: SignedIn, chief: Person) -> None:
    browser = signed_in(chief)
    assert browser.get("/profile/password").status == 200
    browser.client.environ_base["HTTP_USER_AGENT"] = "Another browser"
    assert browser.get("/profile").status == 200
    assert browser.get("/profile/password").status == 302


def test_a_secret_calendar_address_is_not_made_for_a_thief(
    later: Browser, session: Session
) -> None:
    assert later.submit(later.get("/preferences"), "/preferences/calendar").status == 401
    assert session.scalars(select(CalendarFeed)).all() == []
