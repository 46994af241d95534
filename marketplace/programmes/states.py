"""Programmes: audit events, refusals and how one stands against its plan."""

from enum import StrEnum


class ProgrammeStanding(StrEnum):
    """Where a programme stands against its plan today."""

    NOT_STARTED = "not_started"
    ON_PLAN = "on_plan"
    BEHIND = "behind"
    REACHED = "reached"
    OVER = "over"


class ProgrammeEvent(StrEnum):
    CREATED = "programme.created"
    CHANGED = "programme.changed"
    FUNDS_USED = "programme.funds_used"


class ProgrammeRefusal(StrEnum):
    COORDINATORS_ONLY = "coordinators_only"
    PARTNER_MISSING = "partner_missing"
    MAXIMUM_BELOW_MINIMUM = "maximum_below_minimum"
    ENDS_BEFORE_START = "ends_before_start"
    MORE_THAN_FUNDS = "more_than_funds"
