"""Who is told what."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from marketplace.core.actor import Role
from marketplace.core.outbox import OutboxMessage
from marketplace.pairings import recipients
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.roles.services import set_deputy
from marketplace.pairings.services import answering, deciding, proposing, withdrawing
from marketplace.pairings.states import CaseRole, DeclineReason, PairingState, PairingTopic
from tests.domain.pairing_cast import Cast
from tests.factories import make_interest, make_member

PARTIES = {"member", "leader", "entrepreneur", "colleague"}
COORDINATORS = {"coordinator", "second_coordinator", "publisher"}
ROLE_HOLDERS = {"case_adviser", "deputy"}
"""Who has a role in the case and is neither a party nor a coordinator."""
WHY = "Vi rekker det ikke i år."


def propose(cast: Cast) -> None:
    proposing.propose_pairing(
        cast.session,
        cast.actor("coordinator"),
        need=cast.need,
        concept=cast.concept,
        motivation=WHY,
    )


def accept(cast: Cast, pairing: Pairing) -> None:
    answering.accept_pairing(
        cast.session, cast.actor("entrepreneur"), pairing=pairing, version=pairing.version
    )


def ask(cast: Cast, pairing: Pairing) -> None:
    answering.ask_for_changes(
        cast.session,
        cast.actor("coordinator"),
        pairing=pairing,
        version=pairing.version,
        reason=WHY,
    )


def again(cast: Cast, pairing: Pairing) -> None:
    proposing.propose_again(
        cast.session,
        cast.actor("member"),
        pairing=pairing,
        version=pairing.version,
        motivation=WHY,
    )


def approve(cast: Cast, pairing: Pairing) -> None:
    cast.approve(pairing)


def decline(cast: Cast, pairing: Pairing) -> None:
    deciding.decline_pairing(
        cast.session,
        cast.actor("coordinator"),
        pairing=pairing,
        version=pairing.version,
        decline_reason=DeclineReason.CAPACITY,
        reason=WHY,
    )


def withdraw(cast: Cast, pairing: Pairing) -> None:
    withdrawing.withdraw_pairing(
        cast.session,
        cast.actor("leader"),
        pairing=pairing,
        version=pairing.version,
        reason=WHY,
    )


Act = Callable[[Cast, Pairing], None]
TOLD: list[tuple[Act, PairingState, PairingTopic, set[str], str | None]] = [
    (
        accept,
        PairingState.PROPOSED,
        PairingTopic.ACCEPTED,
        (PARTIES | COORDINATORS) - {"entrepreneur"},
        None,
    ),
    (ask, PairingState.ACCEPTED, PairingTopic.CHANGES_ASKED, PARTIES, WHY),
    (
        approve,
        PairingState.ACCEPTED,
        PairingTopic.APPROVED,
        (PARTIES | COORDINATORS | ROLE_HOLDERS) - {"coordinator"},
        None,
    ),
    (
        decline,
        PairingState.ACCEPTED,
        PairingTopic.DECLINED,
        (PARTIES | COORDINATORS | ROLE_HOLDERS) - {"coordinator"},
        WHY,
    ),
    (
        withdraw,
        PairingState.ACCEPTED,
        PairingTopic.WITHDRAWN,
        (PARTIES | COORDINATORS | ROLE_HOLDERS) - {"leader"},
        WHY,
    ),
]


def in_cast(cast: Cast, pairing: Pairing) -> Pairing:
    """The case's own adviser, and who stands in for its decision maker, by their names here."""
    adviser = holder_of(pairing, CaseRole.PROCUREMENT_ADVISER)
    decision_maker = holder_of(pairing, CaseRole.DECISION_MAKER)
    assert adviser is not None
    assert decision_maker is not None
    cast.people["case_adviser"] = adviser.person
    cast.people["deputy"] = make_member(cast.session, Role.LEADERSHIP, cast.municipality)
    set_deputy(decision_maker, cast.people["deputy"])
    cast.session.flush()
    return pairing


def messages(cast: Cast) -> list[OutboxMessage]:
    return list(cast.session.scalars(select(OutboxMessage)))


def names(cast: Cast) -> set[str]:
    by_id = {person.id: name for name, person in cast.people.items()}
    return {by_id[message.person_id] for message in messages(cast)}


