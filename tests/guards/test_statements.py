"""How many statements each page asks of the database, in one file: a page that asks more fails.

Counted in the demo, by everybody who may open the page, when nothing of it has been kept yet.
"""

import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.accounts.queries import actor_of
from marketplace.accounts.services.sessions import open_session
from marketplace.app import create_app
from marketplace.config import load_settings
from marketplace.core.actor import ANONYMOUS, Actor
from marketplace.core.clock import clock_at
from marketplace.core.engine import Database
from marketplace.demo.load import fill_if_empty
from marketplace.demo.scale import fill_up
from marketplace.models import metadata
from marketplace.ui.access import rule_of
from marketplace.ui.setup import SESSION_COOKIE
from marketplace.ui.web import WebApplication
from tests.conftest import NOW
from tests.demo import copy
from tests.queries import count_queries
from tests.sight.walk import addresses
from tests.signed_in import signed_in_cookie

INVENTORY = Path(__file__).with_name("statements.txt")
OPENED = 2
"""So many pages of each endpoint are opened by each person, of those that they may see."""
TRIED = 12
"""So many are looked for among all, from the first to the last."""
KEPT = ("fragments", "totals")
ANYBODY = "anybody"

Counts = dict[tuple[str, str], int]
Pages = Mapping[str, list[str]]


class Counted:
    """The demo, and a browser for one person of each role and for anybody."""

    def __init__(self, folder: Path, filled: Path | None = None) -> None:
        settings = load_settings({"INSTANCE_DIR": str(folder), "PUBLIC_URL": "http://localhost"})
        self.database = Database(f"sqlite:///{folder / 'counted.db'}")
        if filled is not None:
            copy(filled, self.database)
        metadata.create_all(self.database.engine)
        self.app: WebApplication = create_app(settings, self.database)
        fill_if_empty(self.database)
        with self.database.reading() as session:
            self.pages = addresses(self.app, session)
        self.people = {ANYBODY: (ANONYMOUS, self.app.test_client())} | dict(self._signed_in())

    def _signed_in(self) -> Iterator[tuple[str, tuple[Actor, FlaskClient]]]:
        with self.database.writing() as session:
            people = select(Person).where(Person.demo_order.is_not(None), Person.active)
            for person in session.scalars(people.order_by(Person.demo_order.desc())).all():
                client = self.app.test_client()
                token = open_session(session, person, device="guard")
                cookie = signed_in_cookie(self.app, token, client.environ_base)
                client.set_cookie(SESSION_COOKIE, cookie)
                yield str(person.memberships[0].role), (actor_of(person), client)
            session.commit()

    def count(self, pages: Pages) -> Counts:
        """The most that a page of an endpoint asks when a person opens it."""
        counts: Counts = {}
        for who, (actor, client) in self.people.items():
            for endpoint, found in pages.items():
                rule = rule_of(self.app, endpoint)
                if rule is not None and rule.admits(actor):
                    asked = list(islice(self._asked(client, _some(found)), OPENED))
                    if asked:
                        counts[endpoint, who] = max(asked)
        return counts

    def _asked(self, client: FlaskClient, paths: list[str]) -> Iterator[int]:
        for path in paths:
            if client.get(path).status_code == 200:  # and what is read once in a while has been
                for name in KEPT:
                    self.database.local.pop(name, None)
                with count_queries(self.database.engine) as counter:
                    client.get(path)
                yield counter.count

    def close(self) -> None:
        self.database.engine.dispose()


@pytest.fixture
def counted(tmp_path: Path, demo_file: Path) -> Iterator[Counted]:
    demo = Counted(tmp_path, demo_file)
    yield demo
    demo.close()


def _some(found: list[str]) -> list[str]:
    """The same ones wherever the demo was filled: rows come in no order."""
    in_order = sorted(found, key=lambda path: (len(path), path))
    return in_order[:: max(1, len(found) // TRIED)]


def lines_of(counts: Counts) -> list[str]:
    return [f"{endpoint} | {who} | {count}" for (endpoint, who), count in sorted(counts.items())]


def written() -> Counts:
    rows = (line.split(" | ") for line in INVENTORY.read_text(encoding="utf-8").splitlines())
    return {(endpoint, who): int(count) for endpoint, who, count in rows}


def test_no_page_asks_more_than_is_written(counted: Counted) -> None:
    """Write it anew with `python -m tests.guards.test_statements`, and read the difference."""
    most = written()
    found = counted.count(counted.pages)
    more = {page: count for page, count in found.items() if count > most.get(page, 0)}
    assert lines_of(more) == []
    assert lines_of({page: most[page] for page in most.keys() - found.keys()}) == []


def test_what_a_list_asks_does_not_grow_with_its_rows(counted: Counted) -> None:
    lists = {endpoint: found for endpoint, found in counted.pages.items() if len(found) == 1}
    fill_up(counted.database, 60)
    before = counted.count(lists)
    fill_up(counted.database, 120)
    after = counted.count(lists)
    more = {page: count for page, count in after.items() if count > before.get(page, 0)}
    assert lines_of(more) == []


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, clock_at(NOW):
        demo = Counted(Path(folder))
        INVENTORY.write_text("\n".join(lines_of(demo.count(demo.pages))) + "\n", encoding="utf-8")
        demo.close()


if __name__ == "__main__":
    main()
