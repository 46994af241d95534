"""The best set by hand: small tables of strengths whose right answer one can see."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.matches.best_set import choose_best_set
from marketplace.matches.many import count_without_good_match, suggestion_of
from marketplace.matches.portfolio import (
    NUDGE,
    RIGHT,
    Candidate,
    Candidates,
    CannotHold,
    Proposal,
    Room,
    Wishes,
)
from marketplace.needs.models import Need
from matching import Obstacle, Strength
from tests.domain.portfolio_cast import make_town

STRONG, GOOD, POSSIBLE = Strength.STRONG, Strength.GOOD, Strength.POSSIBLE
UNIT = 7
Table = Mapping[tuple[int, int], Strength | tuple[Strength, float]]


def best(
    table: Table,
    room: dict[str, Any] | None = None,
    **wishes: Any,
) -> Proposal:
    """`table` has the strength of each pair, and maybe its place among those of the need."""
    pairs = {}
    for pair, told in table.items():
        strength, place = told if isinstance(told, tuple) else (told, 1.0)
        pairs[pair] = Candidate(*pair, strength, RIGHT[strength] + NUDGE * place, ("eldre",))
    needs = [Need(id=need_id, unit_id=UNIT) for need_id in sorted({need for need, _ in table})]
    given: dict[str, Any] = {
        "needs": {need.id: 1 for need in needs},
        "concepts": {concept_id: 1 for _, concept_id in table},
        "units": {UNIT: 9},
    }
    decided = Wishes(**({"tolerance": 0.0} | wishes))
    return choose_best_set(
        Candidates(needs, pairs, frozenset()), Room(**(given | (room or {}))), decided
    )


def chosen(found: Proposal) -> set[tuple[int, int]]:
    return {(c.need_id, c.concept_id) for each in found.chosen.values() for c in each}


def test_the_total_is_what_can_be_expected_to_fit() -> None:
    found = best({(1, 11): STRONG, (2, 12): POSSIBLE})
    assert found.total == pytest.approx(RIGHT[STRONG] + RIGHT[POSSIBLE])
    assert (found.worst, found.given_up, found.is_fairer) == (POSSIBLE, 0.0, False)


def test_the_place_in_a_need_decides_only_between_equal_strengths() -> None:
    assert chosen(best({(1, 11): (GOOD, 0.7), (1, 12): (GOOD, 1.0)})) == {(1, 12)}
    assert chosen(best({(1, 11): (STRONG, 0.1), (1, 12): (GOOD, 1.0)})) == {(1, 11)}


UNEVEN = {(1, 11): STRONG, (1, 12): POSSIBLE, (2, 11): POSSIBLE}
"""The highest total leaves the second with nothing."""


def test_the_worst_served_gets_more_where_the_tolerance_allows_it() -> None:
    cost = RIGHT[STRONG] - 2 * RIGHT[POSSIBLE]
    share = cost / RIGHT[STRONG]
    assert chosen(best(UNEVEN, tolerance=share - 0.01)) == {(1, 11)}

    fair = best(UNEVEN, tolerance=share + 0.01)

    assert chosen(fair) == {(1, 12), (2, 11)}
    assert (fair.worst, fair.worst_at_best) == (POSSIBLE, Strength.NONE)
    assert fair.is_fairer
    assert fair.given_up == pytest.approx(cost, abs=2 * NUDGE)


def test_nothing_is_given_up_for_a_place_within_a_strength() -> None:
    table: Table = {(1, 11): STRONG, (1, 12): GOOD, (2, 11): (GOOD, 1.0), (2, 12): (GOOD, 0.1)}
    found = best(table, tolerance=0.5)
    assert chosen(found) == {(1, 11), (2, 12)}
    assert not found.is_fairer


def test_a_runner_up_has_its_obstacle() -> None:
    found = best({(1, 11): STRONG, (2, 11): GOOD, (2, 12): POSSIBLE})
    (other,) = found.others[2]
    assert (other.candidate.concept_id, other.obstacles) == (
        11,
        (Obstacle.NEED_FULL, Obstacle.CONCEPT_FULL),
    )


def test_a_clash_names_the_need_the_concept_or_the_unit() -> None:
    table = {(1, 11): STRONG, (1, 12): GOOD, (2, 12): GOOD}
    forced = frozenset(table)
    with pytest.raises(CannotHold) as told:
        best(table, {"units": {UNIT: 2}}, forced=forced)
    clashes = {(c.obstacle, c.subject_id): c.required for c in told.value.clashes}
    assert clashes == {
        (Obstacle.NEED_FULL, 1): 2,
        (Obstacle.CONCEPT_FULL, 12): 2,
        (Obstacle.GROUP_FULL, UNIT): 3,
    }
    assert set(told.value.dropped) == {(1, 12)}


def test_no_needs_at_all_is_no_fault() -> None:
    assert best({}).size == 0


def test_what_the_matcher_suggests(session: Session) -> None:
    town = make_town(session)
    need = town.needs["water"]
    suggestion = suggestion_of(session, need, town.concepts["rain"].id)
    assert suggestion is not None
    assert (suggestion.rank, suggestion.strength) == (1, STRONG)
    assert suggestion_of(session, need, town.concepts["sewing"].id) is None


def test_needs_without_a_good_match_are_counted(session: Session) -> None:
    town = make_town(session)
    assert count_without_good_match(session, list(town.needs.values())) == 0
    town.needs["water"].title, town.needs["water"].problem = "Ladestasjoner", "Elbilene står tomme."
    town.needs["water"].target_group = town.needs["water"].wanted_effect = "Sjåfører"
    assert count_without_good_match(session, list(town.needs.values())) == 1
