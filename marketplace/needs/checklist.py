"""The publish checklist that stands beside the form and on the need's page."""

from dataclasses import dataclass

from marketplace.needs.models import Need
from marketplace.needs.requirements import missing_for_submitting, to_be_done, with_personal_data
from marketplace.needs.states import PublishRequirement


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the publish checklist; the endorsement is no step of the form."""

    requirement: PublishRequirement
    done: bool
    step: int | None
    stops_review: bool


ASKED_IN = (
    (
        PublishRequirement.TITLE,
        PublishRequirement.PROBLEM,
        PublishRequirement.TARGET_GROUP,
        PublishRequirement.TARGET_COUNT,
    ),
    (
        PublishRequirement.TRIED,
        PublishRequirement.WANTED_EFFECT,
        PublishRequirement.EFFECT_MEASURE,
    ),
    (
        PublishRequirement.CONTRIBUTION,
        PublishRequirement.CONTRIBUTION_HOURS,
        PublishRequirement.CONTACT,
    ),
    (
        PublishRequirement.BUDGET_STATUS,
        PublishRequirement.ESTIMATED_VALUE,
        PublishRequirement.SERVICE_CATEGORY,
        PublishRequirement.INTENDED_ROUTE,
        PublishRequirement.DECISION_MAKER,
    ),
    (
        PublishRequirement.QUESTIONS_CLOSE_ON,
        PublishRequirement.INTERESTS_CLOSE_ON,
        PublishRequirement.DATES_IN_ORDER,
        PublishRequirement.DATES_AHEAD,
        PublishRequirement.RAISED_BY,
    ),
)
"""What each step of the form asks for, in the order of the steps."""

STEP_OF = {point: number for number, points in enumerate(ASKED_IN, start=1) for point in points}


def checklist_of(need: Need) -> list[Point]:
    missing, wrong = to_be_done(need), missing_for_submitting(need)
    return [
        Point(point, point not in missing, _step_of(point, need), point in wrong)
        for point in PublishRequirement
    ]


def _step_of(point: PublishRequirement, need: Need) -> int | None:
    """Personal data may stand in any text: the way leads to the first."""
    if point is PublishRequirement.NO_PERSONAL_DATA:
        texts = (PublishRequirement(name) for name in with_personal_data(need))
        return next((STEP_OF[text] for text in texts), None)
    return STEP_OF.get(point)
