"""Where a programme stands against its plan: the straight line, at its edges."""

from datetime import date, timedelta

import pytest

from marketplace.programmes.counting import (
    Plan,
    due_by,
    months_left,
    needed_a_month,
    standing,
    still_needed,
)
from marketplace.programmes.states import ProgrammeStanding

FIRST = date(2026, 1, 1)
PLAN = Plan(FIRST, FIRST + timedelta(days=300), minimum=3, maximum=5)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@pytest.mark.parametrize(
    ("number", "due"),
    [(-10, 0), (0, 0), (99, 0), (100, 1), (199, 1), (200, 2), (299, 2), (300, 3), (900, 3)],
)
def test_the_line_passes_whole_tests(number: int, due: int) -> None:
    assert due_by(PLAN, day(number)) == due


@pytest.mark.parametrize(
    ("done", "number", "expected"),
    [
        (0, -1, ProgrammeStanding.NOT_STARTED),
        (0, 0, ProgrammeStanding.ON_PLAN),
        (0, 99, ProgrammeStanding.ON_PLAN),
        (0, 100, ProgrammeStanding.BEHIND),
        (1, 100, ProgrammeStanding.ON_PLAN),
        (1, 199, ProgrammeStanding.ON_PLAN),
        (1, 200, ProgrammeStanding.BEHIND),
        (2, 200, ProgrammeStanding.ON_PLAN),
        (2, 299, ProgrammeStanding.ON_PLAN),
        (2, 300, ProgrammeStanding.BEHIND),
        (2, 301, ProgrammeStanding.BEHIND),
        (3, 300, ProgrammeStanding.REACHED),
        (3, 10, ProgrammeStanding.REACHED),
        (3, -1, ProgrammeStanding.REACHED),
        (3, 900, ProgrammeStanding.REACHED),
        (5, 300, ProgrammeStanding.REACHED),
        (6, 100, ProgrammeStanding.OVER),
        (6, 900, ProgrammeStanding.OVER),
    ],
)
def test_where_it_stands(done: int, number: int, expected: ProgrammeStanding) -> None:
    assert standing(PLAN, done, day(number)) is expected


@pytest.mark.parametrize(("done", "needed"), [(0, 3), (2, 1), (3, 0), (6, 0)])
def test_what_is_still_needed(done: int, needed: int) -> None:
    assert still_needed(PLAN, done) == needed


def test_the_months_that_are_left() -> None:
    year = Plan(date(2026, 1, 1), date(2027, 1, 1), minimum=6, maximum=6)

    assert months_left(year, date(2026, 1, 1)) == pytest.approx(12, abs=0.01)
    assert months_left(year, date(2025, 6, 1)) == pytest.approx(12, abs=0.01)
    assert months_left(year, date(2026, 12, 2)) == pytest.approx(1, abs=0.02)
    assert months_left(year, date(2027, 1, 1)) == 0
    assert months_left(year, date(2028, 1, 1)) == 0


def test_what_is_needed_a_month() -> None:
    year = Plan(date(2026, 1, 1), date(2027, 1, 1), minimum=6, maximum=6)

    assert needed_a_month(year, 0, date(2026, 1, 1)) == pytest.approx(0.5, abs=0.01)
    assert needed_a_month(year, 5, date(2026, 12, 2)) == pytest.approx(1, abs=0.02)
    assert needed_a_month(year, 6, date(2026, 6, 1)) is None
    assert needed_a_month(year, 0, date(2027, 1, 1)) is None
