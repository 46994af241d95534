"""Tables to CSV, JSON Lines and XLSX files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

Cell = str | int | float

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_rows(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as Norwegian Excel reads it: semicolons, decimal commas, CRLF."""
    writer = csv.writer(file, delimiter=";")
    writer.writerow(header)
    for row in rows:
        writer.writerow(
            [str(cell).replace(".", ",") if isinstance(cell, float) else safe(cell) for cell in row]
        )


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV file in UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv_rows(file, header, rows)


def write_jsonl(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write one JSON object a line; texts as they are, as nothing takes them for formulas."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            record = dict(zip(header, row, strict=True))
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a workbook with one sheet; texts are of type text whatever they begin with."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and few files need it
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - likewise
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - likewise

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("pairs")
    sheet.append(list(header))
    for row in rows:
        cells = []
        for value in row:
            clean = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            cell = WriteOnlyCell(sheet, value=clean)
            if isinstance(clean, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    workbook.save(path)
