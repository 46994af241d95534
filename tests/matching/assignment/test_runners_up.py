"""Pairs that were not chosen, and why."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from matching import Obstacle, RunnerUp, portfolio
from tests.matching.assignment.cases import Case, cases, found_or_skip


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


@settings(max_examples=100)
@given(cases())
def test_every_runner_up_has_an_obstacle(case: Case) -> None:
    found = found_or_skip(case)
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
