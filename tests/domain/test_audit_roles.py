"""What docs/operating.md says an operator of PostgreSQL can do, done with real roles."""

import re
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from marketplace.core.audit_anchors import Anchors, list_heads
from marketplace.core.audit_check import check_trail
from marketplace.core.audit_guard import triggers_of
from marketplace.core.engine import Database
from marketplace.core.migrate import upgrade
from tests.domain.committed import make_empty
from tests.domain.trail_tools import faults, write_events
from tests.provisioning.postgres import PROGRAMS, installed_package

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"
NAMES = ("roles", "restored")


def blocks() -> list[str]:
    """The SQL of the section: roles, rights, and how to empty an event."""
    section = PAGE.read_text().split("## The audit trail", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```sql\n(.*?)```", section, re.DOTALL)


def run(url: URL, sql: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(sql)


def as_role(url: URL, role: str) -> URL:
    return url.set(username=f"behovstorget_{role}")


@pytest.fixture(scope="module")
def database_with_roles(postgresql_url: str) -> Iterator[URL]:
    """As the page says: roles, then the migrations by the owner, then fewer rights."""
    server = make_url(postgresql_url)
    for name in NAMES:
        run(server, f"CREATE DATABASE {name}")
    url = server.set(database=NAMES[0])
    make_roles, take_rights, _ = blocks()
    run(url, make_roles)
    owner = Database(as_role(url, "owner").render_as_string(hide_password=False))
    upgrade(owner.engine)
    owner.engine.dispose()
    run(as_role(url, "owner"), take_rights)
    yield url
    for name in NAMES:
        run(server, f"DROP DATABASE {name} WITH (FORCE)")
    for role in ("owner", "app"):
        run(server, f"DROP ROLE behovstorget_{role}")


@pytest.fixture
def url(database_with_roles: URL) -> URL:
    """Without the rows of the test before."""
    address = database_with_roles.set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as keeper:
        make_empty(keeper)
    return database_with_roles


@pytest.fixture
def application(url: URL) -> Iterator[Database]:
    database = Database(as_role(url, "app").render_as_string(hide_password=False))
    yield database
    database.engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET reason = 'noe annet'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event CASCADE",
        "UPDATE audit_link SET hash = ''",
        "DELETE FROM audit_link",
        "TRUNCATE audit_link",
        "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_change",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_link_no_change ON audit_link",
        "DROP TABLE audit_link",
        "SET session_replication_role = replica",
        "ALTER FUNCTION refuse_audit_change() RENAME TO refuse_nothing",
    ],
)
def test_the_application_may_not(application: Database, statement: str) -> None:
    write_events(application, 2)
    with Session(application.engine) as session, pytest.raises(DBAPIError) as refused:
        session.execute(text(statement))
    assert re.search("permission denied|must be owner", str(refused.value))
    with application.reading_portions() as session:
        assert faults(session) == []


def test_the_application_may_all_else(application: Database) -> None:
    write_events(application, 3)
    with application.writing() as session:
        assert check_trail(session, Anchors()).events == 3
        session.execute(text("UPDATE unit SET capacity = 4"))
        session.execute(text("DELETE FROM unit"))
        session.commit()


def test_the_owner_too_is_refused(url: URL, application: Database) -> None:
    write_events(application, 2)
    with pytest.raises(DBAPIError, match="only added to"):
        run(as_role(url, "owner"), "DELETE FROM audit_link")


def test_an_event_is_emptied_as_the_page_says(url: URL, application: Database) -> None:
    write_events(application, 3)
    with application.reading() as session:
        before = triggers_of(session.connection())
    with pytest.raises(DBAPIError, match="must be owner"):
        run(as_role(url, "app"), blocks()[2].replace("57", "2"))
    run(as_role(url, "owner"), blocks()[2].replace("57", "2"))
    with application.reading_portions() as session:
        assert triggers_of(session.connection()) == before
        result = check_trail(session, Anchors(emptied={2}))
        assert (result.emptied, result.faults) == ([2], [])
        assert session.scalars(text("SELECT reason FROM audit_event WHERE id = 2")).one() is None


# ---------------------------------------------------------------- backup and restore


def dump_and_restore(source: URL, target: URL, file: Path) -> None:
    programs = installed_package() / PROGRAMS

    def at(url: URL) -> str:
        return url.set(drivername="postgresql").render_as_string(hide_password=False)

    dump = (programs / "pg_dump", "--format=custom", f"--file={file}", at(source))
    restore = (programs / "pg_restore", "--no-owner", f"--dbname={at(target)}", file)
    for command in (dump, restore):
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own
        assert done.returncode == 0, done.stderr


def test_a_restored_database_holds_refuses_and_goes_on(
    url: URL, application: Database, tmp_path: Path
) -> None:
    chain = write_events(application, 3)
    target = url.set(database=NAMES[1])
    run(target, blocks()[0].split(";", 2)[2])  # the roles are there
    dump_and_restore(as_role(url, "owner"), as_role(target, "owner"), tmp_path / "dump")
    run(as_role(target, "owner"), blocks()[1])
    with application.reading() as session:
        anchors = Anchors({(h.chain, h.sequence): {h.hash} for h in list_heads(session)})
        triggers = triggers_of(session.connection())
    restored = Database(as_role(target, "app").render_as_string(hide_password=False))
    with restored.reading_portions() as session:
        assert faults(session, anchors) == []
        assert triggers_of(session.connection()) == triggers
    assert write_events(restored, 2, chain) == chain
    with restored.reading_portions() as session:
        assert check_trail(session, anchors).events == 5
    refuses(restored.engine)
    restored.engine.dispose()


def refuses(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text("DELETE FROM audit_link"))


def test_a_copy_of_a_sqlite_database_holds(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'first.db'}")
    upgrade(database.engine)
    write_events(database, 3)
    with sqlite3.connect(tmp_path / "first.db") as source:
        copy = sqlite3.connect(tmp_path / "copy.db")
        source.backup(copy)
        copy.close()
    source.close()
    restored = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    write_events(restored, 1)
    with restored.writing() as session:
        assert faults(session) == []
        with pytest.raises(DBAPIError, match="only added to"):
            session.execute(text("DELETE FROM audit_event"))
    for each in (database, restored):
        each.engine.dispose()
