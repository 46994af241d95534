"""Processes of their own that answer from their index, as the processes of a server do."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.core.engine import Database
from marketplace.core.revision import Collection
from marketplace.matches.index import Change, FreshIndex, all_needs_index, concepts_index
from marketplace.needs.models import Need
from matching import Document
from tests.forked import processes

SECONDS = 120
"""Long enough for the slowest machine; no test waits so long unless it fails."""

INDEXES = {
    Collection.NEEDS: (all_needs_index, Need.id, Need.title),
    Collection.CONCEPTS: (concepts_index, Concept.id, Concept.title),
}


@dataclass(frozen=True)
class Answer:
    titles: list[str]
    rows_read: int
    """How many rows were read from the database for it, and analysed."""


def ask(database: Database, collection: Collection, words: str) -> Answer:
    index_of, row_id, title = INDEXES[collection]
    with database.reading() as session:
        fresh = index_of(session)
        with counted_rows(fresh) as read, fresh.opened(session) as index:
            found = [int(m.document_id) for m in index.rank(Document("", "", words), 20)]
        rows = session.execute(select(row_id, title).where(row_id.in_(found)))
        titles = {row[0]: row[1] for row in rows}
    return Answer([titles[each] for each in found], len(read))


@contextmanager
def counted_rows(fresh: FreshIndex) -> Iterator[list[int]]:
    """The ids of the rows that the index reads while the block lasts."""
    read: list[int] = []
    load = fresh.changes_since

    def counting(session: Session, revision: int) -> Generator[Change, None, None]:
        for change in load(session, revision):
            read.append(change.row_id)
            yield change

    fresh.changes_since = counting
    try:
        yield read
    finally:
        fresh.changes_since = load


class Reader:
    """The near end of a process that answers."""

    def __init__(self, pipe: "Connection[tuple[Collection, str] | None, Answer]") -> None:
        self._pipe = pipe

    def ask(self, collection: Collection, words: str) -> Answer:
        self._pipe.send((collection, words))
        assert self._pipe.poll(SECONDS), "the process does not answer"
        return self._pipe.recv()


@contextmanager
def reader_process(database: Database, folder: Path | None = None) -> Iterator[Reader]:
    near, far = processes.Pipe()
    url = database.engine.url.render_as_string(hide_password=False)
    process = processes.Process(target=_answer, args=(url, folder, far))
    process.start()
    try:
        yield Reader(near)
    finally:
        near.send(None)
        process.join(SECONDS)


def _answer(
    url: str, folder: Path | None, pipe: "Connection[Answer, tuple[Collection, str] | None]"
) -> None:
    database = Database(url, folder)
    while (question := pipe.recv()) is not None:
        pipe.send(ask(database, *question))
    database.engine.dispose()
