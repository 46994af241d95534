"""The one place that knows what time it is, so that tests can decide it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

NORWAY = ZoneInfo("Europe/Oslo")


def system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = system_time
_of_thread = threading.local()


def now() -> datetime:
    own: datetime | None = getattr(_of_thread, "moment", None)
    return own or _source()


def today() -> date:
    """The date in Norway, where deadlines are."""
    return now().astimezone(NORWAY).date()


def minutes_in(wait: timedelta) -> int:
    """How many minutes to tell of a wait: the last one counts whole, and there is always one."""
    return max(1, -int(-wait.total_seconds() // 60))


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at `moment`."""
    global _source  # noqa: PLW0603  one clock for the whole process is the point
    before, _source = _source, lambda: moment
    try:
        yield
    finally:
        _source = before


@contextmanager
def thread_clock_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at `moment` in this thread alone: others go on by theirs."""
    before, _of_thread.moment = getattr(_of_thread, "moment", None), moment
    try:
        yield
    finally:
        _of_thread.moment = before
