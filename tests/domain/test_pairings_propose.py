"""Proposing a pairing: who may, on what, and what stands in the way."""

import pytest
from sqlalchemy import select

from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.interests.states import InterestState
from marketplace.needs.states import NeedState
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import proposing
from marketplace.pairings.states import (
    OPEN,
    CaseRole,
    PairingEvent,
    PairingRefusal,
    PairingState,
    Side,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS, Cast
from tests.engines import decided_in_python
from tests.factories import grant_role, make_concept, make_interest, make_need


def propose(cast: Cast, name: str, motivation: str = "Det treffer behovet.") -> Pairing:
    return proposing.propose_pairing(
        cast.session,
        cast.actor(name),
        need=cast.need,
        concept=cast.concept,
        motivation=motivation,
    )


@pytest.mark.parametrize("name", ["member", "leader"])
def test_a_unit_that_proposes_has_said_yes(cast: Cast, name: str) -> None:
    pairing = propose(cast, name)

    assert pairing.state is PairingState.PROPOSED
    assert pairing.proposed_by_side is Side.UNIT
    assert pairing.proposed_by_id == pairing.unit_accepted_by_id == cast.person(name).id
    assert pairing.unit_accepted_at == now()
    assert pairing.entrepreneur_accepted_at is None


def test_an_entrepreneur_proposes_through_their_interest(cast: Cast) -> None:
    interest = make_interest(cast.session, cast.need, cast.concept)

    pairing = propose(cast, "colleague")

    assert pairing.interest_id == interest.id
    assert pairing.proposed_by_side is Side.ENTREPRENEUR
    assert pairing.entrepreneur_accepted_by_id == cast.person("colleague").id
    assert pairing.unit_accepted_at is None


def test_a_coordinators_proposal_has_nobodys_yes(cast: Cast) -> None:
    pairing = propose(cast, "coordinator")

    assert pairing.proposed_by_side is Side.COORDINATOR
    assert pairing.unit_accepted_at is None
    assert pairing.entrepreneur_accepted_at is None


def test_a_member_who_is_also_a_coordinator_proposes_for_the_unit(cast: Cast) -> None:
    grant_role(cast.session, cast.person("member"), Role.COORDINATOR, cast.municipality)

    assert propose(cast, "member").proposed_by_side is Side.UNIT


def test_a_proposal_of_the_unit_carries_the_standing_interest(cast: Cast) -> None:
    interest = make_interest(cast.session, cast.need, cast.concept)

    assert propose(cast, "member").interest_id == interest.id


def test_the_role_map_is_prefilled_but_for_the_adviser(cast: Cast) -> None:
    pairing = propose(cast, "member")

    assert {holder.role: holder.person_id for holder in pairing.roles} == {
        CaseRole.OWNER: cast.person("leader").id,
        CaseRole.DECISION_MAKER: cast.person("leader").id,
        CaseRole.UNIT_CONTACT: cast.person("member").id,
        CaseRole.ENTREPRENEUR_CONTACT: cast.person("entrepreneur").id,
    }


def test_proposing_is_recorded_with_its_motivation(cast: Cast) -> None:
    pairing = propose(cast, "member", "  Fordi.  ")

    event = cast.session.scalars(
        select(AuditEvent).where(AuditEvent.event == PairingEvent.PROPOSED)
    ).one()
    assert (event.subject_type, event.subject_id) == ("Pairing", pairing.id)
    assert event.actor_id == cast.person("member").id
    assert event.reason == pairing.motivation == "Fordi."
    assert event.after["state"] == "proposed"
    assert event.after["need_id"] == cast.need.id


@decided_in_python
@pytest.mark.parametrize("name", [*NO_PART_IN_IT, *ONLOOKERS])
def test_nobody_else_proposes(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        propose(cast, name)
    assert refused.value.code is PairingRefusal.UNIT_ENTREPRENEUR_OR_COORDINATOR


@decided_in_python
@pytest.mark.parametrize("name", ["member", "entrepreneur", "coordinator"])
@pytest.mark.parametrize("state", [s for s in NeedState if s is not NeedState.PUBLISHED])
def test_only_a_published_need_is_paired(cast: Cast, state: NeedState, name: str) -> None:
    cast.need = make_need(
        cast.session,
        cast.unit,
        state,
        author=cast.person("member"),
        leader=cast.person("leader"),
    )
    make_interest(cast.session, cast.need, cast.concept)

    with pytest.raises(NotNow) as refused:
        propose(cast, name)
    assert refused.value.code is PairingRefusal.NEED_NOT_PUBLISHED


@pytest.mark.parametrize("state", [ConceptState.DRAFT, ConceptState.ARCHIVED])
def test_only_a_published_concept_is_paired(cast: Cast, state: ConceptState) -> None:
    cast.concept = make_concept(cast.session, state=state)

    with pytest.raises(NotNow) as refused:
        propose(cast, "member")
    assert refused.value.code is PairingRefusal.CONCEPT_NOT_PUBLISHED


def test_an_entrepreneur_without_interest_registers_it_first(cast: Cast) -> None:
    with pytest.raises(NotNow) as refused:
        propose(cast, "entrepreneur")
    assert refused.value.code is PairingRefusal.INTEREST_MISSING


def test_a_withdrawn_interest_is_none(cast: Cast) -> None:
    make_interest(
        cast.session,
        cast.need,
        cast.concept,
        state=InterestState.WITHDRAWN,
        withdrawn_at=now(),
        withdrawal_reason="Vi rekker det ikke.",
    )

    with pytest.raises(NotNow) as refused:
        propose(cast, "entrepreneur")
    assert refused.value.code is PairingRefusal.INTEREST_MISSING


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_pair_has_one_open_pairing(cast: Cast, state: PairingState) -> None:
    cast.pairing(state)

    with pytest.raises(NotNow) as refused:
        propose(cast, "coordinator")
    assert refused.value.code is PairingRefusal.ALREADY_OPEN


def test_a_withdrawn_pairing_may_be_proposed_again_by_anybody(cast: Cast) -> None:
    cast.pairing(PairingState.WITHDRAWN)

    assert propose(cast, "member").state is PairingState.PROPOSED


@pytest.mark.parametrize("name", ["member", "entrepreneur"])
def test_a_declined_pair_is_blocked_for_the_parties(cast: Cast, name: str) -> None:
    cast.pairing(PairingState.DECLINED)
    make_interest(cast.session, cast.need, cast.concept)

    with pytest.raises(NotNow) as refused:
        propose(cast, name)
    assert refused.value.code is PairingRefusal.DECLINED_BEFORE


def test_a_coordinator_may_take_a_declined_pair_up_again(cast: Cast) -> None:
    cast.pairing(PairingState.DECLINED)

    assert propose(cast, "coordinator").state is PairingState.PROPOSED


def test_a_need_is_tested_with_several_concepts(cast: Cast) -> None:
    propose(cast, "member")
    cast.concept = make_concept(cast.session)

    assert propose(cast, "member").state is PairingState.PROPOSED


@pytest.mark.parametrize("motivation", ["", " \n "])
def test_a_proposal_says_why(cast: Cast, motivation: str) -> None:
    with pytest.raises(InvalidField) as refused:
        propose(cast, "member", motivation)
    assert (refused.value.field, refused.value.code) == (
        "motivation",
        PairingRefusal.TEXT_MISSING,
    )
