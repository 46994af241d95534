"""Journeys: the real application on a real server, in a real browser, with axe on every page."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    expect,
    sync_playwright,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from marketplace.app import create_app
from marketplace.config import Settings, load_settings
from marketplace.core.engine import Database
from marketplace.demo.load import DEMO_PASSWORD
from marketplace.models import metadata
from marketplace.worker import run_once
from tests.journeys.accessibility import AXE, complaints
from tests.provisioning.chromium import chromium_launch_options

STYLED = (
    "() => document.readyState === 'complete'"
    " && [...document.querySelectorAll('link[rel=stylesheet]')].every(each => each.sheet)"
)
"""On a busy machine a page may be there before its styles are."""
PATIENCE_MS = 300_000
"""What is waited for is a state, on however slow a machine."""


@dataclass(frozen=True)
class Screen:
    width: int
    dark: bool = False


WIDE, NARROW = Screen(1280), Screen(320)


@dataclass
class Site:
    """The application as it runs, and how to reach it."""

    app: Flask
    database: Database
    settings: Settings
    address: str

    def deliver_mail(self) -> list[str]:
        """Let the worker run once; all mails written so far."""
        run_once(self.database, self.settings)
        folder = self.settings.mail_dir
        return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.eml"))]


class SilentHandler(WSGIRequestHandler):
    def log_request(self, *_details: object) -> None:
        """Say nothing of requests that went as they should."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    database = Database(f"sqlite:///{tmp_path / 'site.db'}")
    metadata.create_all(database.engine)
    settings = load_settings({"INSTANCE_DIR": str(tmp_path), "PUBLIC_URL": "http://127.0.0.1:1"})
    app = create_app(settings, database)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=SilentHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(app, database, settings, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
    database.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_launch_options())
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person at one browser. Every page they come to is checked for accessibility.

    With several screens every step is taken on each of them: what can be filled in and pressed on
    one can be on the others.
    """

    page: Page
    address: str
    screens: tuple[Screen, ...]
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)

    def on_each_screen(self) -> Iterator[Screen]:
        """First on the one that the last step ended with, so that the page changes seldom."""
        for screen in self.screens:
            self.page.set_viewport_size({"width": screen.width, "height": 900})
            self.page.emulate_media(color_scheme="dark" if screen.dark else "light")
            yield screen
        self.screens = self.screens[::-1]

    def listen(self) -> None:
        """Count every error that the browser reports as a complaint."""

        def hear(message: ConsoleMessage) -> None:
            refused = re.search("status of (401|422)", message.text)  # on purpose, by a test
            if message.type == "error" and not refused:
                self.complaints.append(f"{self.page.url}: {message.text}")

        def catch(error: Error) -> None:
            self.complaints.append(f"{self.page.url}: {error}")

        self.page.on("console", hear)
        self.page.on("pageerror", catch)

    def go(self, path: str) -> "Visitor":
        self.page.goto(self.address + path)
        return self.look()

    def look(self) -> "Visitor":
        """Check the page one has come to; axe is a script, and some have none."""
        if self.scripts:
            self.page.wait_for_load_state("load")
            if not self.page.evaluate(STYLED):
                self.page.wait_for_function(STYLED)
            for screen in self.on_each_screen():
                self.complaints += [f"{screen}: {fault}" for fault in complaints(self.page)]
        return self

    def sign_in(self, email: str) -> "Visitor":
        self.go("/sign-in")
        self.fill("E-post", email)
        self.page.get_by_label("Passord").fill(DEMO_PASSWORD)
        self.press("Logg inn")
        return self

    def fill(self, label: str, text: str) -> None:
        for _screen in self.on_each_screen():
            self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        for _screen in self.on_each_screen():
            self.page.get_by_label(label, exact=True).select_option(label=option)

    def press(self, name: str) -> None:
        """Press the button and look at the page it leads to."""
        self.click(self.page.locator("main").get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name).first)

    def click(self, what: Locator) -> None:
        """It could be clicked on each screen; on the last it is, and leads to another page."""
        for _screen in self.on_each_screen():
            what.click(trial=True)
        with self.page.expect_event("load"):
            what.click()
        self.look()

    def sees_all_of(self, what: Locator) -> None:
        for _screen in self.on_each_screen():
            expect(what).to_be_visible()

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open a browser of one's own; at the end no visitor may have met an accessibility fault."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def open_browser(*screens: Screen, scripts: bool = True) -> Visitor:
        context = chromium.new_context(java_script_enabled=scripts, locale="nb-NO")
        if scripts:
            context.add_init_script(path=AXE)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        visitor = Visitor(context.new_page(), site.address, screens or (WIDE,), scripts)
        visitor.listen()
        visitors.append(visitor)
        return visitor

    yield open_browser
    for context in contexts:
        context.close()
    heard = {complaint for visitor in visitors for complaint in visitor.complaints}
    assert not heard, "\n".join(sorted(heard))
