"""The coordinator decides: approving, declining, and who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.errors import (
    Incomplete,
    InvalidField,
    NotAllowed,
    NotNow,
    Refused,
    Stale,
)
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.needs.states import NeedOutcome, NeedState
from marketplace.pairings.approval import obstacles_to_approval
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.services import deciding
from marketplace.pairings.states import (
    ApprovalPoint,
    CaseRole,
    DeclineReason,
    PairingEvent,
    PairingRefusal,
    PairingState,
)
from tests.domain.pairing_cast import EVERY_POINT, NO_PART_IN_IT, ONLOOKERS, Cast
from tests.engines import decided_in_python
from tests.factories import grant_role, make_need, make_pairing

NOTE = "Vi har ikke folk til å følge opp i år."


def approve(cast: Cast, name: str, pairing: Pairing, **values: Any) -> None:
    cast.approve(pairing, name, **values)


def decline(cast: Cast, name: str, pairing: Pairing, **values: Any) -> None:
    given: dict[str, Any] = {
        "version": pairing.version,
        "decline_reason": DeclineReason.CAPACITY,
        "reason": NOTE,
    }
    deciding.decline_pairing(cast.session, cast.actor(name), pairing=pairing, **(given | values))


Decide = Callable[..., None]
BOTH = pytest.mark.parametrize("decide", [approve, decline])


# ---------------------------------------------------------------- the guards of both


@decided_in_python
@BOTH
@pytest.mark.parametrize("name", [*NO_PART_IN_IT, *ONLOOKERS, "member", "leader", "entrepreneur"])
def test_only_a_coordinator_of_the_municipality_decides(
    cast: Cast, decide: Decide, name: str
) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    with pytest.raises(NotAllowed) as refused:
        decide(cast, name, pairing)
    assert refused.value.code is PairingRefusal.COORDINATORS_ONLY
    assert pairing.state is PairingState.ACCEPTED


@BOTH
def test_nobody_decides_their_own_proposal(cast: Cast, decide: Decide) -> None:
    pairing = cast.proposed_by_coordinator(PairingState.ACCEPTED)

    with pytest.raises(NotAllowed) as refused:
        decide(cast, "coordinator", pairing)
    assert refused.value.code is PairingRefusal.OWN_PROPOSAL


@BOTH
def test_another_coordinator_decides_it(cast: Cast, decide: Decide) -> None:
    pairing = cast.proposed_by_coordinator(PairingState.ACCEPTED)

    decide(cast, "second_coordinator", pairing)

    assert pairing.decided_by_id == cast.person("second_coordinator").id


@BOTH
def test_who_said_yes_for_a_side_does_not_decide(cast: Cast, decide: Decide) -> None:
    pairing = cast.proposed_by_coordinator(PairingState.ACCEPTED)
    pairing.unit_accepted_by_id = cast.person("leader").id
    grant_role(cast.session, cast.person("leader"), Role.COORDINATOR, cast.municipality)

    with pytest.raises(NotAllowed) as refused:
        decide(cast, "leader", pairing)
    assert refused.value.code is PairingRefusal.SPOKE_FOR_A_SIDE


@BOTH
def test_who_has_declared_a_conflict_does_not_decide(cast: Cast, decide: Decide) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    actor = cast.actor("coordinator")
    deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Søsteren min.")

    with pytest.raises(NotAllowed) as refused:
        decide(cast, "coordinator", pairing)
    assert refused.value.code is PairingRefusal.CONFLICT_DECLARED
    decide(cast, "second_coordinator", pairing)


@decided_in_python
@BOTH
@pytest.mark.parametrize("state", [s for s in PairingState if s is not PairingState.ACCEPTED])
def test_only_what_both_have_accepted_is_decided(
    cast: Cast, decide: Decide, state: PairingState
) -> None:
    pairing = cast.pairing(state)

    with pytest.raises(NotNow) as refused:
        decide(cast, "coordinator", pairing)
    assert refused.value.code is LifecycleRefusal.WRONG_STATE
    assert pairing.state is state


@BOTH
def test_a_stale_page_decides_nothing(cast: Cast, decide: Decide) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    with pytest.raises(Stale):
        decide(cast, "coordinator", pairing, version=pairing.version - 1)
    assert pairing.state is PairingState.ACCEPTED


@BOTH
def test_nothing_is_decided_twice(cast: Cast, decide: Decide) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    decide(cast, "coordinator", pairing)

    for once_more in (approve, decline):
        with pytest.raises(NotNow) as refused:
            once_more(cast, "second_coordinator", pairing)
        assert refused.value.code is LifecycleRefusal.WRONG_STATE


# ---------------------------------------------------------------- approving


def test_an_approval_names_who_when_and_no_conflict(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    cast.approve(pairing)

    assert pairing.state is PairingState.APPROVED
    assert pairing.decided_by_id == cast.person("coordinator").id
    assert pairing.decided_at == now()
    assert pairing.no_conflict_declared


def test_the_audit_trail_keeps_the_ticked_points(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    cast.approve(pairing)

    event = cast.session.scalars(
        select(AuditEvent).where(AuditEvent.event == PairingEvent.APPROVED)
    ).one()
    assert event.before["state"] == "accepted"
    assert event.after["state"] == "approved"
    assert event.after["checklist"] == [point.value for point in ApprovalPoint]


@decided_in_python
@pytest.mark.parametrize("left_out", list(ApprovalPoint))
def test_every_point_of_the_checklist_is_asked(cast: Cast, left_out: ApprovalPoint) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    with pytest.raises(Incomplete) as refused:
        cast.approve(pairing, points=EVERY_POINT - {left_out})
    assert refused.value.code is PairingRefusal.CHECKLIST_INCOMPLETE
    assert refused.value.missing == (left_out,)


def test_no_conflict_is_declared_each_time(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    with pytest.raises(InvalidField) as refused:
        cast.approve(pairing, no_conflict=False)
    assert (refused.value.field, refused.value.code) == (
        "no_conflict",
        PairingRefusal.NO_CONFLICT_UNDECLARED,
    )
    assert pairing.state is PairingState.ACCEPTED


def refusal_of(cast: Cast, pairing: Pairing) -> Refused:
    with pytest.raises(Refused) as refused:
        cast.approve(pairing)
    assert pairing.state is PairingState.ACCEPTED
    return refused.value


def test_a_full_unit_takes_no_more(cast: Cast) -> None:
    cast.unit.capacity = 1
    other_need = make_need(cast.session, cast.unit)
    make_pairing(cast.session, other_need, state=PairingState.APPROVED)

    refused = refusal_of(cast, cast.pairing(PairingState.ACCEPTED))

    assert refused.code is PairingRefusal.UNIT_AT_CAPACITY
    assert refused.values == {"unit": cast.unit.name, "count": 1, "capacity": 1}


def test_a_unit_without_capacity_takes_none(cast: Cast) -> None:
    cast.unit.capacity = 0

    refused = refusal_of(cast, cast.pairing(PairingState.ACCEPTED))

    assert refused.code is PairingRefusal.UNIT_AT_CAPACITY


def test_a_full_concept_takes_no_more(cast: Cast) -> None:
    cast.concept.capacity = 1
    make_pairing(cast.session, concept=cast.concept, state=PairingState.APPROVED)

    refused = refusal_of(cast, cast.pairing(PairingState.ACCEPTED))

    assert refused.code is PairingRefusal.CONCEPT_AT_CAPACITY
    assert refused.values == {"concept": cast.concept.title, "count": 1, "capacity": 1}


@pytest.mark.parametrize("state", [s for s in PairingState if s is not PairingState.APPROVED])
def test_only_approved_pairings_take_room(cast: Cast, state: PairingState) -> None:
    cast.unit.capacity = cast.concept.capacity = 1
    make_pairing(cast.session, make_need(cast.session, cast.unit), state=state)
    make_pairing(cast.session, concept=cast.concept, state=state)
    pairing = cast.pairing(PairingState.ACCEPTED)

    cast.approve(pairing)

    assert pairing.state is PairingState.APPROVED


def test_the_room_of_others_is_theirs(cast: Cast) -> None:
    cast.unit.capacity = cast.concept.capacity = 1
    make_pairing(cast.session, state=PairingState.APPROVED)
    pairing = cast.pairing(PairingState.ACCEPTED)

    cast.approve(pairing)

    assert pairing.state is PairingState.APPROVED


def close_need(cast: Cast) -> None:
    need = cast.need
    need.state, need.outcome = NeedState.CLOSED, NeedOutcome.WITHDRAWN
    need.closed_at, need.closed_by_id = now(), cast.person("leader").id
    need.closing_reason = "Løst på annen måte."


def test_a_closed_need_is_not_tested(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    close_need(cast)

    assert refusal_of(cast, pairing).code is PairingRefusal.NEED_NOT_PUBLISHED


@pytest.mark.parametrize("state", [ConceptState.DRAFT, ConceptState.ARCHIVED])
def test_an_unpublished_concept_is_not_tested(cast: Cast, state: ConceptState) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    cast.concept.state = state

    assert refusal_of(cast, pairing).code is PairingRefusal.CONCEPT_NOT_PUBLISHED


FILLED_BY = {
    CaseRole.OWNER: (Role.UNIT_LEADER, Role.COORDINATOR),
    CaseRole.DECISION_MAKER: (Role.UNIT_LEADER, Role.COORDINATOR),
    CaseRole.PROCUREMENT_ADVISER: (Role.COORDINATOR,),
    CaseRole.DATA_PROTECTION: (Role.UNIT_LEADER, Role.COORDINATOR),
    CaseRole.UNIT_CONTACT: (Role.UNIT_LEADER, Role.COORDINATOR),
    CaseRole.ENTREPRENEUR_CONTACT: (Role.ENTREPRENEUR,),
}


@decided_in_python
@pytest.mark.parametrize("role", list(CaseRole))
def test_an_empty_role_stops_the_approval_and_says_who_can_fill_it(
    cast: Cast, role: CaseRole
) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    held = CaseRoleHolder.pairing_id == pairing.id
    holder = cast.session.scalars(
        select(CaseRoleHolder).where(held, CaseRoleHolder.role == role)
    ).one()
    cast.session.delete(holder)
    cast.session.flush()

    refused = refusal_of(cast, pairing)

    assert refused.code is PairingRefusal.ROLE_EMPTY
    assert refused.values == {"role": role, "who": FILLED_BY[role]}


def test_a_role_whose_holder_has_left_is_empty(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    cast.person("entrepreneur").active = False

    refused = refusal_of(cast, pairing)

    assert refused.values["role"] is CaseRole.ENTREPRENEUR_CONTACT


def test_all_obstacles_are_shown_at_once(cast: Cast) -> None:
    pairing = cast.proposed_by_coordinator(PairingState.PROPOSED)
    actor = cast.actor("coordinator")
    deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Søsteren min.")
    cast.unit.capacity = 0
    make_pairing(cast.session, concept=cast.concept, state=PairingState.APPROVED)
    cast.concept.capacity, cast.concept.state = 1, ConceptState.ARCHIVED
    close_need(cast)
    for holder in pairing.roles:
        cast.session.delete(holder)
    cast.session.flush()
    cast.session.refresh(pairing)

    found = [o.code for o in obstacles_to_approval(cast.session, actor, pairing)]

    assert found == [
        PairingRefusal.OWN_PROPOSAL,
        LifecycleRefusal.WRONG_STATE,
        PairingRefusal.NEED_NOT_PUBLISHED,
        PairingRefusal.CONCEPT_NOT_PUBLISHED,
        PairingRefusal.UNIT_AT_CAPACITY,
        PairingRefusal.CONCEPT_AT_CAPACITY,
        *[PairingRefusal.ROLE_EMPTY] * len(CaseRole),
    ]


def test_nothing_stands_in_the_way_of_a_ready_case(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    assert obstacles_to_approval(cast.session, cast.actor("coordinator"), pairing) == []


# ---------------------------------------------------------------- declining


def test_declining_keeps_the_reason_and_the_words(cast: Cast) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    decline(cast, "coordinator", pairing, reason=f" {NOTE} ")

    assert pairing.state is PairingState.DECLINED
    assert pairing.decline_reason is DeclineReason.CAPACITY
    assert pairing.decline_note == NOTE
    assert pairing.decided_by_id == cast.person("coordinator").id


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        (
            {"decline_reason": None},
            "decline_reason",
            PairingRefusal.DECLINE_REASON_MISSING,
        ),
        ({"reason": " "}, "reason", LifecycleRefusal.REASON_MISSING),
    ],
)
def test_declining_needs_both(cast: Cast, values: dict[str, Any], field: str, code: object) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)

    with pytest.raises(InvalidField) as refused:
        decline(cast, "coordinator", pairing, **values)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert pairing.state is PairingState.ACCEPTED
