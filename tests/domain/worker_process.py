"""A worker in a process of its own, that stops where a test wants it, to be killed there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import Any

from marketplace import worker
from marketplace.app import create_app
from marketplace.config import Settings
from marketplace.core.engine import Database
from marketplace.core.outbox import tell
from marketplace.news.services import looking as news
from marketplace.notifications.services import digests
from tests.forked import processes

SECONDS = 120
"""Long enough for the slowest machine; no test waits so long unless it fails."""


class Place(StrEnum):
    """Where the worker stops."""

    HALF_TOLD = "half_told"
    HALF_TOLD_OF_A_MATCH = "half_told_of_a_match"
    SENT_AND_NOT_MARKED = "sent_and_not_marked"


class Reached:
    """The near end of a worker: says when it has come to its place, and kills it there."""

    def __init__(self, process: Any, pipe: "Connection[None, str]") -> None:
        self._process, self._pipe = process, pipe

    def wait_and_kill(self) -> str:
        assert self._pipe.poll(SECONDS), "the worker never came so far"
        place = self._pipe.recv()
        self._process.kill()
        self._process.join(SECONDS)
        return place


@contextmanager
def worker_process(database: Database, settings: Settings, place: Place) -> Iterator[Reached]:
    near, far = processes.Pipe()
    url = database.engine.url.render_as_string(hide_password=False)
    own = replace(settings, database_url=url)
    process = processes.Process(target=_work, args=(own, place, far))
    process.start()
    try:
        yield Reached(process, near)
    finally:
        process.kill()
        process.join(SECONDS)


def _work(settings: Settings, place: Place, pipe: "Connection[str, None]") -> None:
    """What the command `marketplace worker` does, but for where it stops."""

    def stop_here(*_arguments: object) -> None:
        pipe.send(place.value)
        threading.Event().wait()

    def tell_and_stop(*arguments: Any, **options: Any) -> None:
        tell(*arguments, **options)
        stop_here()

    module, name, instead = {
        Place.HALF_TOLD: (digests, "tell", tell_and_stop),
        Place.HALF_TOLD_OF_A_MATCH: (news, "tell", tell_and_stop),
        Place.SENT_AND_NOT_MARKED: (worker, "mark_sent", stop_here),
    }[place]
    setattr(module, name, instead)
    app = create_app(settings)
    worker.run_forever(app.database, settings, threading.Event())
