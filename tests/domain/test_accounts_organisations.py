"""Organisations and units: who may change them, and what is refused."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.identifiers import read_organisation_number
from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.services import organisations, units
from marketplace.accounts.services.organisations import OrganisationDetails
from marketplace.accounts.services.units import Readiness
from marketplace.accounts.states import (
    AccountEvent,
    AccountRefusal,
    AccountTopic,
    OrganisationKind,
    OrganisationState,
    ServiceArea,
)
from marketplace.core.actor import ANONYMOUS, Actor, Grant, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import (
    InvalidField,
    NotFound,
    NotNow,
    Stale,
)
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import OutboxMessage
from tests.domain.links_cast import NUMBER, ask_to_register, mailed, register
from tests.domain.refused import refusal
from tests.engines import decided_in_python
from tests.factories import (
    actor_for,
    make_entrepreneur,
    make_member,
    make_organisation,
    make_unit,
)

pytestmark = pytest.mark.usefixtures("quick_hashing")

READINESS = Readiness(2, "Kari Kontakt", "Kari@kommune.example")


def administrator(session: Session) -> Actor:
    return actor_for(make_member(session, Role.ADMINISTRATOR))


def test_a_registered_organisation_waits_and_administrators_are_told(session: Session) -> None:
    chief = make_member(session, Role.ADMINISTRATOR)
    founder = register(session)
    organisation = session.scalars(select(Organisation)).one()
    assert organisation.state is OrganisationState.PENDING
    assert organisation.organisation_number == "974760673"
    actor = queries.actor_of(founder)
    assert actor.grants == (Grant(Role.ENTREPRENEUR, organisation.id),)
    waiting = (chief.id, AccountTopic.ORGANISATION_WAITING)
    assert mailed(session) == sorted([waiting, (founder.id, AccountTopic.REGISTERED)])
    registered = AuditEvent.event == AccountEvent.ORGANISATION_REGISTERED
    assert session.scalars(select(AuditEvent).where(registered)).one().actor_id == founder.id


@decided_in_python
@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"organisation_number": "974760674"}, "organisation_number", "INVALID"),
        ({"organisation_number": "000000000"}, "organisation_number", "INVALID"),
        ({"organisation_number": "12345"}, "organisation_number", "INVALID"),
        ({"email": "ikke en adresse"}, "email", AccountRefusal.EMAIL_INVALID),
        ({"organisation_number": "taken"}, "organisation_number", "TAKEN"),
    ],
)
def test_a_wrong_registration_is_refused_at_its_field(
    session: Session, values: dict[str, str], field: str, code: str
) -> None:
    taken = make_entrepreneur(session)
    if values.get("organisation_number") == "taken":
        values = {"organisation_number": taken.organisation_number}
    if code in {"INVALID", "TAKEN"}:
        code = AccountRefusal[f"ORGANISATION_NUMBER_{code}"]
    refused = refusal(lambda: ask_to_register(session, **values))
    assert isinstance(refused, InvalidField)
    assert (refused.field, refused.code) == (field, code)
    assert session.scalars(select(Organisation)).all() == [taken]


def test_registrations_from_one_address_are_limited(session: Session) -> None:
    for _ in range(10):
        refusal(lambda: ask_to_register(session, email="ikke en adresse"))
    assert refusal(lambda: ask_to_register(session)).code is AccountRefusal.TOO_MANY_ATTEMPTS


@pytest.mark.parametrize("number", ["911 111 119", "199999996", "99999999", "9747606733", ""])
def test_only_norwegian_organisation_numbers_are_taken(number: str) -> None:
    with pytest.raises(InvalidField):
        read_organisation_number(number)


def test_who_registered_is_told_of_the_approval(session: Session) -> None:
    founder = register(session)
    organisation = founder.memberships[0].organisation
    assert organisation is not None
    chief = administrator(session)
    organisations.approve_organisation(
        session, chief, organisation=organisation, version=organisation.version
    )
    assert organisation.state is OrganisationState.APPROVED
    assert organisation.decided_by_id == chief.person_id
    assert (founder.id, AccountTopic.ORGANISATION_APPROVED) in mailed(session)


def test_a_rejection_says_why_to_those_who_registered(session: Session) -> None:
    founder = register(session)
    organisation = founder.memberships[0].organisation
    assert organisation is not None
    chief = administrator(session)

    def reject(reason: str) -> None:
        organisations.reject_organisation(
            session,
            chief,
            organisation=organisation,
            version=organisation.version,
            reason=reason,
        )

    assert refusal(lambda: reject("  ")).code is LifecycleRefusal.REASON_MISSING
    reject("Foretaket er slettet.")
    rejected = OutboxMessage.topic == AccountTopic.ORGANISATION_REJECTED
    message = session.scalars(select(OutboxMessage).where(rejected)).one()
    assert (message.person_id, message.payload["reason"]) == (founder.id, "Foretaket er slettet.")
    twice = refusal(lambda: reject("En gang til."))
    assert isinstance(twice, NotNow)
    organisations.approve_organisation(
        session, chief, organisation=organisation, version=organisation.version
    )
    assert (organisation.state, organisation.rejection_reason) == (
        OrganisationState.APPROVED,
        None,
    )


def test_an_organisation_is_not_approved_twice_nor_from_an_old_page(session: Session) -> None:
    organisation = make_entrepreneur(session)
    chief = administrator(session)
    refused = refusal(
        lambda: organisations.approve_organisation(
            session, chief, organisation=organisation, version=organisation.version
        )
    )
    assert refused.code is LifecycleRefusal.WRONG_STATE
    with pytest.raises(Stale):
        organisations.approve_organisation(
            session, chief, organisation=organisation, version=organisation.version - 1
        )


def test_an_administrator_creates_and_changes_organisations(session: Session) -> None:
    chief = administrator(session)
    made = organisations.create_organisation(
        session,
        chief,
        kind=OrganisationKind.PARTNER,
        details=OrganisationDetails("Investor AS", NUMBER),
    )
    assert made.state is OrganisationState.APPROVED
    other = make_organisation(session)
    change: dict[str, Any] = {"organisation": made, "version": made.version}
    taken = OrganisationDetails("Investor AS", other.organisation_number)
    refused = refusal(
        lambda: organisations.change_organisation(session, chief, **change, details=taken)
    )
    assert refused.code is AccountRefusal.ORGANISATION_NUMBER_TAKEN
    organisations.change_organisation(
        session, chief, **change, details=OrganisationDetails("Nytt navn AS", NUMBER)
    )
    assert made.name == "Nytt navn AS"
    with pytest.raises(Stale):
        organisations.change_organisation(session, chief, **change, details=taken)


def test_units_belong_to_municipalities_and_have_names_of_their_own(session: Session) -> None:
    chief, municipality = administrator(session), make_organisation(session)

    def create(organisation: Organisation, name: str = "Solgløtt") -> Unit:
        return units.create_unit(
            session,
            chief,
            organisation=organisation,
            name=name,
            area=ServiceArea.SCHOOL,
            readiness=READINESS,
        )

    unit = create(municipality)
    assert unit.contact_email == "kari@kommune.example"
    assert refusal(lambda: create(municipality)).code is AccountRefusal.UNIT_NAME_TAKEN
    refused = refusal(lambda: create(make_entrepreneur(session)))
    assert refused.code is AccountRefusal.ONLY_MUNICIPALITIES_HAVE_UNITS
    assert create(make_organisation(session)).name == unit.name


def test_leaders_keep_their_own_readiness_card_only(session: Session) -> None:
    unit, other = make_unit(session), make_unit(session)
    leader = actor_for(make_member(session, Role.UNIT_LEADER, unit))
    member = actor_for(make_member(session, Role.UNIT_MEMBER, unit))
    full = Readiness(5, "Per", "per@kommune.example", test_experience="To utprøvinger.")
    session.commit()

    def change(actor: Actor, which: Unit, readiness: Readiness = full) -> None:
        units.change_readiness(
            session, actor, unit=which, version=which.version, readiness=readiness
        )

    change(leader, unit)
    assert (unit.capacity, unit.contact_name) == (5, "Per")
    for actor, which in ((leader, other), (member, unit), (ANONYMOUS, unit)):
        refused = refusal(lambda a=actor, w=which: change(a, w))  # type: ignore[misc]  # the defaults bind the loop's values
        assert refused.code is AccountRefusal.UNIT_LEADER_OR_ADMINISTRATOR
    bad = Readiness(1, "Per", "ikke en adresse")
    refused = refusal(lambda: change(leader, unit, bad))
    assert isinstance(refused, InvalidField)
    assert refused.field == "contact_email"
    with pytest.raises(Stale):
        units.change_readiness(session, leader, unit=unit, version=unit.version - 1, readiness=full)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.before["capacity"], event.after["capacity"]) == (2, 5)


def test_an_organisation_that_waits_is_seen_by_its_own_and_by_administrators(
    session: Session,
) -> None:
    pending = make_entrepreneur(session, state=OrganisationState.PENDING)
    founder = actor_for(make_member(session, Role.ENTREPRENEUR, pending))
    for actor in (founder, administrator(session)):
        assert queries.get_organisation(session, actor, pending.id) is pending
    stranger = actor_for(make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)))
    for actor in (ANONYMOUS, stranger):
        with pytest.raises(NotFound):
            queries.get_organisation(session, actor, pending.id)
    with pytest.raises(NotFound):
        queries.get_unit(session, 999_999)
