"""An entrepreneur's answer to a need: code words, moves, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move


class InterestState(StrEnum):
    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


class InterestMove(StrEnum):
    CHANGE = "change"
    WITHDRAW = "withdraw"
    DECLINE = "decline"


INTEREST_LIFECYCLE: Lifecycle[InterestState, InterestMove] = Lifecycle(
    {
        InterestMove.CHANGE: Move(frozenset({InterestState.REGISTERED}), InterestState.REGISTERED),
        InterestMove.WITHDRAW: Move(
            frozenset({InterestState.REGISTERED}), InterestState.WITHDRAWN, needs_reason=True
        ),
        InterestMove.DECLINE: Move(
            frozenset({InterestState.REGISTERED}), InterestState.DECLINED, needs_reason=True
        ),
    }
)


class InterestEvent(StrEnum):
    REGISTERED = "interest.registered"
    CHANGED = "interest.changed"
    WITHDRAWN = "interest.withdrawn"
    DECLINED = "interest.declined"


class InterestTopic(StrEnum):
    REGISTERED = "interest.registered"
    WITHDRAWN = "interest.withdrawn"
    DECLINED = "interest.declined"
    DEADLINE_PASSED = "interest.deadline_passed"


class InterestWork(StrEnum):
    """What becomes due by the clock."""

    DEADLINE_PASSED = "interest.deadline_passed"


class InterestRefusal(StrEnum):
    OWNERS_ONLY = "owners_only"
    NEED_NOT_OPEN = "need_not_open"
    DEADLINE_PASSED = "deadline_passed"
    CONCEPT_NOT_PUBLISHED = "concept_not_published"
    ALREADY_REGISTERED = "already_registered"
    POINT_MISSING = "point_missing"
    UNIT_MEMBERS_ONLY = "unit_members_only"
    NEED_CLOSED = "need_closed"
    IN_OPEN_PAIRING = "in_open_pairing"
