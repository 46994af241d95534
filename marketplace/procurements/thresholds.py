"""The dated table of thresholds: which row counts on a day, and how old the table is."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from marketplace.procurements.states import ThresholdKey

MONTHS_UNTIL_OLD = 6


class ThresholdRow(Protocol):
    @property
    def key(self) -> ThresholdKey: ...
    @property
    def amount(self) -> int: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def paragraph(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def checked_on(self) -> date: ...


def in_force(rows: Iterable[ThresholdRow], day: date) -> dict[ThresholdKey, ThresholdRow]:
    """The row of each key that counts on that day."""
    begun = sorted((row for row in rows if row.valid_from <= day), key=lambda row: row.valid_from)
    return {row.key: row for row in begun}


def last_checked(rows: Iterable[ThresholdRow]) -> date | None:
    """When the whole table was checked last: the amount that has waited longest decides."""
    newest: dict[ThresholdKey, date] = {}
    for row in rows:
        newest[row.key] = max(row.checked_on, newest.get(row.key, row.checked_on))
    return min(newest.values(), default=None)


def is_old(rows: Iterable[ThresholdRow], day: date) -> bool:
    """Nobody has checked the table against the law for six months."""
    checked = last_checked(rows)
    return checked is None or months_before(day, MONTHS_UNTIL_OLD) > checked


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:  # the month is shorter
            continue
    raise AssertionError(day)
