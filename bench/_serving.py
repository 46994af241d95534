"""The site as it is run, in its own processes, and a bare handler that answers the same bytes."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, request
from sqlalchemy import text

from bench._clients import Browser
from marketplace.app import create_app
from marketplace.config import Settings, load_settings
from marketplace.core.migrate import upgrade
from marketplace.demo.load import fill_if_empty
from marketplace.demo.scale import fill_up
from marketplace.server import Server
from marketplace.ui.web import WebApplication
from tests.operation.processes import free_port

SECONDS_TO_START = 120


def filled(folder: Path, url: str, size: int) -> WebApplication:
    """The application on a database that has at least so many needs and concepts."""
    settings = load_settings({"INSTANCE_DIR": str(folder), "DATABASE_URL": url})
    app = create_app(settings)
    upgrade(app.database.engine)
    fill_if_empty(app.database)
    added = fill_up(app.database, size)
    if added.needs or added.concepts:
        print(f"added {added.needs} needs and {added.concepts} concepts", flush=True)
        with app.database.engine.connect() as connection:
            # As PostgreSQL does by itself within minutes: then it need not look at rows in vain.
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM"))
    return app


@contextmanager
def served(folder: Path, url: str, processes: int) -> Iterator[tuple[int, int]]:
    """The port and the process that started the others."""
    port = free_port()
    named = {"INSTANCE_DIR": str(folder), "DATABASE_URL": url, "PORT": str(port)}
    command = [sys.executable, "-m", "marketplace", "serve", "--port", str(port)]
    running = subprocess.Popen(  # noqa: S603  our own command
        [*command, "--workers", str(processes)], env=os.environ | named
    )
    try:
        _wait(port, "/sign-in")
        yield port, running.pid
    finally:
        running.terminate()
        running.wait(SECONDS_TO_START)


class _Bare(Server):
    """The same server with the same framework, and nothing in it."""

    def __init__(
        self, settings: Settings, port: int, processes: int, bodies: Mapping[str, bytes]
    ) -> None:
        self.bodies = bodies
        super().__init__(settings, "127.0.0.1", port, workers=processes)

    def load(self) -> Any:
        app = Flask("bare", static_folder=None)
        bodies = self.bodies

        @app.get("/bare")
        def page() -> bytes:
            return bodies[request.args["page"]]

        return app


def bare_path(page: str) -> str:
    return "/bare?page=" + quote(page, safe="")


@contextmanager
def bare_served(
    settings: Settings, processes: int, bodies: Mapping[str, bytes]
) -> Iterator[tuple[int, int]]:
    port = free_port()
    start = _Bare(settings, port, processes, bodies).run
    running = multiprocessing.get_context("fork").Process(target=start)
    running.start()
    try:
        _wait(port, bare_path(next(iter(bodies))))
        yield port, running.pid or 0
    finally:
        running.terminate()
        running.join(SECONDS_TO_START)


def _wait(port: int, path: str) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            Browser(port).get(path)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not answer")
