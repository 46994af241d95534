"""People and their roles: who may change them, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.models import Membership, OneTimeLink
from marketplace.accounts.services import memberships, organisations, people, units
from marketplace.accounts.services.organisations import OrganisationDetails
from marketplace.accounts.services.units import Readiness
from marketplace.accounts.states import (
    AccountEvent,
    AccountRefusal,
    AccountTopic,
    Language,
    OrganisationKind,
    OrganisationState,
)
from marketplace.core.actor import ANONYMOUS, Actor, Grant, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import (
    InvalidField,
    NotAllowed,
    NotFound,
    NotNow,
    Stale,
)
from marketplace.core.outbox import OutboxMessage
from tests.domain.links_cast import NUMBER, SECRET, mailed
from tests.domain.refused import refusal
from tests.engines import decided_in_python
from tests.factories import (
    actor_for,
    grant_role,
    make_entrepreneur,
    make_member,
    make_organisation,
    make_person,
    make_unit,
)

pytestmark = pytest.mark.usefixtures("quick_hashing")

READINESS = Readiness(2, "Kari Kontakt", "Kari@kommune.example")


def administrator(session: Session) -> Actor:
    return actor_for(make_member(session, Role.ADMINISTRATOR))


@decided_in_python
@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.ENTREPRENEUR, Role.UNIT_LEADER])
def test_only_administrators_administer(session: Session, role: Role | None) -> None:
    unit = make_unit(session)
    pending = make_entrepreneur(session, state=OrganisationState.PENDING)
    places = {Role.COORDINATOR: unit.organisation, Role.ENTREPRENEUR: pending}
    actor = actor_for(make_member(session, role, places.get(role, unit))) if role else ANONYMOUS
    person = make_person(session)
    details = OrganisationDetails("Ny", NUMBER)
    row: dict[str, Any] = {"organisation": pending, "version": pending.version}
    whom: dict[str, Any] = {"person": person, "version": person.version}
    grant = Grant(Role.ADMINISTRATOR)
    attempts: list[Callable[[], object]] = [
        lambda: organisations.approve_organisation(session, actor, **row),
        lambda: organisations.reject_organisation(session, actor, **row, reason="Nei."),
        lambda: organisations.change_organisation(session, actor, **row, details=details),
        lambda: organisations.create_organisation(
            session, actor, kind=OrganisationKind.PARTNER, details=details
        ),
        lambda: units.create_unit(
            session,
            actor,
            organisation=unit.organisation,
            name="Ny",
            area=unit.area,
            readiness=READINESS,
        ),
        lambda: units.change_unit(
            session,
            actor,
            unit=unit,
            version=unit.version,
            name="Ny",
            area=unit.area,
            readiness=READINESS,
        ),
        lambda: people.invite_person(
            session, actor, email="ny@kommune.example", name="Ny", grant=grant
        ),
        lambda: people.resend_invitation(session, actor, person=person),
        lambda: people.deactivate_person(session, actor, **whom),
        lambda: people.activate_person(session, actor, **whom),
        lambda: memberships.grant_membership(session, actor, person=person, grant=grant),
        lambda: memberships.end_membership(session, actor, person=person, membership_id=1),
    ]
    for attempt in attempts:
        refused = refusal(attempt)
        assert isinstance(refused, NotAllowed)
        assert refused.code is AccountRefusal.ADMINISTRATORS_ONLY


def test_an_invited_person_gets_a_role_and_a_link(session: Session) -> None:
    chief, unit = administrator(session), make_unit(session)
    grant = Grant(Role.UNIT_LEADER, unit_id=unit.id)
    person = people.invite_person(
        session, chief, email="Ny@Kommune.example", name="Ny Leder", grant=grant
    )
    assert person.email == "ny@kommune.example"
    actor = queries.actor_of(person)
    assert actor.grants == (Grant(Role.UNIT_LEADER, unit.organisation_id, unit.id),)
    assert mailed(session) == [(person.id, AccountTopic.INVITED)]
    (link,) = session.scalars(select(OneTimeLink))
    (message,) = session.scalars(select(OutboxMessage))
    assert message.payload == {
        "link_secret": message.payload["link_secret"],
        "expires_at": link.expires_at.isoformat(),
        "role": "unit_leader",
        "place": f"{unit.name}, {unit.organisation.name}",
    }
    people.resend_invitation(session, chief, person=person)
    assert len(session.scalars(select(OneTimeLink)).all()) == 2
    again = refusal(
        lambda: people.invite_person(
            session, chief, email="ny@kommune.example", name="Igjen", grant=grant
        )
    )
    assert again.code is AccountRefusal.EMAIL_HAS_ACCOUNT


def test_an_invitation_is_not_sent_to_those_who_have_a_password_or_are_closed(
    session: Session,
) -> None:
    chief = administrator(session)
    accepted = make_person(session, password_hash="x")
    refused = refusal(lambda: people.resend_invitation(session, chief, person=accepted))
    assert refused.code is AccountRefusal.INVITATION_ACCEPTED
    closed = make_person(session, active=False)
    refused = refusal(lambda: people.resend_invitation(session, chief, person=closed))
    assert refused.code is AccountRefusal.PERSON_INACTIVE


def test_the_first_administrator_gets_a_path(session: Session) -> None:
    path = people.invite_first_administrator(
        session, email="sjef@kommune.example", name="Sjef", secret_key=SECRET
    )
    link = queries.get_open_link(session, token=path.removeprefix("/link/"), secret_key=SECRET)
    assert queries.people_with_role(session, Role.ADMINISTRATOR) == [link.person_id]


@decided_in_python
@pytest.mark.parametrize(
    ("role", "place", "code"),
    [
        (Role.UNIT_MEMBER, "municipality", AccountRefusal.ROLE_NEEDS_UNIT),
        (Role.UNIT_LEADER, None, AccountRefusal.ROLE_NEEDS_UNIT),
        (Role.COORDINATOR, "unit", AccountRefusal.ROLE_DOES_NOT_FIT),
        (Role.COORDINATOR, "entrepreneur", AccountRefusal.ROLE_DOES_NOT_FIT),
        (Role.COORDINATOR, None, AccountRefusal.ROLE_DOES_NOT_FIT),
        (Role.ENTREPRENEUR, "municipality", AccountRefusal.ROLE_DOES_NOT_FIT),
        (Role.PARTNER, "entrepreneur", AccountRefusal.ROLE_DOES_NOT_FIT),
        (Role.ADMINISTRATOR, "municipality", AccountRefusal.ROLE_DOES_NOT_FIT),
        (Role.LEADERSHIP, "nowhere", AccountRefusal.ROLE_DOES_NOT_FIT),
    ],
)
def test_a_role_has_to_fit_its_place(
    session: Session, role: Role, place: str | None, code: AccountRefusal
) -> None:
    unit = make_unit(session)
    grants = {
        None: Grant(role),
        "unit": Grant(role, unit_id=unit.id),
        "municipality": Grant(role, unit.organisation_id),
        "entrepreneur": Grant(role, make_entrepreneur(session).id),
        "nowhere": Grant(role, 999_999),
    }
    chief, person = administrator(session), make_person(session)
    refused = refusal(
        lambda: memberships.grant_membership(session, chief, person=person, grant=grants[place])
    )
    assert isinstance(refused, InvalidField)
    assert (refused.field, refused.code) == ("where", code)
    assert person.memberships == []


def test_a_role_is_given_once_and_not_to_a_closed_account(session: Session) -> None:
    chief, person = administrator(session), make_person(session)
    grant = Grant(Role.COORDINATOR, make_organisation(session).id)
    give: dict[str, Any] = {"person": person, "grant": grant}
    memberships.grant_membership(session, chief, **give)
    refused = refusal(lambda: memberships.grant_membership(session, chief, **give))
    assert refused.code is AccountRefusal.ALREADY_MEMBER
    person.active = False
    refused = refusal(lambda: memberships.grant_membership(session, chief, **give))
    assert refused.code is AccountRefusal.PERSON_INACTIVE


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_the_database_refuses_the_same_role_twice(session: Session, role: Role) -> None:
    person, organisation = make_person(session), make_organisation(session)
    where = organisation if role is Role.COORDINATOR else None
    grant_role(session, person, role, where)
    with pytest.raises(IntegrityError):
        grant_role(session, person, role, where)


def test_an_ended_role_is_gone_at_once(session: Session) -> None:
    chief = administrator(session)
    person = make_member(session, Role.COORDINATOR, make_organisation(session))
    membership_id = person.memberships[0].id
    end: dict[str, Any] = {"person": person, "membership_id": membership_id}
    memberships.end_membership(session, chief, **end)
    assert queries.actor_of(person).grants == ()
    event = session.scalars(select(AuditEvent)).one()
    assert (event.event, event.after["role"]) == (AccountEvent.MEMBERSHIP_ENDED, "coordinator")
    with pytest.raises(NotFound):
        memberships.end_membership(session, chief, **end)


def test_the_role_of_one_is_not_ended_through_another(session: Session) -> None:
    chief, other = administrator(session), make_person(session)
    person = make_member(session, Role.COORDINATOR, make_organisation(session))
    with pytest.raises(NotFound):
        memberships.end_membership(
            session, chief, person=other, membership_id=person.memberships[0].id
        )


def test_the_last_administrator_stays(session: Session) -> None:
    person = make_member(session, Role.ADMINISTRATOR)
    make_member(session, Role.ADMINISTRATOR, active=False)
    membership: Membership = person.memberships[0]
    for attempt in (
        lambda: memberships.end_membership(
            session, actor_for(person), person=person, membership_id=membership.id
        ),
        lambda: people.deactivate_person(
            session, actor_for(person), person=person, version=person.version
        ),
    ):
        refused = refusal(attempt)
        assert isinstance(refused, NotNow)
        assert refused.code is AccountRefusal.LAST_ADMINISTRATOR
    second = make_member(session, Role.ADMINISTRATOR)
    people.deactivate_person(session, actor_for(second), person=person, version=person.version)
    assert queries.people_with_role(session, Role.ADMINISTRATOR) == [second.id]


def test_an_account_is_closed_once_from_a_fresh_page_and_opened_again(session: Session) -> None:
    chief, person = administrator(session), make_person(session)
    version = person.version
    people.deactivate_person(session, chief, person=person, version=version)
    with pytest.raises(Stale):
        people.deactivate_person(session, chief, person=person, version=version)
    refused = refusal(
        lambda: people.deactivate_person(session, chief, person=person, version=person.version)
    )
    assert refused.code is AccountRefusal.PERSON_INACTIVE
    people.activate_person(session, chief, person=person, version=person.version)
    assert person.active
    refused = refusal(
        lambda: people.activate_person(session, chief, person=person, version=person.version)
    )
    assert refused.code is AccountRefusal.PERSON_ACTIVE


def test_everyone_changes_their_own_profile(session: Session) -> None:
    person = make_person(session)
    actor = actor_for(person)
    version = person.version
    people.change_profile(
        session, actor, version=version, name="Nytt Navn", language=Language.NYNORSK
    )
    assert (person.name, person.language) == ("Nytt Navn", Language.NYNORSK)
    people.change_language(session, actor, language=Language.ENGLISH)
    assert person.language is Language.ENGLISH
    with pytest.raises(Stale):
        people.change_profile(
            session, actor, version=version, name="Igjen", language=Language.BOKMAL
        )


def test_other_features_find_the_active_people(session: Session) -> None:
    unit = make_unit(session)
    elsewhere = make_unit(session)
    leader = make_member(session, Role.UNIT_LEADER, unit, name="Berit")
    member = make_member(session, Role.UNIT_MEMBER, unit, name="Anna")
    make_member(session, Role.UNIT_MEMBER, unit, active=False)
    stranger = make_member(session, Role.UNIT_LEADER, elsewhere)
    coordinator = make_member(session, Role.COORDINATOR, unit.organisation, name="Cato")
    grant_role(session, coordinator, Role.LEADERSHIP, unit.organisation)
    assert queries.people_with_role(session, Role.UNIT_LEADER) == [leader.id, stranger.id]
    in_municipality = {"organisation_id": unit.organisation_id}
    assert queries.people_with_role(session, Role.COORDINATOR, **in_municipality) == [
        coordinator.id
    ]
    everyone = [leader.id, member.id, coordinator.id]
    assert queries.organisation_people(session, unit.organisation_id) == everyone
