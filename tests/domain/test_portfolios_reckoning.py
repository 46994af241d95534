"""The best set of a municipality: what is free, what is decided, and what is left out."""

from typing import Any

import pytest

from marketplace.concepts.states import ConceptState
from marketplace.core.clock import now
from marketplace.matches.portfolio import RIGHT
from marketplace.matches.services.judging import dismiss_concept
from marketplace.matches.states import DismissalReason, WhyNone
from marketplace.needs.models import NeedParticipation
from marketplace.needs.states import ParticipationState
from marketplace.pairings.states import PairingState
from marketplace.portfolios import queries
from marketplace.portfolios.states import Resting, WishKind
from matching import Strength
from tests.domain.portfolio_cast import Town
from tests.factories import make_need, make_pairing, make_unit
from tests.queries import count_queries

ALL = {("weekends", "dinner"), ("evenings", "dinner"), ("water", "rain")}


def why_none(town: Town) -> dict[str, WhyNone]:
    found = town.reckon().proposal
    assert found is not None
    names = {need.id: name for name, need in town.needs.items()}
    return {names[need_id]: why for need_id, why in found.why_none.items()}


def test_every_need_gets_what_fits_where_there_is_room(town: Town) -> None:
    assert town.chosen() == ALL
    reckoning = town.reckon()
    assert (len(reckoning.needs), reckoning.concept_count) == (3, 3)
    assert reckoning.at == now()
    assert reckoning.proposal is not None
    assert reckoning.proposal.total == pytest.approx(3 * RIGHT[Strength.STRONG])
    assert not reckoning.proposal.is_fairer


def test_a_concept_is_not_used_beyond_its_capacity(town: Town) -> None:
    town.concepts["dinner"].capacity = 1
    assert len(town.chosen()) == 2
    (why,) = why_none(town).values()
    assert why is WhyNone.CONCEPTS_USED


def test_a_concept_that_states_no_capacity_takes_no_test(town: Town) -> None:
    town.concepts["rain"].capacity = None
    assert why_none(town) == {"water": WhyNone.CONCEPTS_FULL}


def test_a_unit_is_not_used_beyond_its_capacity(town: Town) -> None:
    town.cast.unit.capacity = 2
    assert len(town.chosen()) == 2
    assert set(why_none(town).values()) == {WhyNone.UNIT_USED}
    town.cast.unit.capacity = 0
    assert set(why_none(town).values()) == {WhyNone.UNIT_FULL}


@pytest.mark.parametrize("state", [PairingState.PROPOSED, PairingState.APPROVED])
def test_what_is_proposed_has_taken_its_place(town: Town, state: PairingState) -> None:
    town.cast.unit.capacity = 2
    make_pairing(town.session, town.needs["weekends"], town.concepts["dinner"], state)

    assert len(town.chosen()) == 1
    assert why_none(town)["weekends"] is WhyNone.NEED_FULL
    town.concepts["dinner"].capacity = 1
    assert town.chosen() == {("water", "rain")}
    assert why_none(town)["evenings"] is WhyNone.CONCEPTS_FULL


def test_a_test_that_has_ended_takes_no_capacity_but_counts_for_its_need(town: Town) -> None:
    town.cast.unit.capacity = 2
    town.concepts["dinner"].capacity = 1
    make_pairing(
        town.session,
        town.needs["weekends"],
        town.concepts["dinner"],
        PairingState.APPROVED,
        test_ended_at=now(),
    )
    assert town.chosen() == {("evenings", "dinner"), ("water", "rain")}
    assert why_none(town) == {"weekends": WhyNone.NEED_FULL}


def test_what_the_unit_dismissed_and_what_was_declined_is_left_out(town: Town) -> None:
    dismiss_concept(
        town.session,
        town.cast.actor("member"),
        need=town.needs["weekends"],
        concept=town.concepts["dinner"],
        reason=DismissalReason.TOO_EARLY,
    )
    make_pairing(town.session, town.needs["water"], town.concepts["rain"], PairingState.DECLINED)

    assert town.chosen() == {("evenings", "dinner")}
    assert why_none(town) == {"weekends": WhyNone.NO_MATCH, "water": WhyNone.NO_MATCH}


def test_a_limit_lowers_what_is_free(town: Town) -> None:
    town.limit_concept("dinner", 0)
    assert town.chosen() == {("water", "rain")}
    town.limit_unit(0)
    assert town.chosen() == set()


def test_a_limit_above_what_is_free_by_now_gives_nothing_more(town: Town) -> None:
    town.limit_unit(3)
    town.cast.unit.capacity = 1
    assert len(town.chosen()) == 1


def test_a_need_may_get_several_concepts_where_the_plan_says_so(town: Town) -> None:
    town.plan(tests_per_need=2)
    town.decide("water", "sewing", WishKind.FORCED)
    town.cast.unit.capacity = 4
    assert town.chosen() == ALL | {("water", "sewing")}


# ---------------------------------------------------------------- decided beforehand


