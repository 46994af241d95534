"""Who sees which pairings, what is found, what each waits for, and what is blocked."""

from datetime import timedelta

import pytest

from marketplace.core.clock import now
from marketplace.core.errors import NotFound
from marketplace.core.revision import Collection
from marketplace.core.search import SEARCHERS
from marketplace.matches.queries import search_concepts, search_needs
from marketplace.pairings import queries
from marketplace.pairings.awaited import awaited, waiting_since
from marketplace.pairings.states import UNDECIDED, PairingAwaited, PairingState, Side
from tests.domain.pairing_cast import NO_PART_IN_IT, Cast
from tests.factories import make_concept, make_need, make_pairing
from tests.queries import count_queries

INSIDE = (
    "member",
    "leader",
    "entrepreneur",
    "colleague",
    "coordinator",
    "second_coordinator",
    "adviser",
    "leadership",
)


# ---------------------------------------------------------------- who sees what


@pytest.mark.parametrize("name", INSIDE)
def test_those_of_the_case_see_it(cast: Cast, name: str) -> None:
    pairing = cast.pairing()
    actor = cast.actor(name)

    assert queries.get_pairing(cast.session, actor, pairing.id) is pairing
    assert list(queries.list_pairings(cast.session, actor).rows) == [pairing]
    assert list(queries.list_pairings_of_need(cast.session, actor, cast.need.id)) == [pairing]
    found = queries.list_pairings_of_concept(cast.session, actor, cast.concept.id)
    assert list(found) == [pairing]


@pytest.mark.parametrize("name", NO_PART_IN_IT)
def test_for_all_others_it_does_not_exist(cast: Cast, name: str) -> None:
    pairing = cast.pairing()
    actor = cast.actor(name)

    with pytest.raises(NotFound):
        queries.get_pairing(cast.session, actor, pairing.id)
    assert queries.list_pairings(cast.session, actor).total == 0
    assert not queries.list_pairings_of_need(cast.session, actor, cast.need.id)
    assert not queries.list_pairings_of_concept(cast.session, actor, cast.concept.id)


@pytest.mark.parametrize(
    "state", [*sorted(UNDECIDED), PairingState.DECLINED, PairingState.WITHDRAWN]
)
def test_without_an_approval_an_entrepreneur_sees_only_the_contact_of_the_municipality(
    cast: Cast, state: PairingState
) -> None:
    pairing = cast.pairing(state)

    shown = queries.shown_people(cast.session, cast.actor("entrepreneur"), pairing)

    known = frozenset(cast.person(n).id for n in ("entrepreneur", "colleague", "member"))
    assert shown == known
    for name in ("member", "coordinator", "adviser", "leadership"):
        assert queries.shown_people(cast.session, cast.actor(name), pairing) is None


def test_from_the_approval_on_an_entrepreneur_sees_who_has_a_role(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.APPROVED)

    shown = queries.shown_people(cast.session, cast.actor("entrepreneur"), pairing)

    assert shown is not None
    assert {holder.person_id for holder in pairing.roles} <= shown
    assert cast.person("coordinator").id not in shown


# ---------------------------------------------------------------- lists


@pytest.fixture
def searchers() -> None:
    SEARCHERS[Collection.NEEDS] = search_needs
    SEARCHERS[Collection.CONCEPTS] = search_concepts


@pytest.mark.usefixtures("searchers")
def test_the_list_is_filtered_by_state_and_words(cast: Cast) -> None:
    cast.need.title = "Ensomme eldre"
    cast.concept.title = "Kaffe 100 % gratis"
    ours = cast.pairing(PairingState.ACCEPTED)
    other = make_concept(cast.session, title="Turgruppe")
    theirs = make_pairing(cast.session, cast.need, other)
    actor = cast.actor("coordinator")

    def found(words: str = "", state: PairingState | None = None) -> list[int]:
        page = queries.list_pairings(cast.session, actor, words=words, state=state)
        return [pairing.id for pairing in page.rows]

    assert found(words="ENSOMME") == [theirs.id, ours.id]
    assert found(words="turgr") == [theirs.id]
    assert found(words="100 %") == [ours.id]
    assert found(words="%") == [ours.id]
    assert found(words="samler", state=PairingState.PROPOSED) == [theirs.id]
    assert found(words="gratis", state=PairingState.PROPOSED) == []
    assert found(state=PairingState.ACCEPTED) == [ours.id]


