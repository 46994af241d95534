"""What messages about accounts and organisations carry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from marketplace.accounts.models import Organisation
from marketplace.core.actor import Role
from marketplace.core.told import Told


@dataclass(frozen=True, kw_only=True)
class LinkTold(Told):
    """The secret of a one-time link: the mail leads to it, and nothing else shows it."""

    link_secret: str
    expires_at: datetime | None
    role: Role | None = None
    place: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrganisationTold(Told):
    organisation_id: int
    title: str

    @classmethod
    def of(cls, organisation: Organisation, *, reason: str | None = None) -> Self:
        return cls(organisation_id=organisation.id, title=organisation.name, reason=reason)

    @property
    def about(self) -> str:
        return self.title
