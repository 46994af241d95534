"""A town in which every text is nowhere else, built once for each test process."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Enum, String, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.queries import actor_of
from marketplace.core.actor import ANONYMOUS, Actor
from marketplace.core.db import Base
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.core.sight import Sight
from marketplace.demo import texts
from marketplace.demo.load import load_demo
from marketplace.demo.story import Story
from marketplace.notifications.pages.mails import compose
from marketplace.notifications.people import names_around
from marketplace.notifications.services.calendars import make_calendar
from marketplace.notifications.services.claims import Claim, Part
from marketplace.sights import SIGHTS
from marketplace.ui.marks import new_mark
from marketplace.ui.web import WebApplication
from tests.sight import walk
from tests.sight.extras import add_the_rest
from tests.sight.markers import markers_in, write_marked
from tests.sight.oracle import SIGNED_OUT, Oracle
from tests.web.client import Browser

DATA = Path(__file__).with_name("town")
SIGHT_OF = {f"{s.table}.{column}": s for s in SIGHTS for column in s.columns}


def text_columns() -> Iterator[tuple[type[Base], str]]:
    """Every column that could hold what a person wrote; code words are not among them."""
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            if isinstance(column.type, String) and not isinstance(column.type, Enum):
                yield mapper.class_, column.name


@dataclass(frozen=True)
class Home:
    """Where a marker stands."""

    sight: Sight
    column: str
    row: Base


@dataclass(frozen=True)
class Planted:
    app: WebApplication
    database: Database
    story: Story
    pages: dict[str, list[str]]

    def homes(self, session: Session) -> dict[str, list[Home]]:
        found: dict[str, list[Home]] = defaultdict(list)
        for model, column in text_columns():
            name = f"{model.__tablename__}.{column}"
            if name in SIGHT_OF:
                for row in session.scalars(select(model)):
                    for marker in markers_in(getattr(row, column) or ""):
                        found[marker].append(Home(SIGHT_OF[name], name, row))
        return found

    def seen_by(self, key: str) -> walk.Seen:
        """What somebody meets on pages, in files, in their calendar and in their mails."""
        with self.database.writing() as session:
            browser, actor, own = Browser(self.app, session), ANONYMOUS, []
            if key != SIGNED_OUT:
                person = session.get_one(Person, self.story.town.people[key].id)
                browser.sign_in(person)
                actor = actor_of(person)
                own.append(f"/calendar/{make_calendar(session, actor)}.ics")
            session.commit()
            seen = walk.as_seen_by(
                browser.client, [*walk.open_to(self.app, actor, self.pages), *own]
            )
            seen.answered |= self._press(browser, seen)  # before this session holds the database
            self._read_mails(session, actor, seen)
        return seen

    def _press(self, browser: Browser, seen: walk.Seen) -> dict[str, int]:
        """How each button, and each link that leads elsewhere, is answered; nothing is kept."""
        client = browser.client
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(Session, "commit", Session.rollback)
            found = {
                path: client.post(path, data=values | {"form_mark": new_mark()}).status_code
                for path, values in seen.buttons.items()
            }
        elsewhere = seen.offered.keys() - seen.answered.keys()
        return found | {path: client.get(path).status_code for path in sorted(elsewhere)}

    def _read_mails(self, session: Session, actor: Actor, seen: walk.Seen) -> None:
        mine = select(OutboxMessage).where(OutboxMessage.person_id == actor.person_id)
        for message in session.scalars(mine):
            claim = _claim(message, names_around(session, [message]))
            mail = compose(self.app.extensions["settings"], claim)
            seen.read(f"mail: {message.topic}", f"{mail['Subject']} {mail.get_content()}")


def _claim(message: OutboxMessage, names: frozenset[str]) -> Claim:
    told = Part(message.topic, message.payload, message.subject_id)
    return Claim(message.id, 1, "x@y.example", "nb", told, message.created_at, (), names)


def plant(app: WebApplication, database: Database, folder: Path) -> Planted:
    """Told as the demo is: each text goes through the service that a person's click would."""
    write_marked(DATA, folder)
    with pytest.MonkeyPatch.context() as patched, database.writing() as session:
        patched.setattr(texts, "DATA", folder)
        story = load_demo(session)
        add_the_rest(story)
        session.commit()
        session.expunge_all()
        return Planted(app, database, story, walk.addresses(app, session))


def promised(town: Planted, session: Session, homes: list[Home]) -> tuple[set[str], set[str]]:
    """Who must see a marker that stands there, and who may."""
    oracle = Oracle(session, town.story)
    must: set[str] = set()
    may: set[str] = set()
    for home in homes:
        readers = home.sight.readers_of(home.row)
        people = set[str]().union(*(oracle.people(reader, home.row) for reader in readers))
        may |= people
        must |= set() if home.sight.at_most else people
    return must, may
