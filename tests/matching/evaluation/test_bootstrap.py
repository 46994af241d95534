"""How far a difference depends on the luck of the queries."""

from __future__ import annotations

import math

import pytest

from matching.evaluation import confidence_interval, paired_bootstrap


def test_no_query_is_no_difference() -> None:
    with pytest.raises(ValueError, match="no query"):
        paired_bootstrap([], [])


def test_both_rankings_have_a_value_for_each_query() -> None:
    with pytest.raises(ValueError, match="shapes"):
        paired_bootstrap([0.1, 0.2, 0.3], [0.1, 0.2])


def test_interval_of_a_known_difference() -> None:
    theirs = [0.1, 0.5, 0.3, 0.7] * 50
    spread = [0.1 + (0.05 if row % 2 else -0.05) for row in range(200)]
    ours = [a + b for a, b in zip(theirs, spread, strict=True)]
    error = 0.05 / math.sqrt(200)  # Of the mean of values that are 0.05 from it, one way or other.
    expected = (0.1 - 1.96 * error, 0.1 + 1.96 * error)
    assert confidence_interval(paired_bootstrap(ours, theirs)) == pytest.approx(
        expected, abs=error / 10
    )


def test_interval_of_no_difference_holds_zero() -> None:
    ours = [0.2, 0.8, 0.5, 0.5] * 10
    theirs = [0.8, 0.2, 0.5, 0.5] * 10
    low, high = confidence_interval(paired_bootstrap(ours, theirs))
    assert low < 0 < high
    assert confidence_interval(paired_bootstrap(ours, ours)) == (0, 0)


def test_the_same_queries_are_drawn_each_time_but_not_in_each_collection() -> None:
    ours, theirs = [0.2, 0.8, 0.4, 0.6], [0.1, 0.9, 0.2, 0.3]
    first, again, other = (paired_bootstrap(ours, theirs, name) for name in ("one", "one", "two"))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()
