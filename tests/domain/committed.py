"""A database of a test's own, in which commits are real: for several threads or processes."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copyfile

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from marketplace.config import DatabaseLimits
from marketplace.core.engine import Database

PATIENT = DatabaseLimits(statement=120, lock=120, pool=120)
"""Those who race wait for each other, on a slow machine for long."""


_names = (f"own_{number}" for number in count(1))


@pytest.fixture(params=["sqlite", "postgresql"])
def committed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Made before the test and dropped after it."""
    yield from own_database(request, tmp_path)


def own_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """A copy of an empty one, with all tables."""
    if request.param == "sqlite":
        yield from _opened(sqlite_copy(request, folder / "own.db"))
        return
    template = request.getfixturevalue("postgresql_with_tables")
    server, name = make_url(request.getfixturevalue("postgresql_url")), next(_names)
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as keeper:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        keeper.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield from _opened(server.set(database=name).render_as_string(hide_password=False))
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            keeper.execute(drop.format(sql.Identifier(name)))


def sqlite_copy(request: pytest.FixtureRequest, path: Path) -> str:
    copyfile(request.getfixturevalue("sqlite_with_tables"), path)
    return f"sqlite:///{path}"


def _opened(url: str) -> Iterator[Database]:
    database = Database(url, limits=PATIENT)
    yield database
    database.engine.dispose()
