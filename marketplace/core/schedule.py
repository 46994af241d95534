"""What becomes due by the clock: reminders, closings, monthly counts; each done exactly once.

A feature registers what it knows to be due (`TimedWork`). The worker asks all of them, and does
each due thing in a transaction of its own that begins with a row of `timed_event`. That row is
unique: of two workers one waits for the other and then finds it done, and a worker that dies in
the middle leaves neither the row nor what it had begun. What fails is logged, keeps nothing else
from being done, and is tried again.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.clock import now, system_time, thread_clock_at
from marketplace.core.db import Base, Identified, insert_if_new, short_text
from marketplace.core.engine import Database
from marketplace.core.errors import NotReady

log = logging.getLogger(__name__)

CLOCKS_APART = timedelta(minutes=1)


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


TIMED_WORK: dict[str, TimedWork] = {}


def register_timed(work: TimedWork) -> None:
    """Registering a kind again replaces it; two features with one name for it would lose one."""
    known = TIMED_WORK.get(str(work.kind))
    if known is not None and type(known.kind) is not type(work.kind):
        raise ValueError(f"{work.kind} is what two kinds of timed work are called")
    TIMED_WORK[str(work.kind)] = work


def database_time(session: Session) -> datetime:
    """The database's own clock, so that workers on several machines agree what is due."""
    if session.get_bind().dialect.name != "postgresql":
        return now()
    moment: datetime = session.scalars(select(func.clock_timestamp())).one()
    return moment


def expect_same_time(session: Session) -> None:
    """Refuse to go by a clock that is far from the database's: deadlines and mails follow both."""
    if session.get_bind().dialect.name != "postgresql":
        return  # the database has this machine's clock
    asked = system_time()
    there = database_time(session)
    ahead = max(asked - there, timedelta(0)) or min(system_time() - there, timedelta(0))
    if abs(ahead) > CLOCKS_APART:
        raise NotReady(
            f"The clock of this machine is {abs(round(ahead.total_seconds()))} seconds"
            f" {'ahead of' if ahead > timedelta(0) else 'behind'} the database's."
            " Synchronise both clocks (NTP): until then nothing is done."
        )


def do_what_is_due(database: Database, moment: datetime | None = None) -> int:
    """Do all that is due by the database's clock, or at `moment`; return how much was done."""
    with database.reading() as session:
        at = moment or database_time(session)
    with thread_clock_at(at):
        return sum(_do_all(database, work) for work in list(TIMED_WORK.values()))


def _do_all(database: Database, work: TimedWork) -> int:
    try:
        due = _find(database, work)
    except Exception as error:  # noqa: BLE001  one kind that fails must not stop the others
        log.error("what is due of %s could not be found: %s", work.kind, type(error).__name__)  # noqa: TRY400  the text of a database error may hold a row
        return 0
    return sum(_try(database, work, *one) for one in due)


def _find(database: Database, work: TimedWork) -> list[tuple[int, date]]:
    with database.reading() as session:
        found = list(work.find(session))
        done = _done_since(session, work, min((due_on for _, due_on in found), default=None))
    return [one for one in found if one not in done]


def _done_since(session: Session, work: TimedWork, day: date | None) -> set[tuple[int, date]]:
    """What has been done of this kind, but for what nobody asks about any more."""
    if day is None:
        return set()
    statement = select(TimedEvent.subject_id, TimedEvent.due_on).where(
        TimedEvent.kind == str(work.kind), TimedEvent.due_on >= day
    )
    return {(subject_id, due_on) for subject_id, due_on in session.execute(statement)}


def _try(database: Database, work: TimedWork, subject_id: int, due_on: date) -> bool:
    try:
        return _do(database, work, subject_id, due_on)
    except Exception as error:  # noqa: BLE001  one row that fails must not stop the others
        what = (work.kind, subject_id, due_on, type(error).__name__)
        log.error("%s of %d, due %s, could not be done: %s", *what)  # noqa: TRY400  the text of a database error may hold a row
        return False


def _do(database: Database, work: TimedWork, subject_id: int, due_on: date) -> bool:
    with database.writing() as session:
        if not _take(session, work.kind, subject_id, due_on):
            return False
        work.act(session, subject_id, due_on)
        session.commit()
        return True


def _take(session: Session, kind: StrEnum, subject_id: int, due_on: date) -> bool:
    """Write the row that says it is done; False where another worker has written it."""
    return insert_if_new(
        session, TimedEvent, kind=str(kind), subject_id=subject_id, due_on=due_on, done_at=now()
    )
