"""Pictures of the application with its demo data.

`python -m tools.screenshots` takes the one in the README; with a folder as argument, one of each
important page for each role, wide and narrow, for looking through.
"""

import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Select, and_, select
from werkzeug.serving import make_server

from marketplace.accounts.models import Membership, Person
from marketplace.accounts.services.sessions import open_session
from marketplace.agreements.models import Agreement
from marketplace.app import create_app
from marketplace.config import load_settings
from marketplace.core.actor import Role
from marketplace.core.engine import Database
from marketplace.decisions.models import Decision
from marketplace.demo.load import fill_if_empty
from marketplace.lessons.models import Lesson
from marketplace.models import metadata
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.pilots.models import Pilot
from marketplace.procurements.models import Procurement
from marketplace.programmes.models import Programme
from marketplace.ui.setup import SESSION_COOKIE
from marketplace.ui.web import WebApplication
from tests.provisioning.chromium import chromium_launch_options
from tests.signed_in import signed_in_cookie

ROOT = Path(__file__).resolve().parents[1]
WIDE, NARROW = 1280, 320
README_NEED = "Helgene er lange for eldre som bor alene"

PUBLIC_PAGES = ("/", "/needs", "/needs/{need}", "/sign-in", "/register", "/demo", "/help/matches",
                "/lessons", "/lessons/{closed}")  # fmt: skip
PAGES = {
    Role.UNIT_MEMBER: ("/", "/needs/mine", "/needs/{need}", "/needs/{need}/matches",
                       "/needs/{need}/matches/{concept}", "/needs/{draft}/edit/1",
                       "/needs/{draft}/edit/4", "/pairings", "/pairings/{pairing}",
                       "/notifications", "/needs/new", "/profile", "/questions", "/wishes",
                       "/pairings/{planned}/pilot", "/pairings/{planned}/agreement",
                       "/pairings/{awaited}/pilot"),
    Role.UNIT_LEADER: ("/", "/needs/{draft}", "/pairings/{awaited}/decision",
                       "/pairings/{awaited}/lessons"),
    Role.COORDINATOR: ("/", "/attention", "/needs/review", "/needs/{review}/review",
                       "/pairings", "/pairings/{pairing}", "/pairings/{pairing}/approve",
                       "/portfolio", "/quality", "/flow", "/programmes",
                       "/programmes/{programme}", "/pairings/people", "/purchases",
                       "/pairings/{running}/pilot", "/pairings/{renewed}/agreement",
                       "/pairings/{renewed}/agreement/difference"),
    Role.ENTREPRENEUR: ("/", "/concepts", "/concepts/{concept}", "/matches", "/interests",
                        "/concepts/{concept}/edit", "/needs/{need}", "/pairings",
                        "/pairings/{tested}/pilot", "/pairings/{tested}/agreement"),
    Role.PROCUREMENT_ADVISER: ("/", "/pairings/{buying}/procurement",
                               "/pairings/{buying}/procurement/route",
                               "/pairings/{buying}/procurement/protocol",
                               "/pairings/{buying}/procurement/contract"),
    Role.LEADERSHIP: ("/", "/flow", "/wishes"),
    Role.PARTNER: ("/", "/programmes/{programme}"),
    Role.ADMINISTRATOR: ("/", "/administration/organisations", "/administration/people",
                         "/administration/thresholds", "/administration/agreement-templates/nb"),
}  # fmt: skip


@contextmanager
def demo_site() -> Iterator[tuple[str, WebApplication]]:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"INSTANCE_DIR": folder})
        database = Database(settings.database_url)
        metadata.create_all(database.engine)
        app = create_app(settings, database)
        fill_if_empty(database)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", app
        finally:
            server.shutdown()
            thread.join()
            database.engine.dispose()


