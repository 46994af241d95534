"""What may be asked and what is refused, and that the form of a question decides nothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array, csr_array, csr_matrix

from matching import Pair, portfolio
from tests.matching.assignment.cases import Case, cases, found_or_skip, random_case

GOOD: dict[str, Any] = {"scores": np.ones((2, 3)), "need_capacity": 1, "concept_capacity": 1}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"scores": np.ones(3)}, "two dimensions"),
        ({"scores": coo_array(np.ones(3))}, "two dimensions"),
        ({"scores": [[1, 2], [3]]}, "scores must be real numbers, in rows of equal length"),
        ({"scores": [["high", "low"]]}, "scores must be real numbers"),
        ({"scores": np.ones((2, 3), dtype=complex)}, "scores must be real numbers"),
        ({"scores": csr_array(np.ones((2, 3), dtype=complex))}, "scores must be real numbers"),
        ({"scores": [[1, math.nan]]}, "finite"),
        ({"scores": csr_array([[1, math.inf]])}, "finite"),
        ({"need_capacity": [1, 1, 1]}, r"need_capacity must be one number or have shape \(2,\)"),
        ({"need_capacity": [1, -1]}, "need_capacity must not be negative"),
        ({"concept_capacity": [1, 1, 0.5]}, "concept_capacity must hold whole numbers"),
        ({"concept_capacity": math.nan}, "concept_capacity must hold whole numbers"),
        ({"concept_capacity": None}, "concept_capacity must hold whole numbers"),
        ({"forced": [(0, 3)]}, r"forced pair \(0, 3\) is outside the scores.* 2 x 3"),
        ({"blocked": [(-1, 0)]}, r"blocked pair \(-1, 0\) is outside"),
        ({"forced": [(0, 1.5)]}, "forced must hold pairs"),
        ({"forced": [(0, 1, 2)]}, "forced must hold pairs"),
        ({"forced": None}, "forced must not be None: leave it out"),
        ({"blocked": None}, "blocked must not be None: leave it out"),
        ({"need_groups": [0]}, r"need_groups must have shape \(2,\)"),
        ({"need_groups": [0, 1], "group_capacity": [1]}, "need_groups must be -1 or less than"),
        ({"need_groups": [0, -2], "group_capacity": [1]}, "need_groups must be -1 or less than"),
        ({"need_groups": [0, 0], "group_capacity": [-1]}, "group_capacity must not be negative"),
        ({"group_capacity": [[1]]}, "group_capacity must be"),
        ({"tolerance": -0.1}, "tolerance"),
        ({"tolerance": math.nan}, "tolerance"),
        ({"levels": 0.5}, "levels must be a list"),
        ({"levels": [0.5, 0.0]}, "levels must be a list of positive"),
        ({"levels": [0.5 + 1j]}, "levels must be real numbers"),
        ({"levels": [math.nan]}, "levels must be a list of positive"),
        ({"runners_up": -1}, "runners_up"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        portfolio(**GOOD | wrong)


@pytest.mark.parametrize("seed", range(5))
def test_the_numbering_decides_nothing(seed: int) -> None:
    case = random_case(seed, 25, 40)
    found = portfolio(**case)
    random = np.random.default_rng(seed)
    needs, concepts = random.permutation(25), random.permutation(40)
    moved = portfolio(
        case["scores"][needs][:, concepts],
        case["need_capacity"][needs],
        case["concept_capacity"][concepts],
        need_groups=case["need_groups"][needs],
        group_capacity=case["group_capacity"],
    )
    assert {(int(needs[i]), int(concepts[j])) for i, j in moved.pairs} == set(found.pairs)
    assert moved.worst_served == found.worst_served
    assert moved.total == pytest.approx(found.total)


@settings(max_examples=60)
@given(cases(), st.randoms(use_true_random=False))
def test_the_form_of_the_input_decides_nothing(case: Case, random: Any) -> None:
    found = found_or_skip(case)
    scores = np.array(case.scores)
    rows, columns = (np.tile(each, 2) for each in np.indices(scores.shape).reshape(2, -1))
    halves = coo_array((np.tile(scores.ravel() / 2, 2), (rows, columns)), shape=scores.shape)
    forced, blocked = list(case.forced) * 2, list(case.blocked)
    random.shuffle(forced)
    random.shuffle(blocked)
    for given_scores in (scores.tolist(), csr_array(scores), csr_matrix(scores), halves):
        again = portfolio(
            given_scores,
            np.array(case.needs, dtype=float),
            list(case.concepts),
            np.array(forced, dtype=np.int16).reshape(-1, 2),
            iter(blocked),
            need_groups=case.groups,
            group_capacity=case.capacity,
            tolerance=case.tolerance,
        )
        assert again == found


def test_the_scale_of_the_scores_decides_nothing() -> None:
    case = random_case(1, 25, 40)
    found = portfolio(**case)
    for scale in (2.0**-60, 2.0**60):
        assert portfolio(**case | {"scores": case["scores"] * scale}).pairs == found.pairs


def test_all_alike_is_chosen_the_same_each_time() -> None:
    found = portfolio(np.ones((30, 20)), 1, [2] * 20)
    assert (found.total, found.worst_served) == (30, 1)
    assert portfolio(np.ones((30, 20)), 1, [2] * 20) == found


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (3, 2)])
def test_nothing_to_choose_from_is_no_fault(shape: Pair) -> None:
    found = portfolio(np.zeros(shape), 1, 1)
    assert found.pairs == ()
    assert (found.total, found.best_total, found.worst_served) == (0, 0, 0)
    assert found.unservable == tuple(range(shape[0]))
    assert found.runners_up == ((),) * shape[0]


def test_no_limit_takes_every_possible_pair() -> None:
    scores = np.array([[0.5, 0.0], [-1.0, 0.25]])
    assert portfolio(scores, math.inf, 10**15).pairs == ((0, 0), (1, 1))


def test_a_pair_without_a_score_may_be_forced() -> None:
    found = portfolio([[0.5, 0.0, -1.0]], 3, 1, forced=[(0, 1), (0, 2)])
    assert found.pairs == ((0, 0), (0, 1), (0, 2))
    assert found.total == 0.5
