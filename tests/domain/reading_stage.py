"""Texts, a small encoder, and workers that read them for meaning."""

import threading
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pytest
from sqlalchemy import select

from marketplace.concepts.models import Concept
from marketplace.core.engine import Database
from marketplace.matches import queries
from marketplace.matches.encoders import use_encoder
from marketplace.matches.models import TextVector
from marketplace.matches.queries import RankedRow
from marketplace.matches.services.reading import TextReader
from marketplace.needs.models import Need
from tests.factories import make_concept, make_need
from tests.matching.stand_in import StandIn

OTHERS = ("Sykkelverksted", "Regnekurs", "Matsvinn", "Turgruppe", "Datahjelp")

SECONDS = 120
"""Long enough for the slowest machine; no test waits so long unless it fails."""


class Synonyms(StandIn):
    """Besteforeldre and pensjonistar, which share no letters that count, mean the same."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return super().encode(
            [text.lower().replace("pensjonistar", "besteforeldre") for text in texts]
        )


def fill(database: Database) -> tuple[int, int]:
    """A need, and the only concept that means the same, among others."""
    with database.writing() as session:
        need = about(make_need(session), "Besteforeldre")
        concept = about(make_concept(session), "Pensjonistar")
        for word in OTHERS:
            about(make_concept(session), word)
        session.commit()
        return need.id, concept.id


T = TypeVar("T", Need, Concept)


def about(row: T, word: str) -> T:
    """Let a row tell of nothing else."""
    for name in TEXTS_OF[type(row)]:
        setattr(row, name, word)
    return row


TEXTS_OF: dict[type[object], tuple[str, ...]] = {
    Need: ("title", "problem", "target_group", "tried", "wanted_effect", "effect_measure"),
    Concept: ("title", "description", "target_group", "evidence", "used_where",
              "needs_from_municipality"),
}  # fmt: skip


def reader_on(database: Database, encoder: StandIn | None = None) -> TextReader:
    return TextReader(database, encoder or Synonyms())


def read_all(reader: TextReader) -> None:
    while reader.read_some():
        pass


def stored(database: Database) -> dict[str, bytes]:
    with database.reading() as session:
        return {row.key: row.vector for row in session.scalars(select(TextVector))}


class Begin:
    """The same database, as a process that serves pages sees it when it has just begun."""

    def __init__(self, database: Database) -> None:
        self._url = database.engine.url.render_as_string(hide_password=False)
        self.begun: list[Database] = []

    def __call__(self, encoder: StandIn | None = None, *, reads: bool = True) -> Database:
        page = Database(self._url)
        use_encoder(page, encoder or Synonyms() if reads else None)
        self.begun.append(page)
        return page


@pytest.fixture
def begin(committed: Database) -> Iterator[Begin]:
    made = Begin(committed)
    yield made
    for page in made.begun:
        page.engine.dispose()


def ranked(page: Database, need_id: int) -> list[RankedRow[Concept]]:
    with page.reading() as session:
        return queries.rank_concepts(session, session.get_one(Need, need_id))


def found(page: Database, need_id: int) -> list[int]:
    return [each.row.id for each in ranked(page, need_id)]


def read_and_stop(url: str, pipe: "Connection[int, None]") -> None:
    """A worker that stops in the middle of a text, after the ordinary ones and some more."""

    class Stopping(Synonyms):
        def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            if len(self.read) >= 24 and not any(len(text) > 200 for text in texts):
                pipe.send(len(self.read))
                threading.Event().wait()
            return super().encode(texts)

    read_all(reader_on(Database(url), Stopping()))
