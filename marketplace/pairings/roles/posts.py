"""What somebody has in cases, and is to needs: what is handed over when they leave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from marketplace.accounts.models import Person
from marketplace.needs.models import Need
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.states import CaseRole


@dataclass(frozen=True)
class Post:
    """One role of one case that somebody has, or stands in for."""

    holder: CaseRoleHolder
    deputises: bool
    may_replace: bool
    candidates: Sequence[Person]

    @cached_property
    def key(self) -> str:
        """Its name in the form and in what the service is given."""
        return f"{'deputy' if self.deputises else 'holder'}_{self.holder.id}"

    @property
    def pairing(self) -> Pairing:
        return self.holder.pairing

    @property
    def role(self) -> CaseRole:
        return self.holder.role

    @property
    def title(self) -> str:
        """What the page calls the case in a sentence."""
        return self.pairing.concept.title

    def candidate(self, person_id: int | None) -> Person | None:
        return person_among(self.candidates, person_id)


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


AnyPost = Post | NeedPost


def person_among(people: Sequence[Person], person_id: int | None) -> Person | None:
    return next((person for person in people if person.id == person_id), None)


def replaceable(posts: Iterable[AnyPost]) -> list[AnyPost]:
    return [post for post in posts if post.may_replace and (post.candidates or post.deputises)]
