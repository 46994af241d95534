"""The command in a process of its own; never waited for by the clock alone."""

import os
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO, TextIOWrapper
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from queue import Empty, Queue

from marketplace.cli import cli
from tests.forked import processes

SECONDS = 120
"""Long enough for the slowest machine; no test waits so long unless it fails."""


def environment(folder: Path, url: str, **more: str) -> dict[str, str]:
    named = {"INSTANCE_DIR": str(folder), "DATABASE_URL": url}
    quick = {"PYTHONUNBUFFERED": "1", "ENCODER": "none"}
    return os.environ | quick | named | more


@dataclass(frozen=True)
class Done:
    code: int
    said: str


def run(*arguments: str, env: dict[str, str]) -> Done:
    with running(*arguments, env=env) as command:
        code = command.ended()
        return Done(code, command.rest())


class Running:
    """A process whose lines can be waited for."""

    def __init__(self, process: ForkServerProcess, output: Connection) -> None:
        self.process = process
        self._lines: Queue[str] = Queue()
        self.seen: list[str] = []
        self._reader = threading.Thread(target=self._read, args=(output,), daemon=True)
        self._reader.start()

    def _read(self, output: Connection) -> None:
        with open(output.fileno(), encoding="utf-8", closefd=False) as lines:
            for line in lines:
                self._lines.put(line)
        output.close()

    def wait_for(self, words: str) -> str:
        while True:
            try:
                line = self._lines.get(timeout=SECONDS)
            except Empty:
                raise AssertionError(f"never said {words!r} but {self.seen}") from None
            self.seen.append(line)
            if words in line:
                return line

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def ended(self) -> int:
        self.process.join(SECONDS)
        assert self.process.exitcode is not None, "it has not ended"
        return self.process.exitcode

    def rest(self) -> str:
        """What it has said and nobody has waited for, when it has ended."""
        self._reader.join(SECONDS)
        return "".join(self._left())

    def _left(self) -> Iterator[str]:
        with suppress(Empty):
            while True:
                yield self._lines.get_nowait()


@contextmanager
def running(*arguments: str, env: dict[str, str]) -> Iterator[Running]:
    """The command with these arguments, as `marketplace` would run it, in a session of its own."""
    near, far = processes.Pipe(duplex=False)
    process = processes.Process(target=_command, args=(arguments, env, far))
    process.start()
    far.close()
    try:
        yield Running(process, near)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid or 0, signal.SIGKILL)
        process.kill()
        process.join(SECONDS)


def _command(arguments: Sequence[str], env: dict[str, str], output: Connection) -> None:
    os.setsid()
    for number in (1, 2):
        os.dup2(output.fileno(), number)
    output.close()
    sys.stdout = TextIOWrapper(FileIO(1, "w", closefd=False), "utf-8", line_buffering=True)
    # Who runs the tests may have asked to outlive a terminal; what is tested has not.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(env)
    cli(list(arguments), prog_name="marketplace")


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
    while server.process.exitcode is None:
        try:
            fetch(f"http://127.0.0.1:{port}/needs")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server ended before anybody was answered")
