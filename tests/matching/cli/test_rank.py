"""`python -m matching rank`: what it writes where, and what it refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matching import Document
from matching.cli import main
from tests.matching.cli.programs import jsonl, ranked, refused, run

HEADER = ["need_id", "concept_id", "rank", "score", "strength", "reasons"]


def test_csv_is_for_norwegian_excel(
    tmp_path: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "pairs.csv"
    ranked(capsys, *files, "--output", output)
    data = output.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfneed_id;concept_id;")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == HEADER
    assert ["'=1+1", "bikes", "1"] in [row[:3] for row in rows]
    assert rows[1][3].startswith("0,")


def test_xlsx_has_text_where_a_formula_could_be(
    tmp_path: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "pairs.xlsx"
    ranked(capsys, *files, "--output", output)
    rows = list(load_workbook(output).worksheets[0].iter_rows())
    assert [cell.value for cell in rows[0]] == HEADER
    assert (rows[-1][0].value, rows[-1][0].data_type) == ("=1+1", "s")
    assert isinstance(rows[1][3].value, float)


def test_standard_output_is_csv(files: tuple[Path, Path]) -> None:
    done = run("rank", *files, "--words-only")
    assert done.returncode == 0
    assert done.stdout.startswith(b"need_id;concept_id;rank;")
    assert done.stderr == b""


def test_reverse_ranks_needs_within_concepts(
    tmp_path: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "pairs.jsonl"
    ranked(capsys, *files, "--reverse", "--output", output)
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    first = {row["concept_id"]: row["need_id"] for row in rows if row["rank"] == 1}
    assert first["waste"] == "waste"
    ranks = [row["rank"] for row in rows if row["concept_id"] == "lonely"]
    assert ranks == list(range(1, len(ranks) + 1))


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
    needs = jsonl(tmp_path, [Document("1", "", "sykkel")])
    concepts = jsonl(tmp_path, [Document("2", "", "matsvinn")])
    assert main(["rank", str(needs), str(concepts), "--words-only"]) == 0
    assert capsys.readouterr().out == ";".join(HEADER) + "\r\n"


def test_help_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["rank", "--help"])
    assert stop.value.code == 0
    assert "semicolon" in capsys.readouterr().out
