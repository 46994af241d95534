"""The parties answer: yes, changes, once more, and no."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import OutboxMessage
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import answering, deciding, proposing, withdrawing
from marketplace.pairings.states import (
    PAIRING_LIFECYCLE,
    Fallen,
    PairingEvent,
    PairingMove,
    PairingRefusal,
    PairingState,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS, Cast
from tests.engines import decided_in_python
from tests.factories import grant_role

REASON = "Vi trenger et klarere opplegg."


def accept(cast: Cast, name: str, pairing: Pairing, version: int | None = None) -> None:
    answering.accept_pairing(
        cast.session, cast.actor(name), pairing=pairing, version=version or pairing.version
    )


def ask(cast: Cast, name: str, pairing: Pairing, version: int | None = None) -> None:
    answering.ask_for_changes(
        cast.session,
        cast.actor(name),
        pairing=pairing,
        version=version or pairing.version,
        reason=REASON,
    )


def again(cast: Cast, name: str, pairing: Pairing, version: int | None = None) -> None:
    proposing.propose_again(
        cast.session,
        cast.actor(name),
        pairing=pairing,
        version=version or pairing.version,
        motivation="Nå med fast møtedag.",
    )


def withdraw(cast: Cast, name: str, pairing: Pairing, version: int | None = None) -> None:
    withdrawing.withdraw_pairing(
        cast.session,
        cast.actor(name),
        pairing=pairing,
        version=version or pairing.version,
        reason=REASON,
    )


Act = Callable[..., None]
ACTS: dict[PairingMove, Act] = {
    PairingMove.ACCEPT: accept,
    PairingMove.ASK_FOR_CHANGES: ask,
    PairingMove.PROPOSE_AGAIN: again,
    PairingMove.WITHDRAW: withdraw,
}
RIGHT_PERSON = {
    PairingMove.ACCEPT: "entrepreneur",
    PairingMove.ASK_FOR_CHANGES: "entrepreneur",
    PairingMove.PROPOSE_AGAIN: "member",
    PairingMove.WITHDRAW: "member",
}
STRANGERS = (*NO_PART_IN_IT, *ONLOOKERS)
WRONG_PERSON = [
    *((PairingMove.ACCEPT, who, PairingRefusal.PARTIES_ONLY) for who in STRANGERS),
    (PairingMove.ACCEPT, "coordinator", PairingRefusal.PARTIES_ONLY),
    *(
        (PairingMove.ASK_FOR_CHANGES, who, PairingRefusal.OTHER_PARTY_OR_COORDINATOR)
        for who in (*STRANGERS, "member", "leader")
    ),
    *(
        (PairingMove.PROPOSE_AGAIN, who, PairingRefusal.PROPOSER_ONLY)
        for who in (*STRANGERS, "entrepreneur", "coordinator")
    ),
    *((PairingMove.WITHDRAW, who, PairingRefusal.PARTIES_ONLY) for who in STRANGERS),
    (PairingMove.WITHDRAW, "coordinator", PairingRefusal.PARTIES_ONLY),
]


def state_for(move: PairingMove) -> PairingState:
    return max(PAIRING_LIFECYCLE.moves[move].sources)


# ---------------------------------------------------------------- the guards of every move


@decided_in_python
@pytest.mark.parametrize(("move", "who", "refusal"), WRONG_PERSON)
def test_the_wrong_person_is_refused(
    cast: Cast, move: PairingMove, who: str, refusal: PairingRefusal
) -> None:
    pairing = cast.pairing(state_for(move))

    with pytest.raises(NotAllowed) as refused:
        ACTS[move](cast, who, pairing)
    assert refused.value.code is refusal
    assert pairing.state is state_for(move)


@decided_in_python
@pytest.mark.parametrize(
    ("move", "state"),
    [
        (move, state)
        for move in ACTS
        for state in PairingState
        if not PAIRING_LIFECYCLE.allows(state, move)
    ],
)
def test_the_wrong_state_is_refused(cast: Cast, move: PairingMove, state: PairingState) -> None:
    pairing = cast.pairing(state)

    with pytest.raises(NotNow) as refused:
        ACTS[move](cast, RIGHT_PERSON[move], pairing)
    assert refused.value.code is LifecycleRefusal.WRONG_STATE
    assert pairing.state is state


@decided_in_python
@pytest.mark.parametrize("move", list(ACTS))
def test_a_stale_version_is_refused(cast: Cast, move: PairingMove) -> None:
    pairing = cast.pairing(state_for(move))

    with pytest.raises(Stale):
        ACTS[move](cast, RIGHT_PERSON[move], pairing, pairing.version + 1)


# ---------------------------------------------------------------- yes


@pytest.mark.parametrize("name", ["entrepreneur", "colleague"])
def test_the_entrepreneurs_yes_completes_the_units_proposal(cast: Cast, name: str) -> None:
    pairing = cast.pairing()

    accept(cast, name, pairing)

    assert pairing.state is PairingState.ACCEPTED
    assert pairing.entrepreneur_accepted_by_id == cast.person(name).id
    assert pairing.entrepreneur_accepted_at == now()


@pytest.mark.parametrize("name", ["member", "leader"])
def test_the_units_yes_completes_the_entrepreneurs_proposal(cast: Cast, name: str) -> None:
    pairing = cast.proposed_by_entrepreneur()

    accept(cast, name, pairing)

    assert pairing.state is PairingState.ACCEPTED
    assert pairing.unit_accepted_by_id == cast.person(name).id


@pytest.mark.parametrize("order", [("leader", "entrepreneur"), ("entrepreneur", "leader")])
def test_a_coordinators_proposal_needs_both(cast: Cast, order: tuple[str, str]) -> None:
    pairing = cast.proposed_by_coordinator()

    states = []
    for name in order:
        accept(cast, name, pairing)
        states.append(pairing.state)

    assert states == [PairingState.PROPOSED, PairingState.ACCEPTED]


@pytest.mark.parametrize("name", ["member", "leader"])
def test_a_side_says_yes_once(cast: Cast, name: str) -> None:
    pairing = cast.pairing()

    with pytest.raises(NotNow) as refused:
        accept(cast, name, pairing)
    assert refused.value.code is PairingRefusal.ALREADY_ACCEPTED


def test_nobody_says_yes_for_both_sides(cast: Cast) -> None:
    pairing = cast.pairing()
    grant_role(cast.session, cast.person("member"), Role.ENTREPRENEUR, cast.concept.organisation)

    with pytest.raises(NotNow) as refused:
        accept(cast, "member", pairing)
    assert refused.value.code is PairingRefusal.ALREADY_ACCEPTED


# ---------------------------------------------------------------- changes


@pytest.mark.parametrize("state", [PairingState.PROPOSED, PairingState.ACCEPTED])
@pytest.mark.parametrize("name", ["entrepreneur", "coordinator"])
def test_changes_are_asked_for(cast: Cast, state: PairingState, name: str) -> None:
    pairing = cast.pairing(state)

    ask(cast, name, pairing)

    assert pairing.state is PairingState.NEEDS_CHANGES
    assert pairing.change_request == REASON
    assert pairing.changes_asked_by_id == cast.person(name).id
    assert pairing.changes_asked_at == now()


@pytest.mark.parametrize("name", ["member", "entrepreneur", "second_coordinator"])
def test_all_but_its_coordinator_ask_for_changes_in_a_coordinators_proposal(
    cast: Cast, name: str
) -> None:
    pairing = cast.proposed_by_coordinator()

    ask(cast, name, pairing)

    assert pairing.state is PairingState.NEEDS_CHANGES


def test_a_coordinator_does_not_review_their_own_proposal(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as refused:
        ask(cast, "coordinator", cast.proposed_by_coordinator())
    assert refused.value.code is PairingRefusal.OWN_PROPOSAL


def test_a_coordinator_with_a_conflict_does_not_ask_for_changes(cast: Cast) -> None:
    pairing = cast.pairing()
    coordinator = cast.actor("coordinator")
    deciding.declare_conflict(cast.session, coordinator, pairing=pairing, reason="Kjenner dem.")

    with pytest.raises(NotAllowed) as refused:
        ask(cast, "coordinator", pairing)
    assert refused.value.code is PairingRefusal.CONFLICT_DECLARED


@decided_in_python
@pytest.mark.parametrize("service", [answering.ask_for_changes, withdrawing.withdraw_pairing])
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_move_that_ends_or_returns_needs_a_reason(cast: Cast, service: Act, reason: str) -> None:
    pairing = cast.pairing()

    with pytest.raises(InvalidField) as refused:
        service(
            cast.session,
            cast.actor("entrepreneur"),
            pairing=pairing,
            version=pairing.version,
            reason=reason,
        )
    assert (refused.value.field, refused.value.code) == (
        "reason",
        LifecycleRefusal.REASON_MISSING,
    )
    assert pairing.state is PairingState.PROPOSED


# ---------------------------------------------------------------- proposed again


def test_proposing_again_renews_the_own_yes_and_asks_the_other_side_anew(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    ask(cast, "coordinator", pairing)

    with clock_at(now() + timedelta(days=2)):
        again(cast, "leader", pairing)
        assert pairing.proposed_at == pairing.unit_accepted_at == now()

    assert pairing.state is PairingState.PROPOSED
    assert pairing.motivation == "Nå med fast møtedag."
    assert pairing.unit_accepted_by_id == cast.person("leader").id
    assert pairing.entrepreneur_accepted_at is None
    assert pairing.entrepreneur_accepted_by_id is None


def test_a_coordinator_who_proposes_again_needs_both_yeses_again(cast: Cast) -> None:
    pairing = cast.proposed_by_coordinator()
    accept(cast, "member", pairing)
    ask(cast, "entrepreneur", pairing)

    again(cast, "coordinator", pairing)

    assert pairing.unit_accepted_at is None
    assert pairing.entrepreneur_accepted_at is None


def test_another_coordinator_does_not_take_the_proposal_over(cast: Cast) -> None:
    pairing = cast.proposed_by_coordinator(PairingState.NEEDS_CHANGES)

    with pytest.raises(NotAllowed) as refused:
        again(cast, "second_coordinator", pairing)
    assert refused.value.code is PairingRefusal.PROPOSER_ONLY


@pytest.mark.parametrize(
    ("motivation", "refusal"),
    [
        ("", PairingRefusal.TEXT_MISSING),
        ("Konseptet treffer det vi trenger. ", PairingRefusal.MOTIVATION_UNCHANGED),
    ],
)
def test_proposing_again_says_something_new(
    cast: Cast, motivation: str, refusal: PairingRefusal
) -> None:
    pairing = cast.pairing(PairingState.NEEDS_CHANGES)

    with pytest.raises(InvalidField) as refused:
        proposing.propose_again(
            cast.session,
            cast.actor("member"),
            pairing=pairing,
            version=pairing.version,
            motivation=motivation,
        )
    assert (refused.value.field, refused.value.code) == ("motivation", refusal)
    assert pairing.state is PairingState.NEEDS_CHANGES


# ---------------------------------------------------------------- no


@pytest.mark.parametrize("name", ["member", "leader", "entrepreneur", "colleague"])
@pytest.mark.parametrize(
    "state", [PairingState.PROPOSED, PairingState.ACCEPTED, PairingState.NEEDS_CHANGES]
)
def test_either_party_withdraws_before_the_decision(
    cast: Cast, state: PairingState, name: str
) -> None:
    pairing = cast.pairing(state)

    withdraw(cast, name, pairing)

    assert pairing.state is PairingState.WITHDRAWN
    assert pairing.withdrawn_by_id == cast.person(name).id
    assert pairing.withdrawn_at == now()
    assert pairing.withdrawal_reason == REASON


def test_a_coordinator_withdraws_their_own_proposal(cast: Cast) -> None:
    pairing = cast.proposed_by_coordinator()

    withdraw(cast, "coordinator", pairing)

    assert pairing.state is PairingState.WITHDRAWN
    assert pairing.standing is Fallen.COORDINATOR_WITHDREW


@pytest.mark.parametrize(
    ("proposer", "name", "standing"),
    [
        ("unit", "leader", Fallen.UNIT_WITHDREW),
        ("unit", "colleague", Fallen.ENTREPRENEUR_SAID_NO),
        ("entrepreneur", "colleague", Fallen.ENTREPRENEUR_WITHDREW),
        ("entrepreneur", "member", Fallen.UNIT_SAID_NO),
        ("coordinator", "member", Fallen.UNIT_SAID_NO),
        ("coordinator", "entrepreneur", Fallen.ENTREPRENEUR_SAID_NO),
    ],
)
def test_withdrawn_is_only_what_one_has_proposed(
    cast: Cast, proposer: str, name: str, standing: Fallen
) -> None:
    makers = {"unit": cast.pairing, "entrepreneur": cast.proposed_by_entrepreneur,
              "coordinator": cast.proposed_by_coordinator}  # fmt: skip
    pairing = makers[proposer]()

    withdraw(cast, name, pairing)

    assert pairing.standing is standing
    told = cast.session.scalars(select(OutboxMessage)).first()
    assert told is not None
    assert told.payload["fallen"] == standing


def test_a_coordinator_does_not_withdraw_another_coordinators(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as refused:
        withdraw(cast, "second_coordinator", cast.proposed_by_coordinator())
    assert refused.value.code is PairingRefusal.PARTIES_ONLY


@decided_in_python
@pytest.mark.parametrize("move", list(ACTS))
def test_no_move_is_made_twice(cast: Cast, move: PairingMove) -> None:
    pairing = cast.pairing(state_for(move))
    ACTS[move](cast, RIGHT_PERSON[move], pairing)

    with pytest.raises(NotNow):
        ACTS[move](cast, RIGHT_PERSON[move], pairing)


RECORDED = {
    PairingMove.ACCEPT: (PairingEvent.ENTREPRENEUR_ACCEPTED, None),
    PairingMove.ASK_FOR_CHANGES: (PairingEvent.CHANGES_ASKED, REASON),
    PairingMove.PROPOSE_AGAIN: (PairingEvent.PROPOSED_AGAIN, "Nå med fast møtedag."),
    PairingMove.WITHDRAW: (PairingEvent.WITHDRAWN, REASON),
}


@pytest.mark.parametrize("move", list(ACTS))
def test_every_move_is_recorded_once_with_before_after_and_why(
    cast: Cast, move: PairingMove
) -> None:
    pairing, name = cast.pairing(state_for(move)), RIGHT_PERSON[move]

    ACTS[move](cast, name, pairing)

    event = cast.session.scalars(select(AuditEvent)).one()
    assert (event.event, event.reason) == RECORDED[move]
    assert (event.subject_type, event.subject_id) == ("Pairing", pairing.id)
    assert event.actor_id == cast.person(name).id
    assert event.before["state"] == state_for(move).value
    assert event.after["state"] == pairing.state.value
