"""What must be in place before a need is published."""

from collections.abc import Callable, Mapping
from datetime import date

from marketplace.core.clock import today
from marketplace.needs.models import Need
from marketplace.needs.states import PublishRequirement

Check = Callable[[Need], bool]


def missing_for_publishing(need: Need) -> list[PublishRequirement]:
    """The points that stand between this need and publishing, in the order of the form."""
    return [point for point in PublishRequirement if not CHECKS[point](need)]


def _filled(field: str) -> Check:
    return lambda need: getattr(need, field) not in {None, ""}


def _dates_given(need: Need) -> list[date]:
    return [day for day in (need.questions_close_on, need.interests_close_on) if day is not None]


def _dates_in_order(need: Need) -> bool:
    dates = _dates_given(need)
    return len(dates) < 2 or dates[0] < dates[1]


def _dates_ahead(need: Need) -> bool:
    return all(day > today() for day in _dates_given(need))


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
    PublishRequirement.ENDORSEMENT: _filled("endorsed_by_id"),
}
