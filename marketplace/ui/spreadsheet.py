"""Rows as a file that a spreadsheet opens as it is: semicolons, a byte order mark."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from marketplace.core.cleaning import clean_text

BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_file(name: str, text: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + file.getvalue()


def _cell(value: str | int) -> str | int:
    """What a person typed must not be run as a formula by the spreadsheet that opens it."""
    if not isinstance(value, str):
        return value
    text = clean_text(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
