"""Deputies: who chooses them, who can be one, and what they can do."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import OutboxMessage
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.queries import shown_people
from marketplace.pairings.roles import policies, role_map, services
from marketplace.pairings.services import proposing
from marketplace.pairings.states import (
    OPEN,
    CaseRole,
    PairingEvent,
    PairingRefusal,
    PairingState,
    PairingTopic,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS, Cast
from tests.engines import decided_in_python
from tests.factories import actor_for, make_member


def newcomer(cast: Cast, role: CaseRole) -> Person:
    """Somebody new who fits the role."""
    places: dict[CaseRole, tuple[Role, Unit | Organisation]] = {
        CaseRole.OWNER: (Role.UNIT_LEADER, cast.unit),
        CaseRole.DECISION_MAKER: (Role.LEADERSHIP, cast.municipality),
        CaseRole.PROCUREMENT_ADVISER: (Role.PROCUREMENT_ADVISER, cast.municipality),
        CaseRole.DATA_PROTECTION: (Role.COORDINATOR, cast.municipality),
        CaseRole.UNIT_CONTACT: (Role.UNIT_MEMBER, cast.unit),
        CaseRole.ENTREPRENEUR_CONTACT: (Role.ENTREPRENEUR, cast.concept.organisation),
    }
    return make_member(cast.session, *places[role])


def assign(cast: Cast, name: str, pairing: Pairing, role: CaseRole, person: Person) -> None:
    services.assign_deputy(
        cast.session, cast.actor(name), pairing=pairing, role=role, person_id=person.id
    )


def remove(cast: Cast, name: str, pairing: Pairing, role: CaseRole) -> None:
    services.remove_deputy(cast.session, cast.actor(name), pairing=pairing, role=role)


def holder(pairing: Pairing, role: CaseRole) -> CaseRoleHolder:
    found = role_map.holder_of(pairing, role)
    assert found is not None
    return found


def told(cast: Cast) -> set[tuple[int, str]]:
    return {(m.person_id, m.topic) for m in cast.session.scalars(select(OutboxMessage))}


def chooser(role: CaseRole) -> str:
    return "entrepreneur" if role is CaseRole.ENTREPRENEUR_CONTACT else "coordinator"


# ---------------------------------------------------------------- choosing


@pytest.mark.parametrize("role", list(CaseRole))
def test_every_role_can_have_a_deputy(cast: Cast, role: CaseRole) -> None:
    pairing, person = cast.pairing(), newcomer(cast, role)

    assign(cast, chooser(role), pairing, role, person)

    held = holder(pairing, role)
    assert (held.deputy_id, held.deputy_since) == (person.id, now())
    assert role_map.holds_role(actor_for(person), pairing, role)
    event = cast.session.scalars(select(AuditEvent)).one()
    assert event.event == PairingEvent.DEPUTY_ASSIGNED
    assert event.after["role"] == role.value
    assert event.after["person_id"] == person.id
    assert told(cast) == {(person.id, PairingTopic.DEPUTY_ASSIGNED)}


@decided_in_python
@pytest.mark.parametrize(
    ("name", "role"),
    [
        *((name, role) for name in ("member", *NO_PART_IN_IT, *ONLOOKERS) for role in CaseRole),
        ("coordinator", CaseRole.ENTREPRENEUR_CONTACT),
        ("leader", CaseRole.ENTREPRENEUR_CONTACT),
        ("leader", CaseRole.PROCUREMENT_ADVISER),
        ("entrepreneur", CaseRole.OWNER),
    ],
)
def test_only_who_fills_the_role_chooses_its_deputy(cast: Cast, name: str, role: CaseRole) -> None:
    pairing, person = cast.pairing(), newcomer(cast, role)

    with pytest.raises(NotAllowed) as refused:
        assign(cast, name, pairing, role, person)
    assert refused.value.code is PairingRefusal.ROLE_NOT_YOURS
    assert refused.value.values == {"role": role, "who": policies.ASSIGNERS[role]}
    with pytest.raises(NotAllowed):
        remove(cast, name, pairing, role)


def test_nobody_is_their_own_deputy(cast: Cast) -> None:
    pairing = cast.pairing()

    with pytest.raises(InvalidField) as refused:
        assign(cast, "coordinator", pairing, CaseRole.OWNER, cast.person("leader"))
    assert (refused.value.field, refused.value.code) == ("person_id", PairingRefusal.OWN_DEPUTY)


@decided_in_python
@pytest.mark.parametrize(
    ("role", "unfit"),
    [
        (CaseRole.OWNER, "member"),
        (CaseRole.OWNER, "other_unit"),
        (CaseRole.DECISION_MAKER, "entrepreneur"),
        (CaseRole.PROCUREMENT_ADVISER, "leader"),
        (CaseRole.DATA_PROTECTION, "other_municipality"),
        (CaseRole.ENTREPRENEUR_CONTACT, "other_organisation"),
    ],
)
def test_a_deputy_fits_the_role(cast: Cast, role: CaseRole, unfit: str) -> None:
    with pytest.raises(InvalidField) as refused:
        assign(cast, chooser(role), cast.pairing(), role, cast.person(unfit))
    assert refused.value.code is PairingRefusal.ROLE_DOES_NOT_FIT


def test_who_has_left_is_nobodys_deputy(cast: Cast) -> None:
    cast.person("adviser").active = False

    with pytest.raises(InvalidField):
        assign(
            cast,
            "coordinator",
            cast.pairing(),
            CaseRole.PROCUREMENT_ADVISER,
            cast.person("adviser"),
        )


def test_an_empty_role_has_no_deputy(cast: Cast) -> None:
    pairing = proposing.propose_pairing(
        cast.session,
        cast.actor("member"),
        need=cast.need,
        concept=cast.concept,
        motivation="Det treffer.",
    )

    with pytest.raises(NotNow) as refused:
        assign(cast, "coordinator", pairing, CaseRole.PROCUREMENT_ADVISER, cast.person("adviser"))
    assert refused.value.code is PairingRefusal.ROLE_WITHOUT_HOLDER


@pytest.mark.parametrize("state", [s for s in PairingState if s not in OPEN])
def test_a_case_that_is_over_keeps_its_deputies(cast: Cast, state: PairingState) -> None:
    pairing = cast.pairing(state)

    with pytest.raises(NotNow) as refused:
        assign(cast, "leader", pairing, CaseRole.OWNER, newcomer(cast, CaseRole.OWNER))
    assert refused.value.code is PairingRefusal.CASE_OVER


# ---------------------------------------------------------------- changing and removing


def test_another_deputy_takes_the_place_of_the_first(cast: Cast) -> None:
    pairing, role = cast.pairing(), CaseRole.UNIT_CONTACT
    first, second = newcomer(cast, role), newcomer(cast, role)
    assign(cast, "leader", pairing, role, first)

    assign(cast, "coordinator", pairing, role, second)

    assert holder(pairing, role).deputy_id == second.id
    assert told(cast) == {
        (first.id, PairingTopic.DEPUTY_ASSIGNED),
        (second.id, PairingTopic.DEPUTY_ASSIGNED),
        (first.id, PairingTopic.DEPUTY_REMOVED),
    }


def test_a_deputy_is_removed_once(cast: Cast) -> None:
    pairing, role = cast.pairing(), CaseRole.UNIT_CONTACT
    person = newcomer(cast, role)
    assign(cast, "leader", pairing, role, person)

    remove(cast, "leader", pairing, role)

    held = holder(pairing, role)
    assert (held.deputy_id, held.deputy_since) == (None, None)
    assert (person.id, PairingTopic.DEPUTY_REMOVED) in told(cast)
    last = cast.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert last.event == PairingEvent.DEPUTY_REMOVED
    with pytest.raises(NotNow) as refused:
        remove(cast, "leader", pairing, role)
    assert refused.value.code is PairingRefusal.DEPUTY_MISSING


def test_a_deputy_who_gets_the_role_is_the_deputy_no_longer(cast: Cast) -> None:
    pairing, role = cast.pairing(), CaseRole.UNIT_CONTACT
    person = newcomer(cast, role)
    assign(cast, "leader", pairing, role, person)

    services.assign_role(
        cast.session, cast.actor("leader"), pairing=pairing, role=role, person_id=person.id
    )

    held = holder(pairing, role)
    assert (held.person_id, held.deputy_id, held.deputy_since) == (person.id, None, None)


def test_another_person_keeps_the_deputy(cast: Cast) -> None:
    pairing, role = cast.pairing(), CaseRole.UNIT_CONTACT
    deputy, person = newcomer(cast, role), newcomer(cast, role)
    assign(cast, "leader", pairing, role, deputy)

    services.assign_role(
        cast.session, cast.actor("leader"), pairing=pairing, role=role, person_id=person.id
    )

    assert holder(pairing, role).deputy_id == deputy.id


# ---------------------------------------------------------------- what a deputy is good for


def test_a_deputy_fills_the_role_of_who_has_left(cast: Cast) -> None:
    pairing, role = cast.pairing(PairingState.ACCEPTED), CaseRole.UNIT_CONTACT
    person = newcomer(cast, role)
    assign(cast, "leader", pairing, role, person)
    cast.person("member").active = False

    assert role_map.empty_roles(pairing) == []
    assert role_map.acting(holder(pairing, role)) is person
    person.active = False
    assert role_map.empty_roles(pairing) == [role]


def test_the_entrepreneur_may_know_the_deputy_of_their_contact(cast: Cast) -> None:
    pairing = cast.pairing()
    contact, owner = newcomer(cast, CaseRole.UNIT_CONTACT), newcomer(cast, CaseRole.OWNER)
    assign(cast, "leader", pairing, CaseRole.UNIT_CONTACT, contact)
    assign(cast, "leader", pairing, CaseRole.OWNER, owner)

    shown = shown_people(cast.session, cast.actor("entrepreneur"), pairing)

    assert shown is not None
    assert contact.id in shown
    assert owner.id not in shown


# ---------------------------------------------------------------- what the database holds


@pytest.mark.parametrize("broken", ["own", "without a day", "a day of nobody"])
def test_the_database_refuses_it_too(cast: Cast, broken: str) -> None:
    pairing = cast.pairing()
    held = holder(pairing, CaseRole.OWNER)
    broken_rows: dict[str, dict[str, Any]] = {
        "own": {"deputy_id": held.person_id, "deputy_since": now()},
        "without a day": {"deputy_id": cast.person("member").id},
        "a day of nobody": {"deputy_since": now()},
    }

    with pytest.raises(IntegrityError), cast.session.begin_nested():
        cast.session.execute(
            update(CaseRoleHolder).where(CaseRoleHolder.id == held.id).values(**broken_rows[broken])
        )
