"""What a programme counts, on its own page and in the list of programmes."""

from collections.abc import Mapping, Sequence

from flask import g, render_template

from marketplace.core.actor import Role
from marketplace.dashboards.programmes import ProgrammeCase, cases_of, counters_of
from marketplace.programmes import policies
from marketplace.programmes.models import Programme
from marketplace.programmes.queries import list_programmes
from marketplace.ui.context import current_actor, db_session


def standing(programme: Programme, programmes: Sequence[Programme], **_values: object) -> str:
    """In a list: where this one stands; the cases of all of them are asked for together."""
    if "cases_of_programmes" not in g:
        g.cases_of_programmes = cases_of(db_session(), programmes)
    found: Mapping[int, Sequence[ProgrammeCase]] = g.cases_of_programmes
    return render_template(
        "dashboards/programme_standing.html",
        programme=programme,
        counters=counters_of(programme, found[programme.id]),
    )


def sections(programme: Programme, **_values: object) -> str:
    """Only those of the municipality get links into the cases; the partner reads this list."""
    cases = cases_of(db_session(), [programme])[programme.id]
    return render_template(
        "dashboards/programme_sections.html",
        programme=programme,
        cases=cases,
        counters=counters_of(programme, cases),
        inside=policies.reads_inside(current_actor(), programme),
    )


def on_first_page(**_values: object) -> str:
    """For the partner and for leadership: where their programmes stand is what they come for."""
    actor = current_actor()
    if not actor.holds(Role.PARTNER, Role.LEADERSHIP):
        return ""
    programmes = list_programmes(db_session(), actor).rows
    page = "dashboards/_programmes_on_first_page.html"
    return render_template(page, programmes=programmes) if programmes else ""
