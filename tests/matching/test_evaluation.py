"""The measures, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from matching import Document
from matching.evaluation import (
    JudgedCollection,
    measured,
    ndcg,
    our_ranking,
    recall,
    reciprocal_rank,
)
from matching.peers import bm25, tfidf


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


def test_means_over_queries() -> None:
    def runner(*_: object) -> list[list[str]]:
        return [["2", "1"], ["1", "2"]]

    found = measured(_collection(), runner)
    assert found["nDCG@10"] == pytest.approx((1 + 1 / math.log2(3)) / 2)
    assert found["MRR"] == pytest.approx(0.75)
    assert found["recall@10"] == 1


def test_a_collection_without_queries_is_refused() -> None:
    with pytest.raises(ValueError, match="no query"):
        measured(JudgedCollection("none", [], [], {}), our_ranking)


def test_rankings_find_what_is_there() -> None:
    collection = _collection()
    for runner in (our_ranking, bm25, tfidf):
        assert runner(collection.documents, collection.queries)[0] == ["2"]
    assert our_ranking(collection.documents, collection.queries)[1] == ["1"]
    assert bm25(collection.documents, collection.queries)[1] == ["1"]
