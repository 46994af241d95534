"""What wishes show on the start page, on a unit's own needs, and on the need that came of one."""

from typing import Any

from flask import render_template

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.needs.models import Need
from marketplace.ui.context import current_actor, db_session
from marketplace.wishes import policies, queries
from marketplace.wishes.states import Voice


def wishes_for_units(**_values: Any) -> str:
    """For the people of units: what leadership wishes for and nobody has taken on."""
    actor = current_actor()
    if not actor.holds(*UNIT_ROLES):
        return ""
    wishes = queries.list_unanswered(db_session(), actor)
    units = actor.unit_ids(*UNIT_ROLES)
    meant = {w.id for w in wishes if units & {a.unit_id for a in w.addressees}}
    return render_template("wishes/_open.html", wishes=wishes, meant=meant) if wishes else ""


def raised_by_panel(**_values: Any) -> str:
    """For leadership: how many of the needs are its own idea."""
    actor = current_actor()
    if not actor.holds(Role.LEADERSHIP):
        return ""
    counts = queries.count_raised_by(db_session(), actor)
    return render_template("wishes/_raised_by.html", counts=counts, voices=Voice, way_in=True)


def origin_of_need(need: Need, **_values: Any) -> str:
    """For those of the municipality: the wish that the need was made from."""
    actor = current_actor()
    if not actor.holds(*policies.READERS):
        return ""
    wish = queries.find_wish_of_need(db_session(), actor, need.id)
    return render_template("wishes/_origin.html", wish=wish) if wish else ""
