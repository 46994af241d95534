"""The dated table of thresholds: which row counts on a day, and how old the table is."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from marketplace.procurements.states import ThresholdKey

MONTHS_UNTIL_OLD = 6
JUMP_SHARE = 50  # per cent


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


# Whatever lies under a limit follows fewer rules than what lies over it.
_IN_ORDER = (
    (ThresholdKey.ACT_APPLIES, ThresholdKey.NATIONAL),
    (ThresholdKey.NATIONAL, ThresholdKey.EEA_GOODS_SERVICES),
    (ThresholdKey.NATIONAL, ThresholdKey.EEA_WORKS),
    (ThresholdKey.NATIONAL, ThresholdKey.HEALTH_SOCIAL),
)


def out_of_order(
    rows: Sequence[ThresholdRow], key: ThresholdKey, first: date
) -> tuple[ThresholdRow, ThresholdRow] | None:
    """A limit of this kind and one beside it, of which the lower lies over the upper.

    Asked of the days from `first` until the next row of the kind.
    """
    own = [row.valid_from for row in rows if row.key is key and row.valid_from > first]
    last = min(own, default=date.max)
    days = {first} | {row.valid_from for row in rows if first < row.valid_from < last}
    for valid in (in_force(rows, day) for day in sorted(days)):
        for lower, upper in (pair for pair in _IN_ORDER if key in pair):
            if lower in valid and upper in valid and valid[lower].amount > valid[upper].amount:
                return valid[lower], valid[upper]
    return None


def jumps(before: int, amount: int) -> bool:
    """By more than half of what counted before: mostly a digit too many or too few."""
    return abs(amount - before) * 100 > before * JUMP_SHARE


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
