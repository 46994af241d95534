"""Who sees which pairings, what is found, what waits for whom, and what is blocked."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from marketplace.core.clock import now
from marketplace.core.errors import NotFound
from marketplace.pairings import queries, services
from marketplace.pairings.states import Awaited, PairingState, Side
from marketplace.pairings.waiting import awaited, needs_attention, waiting_for
from tests.domain.pairing_cast import NO_PART_IN_IT, Cast, make_cast
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


@pytest.fixture
def cast(session: Session) -> Cast:
    return make_cast(session)


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


def test_an_entrepreneur_sees_only_the_contact_of_the_municipality(cast: Cast) -> None:
    pairing = cast.pairing()

    shown = queries.shown_people(cast.session, cast.actor("entrepreneur"), pairing)

    known = frozenset(cast.person(n).id for n in ("entrepreneur", "colleague", "member"))
    assert shown == known
    for name in ("member", "coordinator", "adviser", "leadership"):
        assert queries.shown_people(cast.session, cast.actor(name), pairing) is None


# ---------------------------------------------------------------- lists


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
    assert found(words="kaffe", state=PairingState.PROPOSED) == []
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
            assert waiting_for(cast.session, actor)
        return counter.count

    for _ in range(3):
        make_pairing(cast.session, cast.need, make_concept(cast.session), PairingState.ACCEPTED)
    few = statements()
    for _ in range(9):
        make_pairing(cast.session, cast.need, make_concept(cast.session), PairingState.ACCEPTED)
    assert statements() == few


# ---------------------------------------------------------------- what waits


def waits(cast: Cast, name: str) -> list[tuple[Awaited, bool]]:
    rows = waiting_for(cast.session, cast.actor(name))
    return [(row.awaited, row.for_another) for row in rows]


def test_a_proposal_waits_for_the_other_side(cast: Cast) -> None:
    cast.pairing()

    assert waits(cast, "entrepreneur") == [(Awaited.ENTREPRENEUR_YES, False)]
    assert waits(cast, "colleague") == [(Awaited.ENTREPRENEUR_YES, False)]
    for name in ("member", "leader", "coordinator", "adviser", *NO_PART_IN_IT):
        assert waits(cast, name) == []


def test_an_entrepreneurs_proposal_waits_for_the_unit(cast: Cast) -> None:
    cast.proposed_by_entrepreneur()

    assert waits(cast, "leader") == [(Awaited.UNIT_YES, False)]
    assert waits(cast, "entrepreneur") == []


def test_a_coordinators_proposal_waits_for_both(cast: Cast) -> None:
    cast.proposed_by_coordinator()

    assert waits(cast, "member") == [(Awaited.BOTH_YES, False)]
    assert waits(cast, "entrepreneur") == [(Awaited.BOTH_YES, False)]
    assert waits(cast, "coordinator") == []


def test_an_accepted_pairing_waits_for_the_coordinators(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    actor = cast.actor("second_coordinator")
    services.declare_conflict(cast.session, actor, pairing=pairing, reason="Bror.")

    assert waits(cast, "coordinator") == [(Awaited.DECISION, False)]
    assert waits(cast, "second_coordinator") == [(Awaited.DECISION, True)]
    for name in ("member", "entrepreneur", "other_municipality"):
        assert waits(cast, name) == []


def test_ones_own_accepted_proposal_waits_for_another(cast: Cast) -> None:
    cast.proposed_by_coordinator(PairingState.ACCEPTED)

    assert waits(cast, "coordinator") == [(Awaited.DECISION, True)]
    assert waits(cast, "second_coordinator") == [(Awaited.DECISION, False)]


def test_changes_wait_for_the_proposing_side(cast: Cast) -> None:
    cast.pairing(PairingState.NEEDS_CHANGES)

    assert waits(cast, "leader") == [(Awaited.UNIT_CHANGES, False)]
    assert waits(cast, "entrepreneur") == []
    assert waits(cast, "coordinator") == []


def test_changes_wait_for_the_coordinator_who_proposed(cast: Cast) -> None:
    cast.proposed_by_coordinator(PairingState.NEEDS_CHANGES)

    assert waits(cast, "coordinator") == [(Awaited.COORDINATOR_CHANGES, False)]
    assert waits(cast, "second_coordinator") == []


@pytest.mark.parametrize(
    "state", [PairingState.APPROVED, PairingState.DECLINED, PairingState.WITHDRAWN]
)
def test_a_decided_case_waits_for_nobody(cast: Cast, state: PairingState) -> None:
    pairing = cast.pairing(state)

    assert awaited(pairing) is None
    for name in INSIDE:
        assert waits(cast, name) == []
    assert needs_attention(cast.session, cast.actor("coordinator")) == []


def test_what_has_waited_longest_comes_first(cast: Cast) -> None:
    days_ago = [now() - timedelta(days=days) for days in (1, 9, 4)]
    accepted = make_pairing(
        cast.session,
        cast.need,
        make_concept(cast.session),
        PairingState.ACCEPTED,
        proposed_at=days_ago[1] - timedelta(days=30),
        unit_accepted_at=days_ago[1] - timedelta(days=30),
        entrepreneur_accepted_at=days_ago[0],
    )
    asked = make_pairing(
        cast.session,
        cast.need,
        make_concept(cast.session),
        PairingState.NEEDS_CHANGES,
        changes_asked_at=days_ago[1],
    )
    proposed = make_pairing(
        cast.session, cast.need, make_concept(cast.session), proposed_at=days_ago[2]
    )

    rows = needs_attention(cast.session, cast.actor("coordinator"))

    assert [(row.pairing.id, row.since) for row in rows] == [
        (asked.id, days_ago[1]),
        (proposed.id, days_ago[2]),
        (accepted.id, days_ago[0]),
    ]
    assert needs_attention(cast.session, cast.actor("other_municipality")) == []


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
