"""Engines and sessions, on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import partial, wraps
from pathlib import Path
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.pool import ConnectionPoolEntry

from marketplace.config import DatabaseLimits
from marketplace.private import close_file, private_file

P = ParamSpec("P")
T = TypeVar("T")

DATABASE = "database"
ANSWERS = "answers to what was asked"
READS = "reads only"
USED_AT = "used at"
WRITES = "behovstorget_writes"
USUAL = DatabaseLimits()
UNHURRIED = DatabaseLimits(statement=0)
"""For what an operator does by hand, which may take its time but waits for nobody for long."""

SECONDS_TO_CONNECT = 10
SECONDS_IDLE_IN_TRANSACTION = 300
"""A process that hangs in the middle of a transaction keeps rows from all others."""

LOST_LINE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""When the other machine is gone without a word, the line is given up after a minute."""

SECONDS_BELIEVED = 2.0
"""A line that was used so shortly ago is not tried before it is used again."""

STATEMENTS_PREPARED = 250
"""So many statements each connection has parsed and planned: the pages ask some 200."""

BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
STOPPED = ("40", "53", "55P03", "57014")
"""What PostgreSQL undid: a deadlock, no room for one more, a lock and a statement cut in time."""

LOST = ("08", "57P", "25P03")


class Database:
    """One engine, and sessions of two kinds: reading, and writing.

    On SQLite a writing session takes the write lock when it begins, so that what it has read
    is still true when it writes; on PostgreSQL row locks do that where a service asks for them.
    There a reading session has no transaction: each statement sees what is committed anyway, and
    BEGIN and ROLLBACK would be as many questions more. So it refuses to write.

    `local` is for what a process computes from this database and can always compute again; a
    session finds its way to it by `database_of`. `snapshots` is a folder where such things may be
    kept for other processes; without one they are not. `serves_pages` says that people wait for
    this process: what takes seconds, and can be done without for so long, is made beside.
    """

    snapshots: Path | None = None
    serves_pages: bool = False

    def __init__(
        self, url: str, snapshots: Path | None = None, limits: DatabaseLimits = USUAL
    ) -> None:
        self.engine = make_engine(url, limits)
        self.snapshots = snapshots
        self.local: dict[str, Any] = {}

    def reading(self) -> Session:
        engine = self.engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        return Session(engine, expire_on_commit=False, info={DATABASE: self, READS: True})

    def reading_portions(self) -> Session:
        """For what is read portion by portion, which PostgreSQL does within a transaction."""
        return Session(self.engine, expire_on_commit=False, info={DATABASE: self, READS: True})

    def writing(self) -> Session:
        engine = self.engine.execution_options(**{WRITES: True})
        return Session(engine, expire_on_commit=False, info={DATABASE: self})


def database_of(session: Session) -> Database:
    return cast(Database, session.info[DATABASE])


def asked_once(
    ask: Callable[Concatenate[Session, P], T],
) -> Callable[Concatenate[Session, P], T]:
    """In a session that reads, each question is asked once: several parts of a page ask it."""

    @wraps(ask)
    def answer(session: Session, /, *given: P.args, **named: P.kwargs) -> T:
        if READS not in session.info:
            return ask(session, *given, **named)
        answers: dict[Hashable, T] = session.info.setdefault(ANSWERS, {})
        key = (ask, given, tuple(named.items()))
        if key not in answers:
            answers[key] = ask(session, *given, **named)
        return answers[key]

    return answer


def _refuse_changes(session: Session, *_details: object) -> None:
    if READS in session.info and (session.new or session.deleted or session.dirty):
        raise RuntimeError("a session that reads was given something to write")


def _refuse_writing(state: ORMExecuteState) -> None:
    if READS in state.session.info and (state.is_insert or state.is_update or state.is_delete):
        raise RuntimeError("a session that reads was asked to write")


event.listen(Session, "before_flush", _refuse_changes)
event.listen(Session, "do_orm_execute", _refuse_writing)


def make_engine(url: str, limits: DatabaseLimits = USUAL) -> Engine:
    """An engine whose errors do not show what people typed: they end up in logs."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address, limits)
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_timeout=limits.pool,
        # The line that was used last has the statements of the pages prepared.
        pool_use_lifo=True,
        connect_args=_postgresql_limits(address, limits),
    )
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_try_line, engine))
    return engine


def _prepare_postgresql(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    psycopg: Any = connection
    psycopg.prepare_threshold = 2
    psycopg.prepared_max = STATEMENTS_PREPARED


def _note_use(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info[USED_AT] = monotonic()


def _try_line(
    engine: Engine, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Ask whether the line holds where it has been idle; without it all idle ones are given up."""
    if monotonic() - record.info.get(USED_AT, -SECONDS_BELIEVED) < SECONDS_BELIEVED:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _postgresql_limits(address: URL, limits: DatabaseLimits) -> dict[str, Any]:
    """As options of the connection, after those that the address has: the server holds them."""
    options = (
        f"-c statement_timeout={limits.statement}s -c lock_timeout={limits.lock}s"
        f" -c idle_in_transaction_session_timeout={SECONDS_IDLE_IN_TRANSACTION}s"
    )
    own = address.query.get("options", "")
    options = " ".join([*([own] if isinstance(own, str) else own), options])
    ours = {"connect_timeout": SECONDS_TO_CONNECT, **LOST_LINE}
    return {name: ours[name] for name in ours if name not in address.query} | {"options": options}


def _sqlite_engine(address: URL, limits: DatabaseLimits) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_timeout=limits.pool,
        connect_args={"timeout": limits.lock},
    )
    _close_files(Path(address.database or ""))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _close_files(database: Path) -> None:
    """Nobody else may read them; SQLite makes those beside the database with its mode."""
    with suppress(OSError):  # where there can be no database, SQLite itself says so
        private_file(database)
    for suffix in ("-wal", "-shm"):
        close_file(database.with_name(database.name + suffix))


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling leaks rows out of savepoints: BEGIN is ours to issue.
    sqlite: Any = connection
    sqlite.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def may_pass(error: Exception) -> bool:
    """Whether the same may go well a little later: the database was busy, or out of reach."""
    if isinstance(error, NoConnectionLeft):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in BUSY
    state = getattr(error.orig, "sqlstate", None)
    return is_lost(error) or (state or "").startswith(STOPPED)


def is_lost(error: Exception) -> bool:
    """Whether the line to PostgreSQL broke, so that nobody knows if a commit came through."""
    if not isinstance(error, DBAPIError) or hasattr(error.orig, "sqlite_errorcode"):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error, OperationalError)
    return str(state).startswith(LOST)
