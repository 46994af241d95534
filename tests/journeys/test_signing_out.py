"""Somebody signs out on a shared machine: what they wrote does not stay for the next."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete

from marketplace.accounts.models import WebSession
from marketplace.accounts.services.sessions import open_session
from marketplace.needs.states import NeedState
from marketplace.ui.setup import SESSION_COOKIE
from tests.journeys.conftest import Site, Visitor
from tests.needs import cast_around_a_unit
from tests.signed_in import signed_in_cookie

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

COPIES = "Object.keys(sessionStorage).filter((key) => key.startsWith('autosave:')).length"


def copies(page: Page) -> int:
    return int(page.evaluate(COPIES))


def refuse(route: Route) -> None:
    route.fulfill(status=422, json={"message": "Kunne ikke lagre."})


@pytest.fixture
def writer(site: Site, visit: Callable[..., Visitor]) -> Visitor:
    """In the middle of a draft that could not be saved: what is written is in the browser."""
    with site.database.writing() as session:
        cast = cast_around_a_unit(session)
        need = cast.need(session, NeedState.DRAFT)
        token = open_session(session, cast.author)
        session.commit()
        path = f"/needs/{need.id}/edit/1"
    visitor = visit()
    cookie = signed_in_cookie(site.app, token)
    visitor.page.context.add_cookies(
        [{"name": SESSION_COOKIE, "value": cookie, "url": site.address}]
    )
    visitor.page.route("**/autosave", refuse)
    visitor.go(path)
    visitor.page.locator("form[data-autosave] textarea").first.fill("En tanke bare for meg.")
    expect(visitor.page.locator("[data-autosave-status]")).to_contain_text("Kunne ikke lagre.")
    assert copies(visitor.page) == 1
    return visitor


def test_drafts_leave_every_tab_at_sign_out(site: Site, writer: Visitor) -> None:
    other = writer.page.context.new_page()
    other.goto(f"{site.address}/needs")
    other.evaluate("sessionStorage.setItem('autosave:/needs/1/edit/2/autosave', '[]')")
    writer.page.get_by_role("button", name="Logg ut", exact=True).click()
    writer.page.wait_for_url(f"{site.address}/")
    writer.sees("Logg inn")
    assert copies(writer.page) == 0
    other.wait_for_function(f"{COPIES} === 0")


def test_a_sign_in_that_only_ran_out_leaves_the_draft(site: Site, writer: Visitor) -> None:
    with site.database.writing() as session:
        session.execute(delete(WebSession))
        session.commit()
    writer.page.reload()
    writer.sees("Logg inn")
    assert copies(writer.page) == 1
