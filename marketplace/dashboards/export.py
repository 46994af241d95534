"""Lists as the text of files that a spreadsheet opens."""

from collections.abc import Iterable

from flask_babel import gettext as _

from marketplace.dashboards.flow import Days, Reached
from marketplace.dashboards.programmes import ProgrammeCase
from marketplace.dashboards.queries import WorkItem
from marketplace.ui.filters import days_since, norwegian_date
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_text


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
        _("Besluttet"),
    )
    return csv_text(heading, map(_case_values, cases))


def flow_as_csv(reached: Iterable[Reached], days: Iterable[Days]) -> str:
    """The steps with their needs, then the parts of the way with their days."""
    heading = (_("Steg"), _("Behov"), _("Saker"), _("Median, dager"), _("Lengste, dager"))
    steps = [(label(row.step), str(row.needs), "", "", "") for row in reached]
    parts = [
        (label(row.passage), "", str(row.cases), _number(row.middle), _number(row.longest))
        for row in days
    ]
    return csv_text(heading, [*steps, *parts])


def _case_values(case: ProgrammeCase) -> tuple[str, ...]:
    need, concept = case.pairing.need, case.pairing.concept
    days = (case.started_on, case.ended_on, case.decide_by, case.decided_on)
    return (
        need.title,
        concept.title,
        need.unit.name,
        concept.organisation.name,
        label(case.stage),
        *(norwegian_date(day) for day in days),
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
