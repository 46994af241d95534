"""Who counts as a reader of a row, refusals first."""

import pytest

from marketplace.core.actor import ANONYMOUS, UNIT_ROLES, Actor, Grant, Role
from marketplace.core.sight import Around, Reader, municipal_roles, reads

HERE, THERE = 1, 2
UNIT, OTHER_UNIT = 10, 11
ORGANISATION = 20
AROUND = Around(
    municipality_id=HERE,
    unit_id=UNIT,
    joined_ids=lambda: [OTHER_UNIT],
    organisation_id=ORGANISATION,
    role_ids=lambda: [7],
    asker_id=8,
)
NOBODY_AROUND = Around()


def actor(role: Role, organisation_id: int, unit_id: int | None = None, person: int = 5) -> Actor:
    return Actor(person, grants=(Grant(role, organisation_id, unit_id),))


MEMBER = actor(Role.UNIT_MEMBER, HERE, UNIT)
JOINED = actor(Role.UNIT_LEADER, HERE, OTHER_UNIT)
FAR = actor(Role.UNIT_LEADER, HERE, 12)
OWNER = actor(Role.ENTREPRENEUR, ORGANISATION)
CASE = (
    Reader.UNIT, Reader.JOINED_UNITS, Reader.COORDINATORS, Reader.ADVISERS, Reader.LEADERSHIP,
    Reader.ROLE_HOLDERS, Reader.ORGANISATION, Reader.ASKER,
)  # fmt: skip


@pytest.mark.parametrize(
    "stranger",
    [
        ANONYMOUS,
        FAR,
        actor(Role.UNIT_MEMBER, THERE, 30),
        actor(Role.COORDINATOR, THERE),
        actor(Role.LEADERSHIP, THERE),
        actor(Role.ENTREPRENEUR, 21),
        actor(Role.PARTNER, 22),
        Actor(9, grants=(Grant(Role.ADMINISTRATOR),)),
    ],
)
def test_whoever_stands_apart_reads_nothing_of_a_case(stranger: Actor) -> None:
    assert not reads(stranger, CASE, AROUND)


@pytest.mark.parametrize("person", [MEMBER, JOINED, OWNER, ANONYMOUS])
def test_where_nobody_stands_around_nobody_reads(person: Actor) -> None:
    assert not reads(person, CASE, NOBODY_AROUND)


def test_a_role_in_a_case_counts_only_for_people_of_the_municipality() -> None:
    deputy = actor(Role.UNIT_LEADER, HERE, 12, person=7)
    moved_away = actor(Role.UNIT_LEADER, THERE, 30, person=7)
    assert reads(deputy, (Reader.ROLE_HOLDERS,), AROUND)
    assert not reads(moved_away, (Reader.ROLE_HOLDERS,), AROUND)


@pytest.mark.parametrize(
    ("reader", "person"),
    [
        (Reader.EVERYONE, ANONYMOUS),
        (Reader.MUNICIPALITIES, actor(Role.LEADERSHIP, THERE)),
        (Reader.UNIT, MEMBER),
        (Reader.JOINED_UNITS, JOINED),
        (Reader.ALL_UNITS, FAR),
        (Reader.COORDINATORS, actor(Role.COORDINATOR, HERE)),
        (Reader.ADVISERS, actor(Role.PROCUREMENT_ADVISER, HERE)),
        (Reader.LEADERSHIP, actor(Role.LEADERSHIP, HERE)),
        (Reader.ORGANISATION, OWNER),
        (Reader.ASKER, Actor(8)),
        (Reader.ADMINISTRATORS, Actor(9, grants=(Grant(Role.ADMINISTRATOR),))),
    ],
)
def test_each_group_is_known_by_how_it_stands_to_the_row(reader: Reader, person: Actor) -> None:
    assert reads(person, (reader,), AROUND)


def test_a_query_filters_by_the_roles_of_the_same_groups() -> None:
    assert municipal_roles(CASE) == {Role.COORDINATOR, Role.PROCUREMENT_ADVISER, Role.LEADERSHIP}
    assert municipal_roles((Reader.UNIT, Reader.ORGANISATION)) == frozenset()
    assert municipal_roles((Reader.ALL_UNITS,)) == UNIT_ROLES
