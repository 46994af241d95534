"""The role map: who assigns which role to whom."""

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import OutboxMessage
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import policies, role_map, services
from marketplace.pairings.services import deciding
from marketplace.pairings.states import (
    OPEN,
    CaseRole,
    PairingEvent,
    PairingRefusal,
    PairingState,
    PairingTopic,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS, Cast, make_cast
from tests.engines import decided_in_python
from tests.factories import make_member

UNIT_ROLES = (
    CaseRole.OWNER,
    CaseRole.DECISION_MAKER,
    CaseRole.DATA_PROTECTION,
    CaseRole.UNIT_CONTACT,
)
MUNICIPAL_ROLES = (*UNIT_ROLES, CaseRole.PROCUREMENT_ADVISER)
MAY = {
    "coordinator": MUNICIPAL_ROLES,
    "leader": UNIT_ROLES,
    "entrepreneur": (CaseRole.ENTREPRENEUR_CONTACT,),
}
EVERYBODY = (*MAY, "member", "colleague", *NO_PART_IN_IT, *ONLOOKERS)


def newcomer(cast: Cast, role: CaseRole) -> Person:
    """Somebody new who fits the role."""
    return {
        CaseRole.OWNER: lambda: make_member(cast.session, Role.UNIT_LEADER, cast.unit),
        CaseRole.DECISION_MAKER: lambda: cast.person("leadership"),
        CaseRole.PROCUREMENT_ADVISER: lambda: cast.person("adviser"),
        CaseRole.DATA_PROTECTION: lambda: cast.person("leadership"),
        CaseRole.UNIT_CONTACT: lambda: make_member(cast.session, Role.UNIT_MEMBER, cast.unit),
        CaseRole.ENTREPRENEUR_CONTACT: lambda: cast.person("colleague"),
    }[role]()


def assign(cast: Cast, name: str, pairing: Pairing, role: CaseRole, person: Person) -> None:
    services.assign_role(
        cast.session, cast.actor(name), pairing=pairing, role=role, person_id=person.id
    )


@pytest.mark.parametrize(("name", "role"), [(name, role) for name in MAY for role in MAY[name]])
def test_a_role_is_assigned(cast: Cast, name: str, role: CaseRole) -> None:
    pairing, person = cast.pairing(), newcomer(cast, role)

    assign(cast, name, pairing, role, person)

    holder = role_map.holder_of(pairing, role)
    assert holder is not None
    assert holder.person_id == person.id
    assert len(pairing.roles) == len(CaseRole)


@decided_in_python
@pytest.mark.parametrize(
    ("name", "role"),
    [
        (name, role)
        for name in EVERYBODY
        for role in CaseRole
        if role not in MAY.get("entrepreneur" if name == "colleague" else name, ())
    ],
)
def test_a_role_that_is_not_yours_to_fill(cast: Cast, name: str, role: CaseRole) -> None:
    pairing = cast.pairing()

    with pytest.raises(NotAllowed) as refused:
        assign(cast, name, pairing, role, newcomer(cast, role))
    assert refused.value.code is PairingRefusal.ROLE_NOT_YOURS
    assert refused.value.values == {"role": role, "who": policies.ASSIGNERS[role]}


def test_who_has_a_conflict_does_not_fill_roles(cast: Cast) -> None:
    pairing, actor = cast.pairing(), cast.actor("coordinator")
    deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Bror.")

    with pytest.raises(NotAllowed):
        assign(cast, "coordinator", pairing, CaseRole.OWNER, newcomer(cast, CaseRole.OWNER))


@decided_in_python
@pytest.mark.parametrize(
    ("role", "unfit"),
    [
        (CaseRole.OWNER, "member"),
        (CaseRole.OWNER, "other_unit"),
        (CaseRole.DECISION_MAKER, "member"),
        (CaseRole.DECISION_MAKER, "entrepreneur"),
        (CaseRole.PROCUREMENT_ADVISER, "coordinator"),
        (CaseRole.PROCUREMENT_ADVISER, "leader"),
        (CaseRole.DATA_PROTECTION, "other_municipality"),
        (CaseRole.DATA_PROTECTION, "entrepreneur"),
        (CaseRole.UNIT_CONTACT, "other_unit"),
        (CaseRole.UNIT_CONTACT, "entrepreneur"),
        (CaseRole.ENTREPRENEUR_CONTACT, "other_organisation"),
        (CaseRole.ENTREPRENEUR_CONTACT, "member"),
    ],
)
def test_a_role_wants_a_fitting_person(cast: Cast, role: CaseRole, unfit: str) -> None:
    pairing = cast.pairing()
    by = "entrepreneur" if role is CaseRole.ENTREPRENEUR_CONTACT else "coordinator"

    with pytest.raises(InvalidField) as refused:
        assign(cast, by, pairing, role, cast.person(unfit))
    assert (refused.value.field, refused.value.code) == (
        "person_id",
        PairingRefusal.ROLE_DOES_NOT_FIT,
    )


def test_an_adviser_of_another_municipality_does_not_fit(cast: Cast) -> None:
    stranger = make_member(
        cast.session, Role.PROCUREMENT_ADVISER, make_cast(cast.session).municipality
    )

    with pytest.raises(InvalidField):
        assign(cast, "coordinator", cast.pairing(), CaseRole.PROCUREMENT_ADVISER, stranger)


def test_who_has_left_does_not_fit(cast: Cast) -> None:
    cast.person("adviser").active = False

    with pytest.raises(InvalidField):
        assign(
            cast,
            "coordinator",
            cast.pairing(),
            CaseRole.PROCUREMENT_ADVISER,
            cast.person("adviser"),
        )


@pytest.mark.parametrize("state", [s for s in PairingState if s not in OPEN])
def test_a_case_that_is_over_keeps_its_roles(cast: Cast, state: PairingState) -> None:
    pairing = cast.pairing(state)

    with pytest.raises(NotNow) as refused:
        assign(cast, "leader", pairing, CaseRole.OWNER, newcomer(cast, CaseRole.OWNER))
    assert refused.value.code is PairingRefusal.CASE_OVER


def test_assigning_is_recorded_and_the_person_told(cast: Cast) -> None:
    pairing, adviser = cast.pairing(), cast.person("adviser")
    before = role_map.holder_of(pairing, CaseRole.PROCUREMENT_ADVISER)
    assert before is not None
    before_id = before.person_id

    assign(cast, "coordinator", pairing, CaseRole.PROCUREMENT_ADVISER, adviser)

    event = cast.session.scalars(select(AuditEvent)).one()
    assert event.event == PairingEvent.ROLE_ASSIGNED
    assert event.after == {
        "role": "procurement_adviser",
        "person_id": adviser.id,
        "instead_of_id": before_id,
    }
    messages = cast.session.scalars(select(OutboxMessage)).all()
    assert {(each.person_id, each.topic) for each in messages} == {
        (adviser.id, PairingTopic.ROLE_ASSIGNED),
        (before_id, PairingTopic.ROLE_LOST),
    }
    assert {each.payload["role"] for each in messages} == {"procurement_adviser"}


def test_nobody_is_told_who_gets_the_role_they_have(cast: Cast) -> None:
    pairing = cast.pairing()
    holder = role_map.holder_of(pairing, CaseRole.PROCUREMENT_ADVISER)
    assert holder is not None

    assign(cast, "coordinator", pairing, CaseRole.PROCUREMENT_ADVISER, holder.person)

    topics = cast.session.scalars(select(OutboxMessage.topic)).all()
    assert PairingTopic.ROLE_LOST not in topics
