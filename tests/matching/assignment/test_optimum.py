"""The chosen set of pairs, held against all sets that there are, and against other solvers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment, milp

from matching import portfolio
from matching.assignment import solver
from tests.matching.assignment.cases import Case, any_scores, cases, found_or_skip, random_case


def _agrees_with_twin(case: Case) -> None:
    found = found_or_skip(case)
    best, worst, total, counting = case.expected()
    assert case.fits(found.pairs)
    assert found.pairs == tuple(sorted(set(found.pairs)))
    assert found.total == case.total(found.pairs)
    assert found.best_total == pytest.approx(best)
    assert found.worst_served == pytest.approx(worst)
    assert found.total == pytest.approx(total)
    served = case.served(found.pairs)
    assert found.worst_served == min((served[need] for need in counting), default=0.0)
    assert set(found.unserved) == {need for need in counting if not served[need]}
    assert set(found.unservable) == set(range(len(case.needs))) - counting
    assert found.worst_served >= found.worst_served_at_best
    assert found.cost >= 0


@settings(max_examples=300)
@given(cases())
def test_no_set_is_better(case: Case) -> None:
    _agrees_with_twin(case)


@settings(max_examples=100)
@given(cases(any_scores))
def test_no_set_is_better_for_uneven_scores(case: Case) -> None:
    _agrees_with_twin(case)


@settings(max_examples=150)
@given(cases(), st.sets(st.integers(1, 16).map(lambda number: number / 16), max_size=3))
def test_no_set_is_better_by_levels(case: Case, levels: set[float]) -> None:
    _agrees_with_twin(replace(case, levels=tuple(levels)))


@settings(max_examples=150)
@given(cases())
def test_pairs_left_out_at_first_are_found(case: Case) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "FIRST_COLUMNS", 1)
        patch.setattr(solver, "NEW_COLUMNS", 1)
        _agrees_with_twin(case)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_total_is_that_of_the_assignment(seed: int) -> None:
    scores = np.random.default_rng(seed).random((60, 90)) ** 0.1
    rows, columns = linear_sum_assignment(scores, maximize=True)
    found = portfolio(scores, 1, 1, tolerance=0)
    assert found.best_total == pytest.approx(scores[rows, columns].sum())
    assert found.pairs == tuple(zip(rows.tolist(), columns.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_totals_and_fairness_are_those_of_a_mixed_integer_programme(seed: int) -> None:
    case = random_case(seed, 25, 40)
    found = portfolio(**case, tolerance=0.02)
    assert found.best_total == pytest.approx(_by_milp(case, 0.0))
    if found.worst_served:
        assert found.total == pytest.approx(_by_milp(case, found.worst_served))
    higher = np.unique(case["scores"][case["scores"] > found.worst_served])
    assert _by_milp(case, higher[0]) < 0.98 * found.best_total


def _by_milp(case: dict[str, Any], level: float) -> float:
    """Return the best total that serves every need with `level`; below zero if there is none."""
    need, concept = np.nonzero(case["scores"])
    score = case["scores"][need, concept]
    everyone = np.arange(len(case["scores"]))
    served = np.array([need == each for each in everyone])
    limits = [
        (served, 0, case["need_capacity"]),
        ([concept == each for each in range(40)], 0, case["concept_capacity"]),
        ([case["need_groups"][need] == each for each in range(6)], 0, case["group_capacity"]),
        (served & (score >= level), 1 if level else 0, np.inf),
    ]
    rows = [(np.array(matrix, dtype=float), low, high) for matrix, low, high in limits]
    found = milp(-score, integrality=1, bounds=(0, 1), constraints=rows)
    return -found.fun if found.success else -1.0
