"""The columns that everything that waits has in common, and the statement for a case.

They are the numbers of rows only: what is read of them is asked for those that are shown.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    cast,
    literal,
    null,
    select,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from marketplace.accounts.models import Unit
from marketplace.concepts.models import Concept
from marketplace.core.db import UtcDateTime
from marketplace.dashboards.states import Party, Work
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing

NOBODY = cast(null(), Integer)


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


def work_columns(
    kind: Work,
    subject_id: InstrumentedAttribute[int],
    waits_for: Party | ColumnElement[str],
    since: ColumnElement[datetime] | InstrumentedAttribute[datetime],
    person: Any = NOBODY,
) -> tuple[ColumnElement[Any], ...]:
    party = literal(str(waits_for), String) if isinstance(waits_for, Party) else waits_for
    return (
        literal(str(kind), String).label("kind"),
        subject_id.label("subject_id"),
        party.label("waits_for"),
        type_coerce(since, UtcDateTime()).label("since"),
        person.label("person_id"),
    )


def case_columns(*, with_concept: bool) -> tuple[ColumnElement[Any], ...]:
    concept, owner = (Concept.id, Concept.organisation_id) if with_concept else (NOBODY, NOBODY)
    return (
        Need.id.label("need_id"),
        concept.label("concept_id"),
        Unit.id.label("unit_id"),
        Unit.organisation_id.label("municipality_id"),
        owner.label("entrepreneur_id"),
    )


def owner_columns(concept: Any, owner: Any) -> tuple[ColumnElement[Any], ...]:
    return (
        NOBODY.label("need_id"),
        concept.label("concept_id"),
        NOBODY.label("unit_id"),
        NOBODY.label("municipality_id"),
        owner.label("entrepreneur_id"),
    )


def pairing_work(
    kind: Work,
    waits_for: Party | ColumnElement[str],
    since: Any,
    person: Any = Pairing.proposed_by_id,
) -> Select[Any]:
    own = work_columns(kind, Pairing.id, waits_for, since, person)
    return (
        select(*own, *case_columns(with_concept=True))
        .select_from(Pairing)
        .join(Need, Need.id == Pairing.need_id)
        .join(Unit, Unit.id == Need.unit_id)
        .join(Concept, Concept.id == Pairing.concept_id)
    )
