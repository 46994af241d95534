"""Files of every kind are read, and what cannot be is refused with place and reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matching.files import read_documents
from tests.matching.cli.programs import WRITERS, ranked, refused
from tests.matching.examples import CONCEPTS, NEEDS


@pytest.mark.parametrize("kind", WRITERS)
def test_reads_every_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    needs = WRITERS[kind](tmp_path, list(NEEDS.values()))
    concepts = WRITERS[kind](tmp_path, list(CONCEPTS.values()))
    output = tmp_path / "pairs.jsonl"
    ranked(capsys, needs, concepts, "--top", "1", "--output", output)
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert {row["need_id"]: row["concept_id"] for row in rows}["lonely"] == "lonely"
    assert {row["rank"] for row in rows} == {1}


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
    "half a surrogate pair": (
        "a.jsonl",
        b'{"id": "1", "text": "b"}\n{"id": "x\\ud83d", "text": "b"}\n',
        "row 2, column id: has half of a surrogate pair",
    ),
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


def test_blanks_around_an_id_are_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;text\n  1\t;b\n\u00a02 ;c\n", encoding="utf-8")
    assert [each.id for each in read_documents(path)] == ["1", "2"]


def test_a_whole_surrogate_pair_is_a_character(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "\\ud83d\\udc1d", "text": "b"}\n')
    assert [each.id for each in read_documents(path)] == ["\N{HONEYBEE}"]
