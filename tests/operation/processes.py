"""The command as it is typed, in a process of its own; never waited for by the clock alone."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue

ROOT = Path(__file__).parents[2]
SECONDS = 120
"""Long enough for the slowest machine; no test waits so long unless it fails."""


def environment(folder: Path, url: str, **more: str) -> dict[str, str]:
    named = {"INSTANCE_DIR": str(folder), "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    return os.environ | {"PYTHONUNBUFFERED": "1"} | named | more


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "marketplace", *arguments],
        env=env,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


class Running:
    """A process whose lines can be waited for."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: Queue[str] = Queue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def wait_for(self, words: str) -> str:
        while True:
            try:
                line = self._lines.get(timeout=SECONDS)
            except Empty:
                raise AssertionError(f"never said {words!r} but {self.seen}") from None
            self.seen.append(line)
            if words in line:
                return line

    def ended(self) -> int:
        return self.process.wait(SECONDS)


@contextmanager
def running(*arguments: str, env: dict[str, str]) -> Iterator[Running]:
    # Who runs the tests may have asked to outlive a terminal; what is tested has not.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    process = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-m", "marketplace", *arguments],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    signal.signal(signal.SIGHUP, before)
    try:
        yield Running(process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(SECONDS)
        assert process.stdout is not None
        process.stdout.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(address: str) -> int:
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310  our own address
        status: int = answer.status
        return status


def fetch_at_last(address: str) -> int:
    """On a slow machine the server may take one who asks for a slow client: so ask again."""
    for _ in range(20):
        with suppress(ConnectionError):
            return fetch(address)
    return fetch(address)


def wait_until_served(server: Running, port: int) -> None:
    while server.process.poll() is None:
        try:
            fetch(f"http://127.0.0.1:{port}/needs")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server ended before anybody was answered")
