"""Rows of documents from CSV, JSON Lines and XLSX files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

REQUIRED = ("id", "text")

_LONGEST_FIELD = 50_000_000

_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can name them one by one; UTF-8 has none.


class TableError(ValueError):
    """A file that cannot be used, with the place and the reason."""

    def __init__(self, path: Path, reason: str, row: int | None = None, column: str = "") -> None:
        where = str(path)
        if row is not None:
            where += f", row {row}"
        if column:
            where += f", column {column}"
        super().__init__(f"{where}: {reason}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet or an editor shows it, and its cells by column."""

    number: int
    cells: dict[str, str]


def read_csv(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file; encoding and separator are found from its bytes.

    The encoding is UTF-8 (with or without a byte order mark) or else Windows-1252; the separator
    is the one of semicolon, comma and tab that stands most often in the first line.
    """
    text = _decoded(path)
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if header is None:
                header = _header(path, cells)
            elif any(cell.strip() for cell in cells):
                if len(cells) > len(header):
                    reason = f"has {len(cells)} cells where the header has {len(header)}"
                    raise TableError(path, reason, line)
                yield Row(line, dict(zip(header, cells, strict=False)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(path, f"is not CSV: {error}", line) from error
    if header is None:
        raise TableError(path, "is empty")


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = data[error.start]
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte 0x{data[error.start]:02x} is neither UTF-8 nor Windows-1252"
        raise TableError(path, reason, line) from error
    if "\x00" in text:
        raise TableError(path, f"byte 0x{found:02x} is not text", line)
    return text


def _header(path: Path, cells: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    for name in REQUIRED:
        if name not in names:
            found = ", ".join(name for name in names if name) or "nothing"
            raise TableError(path, f"is missing; the header has {found}", 1, name)
    for name in (*REQUIRED, "title"):
        if names.count(name) > 1:
            raise TableError(path, "stands twice in the header", 1, name)
    return names


def read_jsonl(path: Path) -> Iterator[Row]:
    """Yield the rows of a file with one JSON object a line; `_id` may stand for `id`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        raise TableError(path, f"byte 0x{byte:02x} is not UTF-8", line) from error
    empty = True
    for number, line_text in enumerate(text.split("\n"), start=1):
        if line_text.strip():
            empty = False
            yield Row(number, _object(path, number, line_text))
    if empty:
        raise TableError(path, "is empty")


def _object(path: Path, number: int, line: str) -> dict[str, str]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TableError(path, f"is not JSON: {error}", number) from error
    if not isinstance(value, dict):
        raise TableError(path, "is not a JSON object", number)
    return _texts(path, number, value)


def _texts(path: Path, number: int, value: dict[str, object]) -> dict[str, str]:
    if "id" not in value and "_id" in value:
        value["id"] = value["_id"]
    for name in REQUIRED:
        if name not in value:
            raise TableError(path, "is missing", number, name)
    cells = {}
    for name in ("id", "title", "text"):
        cell = value.get(name)
        if cell is None:
            continue
        if isinstance(cell, bool) or not isinstance(cell, (str, int)):
            raise TableError(path, "is not text", number, name)
        cells[name] = str(cell)
    if _SURROGATE.search(cells.get("id", "")):
        raise TableError(path, "has half of a surrogate pair, which is no character", number, "id")
    return cells


def read_xlsx(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet of a workbook."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and few files need it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - likewise

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise TableError(path, "is not an XLSX workbook") from error
    try:
        header: list[str] | None = None
        for number, values in enumerate(workbook.worksheets[0].iter_rows(values_only=True), 1):
            cells = [_cell(value) for value in values]
            if header is None:
                header = _header(path, cells)
            elif any(cell.strip() for cell in cells):
                yield Row(number, dict(zip(header, cells, strict=False)))
        if header is None:
            raise TableError(path, "is empty")
    finally:
        workbook.close()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
