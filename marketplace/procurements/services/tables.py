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
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.db import insert_if_new
from marketplace.core.errors import InvalidField, NotAllowed
from marketplace.core.outbox import tell
from marketplace.needs.states import ProcurementRoute
from marketplace.procurements import policies, queries, reckoning, shipped
from marketplace.procurements.models import StepTemplate, Threshold
from marketplace.procurements.reckoning import ChangedAdvice
from marketplace.procurements.services.expectations import (
    SHORT,
    expect_amount,
    expect_fitting_text,
    expect_past_day,
)
from marketplace.procurements.states import (
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementTopic,
    ThresholdKey,
)
from marketplace.procurements.thresholds import ThresholdRow, in_force, jumps, out_of_order
from marketplace.procurements.told import ThresholdTold

SOURCE_LENGTH = 300
REASON_LENGTH = 1000
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
    jump_confirmed: bool = False,
) -> Threshold:
    """A row from a day on. Those that are there are never overwritten."""
    _expect_administrator(actor)
    fill_thresholds(session)
    rows = queries.list_thresholds(session)
    if valid_from in {row.valid_from for row in rows if row.key is key}:
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
    if not jump_confirmed:
        _expect_no_jump(rows, row)
    expect_order([*rows, row], key, valid_from)
    changed = reckoning.changed_advice(session, [*rows, row])
    session.add(row)
    event = record(session, actor, ProcurementEvent.THRESHOLD_ADDED, row, extra=_cases_of(changed))
    _note_in_cases(session, actor, changed)
    _tell_advisers(session, ProcurementTopic.THRESHOLD_ADDED, row, event)
    return row


def withdraw_threshold(
    session: Session, actor: Actor, *, key: ThresholdKey, valid_from: date, reason: str
) -> None:
    """It stays in the table, struck through, and is never used again."""
    _expect_administrator(actor)
    fill_thresholds(session)
    row = queries.get_threshold(session, key, valid_from)
    why = expect_fitting_text("reason", reason, REASON_LENGTH)
    left = [each for each in queries.list_thresholds(session) if each is not row]
    expect_order(left, key, valid_from)
    changed = reckoning.changed_advice(session, left)
    row.withdrawn_by_id, row.withdrawn_at, row.withdrawal_reason = actor.person_id, now(), why
    event = record(
        session,
        actor,
        ProcurementEvent.THRESHOLD_WITHDRAWN,
        row,
        reason=why,
        extra=_cases_of(changed),
    )
    _note_in_cases(session, actor, changed)
    _tell_advisers(session, ProcurementTopic.THRESHOLD_WITHDRAWN, row, event)


def expect_order(rows: Sequence[ThresholdRow], key: ThresholdKey, first: date) -> None:
    """The act never begins over the national limit, nor that over those of the EEA."""
    found = out_of_order(rows, key, first)
    if found is not None:
        lower, upper = found
        raise InvalidField(
            "amount",
            ProcurementRefusal.ORDER_IMPOSSIBLE,
            lower=lower.key,
            lower_amount=lower.amount,
            upper=upper.key,
            upper_amount=upper.amount,
            day=max(lower.valid_from, upper.valid_from, first),
        )


def _expect_no_jump(rows: Sequence[ThresholdRow], row: Threshold) -> None:
    before = in_force(rows, row.valid_from).get(row.key)
    if before is not None and jumps(before.amount, row.amount):
        raise InvalidField(
            "jump_confirmed",
            ProcurementRefusal.JUMP_UNCONFIRMED,
            before=before.amount,
            after=row.amount,
        )


def _cases_of(changed: Sequence[ChangedAdvice]) -> dict[str, Any]:
    return {"changed_cases": [each.subject.pairing_id for each in changed]} if changed else {}


def _note_in_cases(session: Session, actor: Actor, changed: Sequence[ChangedAdvice]) -> None:
    for each in changed:
        tracks = {"track_before": each.before, "track_after": each.after}
        record(session, actor, ProcurementEvent.ADVICE_CHANGED, each.subject, extra=tracks)


def _tell_advisers(
    session: Session, topic: ProcurementTopic, row: Threshold, event: AuditEvent
) -> None:
    told = ThresholdTold(
        key=row.key, amount=row.amount, valid_from=row.valid_from, reason=row.withdrawal_reason
    )
    tell(session, queries.list_advisers(session), topic, event, told)


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
