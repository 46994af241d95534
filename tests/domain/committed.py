"""A database of a test's own, in which commits are real: for several threads or processes.

On PostgreSQL it is the same one for all tests of a process, emptied after each: to make one takes
longer than most tests.
"""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from marketplace.config import DatabaseLimits
from marketplace.core.engine import Database
from marketplace.models import metadata

PATIENT = DatabaseLimits(statement=120, lock=120, pool=120)
"""Those who race wait for each other, on a slow machine for long."""


@pytest.fixture(params=["sqlite", "postgresql"])
def committed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    yield from own_database(request, tmp_path)


def own_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """A copy of an empty one, with all tables."""
    if request.param == "sqlite":
        yield from _opened(sqlite_copy(request, folder / "own.db"))
        return
    url = make_url(request.getfixturevalue("postgresql_with_tables"))
    yield from _opened(url.render_as_string(hide_password=False))
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as keeper:
        make_empty(keeper)


def make_empty(keeper: psycopg.Connection) -> None:
    """End connections that tests forgot, guard what they unguarded, and begin at the first row.

    The trail of events may not be emptied but by a replica.
    """
    keeper.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    unguarded = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'D'"
    for (table,) in keeper.execute(unguarded).fetchall():
        keeper.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER ALL").format(sql.Identifier(table)))
    used = [table.name for table in metadata.sorted_tables if _has_rows(keeper, table.name)]
    if used:
        keeper.execute("SET session_replication_role = replica")
        tables = sql.SQL(", ").join(map(sql.Identifier, used))
        keeper.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))
    moved = "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"
    for (sequence,) in keeper.execute(moved).fetchall():
        keeper.execute(sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(sequence)))


def _has_rows(keeper: psycopg.Connection, table: str) -> bool:
    found = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))
    return keeper.execute(found).fetchone() == (True,)


def sqlite_copy(request: pytest.FixtureRequest, path: Path) -> str:
    copyfile(request.getfixturevalue("sqlite_with_tables"), path)
    return f"sqlite:///{path}"


def _opened(url: str) -> Iterator[Database]:
    database = Database(url, limits=PATIENT)
    yield database
    database.engine.dispose()
