"""The peers find what they should: words, parts of words, meanings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from matching import Document
from matching.evaluation.bm25 import bm25_products, fold, stem_analyzer
from matching.evaluation.languages import language
from matching.evaluation.peers import e5, lexical_peers
from matching.semantic.vectors import VectorStore

PEERS = lexical_peers()

CONCEPTS = [
    Document("1", "", "Vi hjelper med ungdomsarbeidsledighet i hele kommunen."),
    Document("2", "", "Vi reparerer sykler for barna på skolen."),
    Document("3", "Selskap", "Frivillige spiser middag med gamle naboer."),
]


def _ask(peer: str, text: str, k: int = 10) -> list[str]:
    return PEERS[peer](CONCEPTS, [Document("q", "", text)], k)[0]


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize("text", ["", "og", "xyzzy", "😀"])
def test_nothing_in_common_is_not_found(peer: str, text: str) -> None:
    assert "2" not in _ask(peer, text)


@pytest.mark.parametrize("peer", PEERS)
def test_a_shared_word_is_found(peer: str) -> None:
    assert _ask(peer, "frivillige")[:1] == ["3"]
    assert _ask(peer, "selskap")[:1] == ["3"]
    assert _ask(peer, "frivillige reparerer", k=1) in (["2"], ["3"])
    assert _ask(peer, "frivillige", k=0) == []


@pytest.mark.parametrize("peer", ["BM25", "bm25s"])
def test_another_ending_is_found_by_stems(peer: str) -> None:
    assert _ask(peer, "syklene") == ["2"]
    assert _ask("TF-IDF", "syklene") == []


@pytest.mark.parametrize("peer", ["TF-IDFc", "BM25c", "BM25cf"])
def test_a_part_of_a_compound_is_found_by_characters_only(peer: str) -> None:
    assert _ask(peer, "arbeidsledig")[:1] == ["1"]
    assert all(_ask(other, "arbeidsledig") == [] for other in ("TF-IDF", "BM25", "bm25s"))


def test_marks_are_folded_where_that_is_asked_for() -> None:
    concepts = [Document("1", "", "sjølv")]
    asked = [Document("q", "", "sjolv")]
    assert PEERS["BM25cf"](concepts, asked, 1) == [["1"]]
    assert fold("blåbær på øya") == "blabaer pa oya"


@pytest.mark.parametrize("peer", PEERS)
def test_ties_are_broken_by_id(peer: str) -> None:
    twins = [Document(each, "", "sykkel og bil") for each in ("b", "a", "c")]
    others = [Document("d", "", "middag med naboer")]
    assert PEERS[peer]([*twins, *others], [Document("q", "", "sykkel")], 2) == [["a", "b"]]


def test_bm25_by_hand() -> None:
    analyzer = stem_analyzer("en")
    asked, documents = bm25_products((analyzer, ["tea tea cup", "milk"]), (analyzer, ["tea tea"]))
    rarity = np.log1p((2 - 1 + 0.5) / (1 + 0.5))
    pivot = 1.2 * (0.25 + 0.75 * 3 / 2)
    expected = rarity * 2 * 2.2 / (2 + pivot) * 2 * 9 / (2 + 8)
    assert (asked @ documents.T).toarray() == pytest.approx(np.array([[expected, 0]]))


def test_language_is_that_of_most_words() -> None:
    assert language(CONCEPTS) == "no"
    assert language([Document("1", "", "We repair bicycles for the children at school.")]) == "en"


class _Directions:
    """An encoder for which a text means the place of its first letter."""

    version, dimensions = "directions", 26

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.eye(26, dtype=np.float32)[[ord(text[0]) - ord("a") for text in texts]]


def test_e5_ranks_by_the_cosine_of_vectors() -> None:
    documents = [Document("1", "", "apple"), Document("2", "", "banana"), Document("3", "", "the")]
    queries = [Document("q", "", "bicycle"), Document("r", "", "")]
    assert e5(VectorStore(_Directions()))(documents, queries, 5) == [["2"], []]
