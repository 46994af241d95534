"""Rows as a file that a spreadsheet opens as it is: semicolons, a byte order mark."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(BYTE_ORDER_MARK + file.getvalue(), mimetype="text/csv", headers=headers)


def _cell(value: str) -> str:
    """What a person typed must not be run as a formula by the spreadsheet that opens it."""
    return f"'{value}" if value.startswith(STARTS_A_FORMULA) else value