def cookie_for(app: WebApplication, role: Role) -> str:
    """Sign in as the demo's person of that role."""
    with app.database.writing() as session:
        statement = (
            select(Person)
            .join(Membership)
            .where(Person.demo_order.is_not(None), Membership.role == role)
            .order_by(Person.demo_order)
        )
        person = session.scalars(statement).first()
        if person is None:
            raise SystemExit(f"the demo has nobody who is {role}")
        token = open_session(session, person, device="screenshots")
        session.commit()
        return signed_in_cookie(app, token)


def names(database: Database) -> dict[str, int]:
    """The ids of what the pages are about."""
    with database.reading() as session:
        need = session.scalars(select(Need).where(Need.title == README_NEED)).one()
        pairing = session.scalars(select(Pairing).where(Pairing.need_id == need.id)).one()
        draft = select(Need.id).where(Need.unit_id == need.unit_id, Need.state == "draft")
        review = select(Need.id).where(Need.state == "in_review")
        stages = {
            "planned": _cases(need.unit_id, Pilot, Pilot.state == "planned"),
            "running": _cases(need.unit_id, Pilot, Pilot.state == "running"),
            "renewed": _cases(need.unit_id, Agreement, Agreement.number == 2),
            "awaited": _cases(need.unit_id, Decision, Decision.state == "awaited"),
            "buying": _cases(need.unit_id, Procurement, Procurement.state == "preparing"),
            "tested": _cases(
                need.unit_id,
                Pilot,
                and_(Pilot.state == "running", Pairing.concept_id == pairing.concept_id),
            ),
            "programme": select(Programme.id),
            "closed": select(Lesson.pairing_id).where(Lesson.published_at.is_not(None)),
            "draft": draft,
            "review": review,
        }
        found = {
            name: session.scalars(statement).first() or 0 for name, statement in stages.items()
        }
        return {"need": need.id, "pairing": pairing.id, "concept": pairing.concept_id, **found}


def _cases(
    home: int, stage: type[Agreement | Pilot | Decision | Procurement], wanted: Any
) -> Select[int]:
    """The cases at a stage, those of the unit that one can be in the demo first."""
    statement = select(Pairing.id).join(Pairing.need).join(stage, stage.pairing_id == Pairing.id)
    return statement.where(wanted).order_by((Need.unit_id == home).desc(), Pairing.id)


def take(
    browser: Browser,
    address: str,
    cookie: str | None,
    path: str,
    file: Path,
    width: int,
    *,
    whole: bool = True,
    dark: bool = False,
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    if cookie:
        context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": address}])
    page = context.new_page()
    response = page.goto(address + path)
    if response is None or response.status >= 400:
        print(f"{response and response.status} {path}")
    page.screenshot(path=file, full_page=whole)
    context.close()


def main() -> None:
    with sync_playwright() as playwright, demo_site() as (address, app):
        browser = playwright.chromium.launch(**chromium_launch_options())
        ids = names(app.database)
        if len(sys.argv) > 1:
            _take_all(browser, address, app, ids, Path(sys.argv[1]))
        else:
            path = "/needs/{need}/matches".format(**ids)
            cookie = cookie_for(app, Role.UNIT_MEMBER)
            file = ROOT / "docs" / "screenshot.png"
            take(browser, address, cookie, path, file, WIDE, whole=False)
        browser.close()


def _take_all(
    browser: Browser, address: str, app: WebApplication, ids: dict[str, int], folder: Path
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    plan: list[tuple[str, str | None, tuple[str, ...]]] = [("public", None, PUBLIC_PAGES)]
    plan += [(role.value, cookie_for(app, role), paths) for role, paths in PAGES.items()]
    for who, cookie, paths in plan:
        for path in paths:
            name = path.strip("/").replace("/", "-").replace("{", "").replace("}", "") or "home"
            for width in (WIDE, NARROW):
                file = folder / f"{who}-{name}-{width}.png"
                take(browser, address, cookie, path.format(**ids), file, width)


if __name__ == "__main__":
    main()
