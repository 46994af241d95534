"""What every test may ask for: an engine of each kind, and a session that leaves no trace."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.orm import Session

from marketplace.core.clock import clock_at
from marketplace.core.engine import DATABASE, READS, Database
from marketplace.models import metadata
from marketplace.ui.web import WebApplication
from tests.demo import filled_once, shared_folder
from tests.passwords import hash_quickly

NOW = datetime(2026, 9, 14, 10, 0, tzinfo=UTC)

# Nothing that hypothesis finds may depend on how fast the machine is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no process is left alone with them at the end."""
    items.sort(
        key=lambda item: [item.get_closest_marker(long) is None for long in ("journey", "slow")]
    )


class OneConnection(Database):
    """A database whose every session runs inside one outer transaction that is rolled back."""

    def __init__(self, connection: Connection) -> None:
        self.engine = connection.engine
        self.local: dict[str, Any] = {}
        self._connection = connection

    def reading(self) -> Session:
        return _Reader(
            self._connection,
            join_transaction_mode="rollback_only",
            expire_on_commit=False,
            info={DATABASE: self, READS: True},
        )

    reading_portions = reading

    def writing(self) -> Session:
        return Session(
            self._connection,
            join_transaction_mode="create_savepoint",
            expire_on_commit=False,
            info={DATABASE: self},
        )


class _Reader(Session):
    def rollback(self) -> None:
        """It has changed nothing; on the one connection it would take back what others did."""


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def filled_schema(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """An empty database with all tables, once per engine and test process."""
    url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    database = Database(url)
    metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    from tests.provisioning.postgres import running_postgres

    with running_postgres() as server:
        yield server.url().render_as_string(hide_password=False)


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """For all applications that tests make, in all their processes."""
    folder = shared_folder(tmp_path_factory) / "templates"
    folder.mkdir(exist_ok=True)
    WebApplication.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo town on the morning of the tests: take a copy."""
    with clock_at(NOW):
        return filled_once(tmp_path_factory, "fixed")


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file for a test to copy: making all tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("tables") / "empty.db"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_with_tables(postgresql_url: str) -> str:
    """The address of a second database on the server, for tests that commit: see `committed`."""
    server, name = make_url(postgresql_url), "with_tables"
    keeper = create_engine(server, isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    keeper.dispose()
    url = server.set(database=name).render_as_string(hide_password=False)
    _make_tables(url)
    return url


def _make_tables(url: str) -> None:
    database = Database(url)
    metadata.create_all(database.engine)
    database.engine.dispose()


@pytest.fixture
def database(filled_schema: Database) -> Iterator[Database]:
    with filled_schema.engine.connect() as connection:
        outer = connection.begin()
        yield OneConnection(connection)
        outer.rollback()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture(autouse=True)
def _fixed_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test runs on the same morning, but for those marked `real_time`."""
    if request.node.get_closest_marker("real_time"):
        yield
        return
    with clock_at(NOW):
        yield
