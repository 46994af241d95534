"""The dated thresholds and the steps of each route: data of the installation.

What is shipped is written into an empty table by whoever writes first; see docs/decisions.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.db import insert_if_new
from marketplace.core.errors import InvalidField, NotAllowed
from marketplace.needs.states import ProcurementRoute
from marketplace.procurements import policies, queries, shipped
from marketplace.procurements.models import StepTemplate, Threshold
from marketplace.procurements.services.expectations import (
    SHORT,
    expect_amount,
    expect_fitting_text,
    expect_past_day,
)
from marketplace.procurements.states import ProcurementEvent, ProcurementRefusal, ThresholdKey

SOURCE_LENGTH = 300
LONGEST_STEP = 1000  # days


def add_threshold(
    session: Session,
    actor: Actor,
    *,
    key: ThresholdKey,
    amount: int | None,
    valid_from: date,
    paragraph: str,
    source: str,
    checked_on: date | None,
) -> Threshold:
    """A row from a day on. Those that are there are never overwritten."""
    _expect_administrator(actor)
    fill_thresholds(session)
    taken = {row.valid_from for row in queries.list_thresholds(session) if row.key is key}
    if valid_from in taken:
        raise InvalidField("valid_from", ProcurementRefusal.DAY_TAKEN)
    row = Threshold(
        key=key,
        amount=expect_amount("amount", amount),
        valid_from=valid_from,
        paragraph=expect_fitting_text("paragraph", paragraph, SHORT),
        source=expect_fitting_text("source", source, SOURCE_LENGTH),
        checked_on=expect_past_day("checked_on", checked_on),
        added_by_id=actor.person_id,
        added_at=now(),
    )
    session.add(row)
    record(session, actor, ProcurementEvent.THRESHOLD_ADDED, row)
    return row


def fill_thresholds(session: Session) -> None:
    if not session.scalar(select(func.count(Threshold.id))):
        _insert(session, Threshold, [_columns(row) for row in shipped.shipped_thresholds()])


def change_steps(
    session: Session,
    actor: Actor,
    *,
    route: ProcurementRoute,
    version: int,
    steps: Sequence[tuple[str, int]],
) -> None:
    """The steps that procurements by this route begin with from now on."""
    _expect_administrator(actor)
    fill_steps(session)
    rows = list(queries.list_step_templates(session, route))
    first = rows[0]
    first.expect_version(version)
    wanted = [_step(route, position, *step) for position, step in enumerate(steps, start=1)]
    if not wanted:
        raise InvalidField("steps", ProcurementRefusal.TEXT_MISSING)
    for row in rows[len(wanted) :]:
        session.delete(row)
    for row, values in zip(rows, wanted, strict=False):
        row.title, row.days = values["title"], values["days"]
    session.add_all(StepTemplate(**values) for values in wanted[len(rows) :])
    flag_modified(first, "title")  # one version for all steps of the route
    listed = {"route": str(route), "steps": [f"{w['title']} ({w['days']})" for w in wanted]}
    record(session, actor, ProcurementEvent.STEP_TEMPLATE_CHANGED, first, extra=listed)


def fill_steps(session: Session) -> None:
    if not session.scalar(select(func.count(StepTemplate.id))):
        rows = [_columns(row) | {"version": 1} for row in shipped.shipped_steps()]
        _insert(session, StepTemplate, rows)


# ---------------------------------------------------------------- parts


def _expect_administrator(actor: Actor) -> None:
    if not policies.can_administer(actor):
        raise NotAllowed(ProcurementRefusal.ADMINISTRATORS_ONLY)


def _insert(
    session: Session, model: type[Threshold | StepTemplate], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Of two who write first at once, the second finds the rows there."""
    for row in rows:
        insert_if_new(session, model, **row)


def _columns(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def _step(route: ProcurementRoute, position: int, title: str, days: int) -> dict[str, Any]:
    if not 0 < days <= LONGEST_STEP:
        raise InvalidField("steps", ProcurementRefusal.NUMBER_OUT_OF_RANGE)
    named = expect_fitting_text("steps", title, SHORT)
    return {"route": route, "position": position, "title": named, "days": days}
