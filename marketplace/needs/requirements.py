"""What must be in place before a need is published."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from marketplace.core.clock import today
from marketplace.core.personal_data import fields_with_personal_data
from marketplace.needs.models import Need
from marketplace.needs.states import PublishRequirement

Check = Callable[[Need], bool]

TEXTS = (
    "title",
    "problem",
    "target_group",
    "tried",
    "wanted_effect",
    "effect_measure",
    "contribution",
)
"""What is written freely, for everybody to read."""

LONGEST_OPEN = timedelta(days=731)
"""Two years: a later deadline is a slip of the finger, or a need that nobody will remember."""

DATES = ("questions_close_on", "interests_close_on")
ABOUT_DATES = frozenset({PublishRequirement.DATES_IN_ORDER, PublishRequirement.DATES_AHEAD})
BEFORE_REVIEW = ABOUT_DATES | {
    PublishRequirement.TITLE,
    PublishRequirement.PROBLEM,
    PublishRequirement.NO_PERSONAL_DATA,
}


def missing_for_publishing(need: Need) -> list[PublishRequirement]:
    """The points that stand between this need and publishing, in the order of the form."""
    return [point for point in PublishRequirement if not CHECKS[point](need)]


def missing_for_submitting(need: Need) -> list[PublishRequirement]:
    """What nobody could judge the need without, or must be corrected in any case."""
    return [point for point in missing_for_publishing(need) if point in BEFORE_REVIEW]


def wrong_dates(need: Need) -> list[PublishRequirement]:
    """What is wrong with the dates that are given."""
    return [point for point in missing_for_publishing(need) if point in ABOUT_DATES]


def with_personal_data(need: Need) -> list[str]:
    """Fields, in the order of the form."""
    return fields_with_personal_data(need, TEXTS)


def to_be_done(need: Need) -> list[PublishRequirement]:
    """The same points as for publishing, and those that say nothing until both dates are given."""
    missing = set(missing_for_publishing(need))
    if len(_dates_given(need)) < len(DATES):
        missing |= ABOUT_DATES
    return [point for point in PublishRequirement if point in missing]


def _filled(field: str) -> Check:
    return lambda need: getattr(need, field) not in {None, ""}


def _dates_given(need: Need) -> list[date]:
    return [day for name in DATES if (day := getattr(need, name)) is not None]


def _dates_in_order(need: Need) -> bool:
    dates = _dates_given(need)
    return len(dates) < 2 or dates[0] < dates[1]


def _dates_ahead(need: Need) -> bool:
    return all(today() < day <= last_deadline() for day in _dates_given(need))


def last_deadline() -> date:
    return today() + LONGEST_OPEN


CHECKS: Mapping[PublishRequirement, Check] = {
    PublishRequirement.TITLE: _filled("title"),
    PublishRequirement.PROBLEM: _filled("problem"),
    PublishRequirement.TARGET_GROUP: _filled("target_group"),
    PublishRequirement.TARGET_COUNT: _filled("target_count"),
    PublishRequirement.TRIED: _filled("tried"),
    PublishRequirement.WANTED_EFFECT: _filled("wanted_effect"),
    PublishRequirement.EFFECT_MEASURE: _filled("effect_measure"),
    PublishRequirement.CONTRIBUTION_HOURS: _filled("contribution_hours"),
    PublishRequirement.CONTRIBUTION: _filled("contribution"),
    PublishRequirement.CONTACT: _filled("contact_id"),
    PublishRequirement.DECISION_MAKER: _filled("decision_maker_id"),
    PublishRequirement.BUDGET_STATUS: _filled("budget_status"),
    PublishRequirement.ESTIMATED_VALUE: _filled("estimated_value"),
    PublishRequirement.SERVICE_CATEGORY: _filled("service_category"),
    PublishRequirement.INTENDED_ROUTE: _filled("intended_route"),
    PublishRequirement.QUESTIONS_CLOSE_ON: _filled("questions_close_on"),
    PublishRequirement.INTERESTS_CLOSE_ON: _filled("interests_close_on"),
    PublishRequirement.DATES_IN_ORDER: _dates_in_order,
    PublishRequirement.DATES_AHEAD: _dates_ahead,
    PublishRequirement.RAISED_BY: _filled("raised_by"),
    PublishRequirement.NO_PERSONAL_DATA: lambda need: not with_personal_data(need),
    PublishRequirement.ENDORSEMENT: _filled("endorsed_by_id"),
}
