"""A database of a test's own, in which commits are real: for several threads or processes."""

from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

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
    """Made before the test and dropped after it."""
    if request.param == "sqlite":
        yield from _filled(Database(f"sqlite:///{tmp_path / 'own.db'}", limits=PATIENT))
        return
    server = make_url(request.getfixturevalue("postgresql_url"))
    name = f"own_{tmp_path.name}".lower()[:60]
    _administer(server.render_as_string(hide_password=False), "CREATE DATABASE {}", name)
    try:
        url = server.set(database=name).render_as_string(hide_password=False)
        yield from _filled(Database(url, limits=PATIENT))
    finally:
        _administer(
            server.render_as_string(hide_password=False), "DROP DATABASE {} WITH (FORCE)", name
        )


def _filled(database: Database) -> Iterator[Database]:
    metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


def _administer(url: str, statement: LiteralString, name: str) -> None:
    address = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
