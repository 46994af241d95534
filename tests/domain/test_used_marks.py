"""The mark of a form is used once, also by two at the same moment, and given back when undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.used_marks import (
    MARKS_KEPT,
    UsedMark,
    free_mark,
    note_answer,
    purge_used_marks,
    take_mark,
)
from marketplace.ui.marks import new_mark

SECONDS = 120


def count(session: Session) -> int:
    return session.scalar(select(func.count(UsedMark.id))) or 0


def test_a_mark_is_taken_once_and_remembers_the_answer(session: Session) -> None:
    mark = new_mark()
    assert take_mark(session, mark, b"first") is None
    note_answer(session, mark, "/needs/7")
    used = take_mark(session, mark, b"second")
    assert used is not None
    assert used.location == "/needs/7"
    assert used.holds(mark, b"first")
    assert not used.holds(mark, b"second")
    assert take_mark(session, new_mark(), b"first") is None


def test_a_mark_that_is_freed_or_undone_can_be_taken(session: Session) -> None:
    freed, undone = new_mark(), new_mark()
    take_mark(session, freed, b"")
    free_mark(session, freed)
    assert take_mark(session, freed, b"") is None
    take_mark(session, undone, b"")
    session.rollback()
    assert take_mark(session, undone, b"") is None


def test_neither_the_mark_nor_what_was_sent_is_stored(session: Session) -> None:
    mark = new_mark()
    take_mark(session, mark, b"sent")
    row = session.scalars(select(UsedMark)).one()
    assert mark not in {row.mark_hash, row.sent_hash}
    # The same content with another form is another hash: nobody can compare them.
    take_mark(session, new_mark(), b"sent")
    assert len(set(session.scalars(select(UsedMark.sent_hash)))) == 2


def test_old_marks_are_purged_and_new_ones_stay(session: Session) -> None:
    with clock_at(now() - MARKS_KEPT - timedelta(minutes=1)):
        take_mark(session, new_mark(), b"")
    take_mark(session, kept := new_mark(), b"")
    purge_used_marks(session)
    assert count(session) == 1
    assert take_mark(session, kept, b"") is not None


def test_of_two_at_once_one_takes_the_mark(committed: Database) -> None:
    assert sum(take_together(committed, Session.commit, Session.commit)) == 1
    with committed.reading() as session:
        assert count(session) == 1


def test_where_one_is_undone_the_other_takes_the_mark(committed: Database) -> None:
    assert take_together(committed, Session.rollback, Session.commit)[1]
    with committed.reading() as session:
        assert count(session) == 1


def take_together(database: Database, *ends: Callable[[Session], None]) -> list[bool]:
    """One thread for each end: take the mark, then end so."""
    together, mark = Barrier(len(ends), timeout=SECONDS), new_mark()

    def take(end: Callable[[Session], None]) -> bool:
        with database.writing() as session:
            if database.engine.dialect.name == "postgresql":
                session.connection()
            together.wait()
            taken = take_mark(session, mark, b"") is None
            end(session)
            return taken

    with ThreadPoolExecutor(len(ends)) as threads:
        return [running.result(SECONDS) for running in [threads.submit(take, e) for e in ends]]
