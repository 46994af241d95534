"""The people and organisations of the demo town."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.accounts.queries import actor_of
from marketplace.accounts.states import OrganisationKind, OrganisationState, ServiceArea
from marketplace.core.actor import Actor, Role
from marketplace.core.clock import now
from marketplace.demo.texts import Row, rows


@dataclass
class Town:
    """Who there is, by the keys of the data files."""

    password_hash: str
    organisations: dict[str, Organisation] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def municipality(self) -> Organisation:
        (only,) = (
            o for o in self.organisations.values() if o.kind is OrganisationKind.MUNICIPALITY
        )
        return only

    def actor(self, key: str) -> Actor:
        return actor_of(self.people[key])

    def entrepreneur(self, organisation_key: str) -> Actor:
        """Somebody who speaks for an entrepreneur."""
        organisation = self.organisations[organisation_key]
        person = next(
            person
            for person in self.people.values()
            if any(m.organisation is organisation for m in person.memberships)
        )
        return actor_of(person)


def build_town(session: Session, password_hash: str) -> Town:
    town = Town(password_hash)
    for kind in OrganisationKind:
        for row in rows("organisations", kind):
            town.organisations[row["key"]] = _organisation(kind, row)
    for row in rows("units", "unit"):
        town.units[row["key"]] = _unit(town.municipality, row)
    for order, row in enumerate(rows("people", "person"), start=1):
        town.people[row["key"]] = _person(town, row, order)
    session.add_all((*town.organisations.values(), *town.units.values(), *town.people.values()))
    session.flush()
    return town


def _organisation(kind: OrganisationKind, row: Row) -> Organisation:
    return Organisation(
        kind=kind,
        state=OrganisationState.APPROVED,
        decided_at=now(),
        name=row["name"],
        organisation_number=row["organisation_number"],
        legal_form=row.get("legal_form"),
        about=row.get("about"),
    )


def _unit(municipality: Organisation, row: Row) -> Unit:
    readiness = row["readiness"]
    return Unit(
        organisation=municipality,
        name=row["name"],
        area=ServiceArea(row["area"]),
        capacity=row["capacity"],
        contact_name=row["contact_name"],
        contact_email=row["contact_email"],
        contact_phone=row["contact_phone"],
        test_experience=readiness["test_experience"],
        time_for_pilots=readiness["time_for_pilots"],
        data_and_systems=readiness["data_and_systems"],
        readiness_notes=readiness["notes"],
    )


def _person(town: Town, row: Row, order: int) -> Person:
    person = Person(
        name=row["name"],
        email=row["email"],
        password_hash=town.password_hash,
        email_proved_at=now(),
        demo_order=order if row.get("demo_login") else None,
    )
    for membership in row["memberships"]:
        unit = town.units.get(membership.get("unit", ""))
        organisation = town.organisations.get(membership.get("organisation", ""))
        role = Role(membership["role"])
        if role is Role.ADMINISTRATOR:
            organisation = None
        person.memberships.append(
            Membership(
                role=role, unit=unit, organisation=unit.organisation if unit else organisation
            )
        )
    return person
