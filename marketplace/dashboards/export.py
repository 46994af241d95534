"""The queue as a file that a spreadsheet opens as it is: semicolons, a byte order mark."""

import csv
import io
from collections.abc import Iterable

from flask_babel import gettext as _

from marketplace.dashboards.queries import WorkItem
from marketplace.ui.filters import days_since, norwegian_date
from marketplace.ui.labels import label

BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in _values(item)] for item in items)
    return BYTE_ORDER_MARK + file.getvalue()


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


def _cell(value: str) -> str:
    """What a person typed must not be run as a formula by the spreadsheet that opens it."""
    return f"'{value}" if value.startswith(STARTS_A_FORMULA) else value
