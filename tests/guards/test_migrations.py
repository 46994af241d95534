"""The migrations give the same database as the models, constraints included, on both engines."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text

from marketplace.core import migrate
from marketplace.core.engine import make_engine
from marketplace.core.migrate import differences, upgrade
from marketplace.models import metadata

NAMES = ("migrated", "created")


@pytest.fixture(params=["sqlite", "postgresql"])
def two_empty_databases(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Engine, Engine]]:
    if request.param == "sqlite":
        yield from _pair([f"sqlite:///{tmp_path / name}.db" for name in NAMES])
        return
    server = make_engine(request.getfixturevalue("postgresql_url"))
    for name in NAMES:
        _run(server, f"CREATE DATABASE {name}")
    yield from _pair([_beside(server, name) for name in NAMES])
    for name in NAMES:
        _run(server, f"DROP DATABASE {name}")
    server.dispose()


def _pair(urls: Sequence[str]) -> Iterator[tuple[Engine, Engine]]:
    first, second = (make_engine(url) for url in urls)
    yield first, second
    first.dispose()
    second.dispose()


def _beside(engine: Engine, database: str) -> str:
    return engine.url.set(database=database).render_as_string(hide_password=False)


def _run(engine: Engine, statement: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


def taken_back(engine: Engine, revision: str) -> None:
    with migrate.migrating(engine) as connection:
        command.downgrade(migrate._config(connection), revision)


def test_migrations_equal_the_models(two_empty_databases: tuple[Engine, Engine]) -> None:
    migrated, created = two_empty_databases
    upgrade(migrated)
    metadata.create_all(created)
    assert differences(migrated, created, metadata) == []


def test_a_changed_check_is_noticed(two_empty_databases: tuple[Engine, Engine]) -> None:
    migrated, created = two_empty_databases
    metadata.create_all(migrated)
    metadata.create_all(created)
    with created.begin() as connection:
        connection.execute(text("DROP INDEX uq_pairing_open"))
        connection.execute(text("CREATE UNIQUE INDEX uq_pairing_open ON pairing (need_id)"))
    assert len(differences(migrated, created, metadata)) == 2


def test_migrations_can_be_taken_back(two_empty_databases: tuple[Engine, Engine]) -> None:
    migrated, _ = two_empty_databases
    upgrade(migrated)
    taken_back(migrated, "base")
    assert set(inspect(migrated).get_table_names()) <= {"alembic_version"}
