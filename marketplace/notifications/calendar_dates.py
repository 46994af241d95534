"""The dates that somebody may want in a calendar: only of what the person may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.concepts.models import Concept
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.errors import NotFound
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestState
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.notifications.states import DateKind
from marketplace.pairings import queries as pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import sides_of
from marketplace.pairings.states import PairingState, Side
from marketplace.pilots.models import Checkpoint, Pilot
from marketplace.pilots.policies import has_reported
from marketplace.pilots.states import PilotState
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ONGOING
from marketplace.questions import queries as questions
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState

Row = TypeVar("Row")
PARTIES = (Side.UNIT, Side.ENTREPRENEUR)


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One whole day. `sequence` grows when the row behind it is changed, at `changed_at`."""

    kind: DateKind
    row_id: int
    day: date
    sequence: int
    changed_at: datetime
    path: str
    need: str
    concept: str = ""
    title: str = ""


def list_dates(session: Session, actor: Actor) -> list[CalendarDate]:
    """What concerns this person, in the order of the days."""
    finders = dict.fromkeys(_FINDERS.values())
    found = [each for find in finders for each in find(session, actor, None)]
    return sorted(found, key=lambda each: (each.day, each.kind, each.row_id))


def get_date(session: Session, actor: Actor, kind: DateKind, row_id: int) -> CalendarDate:
    """One date that the person may see, whether or not it would be in their own calendar."""
    found = (each for each in _FINDERS[kind](session, actor, row_id) if each.kind is kind)
    date_ = next(found, None)
    if date_ is None:
        raise NotFound
    return date_


# ---------------------------------------------------------------- of a case

_OF_CASE = joinedload(Pairing.need), joinedload(Pairing.concept)


