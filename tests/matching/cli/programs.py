"""The command line as a program, and files of every kind for it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from matching import Document
from matching.cli import main

Writer = Callable[[Path, list[Document]], Path]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - the program under test
        [sys.executable, "-m", "matching", *map(str, arguments)], capture_output=True, check=False
    )


def ranked(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> None:
    """Rank by words in silence; run here, as a program starts slowly."""
    assert main(["rank", *map(str, arguments), "--words-only"]) == 0
    assert capsys.readouterr() == ("", "")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Return what the command line says when it refuses, run here too."""
    assert main(list(map(str, arguments))) == 2
    return capsys.readouterr().err


def _csv(
    encoding: str, separator: str, columns: tuple[str, ...] = ("id", "title", "text", "extra")
) -> Writer:
    def write(folder: Path, documents: list[Document]) -> Path:
        path = folder / f"{documents[0].id}-{len(documents)}.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=separator)
            writer.writerow(columns)
            for each in documents:
                cells = {"id": each.id, "title": each.title, "text": each.text, "extra": "x"}
                writer.writerow([cells[name.lower()] for name in columns])
        return path

    return write


def jsonl(folder: Path, documents: list[Document]) -> Path:
    path = folder / f"{documents[0].id}-{len(documents)}.jsonl"
    rows = [{"id": each.id, "title": each.title, "text": each.text, "n": 1} for each in documents]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    return path


def _xlsx(folder: Path, documents: list[Document]) -> Path:
    path = folder / f"{documents[0].id}-{len(documents)}.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Text", "ID", "Title", "Other"])
    for each in documents:
        sheet.append([each.text, each.id, each.title, 7])
    book.save(path)
    return path


WRITERS: dict[str, Writer] = {
    "csv utf-8": _csv("utf-8", ","),
    "csv utf-8-sig": _csv("utf-8-sig", ";"),
    "csv cp1252": _csv("cp1252", ";"),
    "csv tab": _csv("utf-8", "\t"),
    "csv capitals": _csv("utf-8", ";", ("ID", "Title", "TEXT")),
    "csv without title": _csv("utf-8", ";", ("id", "text")),
    "jsonl": jsonl,
    "xlsx": _xlsx,
}
