"""Programmes: audit events, topics, refusals and how one stands against its plan."""

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


class ProgrammeTopic(StrEnum):
    """What the partner is told."""

    CREATED = "programme.created"
    CHANGED = "programme.changed"
    PARTNER_LEFT = "programme.partner_left"
    FUNDS_USED = "programme.funds_used"
    CASE_BOUGHT = "programme.case_bought"
    CASE_EXTENDED = "programme.case_extended"
    CASE_NOT_BOUGHT = "programme.case_not_bought"
    CASE_STOPPED = "programme.case_stopped"
    CASE_CONTRACTED = "programme.case_contracted"
    CASE_PURCHASE_CANCELLED = "programme.case_purchase_cancelled"


class ProgrammeRefusal(StrEnum):
    COORDINATORS_ONLY = "coordinators_only"
    NAME_MISSING = "name_missing"
    PARTNER_MISSING = "partner_missing"
    NUMBER_TOO_SMALL = "number_too_small"
    MAXIMUM_BELOW_MINIMUM = "maximum_below_minimum"
    ENDS_BEFORE_START = "ends_before_start"
    FUNDS_BELOW_USED = "funds_below_used"
    AMOUNT_MISSING = "amount_missing"
    MORE_THAN_FUNDS = "more_than_funds"
    MORE_THAN_USED = "more_than_used"
    DAY_AHEAD = "day_ahead"
    DAY_BEFORE_START = "day_before_start"
    TEXT_MISSING = "text_missing"
