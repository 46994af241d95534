"""Forced pairs that cannot all be chosen: what is in the way, and what would help."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Conflict, InfeasibleError, Obstacle, portfolio
from tests.matching.assignment.cases import Case, cases


@settings(max_examples=200)
@given(cases(), st.data())
def test_conflicts_are_real_and_irreducible(case: Case, data: st.DataObject) -> None:
    pairs = list(itertools.product(range(len(case.needs)), range(len(case.concepts))))
    case = replace(case, forced=tuple(data.draw(st.lists(st.sampled_from(pairs), max_size=6))))
    if any(True for _ in case.sets()):
        assert set(case.found().pairs) >= set(case.forced)
        return
    with pytest.raises(InfeasibleError) as caught:
        case.found()
    assert caught.value.conflicts
    for conflict in caught.value.conflicts:
        _is_irreducible(case, conflict)
    _says_what_would_help(case, caught.value)


def _is_irreducible(case: Case, conflict: Conflict) -> None:
    """With this limit alone, its pairs cannot stand, but can when one of either is left out."""
    alone = _only(case, conflict)
    assert set(conflict.pairs) <= set(conflict.forced) <= set(case.forced)
    assert not alone.fits(conflict.pairs)
    for pair in conflict.pairs:
        rest = tuple(other for other in conflict.pairs if other != pair)
        assert replace(alone, forced=rest).fits(rest)
    assert not alone.fits(conflict.forced)
    assert _only(case, conflict, conflict.required).fits(conflict.forced)
    assert not _only(case, conflict, conflict.required - 1).fits(conflict.forced)
    assert conflict.excess == conflict.required - conflict.capacity


def _only(case: Case, conflict: Conflict, capacity: int | None = None) -> Case:
    """Return the case with only the limit of the conflict, raised to `capacity` if given."""

    def of(obstacle: Obstacle, given: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(
            (most if capacity is None else capacity)
            if (obstacle, number) == (conflict.obstacle, conflict.index)
            else 99
            for number, most in enumerate(given)
        )

    is_block = conflict.obstacle is Obstacle.BLOCKED
    return replace(
        case,
        needs=of(Obstacle.NEED_FULL, case.needs),
        concepts=of(Obstacle.CONCEPT_FULL, case.concepts),
        capacity=of(Obstacle.GROUP_FULL, case.capacity),
        blocked=conflict.pairs if is_block and not capacity else (),
        forced=(),
    )


def _says_what_would_help(case: Case, error: InfeasibleError) -> None:
    forced = set(case.forced)
    fewest, total = min(
        (len(gone), -max(map(case.total, sets)))
        for size in range(len(forced) + 1)
        for gone in itertools.combinations(sorted(forced), size)
        if (sets := list(replace(case, forced=tuple(forced - set(gone))).sets()))
    )
    assert len(error.dropped) == fewest
    assert error.total_if_dropped == pytest.approx(-total)
    rest = replace(case, forced=tuple(forced - set(error.dropped)))
    assert rest.found().best_total == pytest.approx(-total)
    raised = {
        kind: {
            conflict.index: conflict.required
            for conflict in error.conflicts
            if conflict.obstacle is kind
        }
        for kind in Obstacle
    }
    roomy = replace(
        case,
        needs=_raised(case.needs, raised[Obstacle.NEED_FULL]),
        concepts=_raised(case.concepts, raised[Obstacle.CONCEPT_FULL]),
        capacity=_raised(case.capacity, raised[Obstacle.GROUP_FULL]),
        blocked=tuple(set(case.blocked) - forced),
    )
    assert roomy.found().best_total == pytest.approx(error.total_if_raised)


def _raised(capacities: tuple[int, ...], higher: Any) -> tuple[int, ...]:
    return tuple(higher.get(number, most) for number, most in enumerate(capacities))


def test_an_infeasible_choice_says_all_that_is_in_the_way() -> None:
    with pytest.raises(InfeasibleError) as caught:
        portfolio(
            np.ones((2, 3)),
            2,
            1,
            forced=[(0, 0), (0, 1), (0, 2), (1, 0)],
            blocked=[(1, 0)],
            need_groups=[0, 0],
            group_capacity=[3],
        )
    assert str(caught.value) == (
        "pair (1, 0) is both forced and blocked; "
        "need 0 has capacity 2, forced there: (0, 0), (0, 1), (0, 2): raise it to 3 or drop 1; "
        "concept 0 has capacity 1, forced there: (0, 0), (1, 0): raise it to 2 or drop 1; "
        "group 0 has capacity 3, forced there: (0, 0), (0, 1), (0, 2), (1, 0): "
        "raise it to 4 or drop 1"
    )
    assert caught.value.total_if_raised == 4
    assert caught.value.total_if_dropped == 3
    assert len(caught.value.dropped) == 2
