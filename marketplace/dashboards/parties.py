"""Whose each thing that waits is, as conditions on the select that finds things of its kind.

A condition is put together for a kind of person, by the roles they hold somewhere; who it is and
where they hold them are parameters. What can be of nobody of that kind is `false()`: then the
whole select is left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    exists,
    false,
    or_,
    true,
)
from sqlalchemy.sql.elements import False_

from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.awaited import PERSON, Awaited, Follower, Party
from marketplace.core.rules import in_sql, of
from marketplace.pairings.models import CaseRoleHolder
from marketplace.pairings.roles.role_map import is_held_by
from marketplace.pairings.states import CaseRole

ADMINISTERS = "administers"
MUNICIPAL = frozenset({"units", "coordinated", "advised", "led"})
"""Where somebody of a municipality holds roles: only they are given something to do by name."""
Columns = Any
"""What is selected of things of one kind."""

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


def acts(each: Awaited, columns: Columns, held: Holdings) -> ColumnElement[bool]:
    """Whether it waits for this very person."""
    may_coordinate = each.coordinator_may() if each.coordinator_may else false()
    theirs = {
        Party.AUTHOR: both(columns.person_id == PERSON, within(columns.unit_id, "units", held)),
        Party.UNIT: within(columns.unit_id, "units", held),
        Party.UNIT_LEADER: within(columns.unit_id, "led_units", held),
        Party.ENTREPRENEUR: within(columns.entrepreneur_id, "owned", held),
        Party.COORDINATOR: both(
            within(columns.municipality_id, "coordinated", held), may_coordinate
        ),
        Party.DECISION_MAKER: _has_role(columns, CaseRole.DECISION_MAKER),
        Party.CASE_ADVISER: _has_role(columns, CaseRole.PROCUREMENT_ADVISER),
        Party.PERSON: columns.person_id == PERSON if held & MUNICIPAL else false(),
        Party.ADMINISTRATOR: true() if ADMINISTERS in held else false(),
    }
    if isinstance(each.waits_for, Party):
        return theirs.get(each.waits_for, false())
    return either(*(both(columns.waits_for == str(p), mine) for p, mine in theirs.items()))


def _has_role(columns: Columns, role: CaseRole) -> ColumnElement[bool]:
    """Whether the case's role is this person's, or they stand in for who has it."""
    return exists().where(
        CaseRoleHolder.pairing_id == columns.subject_id,
        CaseRoleHolder.role == role,
        in_sql(is_held_by(PERSON, of(CaseRoleHolder))),
    )


def follows(each: Awaited, columns: Columns, held: Holdings) -> ColumnElement[bool]:
    """What a person is shown though others have to act on it."""
    places = {
        Follower.COORDINATORS: within(columns.municipality_id, "coordinated", held),
        Follower.LEADERSHIP: within(columns.municipality_id, "led", held),
        Follower.ENTREPRENEUR: within(columns.entrepreneur_id, "owned", held),
        Follower.REGISTERED: within(columns.entrepreneur_id, "registered", held),
    }
    return either(*(where for who, where in places.items() if who in each.followed_by))


def advises(each: Awaited, columns: Columns, held: Holdings) -> ColumnElement[bool]:
    if each.waits_for is not Party.ADVISER:
        return false()
    return both(columns.person_id == PERSON, within(columns.municipality_id, "advised", held))
