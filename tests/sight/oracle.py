"""Who is who in the planted town, told from its files and not by the program's own policies."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Unit
from marketplace.concepts.models import Concept
from marketplace.core.db import Base
from marketplace.core.sight import Reader
from marketplace.demo.story import Story
from marketplace.needs.models import Need, NeedParticipation
from marketplace.pairings.models import Pairing
from marketplace.wishes.models import UnitNo

SIGNED_OUT = "signed out"
UNITS = {
    "own": {"own_leader", "own_member"},
    "joined": {"joined_leader", "joined_member"},
    "far": {"far_leader", "far_member", "holder"},
}
HERE = {
    Reader.ALL_UNITS: UNITS["own"] | UNITS["joined"] | UNITS["far"],
    Reader.COORDINATORS: {"coordinator", "second_coordinator"},
    Reader.ADVISERS: {"adviser", "second_adviser"},
    Reader.LEADERSHIP: {"leadership"},
}
THERE = {
    Reader.COORDINATORS: {"there_coordinator"},
    Reader.ADVISERS: {"there_procurement_adviser"},
}
OWNERS = ("maker", "rival", "stranger", "refused", "waiting")
PEOPLE = (
    SIGNED_OUT,
    "own_leader", "own_member", "joined_member", "far_member", "holder",
    "coordinator", "second_coordinator", "adviser", "second_adviser", "leadership",
    "administrator", "partner", *OWNERS,
    "there_leader", "there_coordinator", "there_procurement_adviser", "there_leadership",
)  # fmt: skip
"""Who is walked as: of joined and far units nobody's role in the unit matters."""
IN_A_MUNICIPALITY = {*HERE[Reader.ALL_UNITS], *(p for p in PEOPLE if p.startswith("there_"))}.union(
    *HERE.values()
)
ALWAYS: dict[Reader, set[str]] = {
    Reader.EVERYONE: set(PEOPLE),
    Reader.FOLLOWERS: set(PEOPLE),
    Reader.APPROVED: set(PEOPLE) - {SIGNED_OUT, "refused", "waiting"},
    Reader.MUNICIPALITIES: IN_A_MUNICIPALITY,
    Reader.ASKER: {"rival"},
    Reader.CASE_ADVISER: {"adviser"},
    Reader.PARTNER: {"partner"},
    Reader.ADMINISTRATORS: {"administrator"},
}
OF_NO_MUNICIPALITY = {"threshold", "step_template"}
OF_NO_CASE = OF_NO_MUNICIPALITY | {"programme"}
"""What cases show of these, any of them may."""


class Oracle:
    def __init__(self, session: Session, story: Story) -> None:
        self.session, self.story = session, story

    def people(self, reader: Reader, row: Base) -> set[str]:
        """Those of the town who stand so to the row."""
        if reader in ALWAYS:
            return ALWAYS[reader]
        if reader in HERE:
            everywhere = row.__tablename__ in OF_NO_MUNICIPALITY
            return HERE[reader] | (THERE.get(reader, set()) if everywhere else set())
        by_row = {
            Reader.UNIT: self._unit,
            Reader.JOINED_UNITS: self._joined,
            Reader.ROLE_HOLDERS: self._role_holders,
            Reader.ORGANISATION: self._owners,
            Reader.SELF: self._self,
        }
        return by_row[reader](row)

    def _role_holders(self, row: Base) -> set[str]:
        return {"holder"} if self._is(row, Pairing, "cancelled") else set()

    def _unit(self, row: Base) -> set[str]:
        if isinstance(row, UnitNo):
            return UNITS[self._key(self.story.town.units, row.unit_id)]
        return UNITS["own"]

    def _joined(self, row: Base) -> set[str]:
        if isinstance(row, NeedParticipation):
            return UNITS[self._key(self.story.town.units, row.unit_id)]
        return UNITS["joined"] if self._is(row, Need, "shared") else set()

    def _self(self, row: Base) -> set[str]:
        own: int = getattr(row, "person_id", None) or row.id  # type: ignore[attr-defined]  # a person
        return {key for key, person in self.story.town.people.items() if person.id == own}

    def _owners(self, row: Base) -> set[str]:
        if row.__tablename__ in OF_NO_CASE:
            return {"maker"}
        concept = self._reached(row, Concept)
        owner = concept.organisation_id if concept is not None else row.id  # type: ignore[attr-defined]  # an organisation
        members = select(Membership.person_id).where(Membership.organisation_id == owner)
        ids = set(self.session.scalars(members))
        return {key for key in OWNERS if self.story.town.people[key].id in ids}

    def _is(self, row: Base, model: type[Base], key: str) -> bool:
        if row.__tablename__ in OF_NO_CASE:
            return True
        known: dict[str, Any] = {"pairing": self.story.cases, "need": self.story.needs}
        wanted: int = known[model.__tablename__][key].id
        return getattr(self._reached(row, model), "id", None) == wanted

    def _key(self, rows: dict[str, Unit], row_id: int) -> str:
        return next(key for key, row in rows.items() if row.id == row_id)

    def _reached(self, row: Base, model: type[Base]) -> Base | None:
        """The row of `model` that this one is about, by its foreign keys."""
        if isinstance(row, model):
            return row
        found = (self._reached(parent, model) for parent in self._parents(row))
        return next((parent for parent in found if parent is not None), None)

    def _parents(self, row: Base) -> Iterator[Base]:
        by_table = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
        for column in inspect(type(row)).columns:
            for key in column.foreign_keys:
                model, value = by_table[key.column.table], getattr(row, column.name)
                if value is not None and model.__tablename__ not in {"person", row.__tablename__}:
                    yield self.session.get_one(model, value)
