"""Files in and out: CSV, JSON Lines and XLSX."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from matching.documents import Document
from matching.files.readers import Row, TableError, read_csv, read_jsonl, read_xlsx
from matching.files.writers import Cell, write_csv, write_jsonl, write_xlsx

_READERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".xlsx": read_xlsx,
}
_WRITERS: dict[str, Callable[[Path, Sequence[str], Iterable[Sequence[Cell]]], None]] = {
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".xlsx": write_xlsx,
}


def read_documents(path: Path) -> list[Document]:
    """Return the documents in a file with columns `id`, `title` (may be missing) and `text`.

    Raises
    ------
    TableError
        When the file is missing or not as described; says where and why.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise TableError(path, f"{_suffix(path)}; use .csv, .jsonl or .xlsx")
    if not path.is_file():
        raise TableError(path, "there is no such file")
    try:
        return _checked(path, reader(path))
    except OSError as error:
        raise TableError(path, f"cannot be read: {error.strerror or error}") from error


def _checked(path: Path, rows: Iterator[Row]) -> list[Document]:
    seen: dict[str, int] = {}
    documents = []
    for row in rows:
        document_id = row.cells.get("id", "").strip()
        if not document_id:
            raise TableError(path, "is empty", row.number, "id")
        if document_id in seen:
            reason = f"{document_id!r} already stands in row {seen[document_id]}"
            raise TableError(path, reason, row.number, "id")
        seen[document_id] = row.number
        documents.append(
            Document(document_id, row.cells.get("title", ""), row.cells.get("text", ""))
        )
    return documents


def check_output(path: Path) -> None:
    """Refuse an output file that could not be written, before the work begins.

    Raises
    ------
    TableError
        When the suffix is unknown or the folder is missing.
    """
    if path.suffix.lower() not in _WRITERS:
        raise TableError(path, f"{_suffix(path)}; use .csv, .jsonl or .xlsx")
    if not path.parent.is_dir():
        raise TableError(path, f"there is no folder {path.parent}")


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table to a file of the kind its suffix names; all of it or nothing.

    Raises
    ------
    TableError
        When the file cannot be written.
    """
    check_output(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-", suffix=path.suffix)
        os.close(handle)
        part = Path(name)
        try:
            _WRITERS[path.suffix.lower()](part, header, rows)
            part.chmod(0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise TableError(path, f"cannot be written: {error.strerror or error}") from error


def _suffix(path: Path) -> str:
    return f"cannot tell the kind of file from {path.suffix!r}" if path.suffix else "has no suffix"
