"""How a programme stands against its plan: pure arithmetic on numbers and days.

The plan is a straight line from nothing on the first day to the minimum on the last. Tests are
whole, so a programme is behind when it lacks at least one whole test that the line has passed.
"""

from dataclasses import dataclass
from datetime import date

from marketplace.programmes.states import ProgrammeStanding

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Plan:
    starts_on: date
    ends_on: date
    minimum: int
    maximum: int


def due_by(plan: Plan, day: date) -> int:
    """How many whole tests the straight line has passed on `day`."""
    length = (plan.ends_on - plan.starts_on).days
    gone = min(max((day - plan.starts_on).days, 0), length)
    return plan.minimum * gone // length


def standing(plan: Plan, done: int, day: date) -> ProgrammeStanding:
    if done > plan.maximum:
        return ProgrammeStanding.OVER
    if done >= plan.minimum:
        return ProgrammeStanding.REACHED
    if day < plan.starts_on:
        return ProgrammeStanding.NOT_STARTED
    behind = done < due_by(plan, day)
    return ProgrammeStanding.BEHIND if behind else ProgrammeStanding.ON_PLAN


def still_needed(plan: Plan, done: int) -> int:
    return max(0, plan.minimum - done)


def months_left(plan: Plan, day: date) -> float:
    """From `day`, or from the first day where that lies ahead, to the last day."""
    return max(0, (plan.ends_on - max(day, plan.starts_on)).days) / DAYS_A_MONTH


def needed_a_month(plan: Plan, done: int, day: date) -> float | None:
    """Tests still needed for each month that is left; None when nothing is needed or left."""
    needed, left = still_needed(plan, done), months_left(plan, day)
    return needed / left if needed and left else None
