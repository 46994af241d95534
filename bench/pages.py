"""Time the pages that list, search and rank, with many needs and concepts in the database.

Usage: python -m bench.pages [--scale N] [--database URL | --postgresql] [--rounds N] [--meaning]
Without an address, a demo of 10 000 needs and as many concepts is made in a temporary folder.
Each page is asked for through the whole application, as the person who uses it; the time is that
of the server, warm, and beside it stands the ratio to the sign-in page of the same round.
With --meaning every text and every sentence has a vector of the length that the model's have: those
of a stand-in, which reads 20 000 texts in minutes. What a page does with them is the same.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session, selectinload

from marketplace.accounts.models import Membership, Person
from marketplace.app import create_app
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.config import load_settings
from marketplace.core.actor import Role
from marketplace.core.migrate import upgrade
from marketplace.demo.load import fill_if_empty
from marketplace.demo.scale import fill_up
from marketplace.matches.encoders import use_encoder
from marketplace.matches.services.reading import TextReader
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.ui.web import WebApplication
from matching.text import words
from tests.provisioning.postgres import running_postgres

LIMIT = 0.150
PEER = "/sign-in"

LISTS = ("/needs", "/needs?page=300", "/needs?sort=deadline", "/needs?state=closed",
         "/needs?area=health_care&budget=funded", "/needs?municipality={municipality}")  # fmt: skip
SEARCHES = ("/needs?q=ensomme+eldre+i+helgene", "/needs?q=skole", "/needs?q=eldre&page=20",
            "/needs?q=ungdom&sort=deadline", "/pairings?q=eldre")  # fmt: skip
PAGES: dict[Role | None, tuple[str, ...]] = {
    None: ("/", *LISTS, *SEARCHES[:4], "/needs/{need}", "/units/{unit}",
           "/organisations/{municipality}", "/organisations/{entrepreneur}"),
    Role.UNIT_MEMBER: ("/", *LISTS[:2], SEARCHES[0], "/needs/mine", "/needs/{need}",
                       "/needs/{need}/matches", "/needs/{need}/matches?weaker=1",
                       "/needs/{need}/matches?q=gruppe+for+unge",
                       "/needs/{need}/matches/{concept}", "/needs/{draft}/edit/1",
                       "/needs/{draft}/aside", "/pairings",
                       SEARCHES[4], "/notifications"),
    Role.UNIT_LEADER: ("/", "/needs/mine", "/needs/{need}", "/pairings"),
    Role.COORDINATOR: ("/", "/attention", "/attention?page=50", "/attention?unit={unit}",
                       "/attention?kind=need_without_pairing", "/attention.csv",
                       "/needs/review", *LISTS[:2], SEARCHES[0], "/needs/{need}",
                       "/needs/{need}/matches", "/pairings", SEARCHES[4]),
    Role.ENTREPRENEUR: ("/", *LISTS[:1], SEARCHES[0], "/needs/{need}", "/concepts",
                        "/concepts/{concept}", "/concepts/{concept}/matches", "/matches",
                        "/interests", "/pairings"),
    Role.PROCUREMENT_ADVISER: ("/", "/needs", "/pairings"),
    Role.LEADERSHIP: ("/", "/needs", "/pairings"),
    Role.ADMINISTRATOR: ("/", "/administration/organisations", "/administration/people",
                         "/administration/people?q=berg",
                         "/administration/organisations/{municipality}"),
}  # fmt: skip


@dataclass
class Timing:
    """What one page took, in each round."""

    who: str
    path: str
    seconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    queries: int = 0
    kilobytes: int = 0

    @property
    def is_over(self) -> bool:
        """A file is no page: it may take longer."""
        return statistics.median(self.seconds) > LIMIT and ".csv" not in self.path

    def line(self) -> str:
        middle, worst = statistics.median(self.seconds), max(self.seconds)
        mark = "  over" if self.is_over else ""
        return (
            f"{self.who:<19}{self.path:<46}{1000 * middle:>7.0f}{1000 * worst:>7.0f}"
            f"{statistics.median(self.ratios):>7.1f}{self.queries:>5}{self.kilobytes:>5}{mark}"
        )


class Visitor:
    """Somebody at a browser: a person of the demo, or anybody."""

    def __init__(self, app: WebApplication, person: Person | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        self._statements = 0
        event.listen(app.database.engine, "before_cursor_execute", self._count)
        if person is not None:
            self._sign_in(person)

    def _count(self, *_details: Any) -> None:
        self._statements += 1

    def _sign_in(self, person: Person) -> None:
        page = BeautifulSoup(self.client.get("/demo").text, "lxml")
        token = page.select_one("input[name=csrf_token]")
        data = {"csrf_token": str(token["value"]) if token else ""}
        answer = self.client.post(f"/demo/{person.id}", data=data)
        if answer.status_code != 303:
            raise SystemExit(f"cannot sign in as {person.name}: {answer.status}")

    def get(self, path: str) -> tuple[float, int, int]:
        """Seconds, SQL statements and kilobytes of one page."""
        self._statements = 0
        start = time.perf_counter()
        answer = self.client.get(path)
        text = answer.get_data()
        seconds = time.perf_counter() - start
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return seconds, self._statements, len(text) // 1024


def demo_person(session: Session, role: Role) -> Person:
    """The person as whom the demo signs one in for a role."""
    statement = select(Person).join(Membership).where(Membership.role == role)
    found = statement.where(Person.demo_order.is_not(None)).order_by(Person.demo_order)
    return session.scalars(found.options(selectinload(Person.memberships))).first() or stop(role)


def stop(role: Role) -> NoReturn:
    raise SystemExit(f"the demo has nobody who is {role}")


def names(session: Session, person: Person | None) -> dict[str, int]:
    """The ids of what the pages are about; of the person's own where they have such."""
    grants = person.memberships if person else []
    units = [grant.unit_id for grant in grants if grant.unit_id]
    owners = [grant.organisation_id for grant in grants if grant.role is Role.ENTREPRENEUR]
    need = select(Need).where(Need.state == NeedState.PUBLISHED).order_by(Need.id.desc())
    need = need.where(Need.unit_id.in_(units)) if units else need
    concept = select(Concept).where(Concept.state == ConceptState.PUBLISHED)
    concept = concept.where(Concept.organisation_id.in_(owners)) if owners else concept
    one_need, one_concept = session.scalars(need).first(), session.scalars(concept).first()
    draft = select(Need.id).where(Need.state == NeedState.DRAFT, Need.unit_id.in_(units))
    if one_need is None or one_concept is None:
        raise SystemExit("nothing is published")
    return {
        "need": one_need.id,
        "unit": one_need.unit_id,
        "municipality": one_need.unit.organisation_id,
        "concept": one_concept.id,
        "entrepreneur": one_concept.organisation_id,
        "draft": session.scalars(draft).first() or 0,
    }


