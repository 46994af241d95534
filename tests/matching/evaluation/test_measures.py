"""The measures, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from matching import Document
from matching.evaluation import (
    MEASURES,
    JudgedCollection,
    evaluate_run,
    make_run,
    mean,
    ndcg,
    rank_by_words,
    recall,
    reciprocal_rank,
    success_at,
)

COLLECTION = JudgedCollection(
    "made up",
    [Document("1", "", "school help"), Document("2", "", "bicycle repair")],
    [Document("q", "", "repair of bicycles"), Document("r", "", "schools")],
    {"q": {"2": 1.0}, "r": {"2": 1.0}},
)


def test_nothing_relevant_is_nothing_to_gain() -> None:
    with pytest.raises(ZeroDivisionError):
        ndcg(["a"], {}, 10)
    with pytest.raises(ZeroDivisionError):
        recall(["a"], {}, 10)


def test_no_query_has_no_mean() -> None:
    with pytest.raises(ValueError, match="no query"):
        mean([])


def test_a_query_that_nobody_judged_is_refused() -> None:
    with pytest.raises(KeyError):
        evaluate_run({"unknown": ["1"]}, COLLECTION.qrels)


def test_a_ranker_that_leaves_out_a_query_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        make_run(COLLECTION, lambda *_: [["1"]])


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


def test_success_by_hand() -> None:
    assert [success_at(["x", "y", "a"], {"a": 1}, k) for k in (1, 2, 3)] == [0, 0, 1]
    assert success_at([], {"a": 1}, 3) == 0


def test_all_measures_of_a_run() -> None:
    values = evaluate_run({"q": ["2", "1"], "r": ["1", "2"]}, COLLECTION.qrels)
    assert list(values) == list(MEASURES)
    assert values["MRR"] == [1, 0.5]
    assert mean(values["nDCG@10"]) == pytest.approx((1 + 1 / math.log2(3)) / 2)
    assert mean(values["R@10"]) == mean(values["R@100"]) == 1
    assert values["S@1"] == [1, 0]
    assert values["S@3"] == [1, 1]


def test_a_run_has_what_the_ranker_found() -> None:
    assert make_run(COLLECTION, rank_by_words) == {"q": ["2"], "r": ["1"]}
    assert make_run(COLLECTION, rank_by_words, k=0) == {"q": [], "r": []}
