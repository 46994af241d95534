"""Reading judged collections: what is refused, and what is let pass."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bench.ranking import judged_collections
from matching.evaluation import collection_folders, read_collection, read_qrels
from matching.files import TableError
from tests.matching.evaluation.folders import HEADER, written

CORPUS = {"1": "school help", "2": "bicycle repair"}
QUERIES = {"1": "schools", "q": "bicycles"}


def _written(path: Path, qrels: str) -> Path:
    return written(path, CORPUS, QUERIES, qrels)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"query\tdocument\tgrade\na b 1\n", ", row 2: must be three cells, with tabs between"),
        (b"a\t0\tb\t1\n", ", row 1: must be three cells, with tabs between"),
        (b"a\tb\t1\n\na\tc\tmuch\n", ", row 3: the grade 'much' is not a finite number"),
        (b"a\tb\tinf\n", ", row 1: the grade 'inf' is not a finite number"),
        (b"a\tb\t1\na\tc\tnan\n", ", row 2: the grade 'nan' is not a finite number"),
        (b"a\tb\t1\n\xe5\tc\t1\n", ": is not UTF-8"),
    ],
)
def test_grades_are_refused_with_place_and_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_bytes(content)
    with pytest.raises(TableError) as refused:
        read_qrels(path)
    assert str(refused.value).startswith(f"{path}{reason}")


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text("a\tb\t1\n" + "x" * 200, encoding="utf-8")
    before = csv.field_size_limit(100)
    try:
        with pytest.raises(TableError, match="row 2: is not a table"):
            read_qrels(path)
    finally:
        csv.field_size_limit(before)


def test_a_folder_or_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="there is no such folder"):
        read_collection(tmp_path / "none")
    folder = _written(tmp_path / "half", "1\t1\t1\n")
    (folder / "qrels.tsv").unlink()
    with pytest.raises(TableError, match=r"qrels\.tsv: there is no such file"):
        read_collection(folder)


def test_a_collection_without_a_right_answer_is_refused(tmp_path: Path) -> None:
    folder = _written(tmp_path / "one", "1\t1\t0\nunknown\t1\t1\n")
    with pytest.raises(TableError, match="one: no query has a relevant document"):
        read_collection(folder)


def test_queries_without_an_answer_are_kept_apart(tmp_path: Path) -> None:
    found = read_collection(_written(tmp_path / "one", "q\t2\t1\n1\t1\t0\n"))
    assert [query.id for query in found.queries] == ["q"]
    assert [query.id for query in found.unanswered] == ["1"]


@pytest.mark.parametrize("before", ["", HEADER, "\ufeff", f"\ufeff{HEADER}"])
def test_no_grade_is_lost_with_or_without_a_header(tmp_path: Path, before: str) -> None:
    found = read_collection(_written(tmp_path / "one", f"{before}1\t1\t2\n1\t2\t0\n"))
    assert found.name == "one"
    assert found.qrels == {"1": {"1": 2.0}}
    assert [query.id for query in found.queries] == ["1"]


def test_blanks_around_ids_and_grades_carry_nothing(tmp_path: Path) -> None:
    corpus, queries = {" d1": "school help", "d2 ": "bicycles"}, {"q1 ": "schools"}
    folder = written(tmp_path / "one", corpus, queries, "q1\td1 \t 1\r\n \t\t \n q1\td2\t2\n")
    found = read_collection(folder)
    assert found.qrels == {"q1": {"d1": 1.0, "d2": 2.0}}
    assert [query.id for query in found.queries] == ["q1"]
    assert {document.id for document in found.documents} == {"d1", "d2"}


def test_grades_of_a_download_are_those_of_its_test_set(tmp_path: Path) -> None:
    folder = _written(tmp_path / "one", "")
    (folder / "qrels.tsv").unlink()
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(f"{HEADER}1\t1\t1\n", encoding="utf-8")
    (folder / "qrels" / "train.tsv").write_text(f"{HEADER}q\t2\t1\n", encoding="utf-8")
    assert read_collection(folder).qrels == {"1": {"1": 1.0}}


def test_grades_beside_the_texts_come_before_those_of_a_download(tmp_path: Path) -> None:
    folder = _written(tmp_path / "one", "1\t1\t1\n")
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("q\t2\t1\n", encoding="utf-8")
    assert read_collection(folder).qrels == {"1": {"1": 1.0}}


def test_files_beside_the_folders_are_passed_over(tmp_path: Path) -> None:
    beside = tmp_path / "README.md"
    beside.touch()
    folder = _written(tmp_path / "one", "1\t1\t1\n")
    assert collection_folders([beside, folder]) == [folder]
    assert collection_folders([beside]) == [beside]
    assert [each.name for each in judged_collections([str(beside), str(folder)])] == ["one"]
    with pytest.raises(TableError, match="no such folder"):
        judged_collections([str(beside)])
    with pytest.raises(TableError, match="no such folder"):
        judged_collections([str(folder), str(tmp_path / "missing")])
