"""What waits for somebody: each feature says it of its own rows, and for whom.

«My work» and «needs attention» ask everything in `AWAITED`, and know no feature's rules.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, cast, null, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from marketplace.core.db import UtcDateTime
from marketplace.core.registry import Registry


class Party(StrEnum):
    """Whom something waits for."""

    AUTHOR = "author"
    UNIT = "waits_for_unit"
    UNIT_LEADER = "waits_for_unit_leader"
    ENTREPRENEUR = "waits_for_entrepreneur"
    COORDINATOR = "waits_for_coordinator"
    ADVISER = "waits_for_adviser"
    CASE_ADVISER = "waits_for_case_adviser"
    DECISION_MAKER = "waits_for_decision_maker"
    PERSON = "waits_for_person"
    ADMINISTRATOR = "waits_for_administrator"


class Follower(StrEnum):
    """Who is shown what waits for others."""

    COORDINATORS = "coordinators"
    LEADERSHIP = "leadership"
    ENTREPRENEUR = "entrepreneur"
    REGISTERED = "registered"


Condition = Callable[[], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Awaited:
    """One kind of thing that waits; `find` has a row of `columns` for each that waits today.

    `coordinator_may` says which coordinator may act, where it waits for one: nobody decides their
    own. `queued` is what a coordinator follows: cases of the municipality, not drafts.
    """

    kind: StrEnum
    waits_for: Party | Callable[[], ColumnElement[str]]
    find: Callable[[], Select[Any]]
    followed_by: frozenset[Follower] = frozenset()
    coordinator_may: Condition | None = None
    queued: bool = True


AWAITED: Registry[Awaited] = Registry()


def register_awaited(awaited: Iterable[Awaited], place: int) -> None:
    for each in awaited:
        AWAITED.add(each, place)


# ---------------------------------------------------------------- what is selected

PERSON = bindparam("person", type_=Integer)
"""Who asks what waits for them."""
NOBODY = cast(null(), Integer)


def columns(
    subject_id: Any,
    since: Any,
    person: Any = NOBODY,
    *,
    need: Any = NOBODY,
    concept: Any = NOBODY,
    unit: Any = NOBODY,
    municipality: Any = NOBODY,
    entrepreneur: Any = NOBODY,
) -> tuple[ColumnElement[Any], ...]:
    """The numbers of rows only: what is read of them is asked for those that are shown."""
    return (
        subject_id.label("subject_id"),
        type_coerce(since, UtcDateTime()).label("since"),
        person.label("person_id"),
        need.label("need_id"),
        concept.label("concept_id"),
        unit.label("unit_id"),
        municipality.label("municipality_id"),
        entrepreneur.label("entrepreneur_id"),
    )


class start_of_day(GenericFunction[datetime]):  # noqa: N801  a function of SQL
    """A date as a moment, so that it can stand in a column of moments."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(start_of_day, "sqlite")
def _on_sqlite(element: start_of_day, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} || ' 00:00:00.000000')"


@compiles(start_of_day, "postgresql")
def _on_postgresql(element: start_of_day, compiler: SQLCompiler, **options: Any) -> str:
    day = compiler.process(element.clauses, **options)
    return f"(CAST({day} AS TIMESTAMP) AT TIME ZONE 'UTC')"
