"""Whose each thing that waits is, as conditions on the select that finds things of its kind.

A condition is put together for a kind of person, by the roles they hold somewhere; who it is and
where they hold them are parameters. What can be of nobody of that kind is `false()`: then the
whole select is left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Label,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    true,
)
from sqlalchemy.sql.elements import False_

from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.dashboards.states import Party, Work
from marketplace.pairings.models import CaseRoleHolder, ConflictDeclaration, Pairing
from marketplace.pairings.states import CaseRole

PERSON = bindparam("person", type_=Integer)
ADMINISTERS = "administers"

Holdings = frozenset[str]
"""Where somebody holds roles, by name; the ids are in `places_of`."""


def places_of(actor: Actor) -> Mapping[str, Sequence[int]]:
    """The ids of the units and organisations where the actor holds roles."""
    return {
        "units": sorted(actor.unit_ids(*UNIT_ROLES)),
        "led_units": sorted(actor.unit_ids(Role.UNIT_LEADER)),
        "owned": sorted(actor.organisation_ids(Role.ENTREPRENEUR)),
        "registered": sorted(actor.organisation_ids(Role.ENTREPRENEUR, Role.PARTNER)),
        "coordinated": sorted(actor.organisation_ids(Role.COORDINATOR)),
        "advised": sorted(actor.organisation_ids(Role.PROCUREMENT_ADVISER)),
        "led": sorted(actor.organisation_ids(Role.LEADERSHIP)),
    }


def holdings_of(actor: Actor) -> Holdings:
    held = {name for name, ids in places_of(actor).items() if ids}
    return frozenset(held | ({ADMINISTERS} if actor.holds(Role.ADMINISTRATOR) else set()))


def values_of(actor: Actor) -> dict[str, Any]:
    return {"person": actor.person_id, **places_of(actor)}


def within(column: ColumnElement[Any], places: str, held: Holdings) -> ColumnElement[bool]:
    return column.in_(bindparam(places, expanding=True)) if places in held else false()


def is_nobodys(condition: ColumnElement[bool]) -> bool:
    return isinstance(condition, False_)


def either(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """`or_` that stays `false()` where nothing can be true."""
    possible = [each for each in conditions if not is_nobodys(each)]
    return or_(*possible) if possible else false()


def both(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return false() if any(map(is_nobodys, conditions)) else and_(*conditions)


def kind_of(statement: Select[Any]) -> Work:
    return Work(str(_constant(statement.selected_columns.kind)))


def _constant(column: ColumnElement[Any]) -> str | None:
    """What is the same in all rows of the select."""
    element = column.element if isinstance(column, Label) else column
    return element.value if isinstance(element, BindParameter) else None


def acts(statement: Select[Any], held: Holdings) -> ColumnElement[bool]:
    """Whether it waits for this very person."""
    columns = statement.selected_columns
    own = columns.person_id == PERSON
    theirs = {
        Party.AUTHOR: both(own, within(columns.unit_id, "units", held)),
        Party.UNIT: within(columns.unit_id, "units", held),
        Party.UNIT_LEADER: within(columns.unit_id, "led_units", held),
        Party.ENTREPRENEUR: within(columns.entrepreneur_id, "owned", held),
        Party.COORDINATOR: both(
            within(columns.municipality_id, "coordinated", held), _may_coordinate(statement)
        ),
        Party.DECISION_MAKER: _has_role(statement, CaseRole.DECISION_MAKER),
        Party.CASE_ADVISER: _has_role(statement, CaseRole.PROCUREMENT_ADVISER),
        Party.ADMINISTRATOR: true() if ADMINISTERS in held else false(),
    }
    waits_for = _constant(columns.waits_for)
    if waits_for is not None:
        return theirs.get(Party(waits_for), false())
    return either(*(both(columns.waits_for == str(p), mine) for p, mine in theirs.items()))


def _has_role(statement: Select[Any], role: CaseRole) -> ColumnElement[bool]:
    """Whether the case's role is this person's, or they stand in for who has it."""
    return exists().where(
        CaseRoleHolder.pairing_id == statement.selected_columns.subject_id,
        CaseRoleHolder.role == role,
        or_(CaseRoleHolder.person_id == PERSON, CaseRoleHolder.deputy_id == PERSON),
    )


def _may_coordinate(statement: Select[Any]) -> ColumnElement[bool]:
    """Nobody publishes what they wrote or decides what they had a part in."""
    own = func.coalesce(statement.selected_columns.person_id == PERSON, false())
    kind = kind_of(statement)
    if kind is Work.NEED_REVIEW:
        return ~own
    if kind is Work.PAIRING_DECISION:
        return and_(~own, ~_has_a_part())
    return own if kind is Work.PAIRING_CHANGES else false()


def _has_a_part() -> ColumnElement[bool]:
    said_yes = (Pairing.unit_accepted_by_id, Pairing.entrepreneur_accepted_by_id)
    declared = exists().where(
        ConflictDeclaration.pairing_id == Pairing.id, ConflictDeclaration.person_id == PERSON
    )
    return or_(declared, *(func.coalesce(who == PERSON, false()) for who in said_yes))


def follows(statement: Select[Any], held: Holdings) -> ColumnElement[bool]:
    """What a person is shown though others have to act on it."""
    columns = statement.selected_columns
    coordinates = within(columns.municipality_id, "coordinated", held)
    owned = within(columns.entrepreneur_id, "owned", held)
    followed: dict[Work, ColumnElement[bool]] = {
        Work.NEED_REVIEW: coordinates,
        Work.NEED_WITHOUT_PAIRING: coordinates,
        Work.PAIRING_DECISION: either(coordinates, owned),
        Work.INTEREST_NEW: owned,
        Work.AGREEMENT_UNIT_SIGNATURE: owned,
        Work.DECISION: either(owned, within(columns.municipality_id, "led", held)),
        Work.PROCUREMENT_ROUTE: owned,
        Work.PROCUREMENT_STEP: owned,
        Work.ORGANISATION_PENDING: within(columns.entrepreneur_id, "registered", held),
    }
    return followed.get(kind_of(statement), false())


def advises(statement: Select[Any], held: Holdings) -> ColumnElement[bool]:
    columns = statement.selected_columns
    if kind_of(statement) is not Work.PAIRING_ADVISER:
        return false()
    return both(columns.person_id == PERSON, within(columns.municipality_id, "advised", held))
