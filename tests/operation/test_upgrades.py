"""A database with cases in it is brought from every older revision to the newest, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from marketplace.core import migrate
from marketplace.core.engine import Database, make_engine
from marketplace.core.errors import NotReady
from marketplace.models import metadata
from tests.demo import copy
from tests.operation.filled import Rows, fill_as_of_old, fill_gaps, gaps, read_all, tables_of

HEAD, *OLDER = [script.revision for script in migrate._scripts().walk_revisions()]


@pytest.fixture(scope="module")
def demo_rows(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What is in the demo, with every gap filled."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    database = copy(demo_file, Database(f"sqlite:///{path}"))
    with database.engine.begin() as connection:
        fill_gaps(connection)
        rows = read_all(connection, metadata.sorted_tables)
    database.engine.dispose()
    return rows


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def old(request: pytest.FixtureRequest, engine: Engine, demo_rows: Rows) -> Rows:
    """A filled database at the revision that the test names; what is in it."""
    migrate.upgrade(engine, request.param)
    fill_as_of_old(engine, demo_rows)
    with engine.connect() as connection:
        tables = tables_of(engine)
        assert gaps(connection, tables) == [], "tell tests/operation/filled.py how to fill these"
        return read_all(connection, tables)


def kept(engine: Engine, before: Rows) -> Rows:
    """What is now where `before` was read, in the columns that there were."""
    with engine.connect() as connection:
        now = read_all(connection, [each for each in tables_of(engine) if each.name in before])
    return {
        table: [{name: row[name] for name in rows[0]} for row in now[table]]
        for table, rows in before.items()
    }


def without_dead_links(old: Rows, revision: str) -> Rows:
    """Links were signed numbers of rows before they were random: those open nothing any more."""
    return {**old, "one_time_link": []} if revision < "0007" and "one_time_link" in old else old


@pytest.mark.parametrize(("old", "revision"), [(each, each) for each in OLDER], indirect=["old"])
def test_a_filled_database_is_upgraded_and_keeps_every_row(
    engine: Engine, old: Rows, revision: str
) -> None:
    migrate.upgrade(engine)
    migrate.expect_migrated(engine)
    after, wanted = kept(engine, old), without_dead_links(old, revision)
    assert {table: len(rows) for table, rows in after.items()} == {
        table: len(rows) for table, rows in wanted.items()
    }
    assert after == wanted


@pytest.mark.parametrize("old", OLDER[-1:], indirect=True)
@pytest.mark.usefixtures("old")
def test_the_rules_hold_in_an_upgraded_database(engine: Engine, tmp_path: Path) -> None:
    migrate.upgrade(engine)
    created = make_engine(f"sqlite:///{tmp_path / 'created.db'}")
    metadata.create_all(created)
    if engine.dialect.name == "sqlite":
        assert migrate.differences(engine, created, metadata) == []
    created.dispose()
    nobody = text("UPDATE pairing SET need_id = 1000000")
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(nobody)


@pytest.mark.parametrize("old", OLDER[-1:], indirect=True)
def test_a_migration_that_fails_leaves_everything_as_it_was(engine: Engine, old: Rows) -> None:
    """A table stands in the way of a later one, when those before have been through."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE used_mark (id INTEGER PRIMARY KEY)"))
    with pytest.raises(DBAPIError):
        migrate.upgrade(engine)
    assert kept(engine, old) == old
    with engine.connect() as connection:
        assert migrate._revisions(connection) == {OLDER[-1]}


def test_a_migration_may_not_leave_rows_that_refer_to_nothing(tmp_path: Path) -> None:
    stranger = text("INSERT INTO mail_preference VALUES (9, 'waiting', 'never', 1)")
    engine = make_engine(f"sqlite:///{tmp_path / 'broken.db'}")
    migrate.upgrade(engine)
    with pytest.raises(NotReady), migrate.migrating(engine) as connection:
        connection.execute(stranger)
    engine.dispose()
