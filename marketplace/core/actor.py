"""Who is acting: a person with the roles of their memberships, or nobody, or the system."""

from dataclasses import dataclass
from enum import StrEnum

from marketplace.core.errors import NotFound


class Role(StrEnum):
    UNIT_MEMBER = "unit_member"
    UNIT_LEADER = "unit_leader"
    ENTREPRENEUR = "entrepreneur"
    COORDINATOR = "coordinator"
    PROCUREMENT_ADVISER = "procurement_adviser"
    LEADERSHIP = "leadership"
    PARTNER = "partner"
    ADMINISTRATOR = "administrator"


UNIT_ROLES = frozenset({Role.UNIT_MEMBER, Role.UNIT_LEADER})
MUNICIPAL_ROLES = UNIT_ROLES | {Role.COORDINATOR, Role.PROCUREMENT_ADVISER, Role.LEADERSHIP}


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one organisation, or in one of its units."""

    role: Role
    organisation_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    person_id: int | None
    name: str = ""
    grants: tuple[Grant, ...] = ()

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def holds(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def holds_in_organisation(self, organisation_id: int, *roles: Role) -> bool:
        return organisation_id in self.organisation_ids(*roles)

    def holds_in_unit(self, unit_id: int, *roles: Role) -> bool:
        return unit_id in self.unit_ids(*roles)

    def organisation_ids(self, *roles: Role) -> frozenset[int]:
        return frozenset(
            grant.organisation_id
            for grant in self.grants
            if grant.organisation_id is not None and grant.role in roles
        )

    def unit_ids(self, *roles: Role) -> frozenset[int]:
        return frozenset(
            grant.unit_id
            for grant in self.grants
            if grant.unit_id is not None and grant.role in roles
        )


def person_of(actor: Actor) -> int:
    """For a row that must say who; its policy has let nobody else through."""
    if actor.person_id is None:
        raise NotFound
    return actor.person_id


ANONYMOUS = Actor(person_id=None)
SYSTEM = Actor(person_id=None, name="Behovstorget")
