"""Engines and sessions, on SQLite and PostgreSQL."""

from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 10_000
DATABASE = "database"


class Database:
    """One engine, and sessions of two kinds: reading, and writing.

    On SQLite a writing session takes the write lock when it begins, so that what it has read
    is still true when it writes; on PostgreSQL row locks do that where a service asks for them.

    `local` is for what a process computes from this database and can always compute again; a
    session finds its way to it by `database_of`. `snapshots` is a folder where such things may be
    kept for other processes; without one they are not.
    """

    snapshots: Path | None = None

    def __init__(self, url: str, snapshots: Path | None = None) -> None:
        self.engine = make_engine(url)
        self.snapshots = snapshots
        self.local: dict[str, Any] = {}

    def reading(self) -> Session:
        return Session(self.engine, expire_on_commit=False, info={DATABASE: self})

    def writing(self) -> Session:
        engine = self.engine.execution_options(behovstorget_writes=True)
        return Session(engine, expire_on_commit=False, info={DATABASE: self})


def database_of(session: Session) -> Database:
    return cast(Database, session.info[DATABASE])


def make_engine(url: str) -> Engine:
    """An engine whose errors do not show what people typed: they end up in logs."""
    if url.startswith("sqlite"):
        timeout = {"timeout": BUSY_TIMEOUT_MS / 1000}
        engine = create_engine(url, hide_parameters=True, connect_args=timeout)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, hide_parameters=True, pool_pre_ping=True)


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling leaks rows out of savepoints: BEGIN is ours to issue.
    sqlite: Any = connection
    sqlite.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("behovstorget_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
