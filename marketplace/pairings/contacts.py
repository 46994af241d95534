"""Who somebody in a case can talk to: the first question on every one of its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.pairings.case_page import Names
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.policies import ASSIGNERS
from marketplace.pairings.role_map import holder_of
from marketplace.pairings.states import CaseRole


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who to ask; `email` is empty where the name may not be seen, or nobody reads it any more."""

    name: str
    email: str
    since: datetime | None
    left: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A role, its person and deputy, and who can fill it where it is empty."""

    role: CaseRole
    person: Somebody | None
    deputy: Somebody | None
    fillers: tuple[Role, ...]


def contacts_of(pairing: Pairing, names: Names) -> Iterator[Contact]:
    for role in CaseRole:
        holder = holder_of(pairing, role)
        yield Contact(
            role=role,
            person=_person(holder, names),
            deputy=_deputy(holder, names),
            fillers=ASSIGNERS[role],
        )


def _person(holder: CaseRoleHolder | None, names: Names) -> Somebody | None:
    return None if holder is None else _somebody(holder.person, holder.since, names)


def _deputy(holder: CaseRoleHolder | None, names: Names) -> Somebody | None:
    """Only one whose name may be seen: «kommunen» beside «kommunen» tells nobody anything."""
    if holder is None or holder.deputy is None or not names.shows(holder.deputy):
        return None
    return _somebody(holder.deputy, holder.deputy_since, names)


def _somebody(person: Person, since: datetime | None, names: Names) -> Somebody:
    shown = names.shows(person)
    return Somebody(
        name=names.of(person),
        email=person.email if shown and person.active else "",
        since=since if shown else None,
        left=shown and not person.active,
    )
