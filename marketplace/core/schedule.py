"""What becomes due by the clock: reminders, closings, monthly counts; each done exactly once.

A feature registers what it knows to be due (`TimedWork`). The worker asks all of them, and does
each due thing in a transaction of its own that begins with a row of `timed_event`. That row is
unique: of two workers one waits for the other and then finds it done, and a worker that dies in
the middle leaves neither the row nor what it had begun.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.clock import clock_at, now
from marketplace.core.db import Base, Identified, short_text
from marketplace.core.engine import Database


class TimedEvent(Identified, Base):
    """Something that was done because its day had come."""

    __tablename__ = "timed_event"
    __table_args__ = (UniqueConstraint("kind", "subject_id", "due_on"),)

    kind: Mapped[str] = short_text(60)
    subject_id: Mapped[int]
    due_on: Mapped[date]
    done_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True, slots=True)
class TimedWork:
    """One kind of thing that becomes due.

    `find` gives the row and the day of each that is due; those done before may be among them.
    `act` does one of them, never commits, and looks again whether it still has to be done.
    """

    kind: StrEnum
    find: Callable[[Session], Iterable[tuple[int, date]]]
    act: Callable[[Session, int, date], None]


_registered: dict[str, TimedWork] = {}


def register_timed(work: TimedWork) -> None:
    _registered[str(work.kind)] = work


def database_time(session: Session) -> datetime:
    """The database's own clock, so that workers on several machines agree what is due."""
    if session.get_bind().dialect.name != "postgresql":
        return now()
    moment: datetime = session.scalars(select(func.clock_timestamp())).one()
    return moment


def do_what_is_due(database: Database, moment: datetime | None = None) -> int:
    """Do all that is due by the database's clock, or at `moment`; return how much was done."""
    with database.reading() as session:
        at = moment or database_time(session)
    with clock_at(at):
        return sum(_do_all(database, work) for work in _registered.values())


def _do_all(database: Database, work: TimedWork) -> int:
    with database.reading() as session:
        found = list(work.find(session))
        done = _done_before(session, work)
    return sum(_do(database, work, *due) for due in found if due not in done)


def _done_before(session: Session, work: TimedWork) -> set[tuple[int, date]]:
    statement = select(TimedEvent.subject_id, TimedEvent.due_on).where(
        TimedEvent.kind == str(work.kind)
    )
    return {(subject_id, due_on) for subject_id, due_on in session.execute(statement)}


def _do(database: Database, work: TimedWork, subject_id: int, due_on: date) -> bool:
    with database.writing() as session:
        if not _take(session, work.kind, subject_id, due_on):
            return False
        work.act(session, subject_id, due_on)
        session.commit()
        return True


def _take(session: Session, kind: StrEnum, subject_id: int, due_on: date) -> bool:
    """Write the row that says it is done; False where another worker has written it."""
    dialect = session.get_bind().dialect.name
    make_insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make_insert(TimedEvent).values(
        kind=str(kind), subject_id=subject_id, due_on=due_on, done_at=now()
    )
    taken = session.execute(statement.on_conflict_do_nothing().returning(TimedEvent.id))
    return taken.scalar_one_or_none() is not None
