"""The pairing of a pooled need: joined units see it, are told, and need room for its test."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.accounts.states import Language
from marketplace.agreements.drafting import first_content
from marketplace.agreements.starting_text import template_texts
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound, NotNow
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.states import ParticipationState
from marketplace.pairings import hooks, policies, queries
from marketplace.pairings.approval import obstacles_to_approval
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import proposing, withdrawing
from marketplace.pairings.states import PairingMove, PairingRefusal, PairingState, PairingTopic
from tests.domain.pool_cast import JOINING, Cast, cast_for_pool
from tests.factories import make_concept, make_need, make_pairing

ENDORSED = ParticipationState.ENDORSED


@pytest.fixture
def cast(session: Session) -> Cast:
    hooks.register()
    return cast_for_pool(session)


def told(session: Session, topic: PairingTopic) -> set[int]:
    return set(session.scalars(select(OutboxMessage.person_id).where(OutboxMessage.topic == topic)))


def sees(session: Session, actor: Actor, pairing: Pairing) -> bool:
    try:
        queries.get_pairing(session, actor, pairing.id)
    except NotFound:
        return False
    return True


def test_joined_units_see_the_case_with_all_names(session: Session, cast: Cast) -> None:
    pairing = make_pairing(session, cast.need)
    row = cast.participation()
    assert not sees(session, cast.actor("joining_member"), pairing)
    cast.endorse("joining_leader", row)
    session.expire_all()
    for name in JOINING:
        actor = cast.actor(name)
        assert sees(session, actor, pairing)
        assert pairing in queries.list_pairings_of_need(session, actor, cast.need.id)
        assert queries.shown_people(session, actor, pairing) is None
    assert not sees(session, cast.actor("third_unit"), pairing)


def test_joined_units_follow_the_case_but_do_not_speak_for_it(session: Session, cast: Cast) -> None:
    cast.participation(ENDORSED)
    for state in PairingState:
        pairing = make_pairing(session, cast.need, state=state)
        for name in JOINING:
            assert policies.open_moves(cast.actor(name), pairing) == frozenset()
            refused = policies.refusal(cast.actor(name), pairing, PairingMove.ACCEPT)
            assert refused is PairingRefusal.PARTIES_ONLY


def test_who_speaks_for_a_joined_unit_is_told(session: Session, cast: Cast) -> None:
    cast.participation(ENDORSED)
    concept = make_concept(session)
    pairing = proposing.propose_pairing(
        session, cast.actor("member"), need=cast.need, concept=concept, motivation="Den passer."
    )
    joined = cast.id_of(*JOINING)
    assert told(session, PairingTopic.PROPOSED_IN_POOL) == joined
    assert not joined & told(session, PairingTopic.PROPOSED_ALREADY_YES)
    assert not joined & told(session, PairingTopic.PROPOSED)
    withdrawing.withdraw_pairing(
        session,
        cast.actor("leader"),
        pairing=pairing,
        version=pairing.version,
        reason="Vi fant en annen vei.",
    )
    assert joined <= told(session, PairingTopic.WITHDRAWN)


def fill(session: Session, unit: Unit) -> None:
    unit.capacity = 1
    make_pairing(session, make_need(session, unit), state=PairingState.APPROVED)


def capacity_obstacles(session: Session, cast: Cast, pairing: Pairing) -> list[object]:
    obstacles = obstacles_to_approval(session, cast.actor("coordinator"), pairing)
    return [o.values["unit"] for o in obstacles if o.code is PairingRefusal.UNIT_AT_CAPACITY]


def test_every_unit_of_a_pooled_need_must_have_room(session: Session, cast: Cast) -> None:
    pairing = make_pairing(session, cast.need, state=PairingState.ACCEPTED)
    fill(session, cast.joiner)
    asked = cast.participation()
    assert capacity_obstacles(session, cast, pairing) == []
    cast.endorse("joining_leader", asked)
    assert capacity_obstacles(session, cast, pairing) == [cast.joiner.name]


def test_a_pooled_test_takes_capacity_of_the_joined_unit(session: Session, cast: Cast) -> None:
    make_pairing(session, cast.need, state=PairingState.APPROVED)
    assert queries.count_approved_of_unit(session, cast.joiner.id) == 0
    cast.participation(ENDORSED)
    assert queries.count_approved_of_unit(session, cast.joiner.id) == 1
    assert queries.count_approved_of_unit(session, cast.unit.id) == 1


def test_a_full_unit_does_not_join_in_the_middle_of_a_test(session: Session, cast: Cast) -> None:
    fill(session, cast.joiner)
    row = cast.participation()
    make_pairing(session, cast.need, state=PairingState.APPROVED)
    with pytest.raises(NotNow) as refused:
        cast.endorse("joining_leader", row)
    assert refused.value.code is PairingRefusal.JOINED_UNIT_AT_CAPACITY


def test_a_full_unit_may_join_what_nobody_tests_yet(session: Session, cast: Cast) -> None:
    fill(session, cast.joiner)
    row = cast.participation()
    cast.endorse("joining_leader", row)
    assert row.state is ENDORSED


def test_a_new_agreement_knows_all_sites(session: Session, cast: Cast) -> None:
    cast.participation(ENDORSED)
    pairing = make_pairing(session, cast.need, state=PairingState.APPROVED)
    first = first_content(session, template_texts(session, Language.BOKMAL), pairing)
    sites = [(site.unit_id, site.name, site.hours) for site in first.sites or ()]
    assert sites == [(cast.unit.id, cast.unit.name, 120), (cast.joiner.id, "Dagsenteret", 60)]
