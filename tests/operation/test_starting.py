"""What cannot work does not start: it says in a line what to do, and ends with a failure."""

import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url, text

from marketplace.core import migrate
from marketplace.core.engine import Database, make_engine
from marketplace.core.errors import NotReady
from marketplace.core.outbox import MailState
from marketplace.core.schedule import expect_same_time
from marketplace.models import metadata
from marketplace.worker import run_forever
from tests.domain.mail_stage import put, read, settings_for
from tests.operation.processes import environment, run

ROOT = Path(__file__).parents[2]
COMMANDS = [
    ("serve", "--port", "0"),
    ("worker",),
    ("demo",),
    ("create-administrator", "anne@kommune.example", "Anne"),
]


def refusal(*arguments: str, env: dict[str, str]) -> str:
    done = run(*arguments, env=env)
    assert done.code != 0
    assert "Traceback" not in done.said
    return done.said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_an_unmigrated_database_is_refused(command: tuple[str, ...], tmp_path: Path) -> None:
    env = environment(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}")
    assert "run `marketplace migrate`" in refusal(*command, env=env)


def test_the_command_as_it_is_typed(tmp_path: Path) -> None:
    env = environment(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}")
    done = subprocess.run(
        [sys.executable, "-m", "marketplace", "worker"],
        env=env | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "run `marketplace migrate`" in done.stderr


def test_an_older_database_is_refused(empty_url: str) -> None:
    engine = make_engine(empty_url)
    migrate.upgrade(engine, "0004")
    with pytest.raises(NotReady, match="run `marketplace migrate`"):
        migrate.expect_migrated(engine)
    migrate.upgrade(engine)
    migrate.expect_migrated(engine)
    engine.dispose()


@pytest.mark.parametrize("command", [("worker",), ("migrate",)], ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("revision", "reason"),
    [("0001", "older than migration 0004"), ("0003", "older than"), ("9999", "newer version")],
)
def test_a_database_that_no_migration_here_leads_from_is_refused(
    command: tuple[str, ...], revision: str, reason: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    engine = make_engine(url)
    migrate.upgrade(engine)
    with engine.begin() as connection:
        statement = text("UPDATE alembic_version SET version_num = :revision")
        connection.execute(statement, {"revision": revision})
    engine.dispose()
    assert reason in refusal(*command, env=environment(tmp_path, url))


def test_a_database_out_of_reach_is_told_without_a_traceback(tmp_path: Path) -> None:
    env = environment(tmp_path, "postgresql://eva:hemmelig@127.0.0.1:1/torget")
    said = refusal("worker", env=env)
    assert "The database does not do what it is asked" in said
    assert "hemmelig" not in said


# ---------------------------------------------------------------- clocks


@pytest.fixture
def askew_url(empty_postgresql: str) -> str:
    """A database whose clock is an hour ahead, migrated."""
    engine = make_engine(empty_postgresql)
    migrate.upgrade(engine)
    engine.dispose()
    set_clock(empty_postgresql, "1 hour")
    return empty_postgresql


def set_clock(url: str, ahead: str) -> None:
    """A function of the same name, which comes before the server's own."""
    address = make_url(url)
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS askew")
        connection.execute(
            sql.SQL(
                "CREATE OR REPLACE FUNCTION askew.clock_timestamp() RETURNS timestamptz"
                " LANGUAGE sql AS $$ SELECT pg_catalog.clock_timestamp() + interval {} $$"
            ).format(sql.Literal(ahead))
        )
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET search_path = askew, public, pg_catalog").format(
                sql.Identifier(address.database or "")
            )
        )


@pytest.mark.parametrize("command", COMMANDS[:2], ids=lambda command: command[0])
def test_a_clock_far_from_the_databases_is_refused(
    command: tuple[str, ...], askew_url: str, tmp_path: Path
) -> None:
    said = refusal(*command, env=environment(tmp_path, askew_url))
    assert "seconds behind the database's" in said
    assert "Synchronise both clocks" in said


@pytest.mark.parametrize(
    ("ahead", "words"), [("-2 minutes", "ahead of"), ("2 minutes", "behind"), ("5 seconds", "")]
)
def test_only_clocks_far_apart_are_refused(ahead: str, words: str, empty_postgresql: str) -> None:
    set_clock(empty_postgresql, ahead)
    database = Database(empty_postgresql)
    with database.reading() as session:
        if words:
            with pytest.raises(NotReady, match=words):
                expect_same_time(session)
        else:
            expect_same_time(session)
    database.engine.dispose()


def test_a_running_worker_waits_until_the_clocks_agree(
    empty_postgresql: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    set_clock(empty_postgresql, "1 hour")
    database = Database(empty_postgresql)
    metadata.create_all(database.engine)
    message_id, states = put(database), list[MailState]()

    class Rounds(threading.Event):
        def wait(self, _timeout: float | None = None) -> bool:
            states.append(read(database, message_id).mail_state)
            set_clock(empty_postgresql, "0 hours")
            if len(states) == 2:
                self.set()
            return self.is_set()

    run_forever(database, settings_for(tmp_path), Rounds())
    assert states == [MailState.PENDING, MailState.SENT]
    assert "seconds behind the database's" in caplog.text
    database.engine.dispose()
