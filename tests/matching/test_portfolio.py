"""The chosen set of pairs, held against all sets that there are."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment, milp
from scipy.sparse import coo_array, csr_array, csr_matrix

from matching import Conflict, InfeasibleError, Obstacle, Portfolio, RunnerUp, assignment, portfolio
from matching.portfolio import Rule

Pair = tuple[int, int]
Pairs = tuple[Pair, ...]


@dataclass(frozen=True)
class Case:
    """What the function is asked, and a twin that tries every set of pairs."""

    scores: tuple[tuple[float, ...], ...]
    needs: tuple[int, ...]
    concepts: tuple[int, ...]
    forced: Pairs = ()
    blocked: Pairs = ()
    groups: tuple[int, ...] = field(default=())
    capacity: tuple[int, ...] = ()
    tolerance: float = 0.1
    levels: tuple[float, ...] | None = None

    def found(self) -> Portfolio:
        return portfolio(
            np.array(self.scores).reshape(len(self.needs), len(self.concepts)),
            self.needs,
            self.concepts,
            self.forced,
            self.blocked,
            need_groups=self.groups,
            group_capacity=self.capacity,
            tolerance=self.tolerance,
            levels=self.levels,
        )

    def score(self, pair: Pair) -> float:
        return max(self.scores[pair[0]][pair[1]], 0.0)

    def total(self, pairs: Pairs) -> float:
        return math.fsum(self.score(pair) for pair in pairs)

    def served(self, pairs: Pairs) -> list[float]:
        return [
            self.level(max((self.score(pair) for pair in pairs if pair[0] == need), default=0.0))
            for need in range(len(self.needs))
        ]

    def level(self, score: float) -> float:
        return max((level for level in self.levels or () if level <= score), default=score)

    def fits(self, pairs: Pairs) -> bool:
        need = Counter(pair[0] for pair in pairs)
        concept = Counter(pair[1] for pair in pairs)
        group = Counter(self.groups[pair[0]] for pair in pairs)
        return (
            all(need[number] <= most for number, most in enumerate(self.needs))
            and all(concept[number] <= most for number, most in enumerate(self.concepts))
            and all(group[number] <= most for number, most in enumerate(self.capacity))
            and not set(pairs) & set(self.blocked)
            and set(pairs) >= set(self.forced)
        )

    def sets(self) -> Iterator[Pairs]:
        cells = [
            (need, concept)
            for need in range(len(self.needs))
            for concept in range(len(self.concepts))
            if self.score((need, concept)) > 0 or (need, concept) in self.forced
        ]
        for size in range(len(cells) + 1):
            yield from filter(self.fits, itertools.combinations(cells, size))

    def expected(self) -> tuple[float, float, float, set[int]]:
        """Return the best total, then worst served and total of the right set, and who counts."""
        sets = list(self.sets())
        best = max(map(self.total, sets))
        counting = {
            need for pairs in sets for need, value in enumerate(self.served(pairs)) if value > 0
        }

        def worst(pairs: Pairs) -> float:
            served = self.served(pairs)
            return min((served[need] for need in counting), default=0.0)

        near = [each for each in sets if self.total(each) >= (1 - self.tolerance) * best - 1e-9]
        fairest = max(map(worst, near))
        return (
            best,
            fairest,
            max(self.total(each) for each in near if worst(each) == fairest),
            counting,
        )


sixteenths = st.integers(-2, 16).map(lambda number: number / 16)
any_scores = st.floats(0.01, 1.0) | st.just(0.0)


@st.composite
def cases(draw: st.DrawFn, numbers: st.SearchStrategy[float] = sixteenths) -> Case:
    """Return small cases; sixteenths, so that many sets are equal and every sum is exact."""
    needs, concepts = draw(st.sampled_from([(1, 3), (2, 2), (2, 4), (3, 3), (4, 2)]))
    room = st.integers(0, 3)
    pairs = st.lists(
        st.tuples(st.integers(0, needs - 1), st.integers(0, concepts - 1)), max_size=2
    ).map(tuple)
    groups = draw(st.integers(0, 2))
    return Case(
        draw(st.tuples(*[st.tuples(*[numbers] * concepts)] * needs)),
        draw(st.tuples(*[room] * needs)),
        draw(st.tuples(*[room] * concepts)),
        draw(pairs),
        draw(pairs),
        draw(st.tuples(*[st.integers(-1, groups - 1)] * needs)),
        draw(st.tuples(*[st.integers(0, 4)] * groups)),
        draw(st.sampled_from([0.0, 0.01, 0.1, 0.3, 1.0])),
    )


def _found_or_skip(case: Case) -> Portfolio:
    try:
        return case.found()
    except InfeasibleError:
        assume(False)
        raise


def _agrees_with_twin(case: Case) -> None:
    found = _found_or_skip(case)
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


@settings(max_examples=300, deadline=None)
@given(cases())
def test_no_set_is_better(case: Case) -> None:
    _agrees_with_twin(case)


@settings(max_examples=100, deadline=None)
@given(cases(any_scores))
def test_no_set_is_better_for_uneven_scores(case: Case) -> None:
    _agrees_with_twin(case)


@settings(max_examples=150, deadline=None)
@given(cases(), st.sets(st.integers(1, 16).map(lambda number: number / 16), max_size=3))
def test_no_set_is_better_by_levels(case: Case, levels: set[float]) -> None:
    _agrees_with_twin(replace(case, levels=tuple(levels)))


@settings(max_examples=150, deadline=None)
@given(cases())
def test_pairs_left_out_at_first_are_found(case: Case) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "FIRST_PAIRS", 1)
        patch.setattr(assignment, "NEW_PAIRS", 1)
        _agrees_with_twin(case)


@settings(max_examples=200, deadline=None)
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


def _random_case(seed: int, needs: int, concepts: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    return {
        "scores": random.random((needs, concepts)) * (random.random((needs, concepts)) < 0.7),
        "need_capacity": random.integers(1, 4, needs),
        "concept_capacity": random.integers(0, 3, concepts),
        "need_groups": random.integers(-1, 6, needs),
        "group_capacity": random.integers(4, 12, 6),
    }


@pytest.mark.parametrize("seed", range(5))
def test_the_best_total_is_that_of_the_assignment(seed: int) -> None:
    scores = np.random.default_rng(seed).random((60, 90)) ** 0.1
    rows, columns = linear_sum_assignment(scores, maximize=True)
    found = portfolio(scores, 1, 1, tolerance=0)
    assert found.best_total == pytest.approx(scores[rows, columns].sum())
    assert found.pairs == tuple(zip(rows.tolist(), columns.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_totals_and_fairness_are_those_of_a_mixed_integer_programme(seed: int) -> None:
    case = _random_case(seed, 25, 40)
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


@pytest.mark.parametrize("seed", range(5))
def test_the_numbering_decides_nothing(seed: int) -> None:
    case = _random_case(seed, 25, 40)
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


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_form_of_the_input_decides_nothing(case: Case, random: Any) -> None:
    found = _found_or_skip(case)
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
    case = _random_case(1, 25, 40)
    found = portfolio(**case)
    for scale in (2.0**-60, 2.0**60):
        assert portfolio(**case | {"scores": case["scores"] * scale}).pairs == found.pairs


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


def test_runners_up_say_what_kept_them_out() -> None:
    found = portfolio(
        [[0.9, 0.8, 0.7, 0.0], [0.6, 0.0, 0.5, 0.2], [0.9, 0.0, 0.0, 0.4]],
        [1, 2, 2],
        [1, 0, 1, 1],
        forced=[(1, 3)],
        blocked=[(0, 2)],
        need_groups=[-1, 0, 0],
        group_capacity=[2],
        runners_up=2,
        tolerance=0,
    )
    assert found.pairs == ((0, 0), (1, 2), (1, 3))
    assert found.unserved == (2,)
    assert found.runners_up == (
        (
            RunnerUp(0, 1, 0.8, (Obstacle.NEED_FULL, Obstacle.CONCEPT_FULL)),
            RunnerUp(0, 2, 0.7, (Obstacle.BLOCKED,)),
        ),
        (RunnerUp(1, 0, 0.6, (Obstacle.NEED_FULL, Obstacle.CONCEPT_FULL, Obstacle.GROUP_FULL)),),
        (
            RunnerUp(2, 0, 0.9, (Obstacle.CONCEPT_FULL, Obstacle.GROUP_FULL)),
            RunnerUp(2, 3, 0.4, (Obstacle.CONCEPT_FULL, Obstacle.GROUP_FULL)),
        ),
    )


def test_a_runner_up_may_beat_what_was_chosen_here() -> None:
    found = portfolio([[0.9, 0.8], [0.8, 0.1]], 1, 1, runners_up=1)
    limits = (Obstacle.NEED_FULL, Obstacle.CONCEPT_FULL)
    assert found.runners_up == (
        (RunnerUp(0, 0, 0.9, (*limits, Obstacle.NOT_BEST)),),
        (RunnerUp(1, 1, 0.1, limits),),
    )


@settings(max_examples=100, deadline=None)
@given(cases())
def test_every_runner_up_has_an_obstacle(case: Case) -> None:
    found = _found_or_skip(case)
    for need, runners_up in enumerate(found.runners_up):
        left = {
            (need, concept)
            for concept in range(len(case.concepts))
            if case.score((need, concept)) > 0 and (need, concept) not in found.pairs
        }
        assert len(runners_up) == min(3, len(left))
        assert {(each.need, each.concept) for each in runners_up} <= left
        assert list(runners_up) == sorted(runners_up, key=lambda each: (-each.score, each.concept))
        for each in runners_up:
            pair = (need, each.concept)
            assert each.score == case.score(pair)
            assert (each.obstacles == (Obstacle.BLOCKED,)) is (pair in case.blocked)
            assert set(each.obstacles) - {Obstacle.NOT_BEST}
            assert not replace(case, forced=()).fits((*found.pairs, pair))


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


def test_the_example_of_the_documentation_prints_what_it_says() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "matching.md").read_text(encoding="utf-8")
    section = page[page.index("## Portfolio") :]
    example = re.search(r"```python\n(.*?)```\s*```\n(.*?)```", section, re.DOTALL)
    assert example is not None
    printed = StringIO()
    with redirect_stdout(printed):
        exec(example[1], {})  # noqa: S102 - our own page
    assert printed.getvalue() == example[2]
