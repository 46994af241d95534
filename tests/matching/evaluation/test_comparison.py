"""Ours beside its peers: ratios, limits and the table."""

from __future__ import annotations

import math

import pytest

from matching import Document
from matching.evaluation import JudgedCollection, Retriever
from matching.evaluation.comparison import Comparison, Rankers, compare
from matching.evaluation.table import Table

COLLECTION = JudgedCollection(
    "made up",
    [Document("1", "", "a"), Document("2", "", "b")],
    [Document("q", "", "a"), Document("r", "", "b")],
    {"q": {"1": 1.0}, "r": {"2": 1.0}},
)


def _always(*answers: list[str]) -> Retriever:
    return lambda *_: list(answers)


PERFECT, HALF, NOTHING = _always(["1"], ["2"]), _always(["1"], []), _always([], [])


def test_a_ratio_to_nothing_is_no_number() -> None:
    found = compare(COLLECTION, Rankers(PERFECT, {"none": NOTHING}, semantic=PERFECT))
    assert math.isnan(found.values["ratio"])
    assert math.isnan(found.values["m-ratio"])
    assert found.values["gain"] == 1


def test_a_collection_without_queries_is_refused() -> None:
    with pytest.raises(ValueError, match="no query"):
        compare(JudgedCollection("none", [], [], {}), Rankers(_always()))


def test_ours_is_compared_with_the_best_peer_and_meaning_with_the_best_of_all() -> None:
    peers = {"none": NOTHING, "half": HALF}
    found = compare(COLLECTION, Rankers(HALF, peers, PERFECT, {"dense": PERFECT}))
    names = ["none", "half", "ratio", "meaning", "gain", "dense", "m-ratio"]
    assert [found.values[name] for name in names] == [0, 0.5, 1, 1, 2, 1, 1]
    assert found.differences is not None
    assert not found.differences.any()


def test_without_peers_there_are_measures_alone() -> None:
    found = compare(COLLECTION, Rankers(HALF))
    assert list(found.values) == ["nDCG@10", "R@10", "R@100", "MRR", "S@1", "S@3"]
    assert found.differences is None


def _shown(*rows: Comparison) -> list[str]:
    parts: list[str] = []
    table = Table(parts.append, 10)
    for number, row in enumerate(rows):
        table.add(f"c{number}", row)
    table.close()
    return "".join(parts).splitlines()


def test_the_table_has_means_and_the_lowest_ratio_without_what_is_no_number() -> None:
    rows = [Comparison({"nDCG@10": 0.5, "BM25": 0.4, "ratio": ratio}) for ratio in (1.25, 1.0)]
    lines = _shown(*rows, Comparison({"nDCG@10": 0.0, "BM25": 0.0, "ratio": math.nan}))
    assert lines[0].split() == ["collection", "nDCG@10", "BM25", "ratio"]
    assert lines[3].split() == ["c2", "0.000", "0.000", "–"]
    assert lines[4].split() == ["mean", "0.333", "0.267", "1.125"]
    assert lines[5].split() == ["lowest", "1.000"]
    assert len({len(line) for line in lines[:6]}) == 1


def test_a_table_of_nothing_is_empty() -> None:
    assert _shown() == []


def test_where_no_ratio_is_a_number_neither_is_the_mean() -> None:
    lines = _shown(Comparison({"BM25": 0.0, "ratio": math.nan}))
    assert [line.split()[-1] for line in lines[1:4]] == ["–", "–", "–"]
