"""What a caller writes into headers is not where the request goes, nor how it came."""

import socket
from pathlib import Path

import pytest

from marketplace.core import migrate
from marketplace.core.engine import Database
from tests.operation.processes import SECONDS, environment, free_port, running, wait_until_served

FORGED = ("SCRIPT_NAME: //elsewhere.example", "PATH_INFO: /sign-in", "X-Forwarded-Proto: https")


@pytest.mark.slow
def test_headers_of_a_caller_move_nothing(tmp_path: Path) -> None:
    """From this machine, where a proxy would be that passes on what it does not know."""
    port, url = free_port(), f"sqlite:///{tmp_path / 'forwarded.db'}"
    database = Database(url)
    migrate.upgrade(database.engine)
    database.engine.dispose()
    with running("serve", "--port", str(port), env=environment(tmp_path, url)) as server:
        wait_until_served(server, port)
        usual = answer_to(port)
        assert "302" in usual
        for header in FORGED:
            forged = answer_to(port, header)
            assert without_date(forged) == without_date(usual)


def answer_to(port: int, *headers: str) -> str:
    head = ("GET /profile HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers)
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as client:
        client.sendall("\r\n".join((*head, "", "")).encode())
        return b"".join(iter(lambda: client.recv(4096), b"")).decode()


def without_date(answer: str) -> list[str]:
    return [line for line in answer.splitlines() if not line.startswith("Date:")]
