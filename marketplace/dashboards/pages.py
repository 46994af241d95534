"""Where each thing that waits is done, programmes on other pages, and lists as files."""

from collections.abc import Iterable, Mapping, Sequence

from flask import g, render_template, url_for
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.dashboards.flow import Days, Quarter, Reached
from marketplace.dashboards.labels import ADVISER_MISSING
from marketplace.dashboards.programmes import ProgrammeCase, cases_of, counters_of
from marketplace.dashboards.queries import WorkItem
from marketplace.programmes import policies
from marketplace.programmes.models import Programme
from marketplace.programmes.queries import list_programmes
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filters import days_since, norwegian_date, number
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_text
from marketplace.ui.tasks import task_of


def work_url(item: WorkItem) -> str:
    task = task_of(item.kind)
    endpoint, argument = (task.desk if item.acts else None) or task.page
    return url_for(endpoint, _anchor=task.place, **{argument: item.subject_id})  # type: ignore[arg-type]  # the argument's name is data here


def what_to_do(item: WorkItem) -> str:
    task = task_of(item.kind)
    if item.acts:
        return str(ADVISER_MISSING if item.adviser_missing else task.to_do)
    coordinates = current_actor().holds(Role.COORDINATOR)
    return str((task.coordinators_do if coordinates else "") or task.others_do)


# ---------------------------------------------------------------- programmes on other pages


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


# ---------------------------------------------------------------- files


def queue_as_csv(items: Iterable[WorkItem]) -> str:
    """One row for each thing that waits, with whom it waits for, since when and how many days."""
    heading = (
        _("Hva"),
        _("Behov"),
        _("Konsept"),
        _("Enhet"),
        _("Venter på"),
        _("Siden"),
        _("Dager"),
    )
    return csv_text(heading, map(_values, items))


def programme_as_csv(cases: Iterable[ProgrammeCase]) -> str:
    """One row for each case of a programme, with how far it has come and its dates."""
    heading = (
        _("Behov"),
        _("Konsept"),
        _("Enhet"),
        _("Entreprenør"),
        _("Hvor langt"),
        _("Startet"),
        _("Sluttet"),
        _("Besluttes innen"),
        _("Dager på overtid"),
        _("Besluttet"),
    )
    return csv_text(heading, map(_case_values, cases))


def flow_as_csv(
    reached: Iterable[Reached], days: Iterable[Days], quarters: Iterable[Quarter]
) -> str:
    """The steps with their needs, the parts of the way with their days, and what each quarter had.

    One row holds one number of one thing: a spreadsheet can sort and filter that.
    """
    heading = (_("Del"), _("Hva"), _("Tall"), _("Verdi"))
    return csv_text(
        heading,
        [
            *((_("Steg"), label(row.step), _("Behov"), str(row.needs)) for row in reached),
            *((_("Dager"), label(row.passage), *each) for row in days for each in _told(row)),
            *(
                (quarter_name(quarter), label(count), _("Antall"), str(counted))
                for quarter in quarters
                for count, counted in quarter.counts.items()
            ),
        ],
    )


def quarter_name(quarter: Quarter) -> str:
    number = (quarter.first.month + 2) // 3
    return _("%(number)d. kvartal %(year)d", number=number, year=quarter.first.year)


def middle(days: Days) -> str:
    """The median as it is read: where half are not through, only what it is more than."""
    if days.middle is not None:
        return number(days.middle)
    return _("over %(days)s", days=number(days.longest)) if days.cases else "–"


def _told(days: Days) -> Iterable[tuple[str, str]]:
    return (
        (_("Kommet gjennom"), str(days.cases)),
        (_("Median, dager"), middle(days)),
        (_("Lengste, dager"), _number(days.longest)),
        (_("Venter"), str(days.waiting)),
        (_("Venter siden"), norwegian_date(days.since)),
    )


def _case_values(case: ProgrammeCase) -> tuple[str, ...]:
    need, concept = case.pairing.need, case.pairing.concept
    return (
        need.title,
        concept.title,
        need.unit.name,
        concept.organisation.name,
        label(case.stage),
        *(norwegian_date(day) for day in (case.started_on, case.ended_on, case.decide_by)),
        str(case.days_over or ""),
        norwegian_date(case.decided_on),
    )


def _values(item: WorkItem) -> tuple[str, ...]:
    return (
        label(item.kind),
        item.title,
        item.other_title or "",
        item.unit_name or "",
        label(item.waits_for),
        norwegian_date(item.since),
        str(days_since(item.since)),
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
