"""Which rows of digits are the number of a person: national identity numbers and telephones.

The false friends are amounts, dates, years, series, and numbers of cases, accounts and
organisations. What stands before and after decides first, then how the digits are grouped.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from stdnum.no import fodselsnummer

from marketplace.core.number_runs import Run

D_NUMBER, H_NUMBER, SYNTHETIC, OF_HEALTH = 40, 40, 80, 65
"""What is added to the day or the month in numbers that are not those of the register."""
IDENTITY_SHAPES = {
    (11,), (6, 5), (2, 2, 2, 5), (6, 3, 2), (6, 2, 3), (2, 2, 2, 3, 2), (2, 2, 2, 2, 3)
}  # fmt: skip
LONG_IDENTITY_SHAPES = {(8, 5), (2, 2, 4, 5)}
"""With the whole year."""
CENTURIES = (
    (range(1854, 1900), range(500, 750)),
    (range(1900, 2000), range(500)),
    (range(1940, 2000), range(900, 1000)),
    (range(2000, 2040), range(500, 1000)),
)
"""Which years go with which first three digits after the date."""
IDENTITY, LONG_IDENTITY, PHONE = 11, 13, 8
LONGEST_PHONE = 15

_NATIONAL_PLAN = re.compile(r"[49]|2[1-4]|3[1-35-8]|5[1-35-79]|6[1-4679]|7[0-9]|8[0-2589]")
"""How telephone numbers of this country begin; the mobile ones with 4 and 9."""
_ANY_START = re.compile(r"[2-9]")
YEARS = range(1900, 2100)


def identity_numbers(run: Run) -> Iterator[tuple[int, int]]:
    """First group and the one after the last, of each."""
    yield from _windows(run, (IDENTITY, LONG_IDENTITY), _is_identity)


def phone_numbers(run: Run) -> Iterator[tuple[int, int]]:
    if run.amount or run.other_kind:
        return
    end = _end_abroad(run) if run.abroad else 0
    if end:
        yield 0, end
    for first, last in _windows(run, (PHONE, PHONE + 2), _is_phone):
        if first >= end:
            yield first, last


def _windows(
    run: Run, sizes: tuple[int, ...], judge: Callable[[Run, int, int], bool]
) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(run.groups):
        end = next((e for e in _ends(run, first, sizes) if judge(run, first, e)), first)
        if end > first:
            yield first, end
        first = max(end, first + 1)


def _ends(run: Run, first: int, sizes: tuple[int, ...]) -> Iterator[int]:
    digits = 0
    for end in range(first + 1, len(run.groups) + 1):
        digits += len(run.groups[end - 1])
        if digits in sizes:
            yield end
        if digits >= max(sizes):
            return


# ---------------------------------------------------------------- identity


def _is_identity(run: Run, first: int, end: int) -> bool:
    digits, shape = run.digits(first, end), run.lengths(first, end)
    if len(digits) == LONG_IDENTITY:
        return shape in LONG_IDENTITY_SHAPES and not _is_said_to_be_else(run) and _is_born(digits)
    if _is_checked(digits):
        return not _is_thousands(shape)
    if shape not in IDENTITY_SHAPES or _is_said_to_be_else(run):
        return False
    return _is_day(int(digits[:2]), D_NUMBER) and _is_month(int(digits[2:4]))


def _is_said_to_be_else(run: Run) -> bool:
    return run.amount or run.other_kind


def _is_checked(digits: str) -> bool:
    """Both check digits are right, and the date can be one, also of a made-up person."""
    month = int(digits[2:4])
    return (
        digits[9] == fodselsnummer.calc_check_digit1(digits)
        and digits[10] == fodselsnummer.calc_check_digit2(digits)
        and _is_day(int(digits[:2]), D_NUMBER)
        and _is_month(month, H_NUMBER, OF_HEALTH, SYNTHETIC)
    )


def _is_day(day: int, *added: int) -> bool:
    return any(1 <= day - more <= 31 for more in (0, *added))


def _is_month(month: int, *added: int) -> bool:
    return any(1 <= month - more <= 12 for more in (0, *added))


def _is_born(digits: str) -> bool:
    """ddmmyyyy and five more digits, of which the first three tell the century again."""
    year, serial = int(digits[4:8]), int(digits[8:11])
    if not (_is_day(int(digits[:2]), D_NUMBER) and _is_month(int(digits[2:4]))):
        return False
    return any(year in years and serial in serials for years, serials in CENTURIES)


# ---------------------------------------------------------------- telephones


def _end_abroad(run: Run) -> int:
    """After the last group of a number with its country; 0 where it can be none."""
    zeros = 2 if run.groups[0].startswith("00") else 0
    country = run.digits(0, len(run.groups))[zeros : zeros + 2]
    if country[:1] in {"", "0"}:
        return 0
    ends = list(_ends(run, 0, tuple(range(zeros + 8, zeros + LONGEST_PHONE + 1))))
    ours = [end for end in ends if len(run.digits(0, end)) == zeros + 2 + PHONE]
    if country == "47":
        return ours[0] if ours else 0
    return ends[-1] if ends else 0


def _is_phone(run: Run, first: int, end: int) -> bool:
    digits, shape = run.digits(first, end), run.lengths(first, end)
    if len(digits) == PHONE + 2:
        return shape == (PHONE + 2,) and bool(re.match("47[49]", digits))
    if not (_ANY_START if run.calling else _NATIONAL_PLAN).match(digits):
        return False
    if run.calling:
        return _can_be_called(run, first, end, shape)
    return not _is_date(digits, shape) and _looks_like_phone(run, first, end, shape)


def _can_be_called(run: Run, first: int, end: int, shape: tuple[int, ...]) -> bool:
    """After «ring» any grouping does, but for the amounts and dates that are written with dots."""
    if "." in run.inside(first, end):
        return shape in {(2, 2, 2, 2), (3, 2, 3), (4, 4), (3, 5), (5, 3)}
    return run.is_whole(first, end) or len(run.inside(first, end)) <= 1


def _looks_like_phone(run: Run, first: int, end: int, shape: tuple[int, ...]) -> bool:
    digits, inside = run.digits(first, end), run.inside(first, end)
    if len(inside) > 1 or "/" in inside or 1 in shape or _is_thousands(shape):
        return False
    whole = run.is_whole(first, end)
    match shape:
        case (8,):
            return not digits.endswith("0000")
        case (2, 2, 2, 2):
            return _fills_its_row(run, first) and not _is_series(digits, 2)
        case (3, 2, 3):
            return whole or digits[0] in "489"
        case (4, 4):
            return whole and not _are_two_figures(digits)
    return whole and shape != (2, 2, 4)


def _fills_its_row(run: Run, first: int) -> bool:
    """A longer list of numbers of two digits is a list, unless it holds whole telephone numbers."""
    row = run.rows[first]
    start = row.start + (run.groups[row.start] == "47" and len(row) % 4 == 1)
    return (row.stop - start) % 4 == 0 and (first - start) % 4 == 0


def _is_thousands(shape: tuple[int, ...]) -> bool:
    return len(shape) > 1 and shape[0] <= 3 and set(shape[1:]) == {3}


def _is_series(digits: str, size: int) -> bool:
    """Weeks, steps, ages: each as much more than the one before, and by ten at most."""
    numbers = [int(digits[at : at + size]) for at in range(0, len(digits), size)]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(steps) == 1 and 1 <= steps.pop() <= 10


def _are_two_figures(digits: str) -> bool:
    """Two years, postal codes beside each other, round sums, or from one hour to another."""
    one, other = int(digits[:4]), int(digits[4:])
    round_sums = one % 100 == other % 100 == 0
    hours = all(n <= 2400 and n % 100 < 60 and n % 5 == 0 for n in (one, other))
    return other in YEARS or one in YEARS or abs(other - one) <= 50 or round_sums or hours


def _is_date(digits: str, shape: tuple[int, ...]) -> bool:
    if shape not in {(8,), (2, 2, 4), (4, 2, 2), (6, 2), (4, 4)}:
        return False
    return _is_day_of(digits[:4], digits[4:6], digits[6:]) or _is_day_of(
        digits[4:], digits[2:4], digits[:2]
    )


def _is_day_of(year: str, month: str, day: str) -> bool:
    try:
        return date(int(year), int(month), int(day)).year in YEARS
    except ValueError:
        return False
