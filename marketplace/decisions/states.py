"""Decisions: states, moves, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move
from marketplace.pairings.states import CaseRole


class DecisionState(StrEnum):
    AWAITED = "awaited"
    BUY = "buy"
    EXTEND = "extend"
    STOP = "stop"


class DecisionMove(StrEnum):
    BUY = "buy"
    EXTEND = "extend"
    STOP = "stop"


_AWAITED = frozenset({DecisionState.AWAITED})

DECISION_LIFECYCLE: Lifecycle[DecisionState, DecisionMove] = Lifecycle(
    {
        DecisionMove.BUY: Move(_AWAITED, DecisionState.BUY, needs_reason=True),
        DecisionMove.EXTEND: Move(_AWAITED, DecisionState.EXTEND, needs_reason=True),
        DecisionMove.STOP: Move(_AWAITED, DecisionState.STOP, needs_reason=True),
    }
)

NEEDED_ROLES: dict[DecisionMove, frozenset[CaseRole]] = {
    DecisionMove.BUY: frozenset({CaseRole.DECISION_MAKER, CaseRole.PROCUREMENT_ADVISER}),
    DecisionMove.EXTEND: frozenset({CaseRole.DECISION_MAKER}),
    DecisionMove.STOP: frozenset({CaseRole.DECISION_MAKER}),
}


class Reminder(StrEnum):
    """When somebody is reminded of a decision, counted from its date."""

    BEFORE = "decision.before"
    ON_THE_DAY = "decision.on_the_day"
    LATE = "decision.late"
    VERY_LATE = "decision.very_late"


DAYS_FROM_DATE: dict[Reminder, int] = {
    Reminder.BEFORE: -14,
    Reminder.ON_THE_DAY: 0,
    Reminder.LATE: 7,
    Reminder.VERY_LATE: 28,
}


class DecisionEvent(StrEnum):
    AWAITED = "decision.awaited"
    BOUGHT = "decision.bought"
    EXTENDED = "decision.extended"
    STOPPED = "decision.stopped"
    REMINDED = "decision.reminded"


class DecisionTopic(StrEnum):
    AWAITED = "decision.awaited"
    BOUGHT = "decision.bought"
    EXTENDED = "decision.extended"
    STOPPED = "decision.stopped"
    DUE_SOON = "decision.due_soon"
    DUE_TODAY = "decision.due_today"
    OVERDUE = "decision.overdue"
    FAR_OVERDUE = "decision.far_overdue"


class DecisionRefusal(StrEnum):
    DECISION_MAKER_ONLY = "decision_maker_only"
    SPEAKS_FOR_ENTREPRENEUR = "speaks_for_entrepreneur"
    EXTENDED_BEFORE = "extended_before"
    DATE_MISSING = "date_missing"
    DATE_NOT_LATER = "date_not_later"
    DATE_PASSED = "date_passed"
    NOT_AWAITED = "not_awaited"
    PILOT_STOPPED = "pilot_stopped"
    AGREEMENT_MISSING = "agreement_missing"


class DecisionDate(StrEnum):
    """What a calendar may show."""

    AWAITED = "decision"
    AGREED = "agreed_decision"


class DecisionTask(StrEnum):
    """What waits for somebody."""

    DECIDE = "decision"
