"""The median of waits that are not all over, held to numbers worked out by hand."""

from random import Random

import pytest
from scipy.stats import CensoredData, ecdf

from marketplace.dashboards.survival import Wait, median_of


def through(*days: int) -> list[Wait]:
    return [Wait(day, through=True) for day in days]


def waiting(*days: int) -> list[Wait]:
    return [Wait(day, through=False) for day in days]


def test_of_nothing_there_is_no_median() -> None:
    assert median_of([]) is None


def test_while_all_wait_there_is_no_median() -> None:
    assert median_of(waiting(3, 40)) is None


def test_when_nobody_waits_it_is_the_middle_one() -> None:
    assert median_of(through(30, 1, 7)) == 7
    assert median_of(through(4)) == 4


def test_who_still_waits_makes_it_longer() -> None:
    """Of 10, 16 and 72+ days: two thirds are left after 10 days, one third after 16.

    With another who waits: three quarters after 10 days, one half after 16.
    With two others: four fifths, three fifths, and more than half are not through.
    """
    assert median_of(through(10, 16)) == 10
    assert median_of(through(10, 16) + waiting(72)) == 16
    assert median_of(through(10, 16) + waiting(72, 72)) == 16
    assert median_of(through(10, 16) + waiting(72, 72, 72)) is None


def test_who_came_through_on_a_day_did_so_before_others_left_on_it() -> None:
    """Of 5, 5+ and 9: two thirds are left after 5 days, and none after 9."""
    assert median_of(through(5, 9) + waiting(5)) == 9


def test_the_leukaemia_of_freireich() -> None:
    """21 patients on 6-MP (Freireich 1963, in most books): .538 after 22 weeks, .448 after 23."""
    relapsed = through(6, 6, 6, 7, 10, 13, 16, 22, 23)
    in_remission = waiting(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    assert median_of(relapsed + in_remission) == 23
    assert median_of([wait for wait in relapsed + in_remission if wait.days != 23]) is None


@pytest.mark.parametrize("seed", range(20))
def test_scipy_says_the_same(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - numbers that look random, no secrets
    waits = [
        Wait(chance.randrange(40), through=chance.random() < 0.7)
        for _ in range(chance.randrange(1, 60))
    ]
    days, censored = [w.days for w in waits], [not w.through for w in waits]
    curve = ecdf(CensoredData.right_censored(days, censored)).sf
    halves = curve.quantiles[curve.probabilities <= 0.5 + 1e-9]
    assert median_of(waits) == (None if not len(halves) else halves[0])
