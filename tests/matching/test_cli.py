"""The command line, run as a program on real files of every kind."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from matching import Document
from matching.cli import main
from tests.matching.examples import CONCEPTS, NEEDS

HEADER = ["need_id", "concept_id", "rank", "score", "strength", "reasons"]

Writer = Callable[[Path, list[Document]], Path]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - the program under test
        [sys.executable, "-m", "matching", *map(str, arguments)], capture_output=True, check=False
    )


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Return what the command line says when it refuses; run here, as a program starts slowly."""
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


def _jsonl(folder: Path, documents: list[Document]) -> Path:
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
    "jsonl": _jsonl,
    "xlsx": _xlsx,
}


@pytest.mark.parametrize("kind", WRITERS)
def test_reads_every_kind(tmp_path: Path, kind: str) -> None:
    needs = WRITERS[kind](tmp_path, list(NEEDS.values()))
    concepts = WRITERS[kind](tmp_path, list(CONCEPTS.values()))
    output = tmp_path / "pairs.jsonl"
    done = run("rank", needs, concepts, "--top", "1", "--output", output)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert {row["need_id"]: row["concept_id"] for row in rows}["lonely"] == "lonely"
    assert {row["rank"] for row in rows} == {1}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    needs = [*NEEDS.values(), Document("=1+1", "", "sykkel")]
    return _jsonl(tmp_path, needs), _jsonl(tmp_path, list(CONCEPTS.values()))


def test_csv_is_for_norwegian_excel(tmp_path: Path, files: tuple[Path, Path]) -> None:
    output = tmp_path / "pairs.csv"
    assert run("rank", *files, "--output", output).returncode == 0
    data = output.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfneed_id;concept_id;")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == HEADER
    assert rows[-1][:3] == ["'=1+1", "bikes", "1"]
    assert rows[1][3].startswith("0,")


def test_xlsx_has_text_where_a_formula_could_be(tmp_path: Path, files: tuple[Path, Path]) -> None:
    output = tmp_path / "pairs.xlsx"
    assert run("rank", *files, "--output", output).returncode == 0
    rows = list(load_workbook(output).worksheets[0].iter_rows())
    assert [cell.value for cell in rows[0]] == HEADER
    assert (rows[-1][0].value, rows[-1][0].data_type) == ("=1+1", "s")
    assert isinstance(rows[1][3].value, float)


def test_standard_output_is_csv(files: tuple[Path, Path]) -> None:
    done = run("rank", *files)
    assert done.returncode == 0
    assert done.stdout.startswith(b"need_id;concept_id;rank;")
    assert done.stderr == b""


def test_reverse_ranks_needs_within_concepts(tmp_path: Path, files: tuple[Path, Path]) -> None:
    output = tmp_path / "pairs.jsonl"
    assert run("rank", *files, "--reverse", "--output", output).returncode == 0
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    first = {row["concept_id"]: row["need_id"] for row in rows if row["rank"] == 1}
    assert first["waste"] == "waste"
    ranks = [row["rank"] for row in rows if row["concept_id"] == "lonely"]
    assert ranks == list(range(1, len(ranks) + 1))


REFUSALS = {
    "no id column": ("a.csv", b"name;text\n1;b\n", "row 1, column id: is missing"),
    "no text column": ("a.csv", b"id,body\n1,b\n", "row 1, column text: is missing"),
    "empty id": ("a.csv", b"id;text\n1;b\n ;c\n", "row 3, column id: is empty"),
    "duplicate id": ("a.csv", b"id;text\n1;b\n1;c\n", "row 3, column id: '1' already"),
    "too many cells": ("a.csv", b"id;text\n1;b;c\n", "row 2: has 3 cells"),
    "row after a long cell": ("a.csv", b'id;text\n1;"b\nc"\n;d\n', "row 4, column id: is empty"),
    "open quote": ("a.csv", b'id;text\n1;"b\n', "row 2: is not CSV"),
    "neither encoding": ("a.csv", b"id;text\n1;\x81\xff\n", "row 2: byte 0x81"),
    "empty file": ("a.csv", b"", "is empty"),
    "unknown suffix": ("a.doc", b"", "'.doc'; use .csv, .jsonl or .xlsx"),
    "no suffix": ("a", b"", "has no suffix"),
    "not JSON": ("a.jsonl", b'{"id": "1", "text": "b"}\n{oops\n', "row 2: is not JSON"),
    "not an object": ("a.jsonl", b"[1]\n", "row 1: is not a JSON object"),
    "no text": ("a.jsonl", b'{"id": "1"}\n', "row 1, column text: is missing"),
    "text of another type": ("a.jsonl", b'{"id": "1", "text": []}\n', "column text: is not text"),
    "not UTF-8": ("a.jsonl", b'{"id": "1", "text": "\xe5"}\n', "row 1: byte 0xe5 is not UTF-8"),
    "empty JSON": ("a.jsonl", b"\n", "is empty"),
    "not a workbook": ("a.xlsx", b"hello", "is not an XLSX workbook"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refuses_with_place_and_reason(
    tmp_path: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], case: str
) -> None:
    name, data, reason = REFUSALS[case]
    bad, output = tmp_path / name, tmp_path / "pairs.csv"
    bad.write_bytes(data)
    before = set(tmp_path.iterdir())
    message = refused(capsys, "rank", bad, files[1], "--output", output)
    assert str(bad) in message
    assert reason in message
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("output", "reason"),
    [("pairs.txt", "use .csv"), ("missing/pairs.csv", "there is no folder")],
)
def test_refuses_an_output_it_cannot_write(
    tmp_path: Path,
    files: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    output: str,
    reason: str,
) -> None:
    assert reason in refused(capsys, "rank", *files, "--output", tmp_path / output)


def test_refusal_is_exit_code_2_without_traceback(tmp_path: Path, files: tuple[Path, Path]) -> None:
    done = run("rank", tmp_path / "none.csv", files[1])
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"there is no such file" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("top", ["0", "-1", "many"])
def test_refuses_a_senseless_top(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], top: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["rank", *map(str, files), "--top", top])
    assert stop.value.code == 2
    message = capsys.readouterr().err
    assert f"argument --top: {top!r} is not a whole number of 1 or more" in message


def test_a_refusal_comes_before_the_header(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rank", *map(str, files), "--cluster", "nowhere:::"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "no cluster answers at nowhere:::" in shown.err


def test_no_pairs_are_a_header_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs = _jsonl(tmp_path, [Document("1", "", "sykkel")])
    concepts = _jsonl(tmp_path, [Document("2", "", "matsvinn")])
    assert main(["rank", str(needs), str(concepts)]) == 0
    assert capsys.readouterr().out == ";".join(HEADER) + "\r\n"


def test_help_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["rank", "--help"])
    assert stop.value.code == 0
    assert "semicolon" in capsys.readouterr().out
