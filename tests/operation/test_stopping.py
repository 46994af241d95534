"""Told to stop, every process stops, and leaves none behind: whatever hangs outside."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from marketplace.core import migrate
from marketplace.core.engine import Database
from marketplace.core.outbox import MailState
from tests.domain.mail_stage import put, read
from tests.operation.processes import (
    SECONDS,
    Running,
    environment,
    free_port,
    running,
    wait_until_served,
)


class Chatterbox:
    """A mail server that goes on greeting, so that whoever listens never waits too long."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.called, self._over = threading.Event(), threading.Event()
        threading.Thread(target=self._greet, daemon=True).start()

    def _greet(self) -> None:
        with suppress(OSError):
            caller, _ = self._socket.accept()
            self.called.set()
            with caller:
                while not self._over.wait(0.2):
                    caller.sendall(b"220-Et lite sekund\r\n")

    def close(self) -> None:
        self._over.set()
        self._socket.close()


@pytest.fixture
def chatterbox() -> Iterator[Chatterbox]:
    chatterbox = Chatterbox()
    yield chatterbox
    chatterbox.close()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[tuple[Database, int]]:
    """A migrated database with one mail to send."""
    database = Database(f"sqlite:///{tmp_path / 'stopping.db'}")
    migrate.upgrade(database.engine)
    yield database, put(database)
    database.engine.dispose()


@contextmanager
def hanging(
    *command: str, chatterbox: Chatterbox, database: Database, folder: Path
) -> Iterator[Running]:
    """The process, when its mail worker hangs at the server."""
    url = database.engine.url.render_as_string()
    more = {"SMTP_URL": f"smtp://127.0.0.1:{chatterbox.port}", "DEMO": "0"}
    with running(*command, env=environment(folder, url, **more)) as process:
        assert chatterbox.called.wait(SECONDS)
        yield process


def expect_gone(group: int) -> None:
    """Nobody of the group is left; who was killed may take a moment to go."""
    for _ in range(10 * SECONDS):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("a process was left behind")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda each: each.name)
def test_a_worker_whose_mail_hangs_ends_and_puts_the_mail_back(
    number: signal.Signals, chatterbox: Chatterbox, outbox: tuple[Database, int], tmp_path: Path
) -> None:
    database, message_id = outbox
    with hanging("worker", chatterbox=chatterbox, database=database, folder=tmp_path) as worker:
        os.kill(worker.pid, number)
        assert worker.ended() == 0
    message = read(database, message_id)
    assert (message.mail_state, message.attempts, message.last_error) == (
        MailState.PENDING,
        1,
        None,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda each: each.name
)
def test_all_of_run_ends_although_clients_and_mails_hang(
    number: signal.Signals, chatterbox: Chatterbox, outbox: tuple[Database, int], tmp_path: Path
) -> None:
    """The signal goes to all of them, as from a terminal; SIGTERM to the first alone."""
    port = free_port()
    command = ("run", "--port", str(port))
    parts = {"chatterbox": chatterbox, "database": outbox[0], "folder": tmp_path}
    with hanging(*command, **parts) as site:  # type: ignore[arg-type]  # each has its own type
        wait_until_served(site, port)
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            if number is signal.SIGTERM:
                os.kill(site.pid, number)
            else:
                os.killpg(site.pid, number)
            assert site.ended() == 0
            expect_gone(site.pid)


@pytest.mark.slow
def test_run_does_not_begin_to_mail_where_it_cannot_serve(
    chatterbox: Chatterbox, outbox: tuple[Database, int], tmp_path: Path
) -> None:
    url = outbox[0].engine.url.render_as_string()
    more = {"SMTP_URL": f"smtp://127.0.0.1:{chatterbox.port}", "DEMO": "0"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        env = environment(tmp_path, url, **more)
        with running("run", "--port", port, env=env) as site:
            assert site.ended() != 0
            expect_gone(site.pid)
    assert not chatterbox.called.is_set()
