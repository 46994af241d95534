"""When a case waits for lessons, and when it may be closed: for many cases, in SQL.

For one case, `case_facts` and `closing` say the same, with what is missing and who can do it.
"""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from marketplace.core.awaited import Awaited, Party
from marketplace.core.rules import in_sql, of
from marketplace.decisions.awaited import is_awaited
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.lessons.models import Lesson
from marketplace.lessons.states import LessonTask
from marketplace.pairings.awaited import of_approved_pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PARTIES, Side
from marketplace.pilots.awaited import awaits_stop_reason, is_over, of_pilots
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending
from marketplace.procurements.awaited import is_ongoing
from marketplace.procurements.models import Procurement


def wrote(side: Side) -> ColumnElement[bool]:
    return exists().where(Lesson.pairing_id == Pairing.id, Lesson.side == side)


def last_written() -> Any:
    written = select(func.max(Lesson.written_at)).where(Lesson.pairing_id == Pairing.id)
    return written.correlate(Pairing).scalar_subquery()


def may_be_closed() -> ColumnElement[bool]:
    """Nothing of the case is under way, and both sides have written what they learned."""
    return and_(
        *(wrote(side) for side in PARTIES),
        not_(_test_is_unsettled()),
        not_(_decision_is_awaited()),
        not_(_purchase_is_ongoing()),
    )


def _test_is_unsettled() -> ColumnElement[bool]:
    """It goes on, or a side has not said why it was stopped; a case without a test is settled."""
    unsaid = (in_sql(awaits_stop_reason(of(Pilot), side)) for side in PARTIES)
    over = in_sql(is_over(of(Pilot)))
    return exists().where(Pilot.pairing_id == Pairing.id, or_(not_(over), *unsaid))


def _decision_is_awaited() -> ColumnElement[bool]:
    """A test that was completed ends in a decision."""
    completed = exists().where(Pilot.pairing_id == Pairing.id, Pilot.ending == Ending.COMPLETED)
    awaited = _has_decision(in_sql(is_awaited(of(Decision))))
    return and_(completed, or_(awaited, not_(_has_decision())))


def _has_decision(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Decision.pairing_id == Pairing.id, *which)


def _purchase_is_ongoing() -> ColumnElement[bool]:
    begun = exists().where(Procurement.pairing_id == Pairing.id)
    ongoing = begun.where(in_sql(is_ongoing(of(Procurement))))
    bought = _has_decision(Decision.state == DecisionState.BUY)
    return and_(bought, or_(ongoing, not_(begun)))


# ---------------------------------------------------------------- what waits for whom


def _lesson(side: Side) -> Select[Any]:
    """From the end of the test on, unless it is to go on."""
    unwritten = in_sql(is_over(of(Pilot))), ~wrote(side), not_(_is_on_hold())
    return of_pilots(Pilot.ended_at).where(*unwritten)


def _is_on_hold() -> ColumnElement[bool]:
    """Extended, and not begun again yet: a test that was stopped meanwhile is over."""
    later = aliased(Decision)
    newer = exists().where(later.pairing_id == Decision.pairing_id, later.number > Decision.number)
    extended = _has_decision(Decision.state == DecisionState.EXTEND, not_(newer))
    return and_(Pilot.ending == Ending.COMPLETED, extended)


def _closing() -> Select[Any]:
    return of_approved_pairings(last_written()).where(may_be_closed())


AWAITED = (
    Awaited(LessonTask.UNIT, Party.UNIT, partial(_lesson, Side.UNIT)),
    Awaited(LessonTask.ENTREPRENEUR, Party.ENTREPRENEUR, partial(_lesson, Side.ENTREPRENEUR)),
    Awaited(LessonTask.CLOSE, Party.UNIT_LEADER, _closing),
)
