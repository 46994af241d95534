"""What a unit writes in a need."""

from collections.abc import Mapping
from typing import Any

from marketplace.needs.models import Need

CONTENT = frozenset(
    {
        "language", "title", "problem", "target_group", "target_count", "tried",
        "wanted_effect", "effect_measure", "contribution", "contribution_hours",
        "contact_id", "decision_maker_id", "budget_status", "estimated_value",
        "service_category", "intended_route", "questions_close_on", "interests_close_on",
        "raised_by",
    }
)  # fmt: skip
"""What a unit writes."""

DATES = frozenset({"questions_close_on", "interests_close_on"})

ENDORSED = CONTENT - DATES
"""What a leader stands behind: a change of any of it lapses the endorsement, new dates do not."""


def differing(need: Need, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields whose values are not what is stored."""
    unknown = fields.keys() - CONTENT
    if unknown:
        raise ValueError(f"no content of a need: {sorted(unknown)}")
    return {name: value for name, value in fields.items() if getattr(need, name) != value}
