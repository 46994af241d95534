"""A form is sent once by a hasty hand, and never stands dead when a sending came to nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from marketplace.accounts.services.sessions import open_session
from marketplace.ui.setup import SESSION_COOKIE
from marketplace.wishes.models import Wish
from tests.domain.wishes_cast import cast_for_wishes
from tests.journeys.conftest import Site, Visitor
from tests.signed_in import signed_in_cookie

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

FORM = "**/wishes/new"
DONE = "**/wishes"
BUTTON = "main form button[type=submit]"


@pytest.fixture
def chief(site: Site, visit: Callable[..., Visitor]) -> Visitor:
    with site.database.writing() as session:
        token = open_session(session, cast_for_wishes(session).people["chief"])
        session.commit()
    visitor = visit()
    cookie = signed_in_cookie(site.app, token)
    visitor.page.context.add_cookies(
        [{"name": SESSION_COOKIE, "value": cookie, "url": site.address}]
    )
    visitor.go("/wishes/new")
    for name in ("title", "what", "why"):
        visitor.page.locator(f"[name={name}]").fill("Færre faller ut av skolen.")
    return visitor


def wishes(site: Site) -> int:
    with site.database.reading() as session:
        return session.scalar(select(func.count(Wish.id))) or 0


@contextmanager
def counted(page: Page, answer: Callable[[Route], None]) -> Iterator[list[str]]:
    """The sendings of the form, each answered so."""
    sent: list[str] = []

    def take(route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        sent.append(route.request.url)
        answer(route)

    page.route(FORM, take)
    yield sent
    page.unroute(FORM, take)


def test_a_double_click_sends_once(site: Site, chief: Visitor) -> None:
    with counted(chief.page, Route.fallback) as sent:
        chief.page.locator(BUTTON).dblclick()
        chief.page.wait_for_url(DONE)
    assert len(sent) == 1
    assert wishes(site) == 1


def test_after_a_stop_the_button_works(site: Site, chief: Visitor) -> None:
    page = chief.page
    with counted(page, lambda route: route.abort("aborted")), page.expect_event("requestfailed"):
        page.locator(BUTTON).click()
    page.locator(BUTTON).click()
    page.wait_for_url(DONE)
    assert wishes(site) == 1


def test_after_no_page_came_the_button_works(site: Site, chief: Visitor) -> None:
    page = chief.page
    with counted(page, lambda route: route.fulfill(status=204)), page.expect_response(FORM):
        page.locator(BUTTON).click()
    page.locator(BUTTON).click()
    page.wait_for_url(DONE)
    assert wishes(site) == 1


def test_back_at_a_form_it_can_be_sent_and_no_browser_asks(site: Site, chief: Visitor) -> None:
    """What was refused is an address of its own: back, forward and reload show it, and no more."""
    page = chief.page
    page.locator("[name=title]").fill("")
    page.locator(BUTTON).click()
    page.wait_for_url("**/wishes/new?again=*")
    page.reload()
    expect(page.locator(".ds-error-summary")).to_be_visible()
    page.go_back()
    page.go_forward()
    expect(page.locator(".ds-error-summary")).to_be_visible()
    page.locator("[name=title]").fill("Færre faller ut.")
    page.locator(BUTTON).click()
    page.wait_for_url(DONE)
    assert wishes(site) == 1
