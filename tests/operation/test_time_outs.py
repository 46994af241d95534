"""Nobody waits for ever: not for a statement, a lock or a connection, nor for a slow client."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.test import TestResponse

from marketplace.accounts.models import Person
from marketplace.app import create_app
from marketplace.config import ConfigError, DatabaseLimits, load_settings
from marketplace.core import migrate
from marketplace.core.engine import USUAL, WRITES, Database, may_pass
from marketplace.models import metadata
from tests.factories import make_person
from tests.operation.processes import (
    SECONDS,
    environment,
    fetch_at_last,
    free_port,
    running,
    wait_until_served,
)

HASTY = DatabaseLimits(statement=60, lock=1, pool=1)


@pytest.fixture
def hasty(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url, limits=HASTY)
    metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


# ---------------------------------------------------------------- the database


@pytest.mark.parametrize("name", ["DATABASE_STATEMENT", "DATABASE_LOCK", "DATABASE_POOL", "CLIENT"])
@pytest.mark.parametrize("value", ["0", "soon", "100000"])
def test_a_limit_that_is_none_is_named(name: str, value: str, tmp_path: Path) -> None:
    variable = f"{name}_SECONDS"
    with pytest.raises(ConfigError, match=variable):
        load_settings({variable: value, "INSTANCE_DIR": str(tmp_path)})


def test_limits_are_read_from_the_environment(tmp_path: Path) -> None:
    folder = {"INSTANCE_DIR": str(tmp_path)}
    assert load_settings(folder).database_limits == USUAL
    named = {"DATABASE_LOCK_SECONDS": "3", "CLIENT_SECONDS": "4"}
    settings = load_settings(folder | named)
    assert settings.database_limits == replace(USUAL, lock=3)
    assert settings.client_seconds == 4
    app = create_app(settings)
    with app.database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == 3000
    app.database.engine.dispose()


def test_a_statement_that_sleeps_is_cut(empty_postgresql: str) -> None:
    database = Database(empty_postgresql, limits=replace(HASTY, statement=1))
    with database.reading() as session, pytest.raises(OperationalError) as caught:
        session.execute(text("SELECT pg_sleep(3600)"))
    assert may_pass(caught.value)
    database.engine.dispose()


def test_the_address_may_have_options_of_its_own(empty_postgresql: str) -> None:
    own = "options=-c%20application_name%3Dtorget&connect_timeout=3"
    database = Database(f"{empty_postgresql}&{own}", limits=HASTY)
    with database.reading() as session:
        assert session.scalar(text("SHOW application_name")) == "torget"
        assert session.scalar(text("SHOW statement_timeout")) == "1min"
        assert session.scalar(text("SHOW idle_in_transaction_session_timeout")) == "5min"
    database.engine.dispose()


def test_an_operators_command_may_take_its_time_but_waits_for_nobody(empty_postgresql: str) -> None:
    database = Database(empty_postgresql, limits=replace(HASTY, statement=0))
    with database.reading() as session:
        assert session.scalar(text("SHOW statement_timeout")) == "0"
        assert session.scalar(text("SHOW lock_timeout")) == "1s"
    database.engine.dispose()


def test_a_mistake_does_not_pass_by_waiting(hasty: Database) -> None:
    with hasty.reading() as session, pytest.raises(Exception, match="no_such") as caught:
        session.execute(text("SELECT * FROM no_such"))
    assert not may_pass(caught.value)


def take_all(database: Database, taken: ExitStack) -> None:
    for _ in range(100):
        taken.enter_context(database.engine.connect())


def test_no_connection_is_waited_for_without_end(hasty: Database) -> None:
    with ExitStack() as taken, pytest.raises(NoConnectionLeft) as caught:
        take_all(hasty, taken)
    assert may_pass(caught.value)


# ---------------------------------------------------------------- the page


@pytest.fixture
def email(hasty: Database) -> str:
    with hasty.writing() as session:
        person = make_person(session)
        session.commit()
        return person.email


@pytest.fixture
def client(hasty: Database, tmp_path: Path) -> FlaskClient:
    settings = load_settings({"INSTANCE_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost"})
    app = create_app(settings, hasty)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@contextmanager
def locked(database: Database) -> Iterator[Connection]:
    """Somebody else is in the middle of changing what a sign-in needs."""
    with database.engine.execution_options(**{WRITES: True}).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE sign_in_attempt IN ACCESS EXCLUSIVE MODE"))
        connection.execute(update(Person).values(name="En annen"))
        yield connection


def sign_in(client: FlaskClient, email: str) -> TestResponse:
    return client.post(
        "/sign-in",
        data={"email": email, "password": "feil passord, fire ord"},
        headers={"Referer": "http://localhost/sign-in"},
    )


def test_a_lock_held_elsewhere_gives_a_page_that_says_so(
    hasty: Database, client: FlaskClient, email: str, caplog: pytest.LogCaptureFixture
) -> None:
    with locked(hasty):
        page = sign_in(client, email)
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "10"
    assert "Behovstorget er opptatt akkurat nå" in page.text
    assert "Det du sendte, er ikke lagret" in page.text
    code = re.search("Feilkode: ([0-9a-f]{8})", page.text)
    assert code is not None
    (line,) = [each for each in caplog.messages if f"error {code.group(1)}: 503 POST" in each]
    assert line.endswith(("OperationalError", "LockNotAvailable"))
    assert "Traceback" not in caplog.text
    assert sign_in(client, email).status_code == 303


def test_a_database_without_connections_gives_a_page_that_says_so(
    hasty: Database, client: FlaskClient
) -> None:
    with ExitStack() as taken:
        with pytest.raises(NoConnectionLeft):
            take_all(hasty, taken)
        page = client.get("/needs")
    assert page.status_code == 503
    assert "Vent litt, og last siden på nytt" in page.text
    assert client.get("/needs").status_code == 200


def test_a_broken_line_promises_nothing(
    empty_postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended by the server while the person signs in, between two statements."""
    database = Database(empty_postgresql, limits=HASTY)
    metadata.create_all(database.engine)
    settings = load_settings({"INSTANCE_DIR": str(tmp_path)})
    app = create_app(settings, database)
    app.config["WTF_CSRF_ENABLED"] = False
    module = "marketplace.accounts.services.credentials"

    def end_all(session: object, **_values: object) -> None:
        session.execute(select(Person))  # type: ignore[attr-defined]  # a session
        with database.engine.connect() as other:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            other.execute(
                text(f"{ended} WHERE datname = current_database() AND pid <> pg_backend_pid()")
            )
        session.execute(select(Person))  # type: ignore[attr-defined]  # a session

    monkeypatch.setattr(f"{module}.check_credentials", end_all)
    page = sign_in(app.test_client(), "eva@example.no")
    assert page.status_code == 503
    assert "Gå tilbake og se om det du sendte, er lagret" in page.text
    database.engine.dispose()


# ---------------------------------------------------------------- slow clients


def half_a_request(port: int, begun: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
    client.sendall(begun)
    return client


HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
HALF_A_FORM = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=eva"
)


@pytest.mark.slow
@pytest.mark.parametrize("begun", [HALF_A_HEAD, HALF_A_FORM], ids=["head", "form"])
def test_clients_that_never_finish_do_not_keep_others_out(begun: bytes, tmp_path: Path) -> None:
    """More of them than there are threads, and then somebody who asks as one should."""
    port, url = free_port(), f"sqlite:///{tmp_path / 'slow.db'}"
    database = Database(url)
    migrate.upgrade(database.engine)
    database.engine.dispose()
    env = environment(tmp_path, url, CLIENT_SECONDS="2")
    with running("serve", "--port", str(port), env=env) as server, ExitStack() as clients:
        wait_until_served(server, port)
        slow = [clients.enter_context(half_a_request(port, begun)) for _ in range(20)]
        assert fetch_at_last(f"http://127.0.0.1:{port}/needs") == 200
        for each in slow:
            while each.recv(4096):
                pass  # an answer, and then the end: nobody waits for the rest