def test_the_newest_comes_first_and_the_list_has_pages(cast: Cast) -> None:
    actor = cast.actor("member")
    made = [
        make_pairing(
            cast.session,
            cast.need,
            make_concept(cast.session),
            proposed_at=now() + timedelta(minutes=n // 2),
        ).id
        for n in range(23)
    ]

    first = queries.list_pairings(cast.session, actor, page=1)
    second = queries.list_pairings(cast.session, actor, page=2)

    assert [pairing.id for pairing in (*first.rows, *second.rows)] == list(reversed(made))
    assert (first.total, first.count) == (23, 2)


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    actor = cast.actor("coordinator")

    def statements() -> int:
        cast.session.flush()
        cast.session.expire_all()
        with count_queries(cast.session) as counter:
            for pairing in queries.list_pairings(cast.session, actor).rows:
                assert pairing.need.unit.organisation.name
                assert pairing.concept.organisation.name
        return counter.count

    for _ in range(3):
        make_pairing(cast.session, cast.need, make_concept(cast.session), PairingState.ACCEPTED)
    few = statements()
    for _ in range(9):
        make_pairing(cast.session, cast.need, make_concept(cast.session), PairingState.ACCEPTED)
    assert statements() == few


# ---------------------------------------------------------------- what it waits for

PROPOSED, CHANGES = PairingState.PROPOSED, PairingState.NEEDS_CHANGES


def test_a_proposal_waits_for_those_who_have_not_said_yes(cast: Cast) -> None:
    assert awaited(cast.pairing()) is PairingAwaited.ENTREPRENEUR_YES


def test_an_entrepreneurs_proposal_waits_for_the_unit(cast: Cast) -> None:
    assert awaited(cast.proposed_by_entrepreneur()) is PairingAwaited.UNIT_YES


def test_a_coordinators_proposal_waits_for_both(cast: Cast) -> None:
    assert awaited(cast.proposed_by_coordinator()) is PairingAwaited.BOTH_YES


def test_an_accepted_pairing_waits_for_a_decision(cast: Cast) -> None:
    assert awaited(cast.pairing(PairingState.ACCEPTED)) is PairingAwaited.DECISION


@pytest.mark.parametrize(
    ("side", "step"),
    [
        (Side.UNIT, PairingAwaited.UNIT_CHANGES),
        (Side.ENTREPRENEUR, PairingAwaited.ENTREPRENEUR_CHANGES),
        (Side.COORDINATOR, PairingAwaited.COORDINATOR_CHANGES),
    ],
)
def test_changes_wait_for_the_side_that_proposed(
    cast: Cast, side: Side, step: PairingAwaited
) -> None:
    assert awaited(cast.pairing(CHANGES, proposed_by_side=side)) is step


@pytest.mark.parametrize("state", sorted(set(PairingState) - UNDECIDED))
def test_a_decided_case_waits_for_nothing(cast: Cast, state: PairingState) -> None:
    assert awaited(cast.pairing(state)) is None


def test_it_has_waited_since_the_last_step(cast: Cast) -> None:
    long_ago, asked_at, last_yes = (now() - timedelta(days=days) for days in (30, 9, 1))
    pairing = cast.pairing(PROPOSED, proposed_at=long_ago, unit_accepted_at=long_ago)

    assert waiting_since(pairing) == long_ago
    pairing.state, pairing.changes_asked_at = CHANGES, asked_at
    assert waiting_since(pairing) == asked_at
    pairing.state, pairing.entrepreneur_accepted_at = PairingState.ACCEPTED, last_yes
    assert waiting_since(pairing) == last_yes


# ---------------------------------------------------------------- blocked pairs


@pytest.mark.parametrize("state", list(PairingState))
def test_only_declined_pairs_are_blocked(cast: Cast, state: PairingState) -> None:
    cast.pairing(state)

    declined = state is PairingState.DECLINED
    concepts = queries.declined_concept_ids(cast.session, cast.need.id)
    needs = queries.declined_need_ids(cast.session, cast.concept.id)
    assert concepts == ({cast.concept.id} if declined else set())
    assert needs == ({cast.need.id} if declined else set())


def test_a_declined_pair_taken_up_again_is_free(cast: Cast) -> None:
    cast.pairing(PairingState.DECLINED)
    cast.pairing(
        PairingState.PROPOSED,
        proposed_by=cast.person("coordinator"),
        proposed_by_side=Side.COORDINATOR,
    )

    assert queries.declined_concept_ids(cast.session, cast.need.id) == set()
    assert queries.declined_need_ids(cast.session, cast.concept.id) == set()


def test_a_block_is_about_the_pair(cast: Cast) -> None:
    cast.pairing(PairingState.DECLINED)

    other_need = make_need(cast.session, cast.unit)
    assert queries.declined_concept_ids(cast.session, other_need.id) == set()
    assert queries.declined_need_ids(cast.session, make_concept(cast.session).id) == set()
