"""What waits in a case once it is approved: agreement, test, decision, purchase and lessons.

The subject of each is the pairing, whose pages are the case's.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from marketplace.accounts.models import Membership, Unit
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.core.rules import in_sql, of
from marketplace.dashboards.states import Party, Work
from marketplace.dashboards.work_columns import (
    NOBODY,
    case_columns,
    pairing_work,
    start_of_day,
    work_columns,
)
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.lessons.models import Lesson
from marketplace.needs.models import Need
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.states import CaseRole, PairingState, Side
from marketplace.pilots.models import Checkpoint, CheckpointReport, Pilot
from marketplace.pilots.states import Ending, PilotState
from marketplace.procurements.awaited import is_open
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ONGOING, ProcurementState
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState

Since = Any  # A column of moments, or an expression of one.


def of_cases() -> list[Select[Any]]:
    kinds = (_of_agreements, _of_pilots, _of_decisions, _of_procurements, _of_lessons)
    return [
        statement.where(Pairing.state == PairingState.APPROVED)
        for kind in kinds
        for statement in kind()
    ]


def of_questions() -> list[Select[Any]]:
    own = work_columns(Work.QUESTION, Need.id, Party.UNIT, Question.asked_at)
    statement = (
        select(*own, *case_columns(with_concept=False))
        .join_from(Question, Need)
        .join(Unit, Unit.id == Need.unit_id)
        .where(Question.state == QuestionState.WAITING)
    )
    return [statement]


# ---------------------------------------------------------------- the agreement


def _of_agreements() -> list[Select[Any]]:
    written = exists().where(Agreement.pairing_id == Pairing.id)
    drafted = Agreement.state == AgreementState.DRAFT
    offered = Agreement.state == AgreementState.OFFERED
    return [
        pairing_work(Work.AGREEMENT_MISSING, Party.UNIT, Pairing.decided_at, NOBODY).where(
            ~written
        ),
        _agreement(Work.AGREEMENT_DRAFT, _writing_party(), Agreement.updated_at).where(drafted),
        _agreement(Work.AGREEMENT_UNIT_SIGNATURE, Party.UNIT_LEADER, Agreement.offered_at).where(
            offered, Agreement.unit_signed_at.is_(None)
        ),
        _agreement(
            Work.AGREEMENT_ENTREPRENEUR_SIGNATURE, Party.ENTREPRENEUR, Agreement.offered_at
        ).where(offered, Agreement.entrepreneur_signed_at.is_(None)),
    ]


def _agreement(kind: Work, party: Party | ColumnElement[str], since: Since) -> Select[Any]:
    statement = pairing_work(kind, party, since, NOBODY)
    return statement.join(Agreement, Agreement.pairing_id == Pairing.id)


def _writing_party() -> ColumnElement[str]:
    """The side that is writing the draft: whose the last hand on it was."""
    theirs = exists().where(
        Membership.person_id == Agreement.author_id,
        Membership.organisation_id == Concept.organisation_id,
        Membership.role == Role.ENTREPRENEUR,
    )
    return case((theirs, str(Party.ENTREPRENEUR)), else_=str(Party.UNIT))


# ---------------------------------------------------------------- the test


def _of_pilots() -> list[Select[Any]]:
    in_force = Agreement.state == AgreementState.SIGNED
    stopped = (Pilot.state == PilotState.ENDED, Pilot.ending == Ending.STOPPED)
    starts, ends = start_of_day(Agreement.test_starts_on), start_of_day(Agreement.test_ends_on)
    return [
        _pilot(Work.PILOT_START, Party.UNIT, starts)
        .join(Agreement, Agreement.pairing_id == Pairing.id)
        .where(in_force, Pilot.state == PilotState.PLANNED, Agreement.test_starts_on <= today()),
        _pilot(Work.PILOT_END, Party.UNIT, ends)
        .join(Agreement, Agreement.pairing_id == Pairing.id)
        .where(in_force, Pilot.state == PilotState.RUNNING, Agreement.test_ends_on < today()),
        _checkpoint(Work.CHECKPOINT_UNIT, Party.UNIT, Side.UNIT),
        _checkpoint(Work.CHECKPOINT_ENTREPRENEUR, Party.ENTREPRENEUR, Side.ENTREPRENEUR),
        _pilot(Work.STOP_REASON_UNIT, Party.UNIT, Pilot.ended_at).where(
            *stopped, Pilot.unit_stop_reason.is_(None)
        ),
        _pilot(Work.STOP_REASON_ENTREPRENEUR, Party.ENTREPRENEUR, Pilot.ended_at).where(
            *stopped, Pilot.entrepreneur_stop_reason.is_(None)
        ),
    ]


def _pilot(kind: Work, party: Party, since: Since) -> Select[Any]:
    return pairing_work(kind, party, since, NOBODY).join(Pilot, Pilot.pairing_id == Pairing.id)


def _checkpoint(kind: Work, party: Party, side: Side) -> Select[Any]:
    """The oldest checkpoint of a running test that the side has not reported on."""
    reported = exists().where(
        CheckpointReport.checkpoint_id == Checkpoint.id, CheckpointReport.side == side
    )
    oldest = (
        select(Checkpoint.pilot_id, func.min(Checkpoint.due_on).label("due_on"))
        .where(Checkpoint.due_on <= today(), Checkpoint.dropped_at.is_(None), ~reported)
        .group_by(Checkpoint.pilot_id)
        .subquery()
    )
    statement = _pilot(kind, party, start_of_day(oldest.c.due_on))
    return statement.join(oldest, oldest.c.pilot_id == Pilot.id).where(
        Pilot.state == PilotState.RUNNING
    )


# ---------------------------------------------------------------- decision and purchase


def _of_decisions() -> list[Select[Any]]:
    holder = _holder_of(CaseRole.DECISION_MAKER)
    awaited = pairing_work(Work.DECISION, Party.DECISION_MAKER, Decision.awaited_since, holder)
    return [
        awaited.join(Decision, Decision.pairing_id == Pairing.id).where(
            Decision.state == DecisionState.AWAITED
        )
    ]


def _of_procurements() -> list[Select[Any]]:
    adviser = _holder_of(CaseRole.PROCUREMENT_ADVISER)
    open_steps = (
        select(ProcurementStep.procurement_id, func.min(ProcurementStep.due_on).label("due_on"))
        .where(in_sql(is_open(of(ProcurementStep))), ProcurementStep.due_on <= today())
        .group_by(ProcurementStep.procurement_id)
        .subquery()
    )
    without_route = pairing_work(
        Work.PROCUREMENT_ROUTE, Party.CASE_ADVISER, Procurement.created_at, adviser
    )
    step_due = pairing_work(
        Work.PROCUREMENT_STEP, Party.CASE_ADVISER, start_of_day(open_steps.c.due_on), adviser
    )
    return [
        without_route.join(Procurement, Procurement.pairing_id == Pairing.id).where(
            Procurement.state == ProcurementState.PREPARING, Procurement.route.is_(None)
        ),
        step_due.join(Procurement, Procurement.pairing_id == Pairing.id)
        .join(open_steps, open_steps.c.procurement_id == Procurement.id)
        .where(Procurement.state.in_(ONGOING)),
    ]


def _holder_of(role: CaseRole) -> Any:
    return (
        select(CaseRoleHolder.person_id)
        .where(CaseRoleHolder.pairing_id == Pairing.id, CaseRoleHolder.role == role)
        .scalar_subquery()
    )


# ---------------------------------------------------------------- lessons


def _of_lessons() -> list[Select[Any]]:
    ended = Pilot.state == PilotState.ENDED
    return [
        _pilot(Work.LESSON_UNIT, Party.UNIT, Pilot.ended_at).where(ended, ~_learned(Side.UNIT)),
        _pilot(Work.LESSON_ENTREPRENEUR, Party.ENTREPRENEUR, Pilot.ended_at).where(
            ended, ~_learned(Side.ENTREPRENEUR)
        ),
        _pilot(Work.CASE_CLOSE, Party.UNIT_LEADER, _last_word()).where(
            ended,
            _learned(Side.UNIT),
            _learned(Side.ENTREPRENEUR),
            ~_undecided(),
            ~_buying(),
            or_(Pilot.ending == Ending.COMPLETED, ~_reason_missing()),
        ),
    ]


def _learned(side: Side) -> ColumnElement[bool]:
    return exists().where(Lesson.pairing_id == Pairing.id, Lesson.side == side)


def _last_word() -> Any:
    return (
        select(func.max(Lesson.written_at)).where(Lesson.pairing_id == Pairing.id).scalar_subquery()
    )


def _undecided() -> ColumnElement[bool]:
    return exists().where(
        Decision.pairing_id == Pairing.id, Decision.state == DecisionState.AWAITED
    )


def _buying() -> ColumnElement[bool]:
    return exists().where(Procurement.pairing_id == Pairing.id, Procurement.state.in_(ONGOING))


def _reason_missing() -> ColumnElement[bool]:
    columns: tuple[InstrumentedAttribute[Any], ...] = (
        Pilot.unit_stop_reason,
        Pilot.entrepreneur_stop_reason,
    )
    return or_(*(column.is_(None) for column in columns))
