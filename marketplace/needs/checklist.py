"""The publish checklist that stands beside the form and on the need's page."""

from dataclasses import dataclass

from marketplace.needs.forms.steps import STEPS
from marketplace.needs.models import Need
from marketplace.needs.requirements import (
    TEXTS,
    missing_for_submitting,
    to_be_done,
    with_personal_data,
)
from marketplace.needs.states import PublishRequirement


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the publish checklist; the endorsement is no step of the form."""

    requirement: PublishRequirement
    done: bool
    step: int | None
    stops_review: bool


STEP_OF = {
    requirement: number
    for number, form in enumerate(STEPS, start=1)
    for requirement in form.requirements
}
STEP_WITH = {
    name: number
    for number, form in enumerate(STEPS, start=1)
    for name in TEXTS
    if hasattr(form, name)
}


def checklist_of(need: Need) -> list[Point]:
    missing, wrong = to_be_done(need), missing_for_submitting(need)
    return [
        Point(point, point not in missing, _step_of(point, need), point in wrong)
        for point in PublishRequirement
    ]


def _step_of(point: PublishRequirement, need: Need) -> int | None:
    """Personal data may stand in any text: the way leads to the first."""
    if point is PublishRequirement.NO_PERSONAL_DATA:
        return next((STEP_WITH[name] for name in with_personal_data(need)), None)
    return STEP_OF.get(point)
