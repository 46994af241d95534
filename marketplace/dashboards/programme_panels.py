"""What a programme counts, on its own page and in the list of programmes."""

from collections.abc import Mapping, Sequence

from flask import g, render_template

from marketplace.dashboards.programmes import ProgrammeCase, cases_of, counters_of
from marketplace.programmes import policies
from marketplace.programmes.models import Programme
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.slots import fills


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


def register() -> None:
    fills("programme.standing", 10)(standing)
    fills("programme.sections", 10)(sections)
