"""Pilots: states, moves, why one stops, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move
from marketplace.pairings.states import CaseRole


class PilotState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


class PilotMove(StrEnum):
    START = "start"
    COMPLETE = "complete"
    STOP = "stop"
    RESUME = "resume"


PILOT_LIFECYCLE: Lifecycle[PilotState, PilotMove] = Lifecycle(
    {
        PilotMove.START: Move(frozenset({PilotState.PLANNED}), PilotState.RUNNING),
        PilotMove.COMPLETE: Move(frozenset({PilotState.RUNNING}), PilotState.ENDED),
        PilotMove.STOP: Move(
            frozenset({PilotState.PLANNED, PilotState.RUNNING}), PilotState.ENDED, needs_reason=True
        ),
        # After an extension, when the version with the new dates is signed.
        PilotMove.RESUME: Move(frozenset({PilotState.ENDED}), PilotState.RUNNING),
    }
)

NEEDED_ROLES: dict[PilotMove, frozenset[CaseRole]] = {
    PilotMove.START: frozenset(CaseRole),
    PilotMove.COMPLETE: frozenset({CaseRole.DECISION_MAKER, CaseRole.OWNER}),
}


class Ending(StrEnum):
    COMPLETED = "completed"
    STOPPED = "stopped"


class StopReason(StrEnum):
    """Why a side wants to stop; fixed, so that cases can be compared."""

    NO_EFFECT = "no_effect"
    TOO_FEW_PARTICIPANTS = "too_few_participants"
    NOT_ENOUGH_TIME = "not_enough_time"
    STAFF_CHANGED = "staff_changed"
    TOO_EXPENSIVE = "too_expensive"
    DATA_PROTECTION = "data_protection"
    NEED_CHANGED = "need_changed"
    COOPERATION = "cooperation"
    NOT_READY = "not_ready"
    OTHER = "other"


class CheckpointStatus(StrEnum):
    ON_TRACK = "on_track"
    SOME_TROUBLE = "some_trouble"
    OFF_TRACK = "off_track"


class CheckpointAnswer(StrEnum):
    CONFIRM = "confirm"
    RENEGOTIATE = "renegotiate"


class CheckpointReminder(StrEnum):
    """When somebody is reminded of a checkpoint, counted from its day."""

    NEAR = "checkpoint.near"
    OVERDUE = "checkpoint.overdue"
    LONG_OVERDUE = "checkpoint.long_overdue"


DAYS_FROM_CHECKPOINT: dict[CheckpointReminder, int] = {
    CheckpointReminder.NEAR: -7,
    CheckpointReminder.OVERDUE: 3,
    CheckpointReminder.LONG_OVERDUE: 10,
}
"""Both sides before; the side that has not reported after; then the coordinators as well."""

DAYS_OPEN_BEFORE = 14
"""So long before its day a checkpoint can be reported on."""


class CapLevel(StrEnum):
    """How the money used stands to the cost cap."""

    BELOW = "below"
    NEAR = "near"
    OVER = "over"


class Reached(StrEnum):
    """How far a criterion was reached."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"
    NOT_MEASURED = "not_measured"


class PilotTask(StrEnum):
    """What waits for somebody."""

    START = "pilot_start"
    END = "pilot_end"
    CHECKPOINT_UNIT = "checkpoint_unit"
    CHECKPOINT_ENTREPRENEUR = "checkpoint_entrepreneur"
    STOP_REASON_UNIT = "stop_reason_unit"
    STOP_REASON_ENTREPRENEUR = "stop_reason_entrepreneur"


class PilotEvent(StrEnum):
    PLANNED = "pilot.planned"
    STARTED = "pilot.started"
    REPORTED = "pilot.reported"
    RENEGOTIATION_ASKED = "pilot.renegotiation_asked"
    EFFORT_RECORDED = "pilot.effort_recorded"
    MEASURED = "pilot.measured"
    COMPLETED = "pilot.completed"
    STOPPED = "pilot.stopped"
    STOP_REASON_GIVEN = "pilot.stop_reason_given"
    RESUMED = "pilot.resumed"
    CHECKPOINTS_CHANGED = "pilot.checkpoints_changed"
    CAP_EXCEEDED = "pilot.cap_exceeded"
    REMINDED = "pilot.reminded"


class PilotTopic(StrEnum):
    STARTED = "pilot.started"
    REPORTED = "pilot.reported"
    RENEGOTIATION_ASKED = "pilot.renegotiation_asked"
    COMPLETED = "pilot.completed"
    STOPPED = "pilot.stopped"
    STOP_REASON_ASKED = "pilot.stop_reason_asked"
    STOP_REASON_GIVEN = "pilot.stop_reason_given"
    RESUMED = "pilot.resumed"
    CHECKPOINT_NEAR = "pilot.checkpoint_near"
    CHECKPOINT_OVERDUE = "pilot.checkpoint_overdue"
    CHECKPOINT_LONG_OVERDUE = "pilot.checkpoint_long_overdue"
    OVER_COST_CAP = "pilot.over_cost_cap"


class PilotRefusal(StrEnum):
    UNIT_ONLY = "unit_only"
    SPEAKS_FOR_ENTREPRENEUR = "speaks_for_entrepreneur"
    PARTIES_ONLY = "parties_only"
    AGREEMENT_MISSING = "agreement_missing"
    DECISION_DATE_PASSED = "decision_date_passed"
    STARTS_LATER = "starts_later"
    ALREADY_REPORTED = "already_reported"
    REPORTED_FOR_OTHER_SIDE = "reported_for_other_side"
    CHECKPOINT_LATER = "checkpoint_later"
    CHECKPOINT_DROPPED = "checkpoint_dropped"
    STATUS_MISSING = "status_missing"
    ANSWER_MISSING = "answer_missing"
    RENEGOTIATION_REASON_MISSING = "renegotiation_reason_missing"
    NOT_RUNNING = "not_running"
    CASE_OVER = "case_over"
    CRITERIA_UNMEASURED = "criteria_unmeasured"
    CRITERION_NOT_AGREED = "criterion_not_agreed"
    SITE_NOT_AGREED = "site_not_agreed"
    REACHED_MISSING = "reached_missing"
    VALUE_MISSING = "value_missing"
    WHY_NOT_MEASURED = "why_not_measured"
    STOP_REASON_MISSING = "stop_reason_missing"
    ALREADY_GAVE_REASON = "already_gave_reason"
    SPOKE_FOR_OTHER_SIDE = "spoke_for_other_side"
    NOT_STOPPED = "not_stopped"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    NOTHING_USED = "nothing_used"
    BELOW_NOTHING = "below_nothing"
    DATE_AHEAD = "date_ahead"
    DATE_BEFORE_AGREEMENT = "date_before_agreement"
    TEXT_MISSING = "text_missing"
    PERSONAL_DATA = "personal_data"


class PilotDate(StrEnum):
    """What a calendar may show."""

    CHECKPOINT = "checkpoint"
