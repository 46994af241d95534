"""Doing what may hang or takes long, so that nobody need wait for it.

A name that is looked up, a line that is opened, a server that does not answer: none of these can be
interrupted from outside, when a worker is to stop. So it is done in a thread of its own, which ends
with the process; and so is what pages can do without for a while.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

T = TypeVar("T")

SECONDS_TO_FINISH = 5
"""So long a mail that is being sent may take when the worker is told to stop."""

SECONDS_BETWEEN_LOOKS = 0.1


class Left(Exception):
    """It was not finished, and goes on until the process ends."""


def finish_or_leave(task: Callable[[], None], stop: threading.Event) -> None:
    """Do the task; raise what it raises, or Left when it takes too long after `stop`."""
    future = begin(task)
    while not stop.is_set():
        if wait([future], SECONDS_BETWEEN_LOOKS).done:
            return future.result()
    if not wait([future], SECONDS_TO_FINISH).done:
        raise Left
    return future.result()


def begin(task: Callable[[], T]) -> Future[T]:
    """Begin with the task, and go on."""
    future = Future[T]()
    threading.Thread(target=_run, args=(task, future), daemon=True).start()
    return future


def _run(task: Callable[[], T], future: Future[T]) -> None:
    try:
        result = task()
    except BaseException as error:  # noqa: BLE001  raised where the result is asked for
        future.set_exception(error)
    else:
        future.set_result(result)
