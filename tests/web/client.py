"""A test client that signs in, parses every page, and fills in forms as a browser does."""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from marketplace.accounts.models import Person
from marketplace.accounts.services.sessions import open_session
from marketplace.config import Settings
from marketplace.ui.marks import new_mark
from marketplace.ui.setup import SESSION_COOKIE
from tests.signed_in import signed_in_cookie


@dataclass
class PageView:
    """A parsed answer."""

    response: TestResponse
    soup: BeautifulSoup

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def last_look(self) -> bool:
        """Whether what was sent is shown once more, and does not count yet."""
        return self.soup.select_one("main input[name=seen]") is not None

    @property
    def refused(self) -> bool:
        """Whether a form was sent and stands here again, with what was said to it."""
        if self.last_look:
            return False
        return self.status == 422 or (self.status == 200 and "again" in self.response.request.args)

    @property
    def address(self) -> str:
        """The path and query of the page."""
        return self.response.request.full_path.removesuffix("?")

    @property
    def location(self) -> str:
        return self.response.headers["Location"]

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    @property
    def heading(self) -> str:
        heading = self.soup.find("h1")
        return heading.get_text(strip=True) if heading else ""

    def form(self, action: str | None = None) -> Tag:
        """The form that posts to `action`, or the only form with a `form` class."""
        selector = f'form[action="{action}"]' if action else "main form[method=post]"
        found = self.soup.select_one(selector)
        assert found is not None, f"no form {selector} on the page «{self.heading}»"
        return found

    def has_form(self, action: str) -> bool:
        return self.soup.select_one(f'form[action="{action}"]') is not None


def errors(page: PageView) -> str:
    """What the summary above a form says."""
    summary = page.soup.select_one(".ds-error-summary")
    return " ".join(summary.get_text(" ").split()) if summary else ""


def error_points(page: PageView) -> list[str]:
    """The points of the summary above a form."""
    return [point.get_text(strip=True) for point in page.soup.select(".ds-error-summary li")]


def links(page: PageView) -> set[str]:
    """Where the links of a page's own part lead."""
    return {str(link["href"]) for link in page.soup.select("main a[href]")}


def menu(page: PageView) -> list[str]:
    return [link.get_text(strip=True) for link in page.soup.select("header nav a")]


class Browser:
    def __init__(self, app: Flask, session: Session) -> None:
        self.client: FlaskClient = app.test_client()
        self.settings: Settings = app.extensions["settings"]
        self.session = session

    def sign_in(self, person: Person) -> "Browser":
        """Open a session for `person` directly; the sign-in page has its own tests."""
        self.session.flush()
        token = open_session(self.session, person, device="test")
        self.session.flush()
        cookie = signed_in_cookie(self.client.application, token, self.client.environ_base)
        self.client.set_cookie(SESSION_COOKIE, cookie)
        return self

    def another_client(self) -> FlaskClient:
        """The same browser's cookies, for a request beside others."""
        client = self.client.application.test_client()
        if cookie := self.client.get_cookie(SESSION_COOKIE):
            client.set_cookie(SESSION_COOKIE, cookie.value)
        return client

    def get(self, path: str, **options: Any) -> PageView:
        return self._parsed(self.client.get(path, **options))

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> PageView:
        """A raw POST, with what every form carries but nothing else filled in."""
        return self._sent(self.client.post(path, data=self._hidden() | (data or {}), **options))

    def submit(self, page: PageView, action: str | None = None, **fields: Any) -> PageView:
        """Fill in the fields of a form on `page` and send it."""
        form = page.form(action)
        values = form_values(form)
        for name in fields:
            assert form.select_one(f'[name="{name}"]'), f"the form has no field «{name}»"
        path = str(form.get("action") or page.address)
        sent = {name: value for name, value in (values | fields).items() if value is not None}
        came_from = {"Referer": f"http://localhost{page.address}"}
        return self._sent(self.client.post(path, data=sent, headers=came_from))

    def submit_from_another_window(
        self, page: PageView, action: str | None = None, **fields: Any
    ) -> PageView:
        """The same form, opened at the same time, with a mark of its own."""
        return self.submit(page, action, form_mark=new_mark(), **fields)

    def follow(self, page: PageView) -> PageView:
        return self.get(page.location)

    looks_first = False
    """Whether this person stops at the last look, where others press the button."""

    def _sent(self, response: TestResponse) -> PageView:
        """What was refused stands on the page that the answer leads back to."""
        if "again=" not in response.headers.get("Location", ""):
            return self._parsed(response)
        assert response.status_code == 303
        page = self.get(response.location)
        return self.submit(page) if page.last_look and not self.looks_first else page

    def _hidden(self) -> dict[str, Any]:
        return {"csrf_token": self._token(), "form_mark": new_mark()}

    def _token(self) -> str:
        page = self.client.get("/sign-in")
        field = BeautifulSoup(page.text, "lxml").select_one("input[name=csrf_token]")
        assert field is not None
        return str(field["value"])

    def _parsed(self, response: TestResponse) -> PageView:
        self.session.expire_all()
        return PageView(response, BeautifulSoup(response.text, "lxml"))


def form_values(form: Tag) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), field.get("type")
        if kind in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        if kind == "submit":
            continue
        if field.name == "textarea":
            values[name] = field.get_text().removeprefix("\r\n").removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            values[name] = str(chosen["value"]) if chosen else None
        else:
            values[name] = str(field.get("value", "y" if kind == "checkbox" else ""))
    return values