def measure(app: WebApplication, rounds: int) -> Iterator[Timing]:
    """The pages of each role, each asked for in turn with the page that it is compared with."""
    anybody = Visitor(app)
    for role, paths in PAGES.items():
        with app.database.reading() as session:
            person = demo_person(session, role) if role else None
            ids = names(session, person)
        visitor = Visitor(app, person) if person else anybody
        for path in paths:
            timing = Timing(str(role or "public"), path)
            address = path.format(**ids)
            visitor.get(address)
            for _ in range(rounds):
                peer, _, _ = anybody.get(PEER)
                seconds, timing.queries, timing.kilobytes = visitor.get(address)
                timing.seconds.append(seconds)
                timing.ratios.append(seconds / peer)
            yield timing


@contextmanager
def site(url: str | None, size: int) -> Iterator[WebApplication]:
    """The application on that database, or on one that is made for it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"INSTANCE_DIR": folder} | ({"DATABASE_URL": url} if url else {})
        settings = load_settings(environment)
        app = create_app(settings)
        upgrade(app.database.engine)
        fill_if_empty(app.database)
        start = time.perf_counter()
        added = fill_up(app.database, size)
        if added.needs or added.concepts:
            print(f"added {added.needs} needs and {added.concepts} concepts", end=" ")
            print(f"in {time.perf_counter() - start:.0f} s")
        yield app
        app.database.engine.dispose()


class WordVectors:
    """Stands in for a language model: each word has a direction of its own."""

    version = "word vectors of the bench"
    dimensions = 384

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.array([self._vector(text) for text in texts], dtype=np.float32)

    def _vector(self, text: str) -> npt.NDArray[np.float64]:
        total = np.full(self.dimensions, 0.3) + sum(map(direction, words(text)))
        vector: npt.NDArray[np.float64] = total / np.linalg.norm(total)
        return vector


@cache
def direction(word: str) -> npt.NDArray[np.float64]:
    seed = int.from_bytes(word.encode()[:32])
    return np.random.default_rng(seed).choice([-1.0, 1.0], WordVectors.dimensions)


def read_all(app: WebApplication) -> None:
    encoder = WordVectors()
    use_encoder(app.database, encoder)
    reader, start = TextReader(app.database, encoder), time.perf_counter()
    while reader.read_some():
        pass
    read, by_sentences = reader.progress[0], reader.progress_by_sentences[0]
    print(f"read {read} texts, {by_sentences} by their sentences too, ", end="")
    print(f"in {time.perf_counter() - start:.0f} s")


def main() -> int:
    """Print the table; fail when a page is over the limit."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--scale", type=int, default=10_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=7, metavar="N")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--database", metavar="URL", help="of a demo; it is filled up to N")
    where.add_argument("--postgresql", action="store_true", help="start one, as the tests do")
    parser.add_argument("--meaning", action="store_true", help="rank by meaning too")
    wanted = parser.parse_args()
    with ExitStack() as stack:
        url = wanted.database
        if wanted.postgresql:
            server = stack.enter_context(running_postgres())
            url = server.url().render_as_string(hide_password=False)
        app = stack.enter_context(site(url, wanted.scale))
        by = "words"
        if wanted.meaning:
            read_all(app)
            by = "words and meaning"
        print(f"{app.database.engine.dialect.name}, {wanted.scale} needs and concepts, {by}, warm")
        print(f"{'':<65}{'median':>7}{'worst':>7}{'times':>7}{'':>5}{'':>5}")
        print(f"{'who':<19}{'page':<46}{'ms':>7}{'ms':>7}{PEER:>7}{'SQL':>5}{'kB':>5}")
        over = 0
        for timing in measure(app, wanted.rounds):
            print(timing.line(), flush=True)
            over += timing.is_over
    print(f"{over} pages take more than {1000 * LIMIT:.0f} ms" if over else "no page is over")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
