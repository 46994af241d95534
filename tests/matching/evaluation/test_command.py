"""`python -m matching evaluate`, on real folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.cli import main
from tests.matching.evaluation.folders import examples, written

Shown = pytest.CaptureFixture[str]


def test_one_bad_folder_does_not_lose_the_others(tmp_path: Path, capsys: Shown) -> None:
    bad = examples(tmp_path / "bad")
    (bad / "qrels.tsv").unlink()
    missing = tmp_path / "missing"
    good = [examples(tmp_path / name) for name in ("one", "two")]
    assert main(["evaluate", *map(str, [bad, good[0], missing, good[1]])]) == 2
    shown = capsys.readouterr()
    assert [line.split()[0] for line in shown.out.splitlines()[1:]] == ["one", "two", "mean"]
    assert shown.err.splitlines() == [
        f"matching: {bad / 'qrels.tsv'}: there is no such file",
        f"matching: {missing}: there is no such folder",
    ]


def test_what_a_ranker_refuses_is_told_with_its_folder(tmp_path: Path, capsys: Shown) -> None:
    folder = written(tmp_path / "empty", {"1": "!"}, {"q": "!"}, "q\t1\t1\n")
    assert main(["evaluate", "--compare", str(folder)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"matching: {folder}: ")


def test_evaluates_folders_and_compares(tmp_path: Path, capsys: Shown) -> None:
    folders = [examples(tmp_path / name) for name in ("one", "two")]
    assert main(["evaluate", "--compare", *map(str, folders)]) == 0
    lines = capsys.readouterr().out.splitlines()
    header = "nDCG@10 R@10 R@100 MRR S@1 S@3 TF-IDF TF-IDFc BM25 BM25c BM25cf bm25s ratio"
    assert lines[0].split() == ["collection", *header.split(), "difference,", "95", "%"]
    assert [line.split()[0] for line in lines[1:5]] == ["one", "two", "mean", "lowest"]
    assert lines[1].split()[1:14] == lines[3].split()[1:14]
    assert lines[5] == ""
    assert lines[6].startswith("R@10: ")


def test_nothing_in_common_is_a_dash_beside_the_others(tmp_path: Path, capsys: Shown) -> None:
    nothing = written(tmp_path / "nothing", {"1": "eldre på tur"}, {"q": "xyz"}, "q\t1\t1\n")
    assert main(["evaluate", "--compare", str(nothing), str(examples(tmp_path / "one"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[13] == "–"
    assert lines[2].split()[13] == lines[3].split()[13] == lines[4].split()[1]


def test_the_folder_one_stands_in_has_a_name(
    tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(examples(tmp_path / "here"))
    assert main(["evaluate", "."]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[0] == "here"


def test_help_names_the_measures(capsys: Shown) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["evaluate", "--help"])
    assert stop.value.code == 0
    assert "success@1" in capsys.readouterr().out