def test_a_forced_pair_is_in_and_a_blocked_one_is_not(town: Town) -> None:
    town.decide("water", "sewing", WishKind.FORCED)
    town.decide("weekends", "dinner", WishKind.BLOCKED)

    assert town.chosen() == {("evenings", "dinner"), ("water", "sewing")}
    assert why_none(town) == {"weekends": WhyNone.ALL_BLOCKED}
    found = town.reckon().proposal
    assert found is not None
    (other,) = found.others[town.needs["water"].id]
    assert (other.candidate.concept_id, [o.value for o in other.obstacles]) == (
        town.concepts["rain"].id,
        ["need_full"],
    )


def test_forced_pairs_beyond_a_capacity_say_what_to_change(town: Town) -> None:
    town.concepts["dinner"].capacity = 1
    for need in ("weekends", "evenings"):
        town.decide(need, "dinner", WishKind.FORCED)

    reckoning = town.reckon()

    assert reckoning.proposal is None
    assert reckoning.problem is not None
    (clash,) = reckoning.problem.clashes
    assert clash.obstacle.value == "concept_full"
    assert (clash.subject_id, clash.capacity, clash.required) == (town.concepts["dinner"].id, 1, 2)
    pairs = {(town.needs[need].id, town.concepts["dinner"].id) for need in ("weekends", "evenings")}
    assert set(clash.pairs) == pairs
    assert len(reckoning.problem.dropped) == 1


def test_a_forced_pair_that_the_unit_dismisses_later_is_a_clash(town: Town) -> None:
    town.decide("water", "rain", WishKind.FORCED)
    dismiss_concept(
        town.session,
        town.cast.actor("member"),
        need=town.needs["water"],
        concept=town.concepts["rain"],
        reason=DismissalReason.TOO_EARLY,
    )
    problem = town.reckon().problem
    assert problem is not None
    assert [clash.obstacle.value for clash in problem.clashes] == ["blocked"]


def test_a_decided_pair_rests_while_it_means_nothing(town: Town) -> None:
    gone = town.decide("weekends", "dinner", WishKind.FORCED)
    proposed = town.decide("water", "rain", WishKind.FORCED)
    town.concepts["dinner"].state = ConceptState.ARCHIVED
    make_pairing(town.session, town.needs["water"], town.concepts["rain"])

    reckoning = town.reckon()

    assert reckoning.problem is None
    assert reckoning.resting == {
        gone.id: Resting.NOT_PUBLISHED,
        proposed.id: Resting.ALREADY_PROPOSED,
    }


# ---------------------------------------------------------------- pooled needs, other places


def test_a_pooled_need_takes_a_place_in_each_of_its_units(town: Town) -> None:
    other = make_unit(town.session, town.cast.municipality, capacity=1)
    own = make_need(town.session, other, **_text(town, "evenings"))
    town.needs["others"] = own
    town.session.add(_participation(town, other.id))
    town.concepts["dinner"].capacity = 4

    assert town.chosen() == ALL  # the joined unit's only place goes to the pooled need
    assert why_none(town) == {"others": WhyNone.UNIT_FULL}
    other.capacity = 2
    assert town.chosen() == ALL | {("others", "dinner")}
    other.capacity = 0
    assert why_none(town) == {"weekends": WhyNone.UNIT_FULL, "others": WhyNone.UNIT_FULL}


def _text(town: Town, name: str) -> dict[str, Any]:
    need = town.needs[name]
    return {"title": need.title, "problem": need.problem, "wanted_effect": need.wanted_effect}


def _participation(town: Town, unit_id: int) -> NeedParticipation:
    who = town.cast.person("leader").id
    return NeedParticipation(
        need_id=town.needs["weekends"].id,
        unit_id=unit_id,
        state=ParticipationState.ENDORSED,
        site="Nord",
        contribution="En kontaktperson.",
        hours=10,
        target_count=5,
        contact_id=who,
        asked_by_id=who,
        endorsed_by_id=who,
        endorsed_at=now(),
    )


def test_needs_of_others_are_not_ours_but_their_tests_take_the_concept(town: Town) -> None:
    town.concepts["dinner"].capacity = 2
    make_pairing(town.session, make_need(town.session), town.concepts["dinner"])
    assert len(town.reckon().needs) == 3
    assert len(town.chosen()) == 2


def test_the_questions_to_the_database_do_not_grow_with_the_needs(town: Town) -> None:
    def asked() -> int:
        with count_queries(town.session) as counter:
            town.reckon()
        return counter.count

    town.reckon()
    few = asked()
    for _ in range(4):
        make_need(town.session, town.cast.unit, **_text(town, "water"))
    town.reckon()
    town.session.expire_all()
    town.reckon()
    assert asked() <= few


def test_what_is_free_of_each_unit(town: Town) -> None:
    make_pairing(town.session, town.needs["water"], town.concepts["rain"], PairingState.APPROVED)
    free = queries.units_free(town.session, town.cast.municipality.id)[town.cast.unit]
    assert (free.capacity, free.taken, free.room) == (3, 1, 2)