@pytest.mark.parametrize(("act", "state", "topic", "people", "reason"), TOLD)
def test_every_outcome_is_told_with_its_reason(
    cast: Cast,
    act: Act,
    state: PairingState,
    topic: PairingTopic,
    people: set[str],
    reason: str | None,
) -> None:
    pairing = in_cast(cast, cast.pairing(state))

    act(cast, pairing)

    assert names(cast) == people
    assert {message.topic for message in messages(cast)} == {topic}
    payload = messages(cast)[0].payload
    assert payload["pairing_id"] == pairing.id
    assert payload["need_id"] == cast.need.id
    assert payload["need_title"] == cast.need.title
    assert payload["concept_title"] == cast.concept.title
    assert payload.get("reason") == reason


def test_both_sides_hear_of_a_coordinators_proposal(cast: Cast) -> None:
    propose(cast)

    assert names(cast) == PARTIES
    assert {message.topic for message in messages(cast)} == {PairingTopic.PROPOSED}


def topics(cast: Cast) -> dict[str, str]:
    by_id = {person.id: name for name, person in cast.people.items()}
    return {by_id[message.person_id]: message.topic for message in messages(cast)}


def test_only_the_other_side_is_asked_to_answer_a_proposal(cast: Cast) -> None:
    proposing.propose_pairing(
        cast.session, cast.actor("member"), need=cast.need, concept=cast.concept, motivation=WHY
    )

    assert topics(cast) == {
        "leader": PairingTopic.PROPOSED_ALREADY_YES,
        "entrepreneur": PairingTopic.PROPOSED,
        "colleague": PairingTopic.PROPOSED,
    }


def test_colleagues_of_an_entrepreneur_who_proposed_are_not_asked(cast: Cast) -> None:
    make_interest(cast.session, cast.need, cast.concept)

    proposing.propose_pairing(
        cast.session,
        cast.actor("entrepreneur"),
        need=cast.need,
        concept=cast.concept,
        motivation=WHY,
    )

    assert topics(cast) == {
        "member": PairingTopic.PROPOSED,
        "leader": PairingTopic.PROPOSED,
        "colleague": PairingTopic.PROPOSED_ALREADY_YES,
    }


def test_the_other_side_is_asked_anew_when_a_proposal_is_changed(cast: Cast) -> None:
    again(cast, cast.pairing(PairingState.NEEDS_CHANGES))

    assert topics(cast) == {
        "leader": PairingTopic.PROPOSED_AGAIN_ALREADY_YES,
        "entrepreneur": PairingTopic.PROPOSED_AGAIN,
        "colleague": PairingTopic.PROPOSED_AGAIN,
    }
    assert {message.payload["reason"] for message in messages(cast)} == {WHY}


def test_the_code_of_a_declining_goes_along(cast: Cast) -> None:
    decline(cast, cast.pairing(PairingState.ACCEPTED))

    assert messages(cast)[0].payload["decline_reason"] == "capacity"


def test_a_first_yes_of_two_is_no_outcome(cast: Cast) -> None:
    accept(cast, cast.proposed_by_coordinator())

    assert messages(cast) == []


def test_the_coordinator_who_proposed_hears_the_outcome(cast: Cast) -> None:
    pairing = in_cast(cast, cast.proposed_by_coordinator(PairingState.ACCEPTED))

    cast.approve(pairing, by="second_coordinator")

    assert "coordinator" in names(cast)


def test_a_coordinator_with_a_conflict_is_left_out(cast: Cast) -> None:
    pairing = cast.pairing()
    actor = cast.actor("coordinator")
    deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Bror.")

    accept(cast, pairing)

    assert names(cast) == (PARTIES | COORDINATORS) - {"coordinator", "entrepreneur"}


def test_who_has_left_is_not_told(cast: Cast) -> None:
    cast.person("colleague").active = False

    propose(cast)

    assert names(cast) == PARTIES - {"colleague"}


@pytest.mark.parametrize("state", list(PairingState))
def test_both_sides_of_open_pairings_follow_the_need(cast: Cast, state: PairingState) -> None:
    cast.pairing(state)

    followers = recipients.followers_of_need(cast.session, cast.need)

    over = state in {PairingState.DECLINED, PairingState.WITHDRAWN, PairingState.CLOSED}
    assert followers == (set() if over else {cast.person(name).id for name in PARTIES})


def test_nobody_follows_because_of_an_interest_alone(cast: Cast) -> None:
    make_interest(cast.session, cast.need, cast.concept)

    assert recipients.followers_of_need(cast.session, cast.need) == set()
