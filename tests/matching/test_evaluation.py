"""The measures, against values worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from bench.ranking import judged_collections
from matching import Document
from matching.evaluation import (
    JudgedCollection,
    measured,
    ndcg,
    our_ranking,
    read_collection,
    recall,
    reciprocal_rank,
    values_per_query,
)
from matching.peers import bm25, tfidf
from matching.significance import interval, mean_differences
from matching.table_readers import TableError


def test_ndcg_by_hand() -> None:
    grades = {"a": 3.0, "b": 1.0, "c": 2.0}
    gained = 1 / math.log2(2) + 3 / math.log2(4)
    ideal = 3 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(["b", "x", "a"], grades, 10) == pytest.approx(gained / ideal)
    assert ndcg(["b", "x", "a"], grades, 1) == pytest.approx(1 / 3)
    assert ndcg(["a", "c", "b"], grades, 10) == 1
    assert ndcg([], grades, 10) == 0


def test_recall_by_hand() -> None:
    assert recall(["x", "a", "b"], {"a": 1, "b": 1, "c": 1, "d": 1}, 10) == 0.5
    assert recall(["x", "a", "b"], {"a": 1, "b": 1, "c": 1, "d": 1}, 2) == 0.25


def test_reciprocal_rank_by_hand() -> None:
    assert reciprocal_rank(["x", "y", "a", "b"], {"a": 1, "b": 1}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x"], {"a": 1}) == 0


def _collection() -> JudgedCollection:
    documents = [Document("1", "", "school help"), Document("2", "", "bicycle repair")]
    queries = [Document("q", "", "repair of bicycles"), Document("r", "", "schools")]
    return JudgedCollection("made up", documents, queries, {"q": {"2": 1.0}, "r": {"2": 1.0}})


def _written(folder: Path, qrels: str) -> Path:
    folder.mkdir()
    for name, text in (("corpus", "school help"), ("queries", "schools")):
        row = json.dumps({"_id": "1", "text": text})
        (folder / f"{name}.jsonl").write_text(row, encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


@pytest.mark.parametrize("before", ["", "query-id\tcorpus-id\tscore\n", "\ufeff"])
def test_no_grade_is_lost_with_or_without_a_header(tmp_path: Path, before: str) -> None:
    found = read_collection(_written(tmp_path / "one", f"{before}1\t1\t2\n1\t2\t0\n"))
    assert found.name == "one"
    assert found.grades == {"1": {"1": 2.0}}
    assert [query.id for query in found.queries] == ["1"]


def test_benches_pass_over_files_beside_the_folders(tmp_path: Path) -> None:
    beside = tmp_path / "README.md"
    beside.touch()
    folder = _written(tmp_path / "one", "1\t1\t1\n")
    assert [each.name for each in judged_collections([str(beside), str(folder)])] == ["one"]
    with pytest.raises(TableError, match="no such folder"):
        judged_collections([str(beside)])
    with pytest.raises(TableError, match="no such folder"):
        judged_collections([str(folder), str(tmp_path / "missing")])


def test_means_over_queries() -> None:
    def runner(*_: object) -> list[list[str]]:
        return [["2", "1"], ["1", "2"]]

    found = measured(_collection(), runner)
    assert found["nDCG@10"] == pytest.approx((1 + 1 / math.log2(3)) / 2)
    assert found["MRR"] == pytest.approx(0.75)
    assert found["recall@10"] == 1
    assert values_per_query(_collection(), runner)["MRR"] == [1, 0.5]


def test_interval_of_a_known_difference() -> None:
    theirs = [0.1, 0.5, 0.3, 0.7] * 50
    spread = [0.1 + (0.05 if row % 2 else -0.05) for row in range(200)]
    low, high = interval(
        mean_differences([a + b for a, b in zip(theirs, spread, strict=True)], theirs)
    )
    error = 0.05 / math.sqrt(200)  # Of the mean of values that are 0.05 from it, one way or other.
    assert (low, high) == pytest.approx((0.1 - 1.96 * error, 0.1 + 1.96 * error), abs=error / 10)


def test_interval_of_no_difference_holds_zero() -> None:
    ours = [0.2, 0.8, 0.5, 0.5] * 10
    theirs = [0.8, 0.2, 0.5, 0.5] * 10
    low, high = interval(mean_differences(ours, theirs))
    assert low < 0 < high
    assert interval(mean_differences(ours, ours)) == (0, 0)


def test_the_lot_is_the_same_each_time_but_not_in_each_collection() -> None:
    ours, theirs = [0.2, 0.8, 0.4, 0.6], [0.1, 0.9, 0.2, 0.3]
    first, again, other = (mean_differences(ours, theirs, name) for name in ("one", "one", "two"))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_no_query_is_no_difference() -> None:
    with pytest.raises(ValueError, match="no query"):
        mean_differences([], [])


def test_a_collection_without_queries_is_refused() -> None:
    with pytest.raises(ValueError, match="no query"):
        measured(JudgedCollection("none", [], [], {}), our_ranking)


def test_rankings_find_what_is_there() -> None:
    collection = _collection()
    for runner in (our_ranking, bm25, tfidf):
        assert runner(collection.documents, collection.queries)[0] == ["2"]
    assert our_ranking(collection.documents, collection.queries)[1] == ["1"]
    assert bm25(collection.documents, collection.queries)[1] == ["1"]
