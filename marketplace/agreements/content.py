"""What an agreement says: its fields by name, and its rows as they are handed to a service."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marketplace.agreements.models import Agreement
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.states import CaseRole

TEXTS = (
    "purpose",
    "unit_contribution",
    "entrepreneur_contribution",
    "on_yes",
    "on_no",
    "data_protection",
    "ownership",
)
"""What a template gives the first version."""
NUMBERS = (
    "unit_hours",
    "unit_money",
    "entrepreneur_hours",
    "entrepreneur_money",
    "payment",
    "cost_cap",
)
DATES = ("test_starts_on", "test_ends_on", "decision_on")
CONTENT = frozenset({*TEXTS, *NUMBERS, *DATES})
"""Everything that stands in a column of its own; criteria, checkpoints and sites are rows."""


@dataclass(frozen=True, slots=True)
class CriterionRow:
    title: str
    measure: str
    target: str
    weight: int


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    due_on: date
    topic: str = ""


@dataclass(frozen=True, slots=True)
class SiteRow:
    unit_id: int
    name: str
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be stored; rows that are None are left as they are."""

    fields: dict[str, Any] = field(default_factory=dict)
    criteria: Sequence[CriterionRow] | None = None
    checkpoints: Sequence[CheckpointRow] | None = None
    sites: Sequence[SiteRow] | None = None


def content_of(agreement: Agreement) -> Content:
    return Content(
        fields={name: getattr(agreement, name) for name in sorted(CONTENT)},
        criteria=[
            CriterionRow(row.title, row.measure, row.target, row.weight)
            for row in agreement.criteria
        ],
        checkpoints=[CheckpointRow(row.due_on, row.topic) for row in agreement.checkpoints],
        sites=[SiteRow(row.unit_id, row.name, row.hours) for row in agreement.sites],
    )


def roles_now(pairing: Pairing) -> dict[str, dict[str, Any]]:
    """The role map as it stands, to be kept with a signed version."""
    return {
        holder.role.value: {
            "person_id": holder.person_id,
            "person": holder.person.name,
            "deputy_id": holder.deputy_id,
            "deputy": holder.deputy.name if holder.deputy else None,
        }
        for role in CaseRole
        if (holder := role_map.holder_of(pairing, role)) is not None
    }
