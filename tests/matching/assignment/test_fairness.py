"""What is given up for the worst-served need, and what is not."""

from __future__ import annotations

from matching import Rule, portfolio


def test_a_little_of_the_total_is_given_for_the_worst_served() -> None:
    scores = [[1.0, 0.5], [0.5, 0.125]]
    assert portfolio(scores, 1, 1, tolerance=0.1).pairs == ((0, 0), (1, 1))
    fair = portfolio(scores, 1, 1, tolerance=0.12)
    assert fair.pairs == ((0, 1), (1, 0))
    assert (fair.total, fair.best_total, fair.cost) == (1.0, 1.125, 0.125)
    assert (fair.worst_served, fair.worst_served_at_best) == (0.5, 0.125)
    assert fair.rule is Rule.WORST_SERVED_FIRST
    assert portfolio(scores, 1, 1, tolerance=0).rule is Rule.HIGHEST_TOTAL


def test_nothing_is_given_for_differences_within_a_level() -> None:
    scores = [[1.0, 0.5], [0.5, 0.4375]]
    assert portfolio(scores, 1, 1, tolerance=1).pairs == ((0, 1), (1, 0))
    assert portfolio(scores, 1, 1, tolerance=1, levels=[0.4, 1.0]).pairs == ((0, 0), (1, 1))
    found = portfolio(scores, 1, 1, tolerance=1, levels=[0.5, 1.0])
    assert (found.worst_served, found.worst_served_at_best) == (0.5, 0.4375)


def test_equal_totals_are_decided_by_the_worst_served() -> None:
    scores = [[0.75, 0.5], [0.5, 0.25]]
    found = portfolio(scores, 1, 1, tolerance=0)
    assert found.pairs == ((0, 1), (1, 0))
    assert found.cost == 0


def test_a_good_concept_serves_better_than_two_poor_ones() -> None:
    scores = [[0.5, 0.375, 0.0], [0.5, 0.0, 0.375]]
    found = portfolio(scores, 2, 1, tolerance=0.5)
    assert found.worst_served == 0.375
