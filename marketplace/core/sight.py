"""Who sees a text that somebody has written: one definition for pages, promises and docs.

A feature's policies say it of their own columns, as a `Sight`. The promise at a form's field, the
check before a text is shown and the table in docs/security.md are made from that, and a test walks
all pages as everybody and holds them to it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from marketplace.core.actor import MUNICIPAL_ROLES, UNIT_ROLES, Actor, Role


class Reader(StrEnum):
    """Groups of people, by how they stand to the row that a text is in."""

    EVERYONE = "everyone"
    APPROVED = "approved"
    SELF = "self"
    MUNICIPALITIES = "municipalities"
    UNIT = "unit"
    JOINED_UNITS = "joined_units"
    ALL_UNITS = "all_units"
    COORDINATORS = "coordinators"
    ADVISERS = "advisers"
    LEADERSHIP = "leadership"
    ROLE_HOLDERS = "role_holders"
    CASE_ADVISER = "case_adviser"
    ORGANISATION = "organisation"
    ASKER = "asker"
    FOLLOWERS = "followers"
    PARTNER = "partner"
    ADMINISTRATORS = "administrators"


class Stage(StrEnum):
    """How far a row has come, where that decides who sees it; mostly its state."""

    PENDING = "pending"
    REJECTED = "rejected"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    NEEDS_CHANGES = "needs_changes"
    ARCHIVED = "archived"
    ASKED = "asked"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    TURNED_DOWN = "turned_down"
    UNPUBLISHED = "unpublished"
    UNSHARED = "unshared"
    EXEMPT = "exempt"
    UNAPPROVED = "unapproved"


Readers = tuple[Reader, ...]
EVERYONE: Readers = (Reader.EVERYONE,)


def _state(row: Any) -> str:
    return str(getattr(row, "state", ""))


@dataclass(frozen=True, slots=True)
class Sight:
    """Who reads some columns of a table.

    `earlier` holds while a row is in one of its stages, `readers` before and after. `at_most` means
    that the readers meet the text where it is used, and that nobody else does.
    """

    table: str
    columns: tuple[str, ...]
    readers: Readers
    earlier: Mapping[Stage, Readers] = field(default_factory=dict)
    stage_of: Callable[[Any], str] = _state
    at_most: bool = False

    def readers_of(self, row: Any) -> Readers:
        stage = self.stage_of(row)
        return next((who for at, who in self.earlier.items() if at == stage), self.readers)


def _nobody() -> Collection[int]:
    return ()


@dataclass(frozen=True, slots=True)
class Around:
    """Who stands around a row: what `Reader` is counted from. Lists are read when asked for."""

    municipality_id: int | None = None
    unit_id: int | None = None
    joined_ids: Callable[[], Collection[int]] = _nobody
    organisation_id: int | None = None
    role_ids: Callable[[], Collection[int]] = _nobody
    asker_id: int | None = None


_ROLES: dict[Reader, frozenset[Role]] = {
    Reader.ALL_UNITS: UNIT_ROLES,
    Reader.COORDINATORS: frozenset({Role.COORDINATOR}),
    Reader.ADVISERS: frozenset({Role.PROCUREMENT_ADVISER}),
    Reader.LEADERSHIP: frozenset({Role.LEADERSHIP}),
}
"""Groups that a role in the municipality makes."""


def municipal_roles(readers: Readers) -> frozenset[Role]:
    """The same for a query: who reads by a role in the municipality, whatever the unit."""
    return frozenset[Role]().union(*(_ROLES.get(reader, frozenset()) for reader in readers))


def _in_the_municipality(actor: Actor, around: Around, roles: Collection[Role]) -> bool:
    return around.municipality_id in actor.organisation_ids(*roles)


def _works_in_joined(actor: Actor, around: Around) -> bool:
    own = actor.unit_ids(*UNIT_ROLES)
    return bool(own) and not own.isdisjoint(around.joined_ids())


def _holds_a_role(actor: Actor, around: Around) -> bool:
    """Whoever decides may lead another unit of the municipality, and so may who stands in."""
    here = _in_the_municipality(actor, around, UNIT_ROLES)
    return here and actor.person_id in around.role_ids()


_READS: dict[Reader, Callable[[Actor, Around], bool]] = {
    Reader.EVERYONE: lambda _actor, _around: True,
    Reader.MUNICIPALITIES: lambda actor, _around: actor.holds(*MUNICIPAL_ROLES),
    Reader.UNIT: lambda actor, around: around.unit_id in actor.unit_ids(*UNIT_ROLES),
    Reader.JOINED_UNITS: _works_in_joined,
    Reader.ROLE_HOLDERS: _holds_a_role,
    Reader.ORGANISATION: lambda actor, around: (
        around.organisation_id in actor.organisation_ids(Role.ENTREPRENEUR)
    ),
    Reader.ASKER: lambda actor, around: actor.signed_in and actor.person_id == around.asker_id,
    Reader.ADMINISTRATORS: lambda actor, _around: actor.holds(Role.ADMINISTRATOR),
}


def reads(actor: Actor, readers: Readers, around: Around) -> bool:
    """Whether the actor is one of the readers of a row with these people around it."""
    return any(
        _in_the_municipality(actor, around, _ROLES[reader])
        if reader in _ROLES
        else _READS[reader](actor, around)
        for reader in readers
    )


def can_see(actor: Actor, sight: Sight, row: object, around: Around) -> bool:
    return reads(actor, sight.readers_of(row), around)
