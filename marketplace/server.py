"""The web server: gunicorn, in which no client holds a thread for long."""

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker
from sqlalchemy.orm import configure_mappers

from marketplace.app import create_app
from marketplace.config import Settings
from marketplace.matches.index import get_ready

THREADS = 8
SECONDS_TO_FINISH = 5
"""So long a page that is being made may take when the server is stopped."""

SECONDS_TO_END = 1
"""Who tries it out does not want to wait; what was not sent stays in the outbox."""


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Gives a thread to who has begun to ask, and takes it back from who is too slow.

    A thread reads the request, answers, and writes the answer. A client that sends or takes one
    byte now and then would keep it for ever; a handful of those, and nobody else is answered.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._begun: dict[Any, float] = {}

    def enqueue_req(self, conn: Any) -> None:
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, readable)

    def run(self) -> None:
        if not self.app.hurried:
            super().run()
            return
        with leaving_at_once():
            super().run()

    def handle(self, conn: Any) -> Any:
        self._begun[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._begun[conn]

    def notify(self) -> None:
        """Called once a second, also while requests are answered."""
        super().notify()
        if self.app.hurried and not self.alive:
            for conn in (*self.pending_conns, *self.keepalived_conns):
                conn.timeout = 0.0
        oldest = time.monotonic() - self.app.settings.client_seconds
        for conn, begun in self._begun.copy().items():
            if begun < oldest:
                with suppress(OSError):  # the thread may have closed it just now
                    conn.sock.shutdown(socket.SHUT_RDWR)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(
        self, settings: Settings, host: str, port: int, *, hurried: bool = False, **options: Any
    ) -> None:
        self.settings, self.hurried = settings, hurried
        self.options = {
            "bind": f"{host}:{port}",
            "worker_class": PatientWorker,
            "threads": THREADS,
            # What all processes need is read and compiled once, before they part.
            "preload_app": True,
            "graceful_timeout": SECONDS_TO_END if hurried else SECONDS_TO_FINISH,
            "loglevel": "warning",
            "control_socket_disable": True,
            # What a proxy tells is read by the application alone, from as many as are trusted:
            # gunicorn would also take the path and its beginning from headers.
            "forwarded_allow_ips": "",
        } | options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application with what its first pages would load, in memory that processes share."""
        app = create_app(self.settings)
        app.database.serves_pages = True
        for name in app.jinja_env.list_templates(extensions=["html"]):
            app.jinja_env.get_template(name)
        configure_mappers()
        get_ready()
        gc.collect()
        gc.freeze()
        return app


class _WithCompanion(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Starts another process when it can be reached, and ends together with it."""

    def __init__(self, app: Server, command: Sequence[str]) -> None:
        super().__init__(app)
        self._command = command
        self._companion: subprocess.Popen[bytes] | None = None

    def init_signals(self) -> None:
        """A closed terminal ends it, unless it was started so as to outlive one."""
        outlives = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        super().init_signals()
        if outlives:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)

    handle_hup = Arbiter.handle_term

    def start(self) -> None:
        super().start()
        # Not before: what ends this process from now on is a signal that `stop` hears of.
        self._companion = subprocess.Popen(self._command)  # noqa: S603  our own command

    def stop(self, graceful: bool = True) -> None:
        companion, end = self._companion, time.monotonic() + SECONDS_TO_END
        if companion is not None:
            companion.terminate()
        super().stop(graceful)
        if companion is not None:
            try:
                companion.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                companion.kill()
                companion.wait()


def serve(settings: Settings, host: str, port: int, *, workers: int) -> None:
    Server(settings, host, port, workers=workers).run()


def serve_beside(settings: Settings, host: str, port: int, *, command: Sequence[str]) -> None:
    """Serve with another process beside; both end at once, for who tries it out."""
    with leaving_at_once():
        _WithCompanion(Server(settings, host, port, hurried=True), command).run()


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """End the process without taking apart what it has loaded, which can take a second."""
    code = 0
    try:
        yield
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