def _decisions(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    statement = (
        select(Decision)
        .join(Decision.pairing)
        .options(joinedload(Decision.pairing).options(*_OF_CASE))
        .where(pairings.visible_to(actor), Decision.state == DecisionState.AWAITED)
    )
    for row in session.scalars(_only(statement, Decision.id, row_id)):
        changed = (row.due_on, row.version - 1, row.awaited_since)
        yield _of_case(DateKind.DECISION, row.id, changed, row.pairing, "decision")


def _agreed(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    """Until the clock runs the agreement in force says when; after an extension the new one."""
    settled = select(Decision.id).where(
        Decision.pairing_id == Agreement.pairing_id,
        or_(Decision.state != DecisionState.EXTEND, Decision.due_on >= Agreement.decision_on),
    )
    statement = (
        select(Agreement)
        .join(Agreement.pairing)
        .options(joinedload(Agreement.pairing).options(*_OF_CASE))
        .where(
            pairings.visible_to(actor),
            Pairing.state == PairingState.APPROVED,
            Agreement.state == AgreementState.SIGNED,
            ~settled.exists(),
        )
    )
    for row in session.scalars(_only(statement, Agreement.pairing_id, row_id)):
        if row.decision_on is not None:
            changed = (row.decision_on, row.number - 1, row.updated_at)
            # Named by the case, so that a new version moves the date instead of adding one.
            kind = DateKind.AGREED_DECISION
            yield _of_case(kind, row.pairing_id, changed, row.pairing, "agreement")


def _checkpoints(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    statement = (
        select(Checkpoint)
        .join(Checkpoint.pilot)
        .join(Pilot.pairing)
        .options(
            joinedload(Checkpoint.pilot).joinedload(Pilot.pairing).options(*_OF_CASE),
            selectinload(Checkpoint.reports),
        )
        .where(
            pairings.visible_to(actor),
            Checkpoint.dropped_at.is_(None),
            Pilot.state != PilotState.ENDED,
            Pairing.state == PairingState.APPROVED,
        )
    )
    for row in session.scalars(_only(statement, Checkpoint.id, row_id)):
        if row_id is not None or _is_awaited(actor, row):
            changed = (row.due_on, row.version - 1, row.created_at)
            pairing = row.pilot.pairing
            yield _of_case(DateKind.CHECKPOINT, row.id, changed, pairing, "pilot")


def _is_awaited(actor: Actor, checkpoint: Checkpoint) -> bool:
    """Whether a side that this person speaks for is silent; for others, either of them."""
    own = sides_of(actor, checkpoint.pilot.pairing)
    sides = [side for side in PARTIES if side in own] or PARTIES
    return any(not has_reported(checkpoint, side) for side in sides)


def _steps(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    """Of a procurement, the steps that the person has."""
    statement = (
        select(ProcurementStep)
        .join(ProcurementStep.procurement)
        .join(Procurement.pairing)
        .options(
            joinedload(ProcurementStep.procurement)
            .joinedload(Procurement.pairing)
            .options(*_OF_CASE)
        )
        .where(
            pairings.visible_to(actor),
            ProcurementStep.owner_id == actor.person_id,
            ProcurementStep.done_on.is_(None),
            ProcurementStep.dropped_at.is_(None),
            Procurement.state.in_(ONGOING),
            Pairing.state == PairingState.APPROVED,
        )
    )
    for row in session.scalars(_only(statement, ProcurementStep.id, row_id)):
        changed = (row.due_on, row.version - 1, row.created_at)
        pairing = row.procurement.pairing
        yield _of_case(DateKind.STEP, row.id, changed, pairing, "procurement", row.title)


def _of_case(
    kind: DateKind,
    row_id: int,
    changed: tuple[date, int, datetime],
    pairing: Pairing,
    page: str,
    title: str = "",
) -> CalendarDate:
    day, sequence, changed_at = changed
    return CalendarDate(
        kind=kind,
        row_id=row_id,
        day=day,
        sequence=sequence,
        changed_at=changed_at,
        path=f"/pairings/{pairing.id}/{page}",
        need=pairing.need.title,
        concept=pairing.concept.title,
        title=title,
    )


# ---------------------------------------------------------------- of a need


def _deadlines(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    statement = select(Need).where(needs.visible_to(actor), Need.state == NeedState.PUBLISHED)
    if row_id is None:
        statement = statement.where(_followed(actor))
    for need in session.scalars(_only(statement, Need.id, row_id)):
        for kind, day in (
            (DateKind.QUESTIONS_CLOSE, need.questions_close_on),
            (DateKind.INTERESTS_CLOSE, need.interests_close_on),
        ):
            if day is not None:
                yield _of_need(kind, need.id, (day, need.version - 1, need.updated_at), need)


def _followed(actor: Actor) -> ColumnElement[bool]:
    """Needs of the person's own units, those they have joined, and those they have answered."""
    units = actor.unit_ids(*UNIT_ROLES)
    owned = Concept.organisation_id.in_(sorted(actor.organisation_ids(Role.ENTREPRENEUR)))
    answered = (
        select(Interest.need_id)
        .join(Interest.concept)
        .where(owned, Interest.state == InterestState.REGISTERED)
    )
    asked = select(Question.need_id).where(Question.asker_id == (actor.person_id or 0))
    return or_(
        Need.unit_id.in_(sorted(units)),
        Need.id.in_(needs.joined_by(units)),
        Need.id.in_(answered),
        Need.id.in_(asked),
    )


def _answers(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    """By when the unit should answer a question: for the unit, and for whoever follows it up."""
    statement = (
        select(Question)
        .join(Question.need)
        .options(joinedload(Question.need))
        .where(questions.followed_up_by(actor), Question.state == QuestionState.WAITING)
    )
    if row_id is None:
        statement = statement.where(Need.unit_id.in_(sorted(actor.unit_ids(*UNIT_ROLES))))
    for row in session.scalars(_only(statement, Question.id, row_id)):
        changed = (row.due_on, row.version - 1, row.updated_at)
        yield _of_need(DateKind.ANSWER_DUE, row.id, changed, row.need)


def _of_need(
    kind: DateKind, row_id: int, changed: tuple[date, int, datetime], need: Need
) -> CalendarDate:
    day, sequence, changed_at = changed
    return CalendarDate(
        kind=kind,
        row_id=row_id,
        day=day,
        sequence=sequence,
        changed_at=changed_at,
        path=f"/needs/{need.id}",
        need=need.title,
    )


def _only(
    statement: Select[Row], column: InstrumentedAttribute[int], row_id: int | None
) -> Select[Row]:
    return statement if row_id is None else statement.where(column == row_id)


Find = Callable[[Session, Actor, int | None], Iterator[CalendarDate]]
_FINDERS: dict[DateKind, Find] = {
    DateKind.DECISION: _decisions,
    DateKind.AGREED_DECISION: _agreed,
    DateKind.CHECKPOINT: _checkpoints,
    DateKind.STEP: _steps,
    DateKind.QUESTIONS_CLOSE: _deadlines,
    DateKind.INTERESTS_CLOSE: _deadlines,
    DateKind.ANSWER_DUE: _answers,
}
