"""The sums of purchases as the text of a file that a spreadsheet opens."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from marketplace.procurements.queries import PurchaseSum
from marketplace.ui.filters import norwegian_date
from marketplace.ui.spreadsheet import csv_text


def sums_as_csv(sums: Iterable[tuple[PurchaseSum, Sequence[str]]]) -> str:
    """One row for each unit and supplier, with the limits that the sum is near or over."""
    heading = (
        _("Enhet"),
        _("Leverandør"),
        _("Sum siste 12 måneder, kr uten mva."),
        _("Antall kjøp"),
        _("Siste kjøp"),
        _("Nær eller over"),
    )
    return csv_text(heading, (_values(row, warnings) for row, warnings in sums))


def _values(row: PurchaseSum, warnings: Sequence[str]) -> tuple[str | int, ...]:
    last = norwegian_date(row.last_on)
    return row.unit_name, row.supplier_name, row.amount, row.count, last, ", ".join(warnings)
