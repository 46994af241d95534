"""What somebody is to the needs of a municipality, beside their roles in its cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.needs.handing_over import PARTS, list_naming
from marketplace.needs.models import Need
from marketplace.pairings.posts import members_of_organisations, person_among
from marketplace.pairings.role_map import Fit
from marketplace.pairings.states import CaseRole

_ROLES = {"contact": CaseRole.UNIT_CONTACT, "decision_maker": CaseRole.DECISION_MAKER}


@dataclass(frozen=True, slots=True)
class NeedPost:
    """A need that names somebody: as its contact, or as who decides after the test."""

    need: Need
    part: str
    candidates: Sequence[Person]
    deputises: bool = False
    may_replace: bool = True

    @property
    def key(self) -> str:
        return f"need_{self.part}_{self.need.id}"

    @property
    def role(self) -> CaseRole:
        """In a case the same thing has a role, and so a name."""
        return _ROLES[self.part]

    @property
    def title(self) -> str:
        return self.need.title

    def candidate(self, person_id: int | None) -> Person | None:
        return person_among(self.candidates, person_id)


def list_need_posts(session: Session, actor: Actor, person: Person) -> list[NeedPost]:
    needs = list_naming(session, actor, person)
    members = members_of_organisations(session, {need.unit.organisation_id for need in needs})
    return [
        NeedPost(
            need=need,
            part=part,
            candidates=_fit(need, part).people(members, without={person.id}),
        )
        for need in needs
        for part in PARTS
        if getattr(need, f"{part}_id") == person.id
    ]


def _fit(need: Need, part: str) -> Fit:
    if part == "contact":
        return Fit("unit_id", need.unit_id, UNIT_ROLES)
    leads = frozenset({Role.UNIT_LEADER, Role.LEADERSHIP})
    return Fit("organisation_id", need.unit.organisation_id, leads)
