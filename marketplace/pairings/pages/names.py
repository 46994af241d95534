"""The names of people, as far as somebody may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from flask_babel import gettext as _

from marketplace.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Names:
    """The names that somebody may see; of all others only where they belong."""

    shown: frozenset[int] | None

    def also(self, people: Iterable[int | None]) -> Self:
        """These and the others: who has bound both sides by name is known to both."""
        if self.shown is None:
            return self
        return type(self)(self.shown | {one for one in people if one is not None})

    def of(self, person: Person | None) -> str:
        return "" if person is None else self.pick(person.id, person.name)

    def shows(self, person: Person) -> bool:
        return self.shows_id(person.id)

    def shows_id(self, person_id: int) -> bool:
        return self.shown is None or person_id in self.shown

    def pick(self, person_id: int | None, name: str) -> str:
        return name if person_id is None or self.shows_id(person_id) else _("kommunen")
