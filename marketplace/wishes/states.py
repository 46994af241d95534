"""Leadership's wishes: code words, moves, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move


class WishState(StrEnum):
    OPEN = "open"
    TAKEN_ON = "taken_on"
    WITHDRAWN = "withdrawn"


class WishMove(StrEnum):
    TAKE_ON = "take_on"
    SAY_NO = "say_no"
    WITHDRAW = "withdraw"


WISH_LIFECYCLE: Lifecycle[WishState, WishMove] = Lifecycle(
    {
        WishMove.TAKE_ON: Move(frozenset({WishState.OPEN}), WishState.TAKEN_ON),
        # One unit's no leaves the wish open to the others, and to that unit if it thinks again.
        WishMove.SAY_NO: Move(frozenset({WishState.OPEN}), WishState.OPEN, needs_reason=True),
        WishMove.WITHDRAW: Move(
            frozenset({WishState.OPEN}), WishState.WITHDRAWN, needs_reason=True
        ),
    }
)


class WishEvent(StrEnum):
    RAISED = "wish.raised"
    TAKEN_ON = "wish.taken_on"
    UNIT_SAID_NO = "wish.unit_said_no"
    WITHDRAWN = "wish.withdrawn"
    NEED_PUBLISHED = "wish.need_published"


class WishTopic(StrEnum):
    RAISED = "wish.raised"
    RAISED_TO_YOU = "wish.raised_to_you"
    TAKEN_ON = "wish.taken_on"
    UNIT_SAID_NO = "wish.unit_said_no"
    WITHDRAWN = "wish.withdrawn"
    NEED_PUBLISHED = "wish.need_published"


class WishRefusal(StrEnum):
    LEADERSHIP_ONLY = "leadership_only"
    UNIT_MEMBERS_ONLY = "unit_members_only"
    UNIT_LEADERS_ONLY = "unit_leaders_only"
    UNIT_OUTSIDE_MUNICIPALITY = "unit_outside_municipality"
    ALREADY_SAID_NO = "already_said_no"
    TEXT_MISSING = "text_missing"


class Voice(StrEnum):
    """Whose voice a need first was: the balance between leadership and services."""

    LEADERSHIP = "leadership"
    UNITS = "units"
    USERS = "users"
    OTHERS = "others"
