"""The sums of purchases as a file that a spreadsheet opens: semicolons, a byte order mark."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from marketplace.procurements.queries import PurchaseSum
from marketplace.ui.filters import norwegian_date

BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sums_as_csv(sums: Iterable[tuple[PurchaseSum, Sequence[str]]]) -> str:
    """One row for each unit and supplier, with the limits that the sum is near or over."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        (_("Enhet"), _("Leverandør"), _("Sum siste 12 måneder, kr uten mva."), _("Antall kjøp"),
         _("Siste kjøp"), _("Nær eller over"))
    )  # fmt: skip
    for row, warnings in sums:
        values = (row.unit_name, row.supplier_name, row.amount, row.count)
        last = norwegian_date(row.last_on)
        writer.writerow([_cell(value) for value in (*values, last, ", ".join(warnings))])
    return BYTE_ORDER_MARK + file.getvalue()


def _cell(value: object) -> object:
    """What a person typed must not be run as a formula by the spreadsheet that opens it."""
    typed = isinstance(value, str) and value.startswith(STARTS_A_FORMULA)
    return f"'{value}" if typed else value
