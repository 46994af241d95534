"""How pairings answer when what they rest on changes."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.concepts.states import ConceptEvent, ConceptRefusal
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.errors import NotNow
from marketplace.core.outbox import OutboxMessage
from marketplace.core.reactions import run_reactions
from marketplace.interests.states import InterestEvent, InterestRefusal
from marketplace.needs.states import NeedEvent, NeedOutcome, NeedState
from marketplace.pairings import hooks
from marketplace.pairings.states import (
    OPEN,
    UNDECIDED,
    Fallen,
    PairingEvent,
    PairingState,
    PairingTopic,
)
from tests.domain.pairing_cast import Cast, make_cast
from tests.factories import make_concept, make_interest, make_pairing

WHY = "Behovet ble løst på en annen måte."


@pytest.fixture
def cast(session: Session) -> Cast:
    hooks.register()
    return make_cast(session)


def close(cast: Cast) -> None:
    """What the needs' own service does when a leader closes the need."""
    need, leader = cast.need, cast.actor("leader")
    need.state, need.outcome, need.closing_reason = NeedState.CLOSED, NeedOutcome.WITHDRAWN, WHY
    need.closed_at, need.closed_by_id = now(), leader.person_id
    cast.session.flush()
    run_reactions(cast.session, leader, NeedEvent.CLOSED, need)


@pytest.mark.parametrize("state", sorted(UNDECIDED))
def test_an_undecided_pairing_falls_with_its_need(cast: Cast, state: PairingState) -> None:
    pairing = cast.pairing(state)

    close(cast)

    assert pairing.state is PairingState.WITHDRAWN
    assert pairing.withdrawal_reason == WHY
    assert pairing.withdrawn_by_id == cast.person("leader").id
    assert pairing.standing is Fallen.NEED_CLOSED


@pytest.mark.parametrize("state", [s for s in PairingState if s not in UNDECIDED])
def test_a_decided_pairing_stays_as_it_is(cast: Cast, state: PairingState) -> None:
    pairing = cast.pairing(state)

    close(cast)

    assert pairing.state is state


def test_each_pairing_of_the_need_is_recorded_and_told(cast: Cast) -> None:
    pairings = [cast.pairing(), make_pairing(cast.session, cast.need, make_concept(cast.session))]
    elsewhere = make_pairing(cast.session)

    close(cast)

    events = cast.session.scalars(
        select(AuditEvent).where(AuditEvent.event == PairingEvent.WITHDRAWN)
    ).all()
    assert {e.subject_id for e in events} == {pairing.id for pairing in pairings}
    assert {e.actor_id for e in events} == {cast.person("leader").id}
    assert {e.reason for e in events} == {WHY}
    told = cast.session.scalars(
        select(OutboxMessage).where(OutboxMessage.topic == PairingTopic.WITHDRAWN)
    ).all()
    authors = {pairing.concept.author_id for pairing in pairings}
    assert authors <= {message.person_id for message in told}
    assert {message.payload["reason"] for message in told} == {WHY}
    assert elsewhere.state is PairingState.PROPOSED


@pytest.mark.parametrize("event", [ConceptEvent.ARCHIVED, ConceptEvent.REOPENED])
@pytest.mark.parametrize("state", list(PairingState))
def test_a_concept_stays_published_while_a_pairing_is_open(
    cast: Cast, state: PairingState, event: ConceptEvent
) -> None:
    cast.pairing(state)
    owner = cast.actor("entrepreneur")

    if state not in OPEN:
        run_reactions(cast.session, owner, event, cast.concept)
        return
    with pytest.raises(NotNow) as refused:
        run_reactions(cast.session, owner, event, cast.concept)
    assert refused.value.code is ConceptRefusal.IN_OPEN_PAIRING


@pytest.mark.parametrize("ended", [InterestEvent.WITHDRAWN, InterestEvent.DECLINED])
@pytest.mark.parametrize("state", list(PairingState))
def test_an_interest_stands_while_its_pairing_is_open(
    cast: Cast, state: PairingState, ended: InterestEvent
) -> None:
    interest = make_interest(cast.session, cast.need, cast.concept)
    cast.pairing(state, interest=interest)
    owner = cast.actor("entrepreneur")

    if state not in OPEN:
        run_reactions(cast.session, owner, ended, interest)
        return
    with pytest.raises(NotNow) as refused:
        run_reactions(cast.session, owner, ended, interest)
    assert refused.value.code is InterestRefusal.IN_OPEN_PAIRING


def test_the_interest_of_another_need_may_be_withdrawn(cast: Cast) -> None:
    cast.pairing()
    other = make_interest(cast.session, concept=cast.concept)

    run_reactions(cast.session, cast.actor("entrepreneur"), InterestEvent.WITHDRAWN, other)
