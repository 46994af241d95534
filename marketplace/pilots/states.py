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


class Reached(StrEnum):
    """How far a criterion was reached."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"
    NOT_MEASURED = "not_measured"


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


class PilotTopic(StrEnum):
    STARTED = "pilot.started"
    REPORTED = "pilot.reported"
    RENEGOTIATION_ASKED = "pilot.renegotiation_asked"
    COMPLETED = "pilot.completed"
    STOPPED = "pilot.stopped"
    RESUMED = "pilot.resumed"
    CHECKPOINT_NEAR = "pilot.checkpoint_near"
    CHECKPOINT_OVERDUE = "pilot.checkpoint_overdue"
    OVER_COST_CAP = "pilot.over_cost_cap"


class PilotRefusal(StrEnum):
    UNIT_ONLY = "unit_only"
    PARTIES_ONLY = "parties_only"
    AGREEMENT_MISSING = "agreement_missing"
    DECISION_DATE_PASSED = "decision_date_passed"
    STARTS_LATER = "starts_later"
    ALREADY_REPORTED = "already_reported"
    NOT_RUNNING = "not_running"
    CRITERIA_UNMEASURED = "criteria_unmeasured"
    STOP_REASON_MISSING = "stop_reason_missing"
    ALREADY_GAVE_REASON = "already_gave_reason"
    NOT_STOPPED = "not_stopped"
    VERSION_OPEN = "version_open"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    TEXT_MISSING = "text_missing"
