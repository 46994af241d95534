"""Where one may follow: on a need, on a unit, and over the list of needs."""

from typing import Any

from flask import render_template, url_for

from marketplace.accounts.models import Unit
from marketplace.core.actor import UNIT_ROLES
from marketplace.needs.models import Need
from marketplace.needs.queries import NeedFilter
from marketplace.needs.states import NeedState
from marketplace.news import queries
from marketplace.news.models import SavedSearch
from marketplace.ui.context import current_actor, db_session


def follow_need_button(need: Need, **_values: object) -> str:
    """The unit itself is told anyway."""
    actor = current_actor()
    if need.state is not NeedState.PUBLISHED or actor.holds_in_unit(need.unit_id, *UNIT_ROLES):
        return ""
    return _button(url_for("news.follow_need", need_id=need.id), need_id=need.id)


def follow_unit_button(unit: Unit, **_values: object) -> str:
    return _button(url_for("news.follow_unit", unit_id=unit.id), unit_id=unit.id)


def _button(begin: str, need_id: int | None = None, unit_id: int | None = None) -> str:
    actor = current_actor()
    if not actor.signed_in:
        return ""
    follow = queries.find_follow(db_session(), actor, need_id, unit_id)
    return render_template(
        "news/_follow.html", begin=begin, follow=follow, of_a_unit=unit_id is not None
    )


def save_button(wanted: NeedFilter, **_values: object) -> str:
    search = queries.search_of(wanted)
    if not (current_actor().signed_in and search.narrows):
        return ""
    saved = queries.list_searches(db_session(), current_actor())
    return render_template(
        "news/_save_search.html",
        asked=address_of(search),
        saved=any(other.asks == search.asks for other in saved),
    )


def address_of(search: SavedSearch) -> dict[str, Any]:
    """As the list of needs has it in its address."""
    asked = {
        "q": search.words or None,
        "area": search.area,
        "budget": search.budget_status,
        "municipality": search.organisation_id,
        "age": search.age,
        "group": search.group,
    }
    return {name: value for name, value in asked.items() if value is not None}


def link_on_profile() -> str:
    return render_template("news/_on_profile.html")
