"""The made-up units and entrepreneurs that made-up needs and concepts belong to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session
from stdnum.no import orgnr

from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.accounts.states import OrganisationKind, OrganisationState, ServiceArea
from marketplace.core.actor import Role
from marketplace.core.clock import now
from marketplace.demo.made_up import Writer

UNITS = 100
ENTREPRENEURS = 300
FIRST_NUMBER = 850_000_000
"""Of the organisation numbers: valid, like those of the demo town, and not looked up."""

SERVICES = {
    ServiceArea.HEALTH_CARE: "Hjemmetjenesten",
    ServiceArea.CHILD_WELFARE: "Barnevernet",
    ServiceArea.SCHOOL: "Skolen i",
    ServiceArea.KINDERGARTEN: "Barnehagen i",
    ServiceArea.EMPLOYMENT: "Jobbsenteret",
    ServiceArea.INTEGRATION: "Flyktningtjenesten",
    ServiceArea.CULTURE: "Biblioteket",
    ServiceArea.ENVIRONMENT: "Parkdriften",
    ServiceArea.HOUSING: "Boligkontoret",
    ServiceArea.MENTAL_HEALTH: "Psykisk helse",
}
CONTACT = {"test_experience": "Ingen ennå.", "time_for_pilots": "Noen timer i uka."}


@dataclass(frozen=True, slots=True)
class Home:
    """A unit with one of its members and one of its leaders."""

    unit_id: int
    member_id: int
    leader_id: int


@dataclass(frozen=True, slots=True)
class Owner:
    """An entrepreneur with one of its people."""

    organisation_id: int
    person_id: int
    legal_form: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who writes, leads, reviews and offers."""

    coordinator_id: int
    municipality_id: int
    homes: Sequence[Home]
    owners: Sequence[Owner]


def gather_crowd(session: Session) -> Crowd:
    """Everybody there is, with made-up ones beside them where they are few."""
    chief = session.scalars(
        select(Membership).where(Membership.role == Role.COORDINATOR).order_by(Membership.id)
    ).first()
    if chief is None or chief.organisation is None:
        raise LookupError("nobody is there to review needs")
    town, password_hash = chief.organisation, chief.person.password_hash
    session.add_all(_units(session, town, password_hash, UNITS - len(_homes(session, town))))
    session.add_all(_entrepreneurs(session, password_hash, ENTREPRENEURS - len(_owners(session))))
    session.flush()
    return Crowd(chief.person_id, town.id, _homes(session, town), _owners(session))


def _homes(session: Session, town: Organisation) -> list[Home]:
    member, leader = _first(Role.UNIT_MEMBER), _first(Role.UNIT_LEADER)
    statement = (
        select(Unit.id, member.c.person_id, leader.c.person_id)
        .join(member, member.c.unit_id == Unit.id)
        .join(leader, leader.c.unit_id == Unit.id)
        .where(Unit.organisation_id == town.id)
    )
    return [Home(*row) for row in session.execute(statement.order_by(Unit.id))]


def _owners(session: Session) -> list[Owner]:
    person = _first(Role.ENTREPRENEUR)
    statement = (
        select(Organisation.id, person.c.person_id, func.coalesce(Organisation.legal_form, "AS"))
        .join(person, person.c.organisation_id == Organisation.id)
        .where(Organisation.state == OrganisationState.APPROVED)
    )
    return [Owner(*row) for row in session.execute(statement.order_by(Organisation.id))]


def _first(role: Role) -> Subquery:
    """The first person with the role, of each unit or organisation."""
    return (
        select(
            Membership.organisation_id,
            Membership.unit_id,
            func.min(Membership.person_id).label("person_id"),
        )
        .where(Membership.role == role)
        .group_by(Membership.organisation_id, Membership.unit_id)
        .subquery()
    )


# ---------------------------------------------------------------- who is made up


def _units(
    session: Session, town: Organisation, password_hash: str | None, missing: int
) -> Iterator[Person]:
    """The people of new units; a unit comes with its people."""
    taken = set(session.scalars(select(Unit.name).where(Unit.organisation_id == town.id)))
    for number, name, area in islice(_unit_names(taken), max(0, missing)):
        people = [_person("unit", 2 * number + which, password_hash) for which in (0, 1)]
        unit = Unit(
            organisation=town,
            name=name,
            area=area,
            capacity=1 + number % 3,
            contact_name=people[0].name,
            contact_email=people[0].email,
            **CONTACT,
        )
        for person, role in zip(people, (Role.UNIT_MEMBER, Role.UNIT_LEADER), strict=True):
            person.memberships.append(Membership(role=role, unit=unit, organisation=town))
            yield person


def _unit_names(taken: set[str]) -> Iterator[tuple[int, str, ServiceArea]]:
    areas = list(SERVICES)
    for number in count():
        area = areas[number % len(areas)]
        name = f"{SERVICES[area]} {Writer('unit', number).place()}"
        if name not in taken:
            taken.add(name)
            yield number, name, area


def _entrepreneurs(session: Session, password_hash: str | None, missing: int) -> Iterator[Person]:
    taken = set(session.scalars(select(Organisation.organisation_number)))
    serials = (str(serial) for serial in count(FIRST_NUMBER))
    numbers = (serial for serial in serials if serial not in taken and orgnr.is_valid(serial))
    for organisation_number in islice(numbers, max(0, missing)):
        serial = int(organisation_number) - FIRST_NUMBER
        organisation = Organisation(
            kind=OrganisationKind.ENTREPRENEUR,
            state=OrganisationState.APPROVED,
            decided_at=now(),
            name=f"{Writer('organisation', serial).programme} AS",
            organisation_number=organisation_number,
            legal_form="AS",
        )
        person = _person("organisation", serial, password_hash)
        person.memberships.append(Membership(role=Role.ENTREPRENEUR, organisation=organisation))
        yield person


def _person(kind: str, number: int, password_hash: str | None) -> Person:
    writer = Writer(f"person {kind}", number)
    return Person(
        name=f"{writer.some('given_names')} {writer.some('family_names')}",
        email=f"{kind}-{number}@mengde.example",
        password_hash=password_hash,
        email_proved_at=now(),
    )
