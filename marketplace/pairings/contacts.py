"""Who somebody in a case can talk to: the first question on every one of its pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.accounts.models import Person
from marketplace.pairings.case_page import Names
from marketplace.pairings.models import Pairing
from marketplace.pairings.role_map import holder_of
from marketplace.pairings.states import CaseRole


@dataclass(frozen=True, slots=True)
class Contact:
    """A role and who to ask; `email` is empty where the name may not be seen."""

    role: CaseRole
    name: str
    email: str
    deputy: str


def contacts_of(pairing: Pairing, names: Names) -> Iterator[Contact]:
    for role in CaseRole:
        holder = holder_of(pairing, role)
        if holder is not None:
            yield Contact(
                role=role,
                name=names.of(holder.person),
                email=_address(holder.person, names),
                deputy=names.of(holder.deputy),
            )


def _address(person: Person, names: Names) -> str:
    return person.email if names.shown is None or person.id in names.shown else ""
