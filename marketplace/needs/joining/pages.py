"""What a need's page shows of the units that are in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from marketplace.accounts.trust import is_trusted
from marketplace.core.actor import UNIT_ROLES
from marketplace.needs.joining import policies, queries
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import JOINABLE, ParticipationState
from marketplace.ui.context import current_actor, db_session


@dataclass(frozen=True, slots=True)
class Sums:
    """What all units of a need give together; of those that joined, only what is endorsed."""

    units: int
    hours: int
    target_count: int


def sums_of(need: Need, participations: Sequence[NeedParticipation]) -> Sums:
    joined = [row for row in participations if row.state is ParticipationState.ENDORSED]
    return Sums(
        units=1 + len(joined),
        hours=(need.contribution_hours or 0) + sum(row.hours for row in joined),
        target_count=(need.target_count or 0) + sum(row.target_count for row in joined),
    )


def join_button(need: Need, **_values: Any) -> str:
    """For people of other units in the municipality."""
    actor = current_actor()
    if need.state not in JOINABLE or not actor.holds_in_organisation(
        need.unit.organisation_id, *UNIT_ROLES
    ):
        return ""
    if not queries.list_units_to_join_with(db_session(), actor, need):
        return ""
    return render_template("needs/joining/_button.html", need=need)


def units_of_need(need: Need, **_values: Any) -> str:
    actor = current_actor()
    rows = queries.list_participations(db_session(), actor, need)
    if not rows:
        return ""
    return render_template(
        "needs/joining/_units.html",
        need=need,
        participations=rows,
        sums=sums_of(need, rows),
        knows_names=is_trusted(db_session(), actor),
        moves={row.id: policies.open_moves(actor, row) for row in rows},
    )
