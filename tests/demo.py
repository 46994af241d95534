"""The demo town, filled once for all processes of a test run, and copies of it."""

import fcntl
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, func, insert, select

from marketplace.app import create_app
from marketplace.config import load_settings
from marketplace.core.engine import Database, make_engine
from marketplace.demo.load import fill_if_empty
from marketplace.models import metadata


def filled_once(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """A SQLite database that nobody may change. `name` says on which day it was filled."""
    folder = shared_folder(tmp_path_factory)
    path = folder / f"demo-{name}.db"
    with (folder / f"demo-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _fill(folder / f"{name}-unfinished").rename(path)
    return path


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _fill(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "demo.db"
    path.unlink(missing_ok=True)
    database = Database(f"sqlite:///{path}")
    metadata.create_all(database.engine)
    create_app(load_settings({"INSTANCE_DIR": str(folder)}), database)  # with all reactions
    fill_if_empty(database)
    database.engine.dispose()
    return path


def copy(demo: Path, database: Database) -> Database:
    """Put the demo town into a SQLite database, in place of what is there."""
    database.engine.dispose()
    with (
        sqlite3.connect(demo) as source,
        sqlite3.connect(str(database.engine.url.database)) as target,
    ):
        source.backup(target)
    return database


def copy_rows(demo: Path, database: Database) -> Database:
    """Put the demo town into empty tables, of either kind of database."""
    source = make_engine(f"sqlite:///{demo}")
    with source.connect() as read, database.engine.begin() as write:
        for table in metadata.sorted_tables:
            rows = [dict(row._mapping) for row in read.execute(select(table).order_by(*table.c))]
            if rows:
                write.execute(insert(table), rows)
                _count_on(write, table)
    source.dispose()
    return database


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL does not look at the rows for the number of the next one."""
    if connection.dialect.name == "postgresql" and "id" in table.c:
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, func.max(table.c.id))))
