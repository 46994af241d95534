"""The role map of a case: who does what inside it, and who could."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_

from marketplace.accounts.models import Membership, Person
from marketplace.concepts.models import Concept
from marketplace.core.actor import MUNICIPAL_ROLES, UNIT_ROLES, Actor, Role
from marketplace.core.errors import NotNow
from marketplace.core.rules import same
from marketplace.needs.models import Need
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.roles.policies import ASSIGNERS
from marketplace.pairings.states import CaseRole, PairingRefusal


def prefilled(need: Need, concept: Concept) -> list[CaseRoleHolder]:
    """What is known when a pairing is proposed; the adviser is assigned by a coordinator."""
    known = {
        CaseRole.OWNER: need.endorsed_by_id,
        CaseRole.DECISION_MAKER: need.decision_maker_id,
        CaseRole.UNIT_CONTACT: need.contact_id,
        CaseRole.ENTREPRENEUR_CONTACT: concept.author_id,
    }
    return [
        CaseRoleHolder(role=role, person_id=person_id)
        for role, person_id in known.items()
        if person_id is not None
    ]


def holder_of(pairing: Pairing, role: CaseRole) -> CaseRoleHolder | None:
    return next((holder for holder in pairing.roles if holder.role is role), None)


def acting(holder: CaseRoleHolder) -> Person | None:
    """Who acts in the role: its person, or the deputy where that person is not here any more."""
    people = (holder.person, holder.deputy)
    return next((person for person in people if person is not None and person.active), None)


def empty_roles(
    pairing: Pairing, needed: Collection[CaseRole] = frozenset(CaseRole)
) -> list[CaseRole]:
    """Those of the needed roles that nobody with an account in use has, nor a deputy."""
    filled = {holder.role for holder in pairing.roles if acting(holder) is not None}
    return [role for role in CaseRole if role in needed and role not in filled]


def expect_filled(pairing: Pairing, needed: Collection[CaseRole]) -> None:
    """Refuse while a needed role is empty; the refusal names the role and who can fill it."""
    for role in empty_roles(pairing, needed):
        raise NotNow(PairingRefusal.ROLE_EMPTY, role=role, who=ASSIGNERS[role])


def holds_role(actor: Actor, pairing: Pairing, role: CaseRole) -> bool:
    """Whether this person has the role, or stands in for who has it."""
    holder = holder_of(pairing, role)
    return holder is not None and is_held_by(actor.person_id, holder)


def is_held_by(person: object, holder: CaseRoleHolder) -> bool:
    """Of one role, or in SQL."""
    return same(holder.person_id, person) | same(holder.deputy_id, person)


# ---------------------------------------------------------------- who fits


@dataclass(frozen=True, slots=True)
class Fit:
    """The place and the roles of a membership that fits a role of the role map."""

    place: str
    place_id: int
    roles: frozenset[Role]

    def in_sql(self) -> ColumnElement[bool]:
        column: ColumnElement[int] = getattr(Membership, self.place)
        return and_(column == self.place_id, Membership.role.in_(sorted(self.roles)))

    def people(self, members: Iterable[Membership], *, without: Collection[int]) -> list[Person]:
        """Those of the members who fit, each once, in their order."""
        fitting = {m.person_id: m.person for m in members if self.admits(m)}
        return [person for person_id, person in fitting.items() if person_id not in without]

    def admits(self, membership: Membership) -> bool:
        return getattr(membership, self.place) == self.place_id and membership.role in self.roles


def fit_for(pairing: Pairing, role: CaseRole) -> Fit:
    unit, municipality = pairing.need.unit_id, pairing.need.unit.organisation_id
    entrepreneur = pairing.concept.organisation_id
    deciders, advisers = {Role.UNIT_LEADER, Role.LEADERSHIP}, {Role.PROCUREMENT_ADVISER}
    fits = {
        CaseRole.OWNER: Fit("unit_id", unit, frozenset({Role.UNIT_LEADER})),
        CaseRole.DECISION_MAKER: Fit("organisation_id", municipality, frozenset(deciders)),
        CaseRole.PROCUREMENT_ADVISER: Fit("organisation_id", municipality, frozenset(advisers)),
        CaseRole.DATA_PROTECTION: Fit("organisation_id", municipality, MUNICIPAL_ROLES),
        CaseRole.UNIT_CONTACT: Fit("unit_id", unit, UNIT_ROLES),
        CaseRole.ENTREPRENEUR_CONTACT: Fit(
            "organisation_id", entrepreneur, frozenset({Role.ENTREPRENEUR})
        ),
    }
    return fits[role]
