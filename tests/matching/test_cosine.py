"""TF-IDF with cosine normalisation: the scores of scikit-learn's `TfidfVectorizer`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from matching import Document, MatchIndex
from matching.index import cosine
from matching.index.features import root_form
from matching.index.queries import Statistics
from matching.index.state import State
from matching.parameters import Parameters, Weighting
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.vectors import VectorStore
from matching.text import is_stop, words
from tests.matching.examples import CONCEPTS, NEEDS
from tests.matching.rankers import ids
from tests.matching.stand_in import StandIn

COSINE = Parameters(weighting=Weighting.COSINE, title_weight=1.0)

VOCABULARY = ["skole", "skoler", "tur", "turer", "og", "eldre", "lek", "unge voksne"]

texts = st.lists(st.sampled_from(VOCABULARY)).map(" ".join).filter(lambda text: bool(roots(text)))
collections = st.lists(texts, min_size=1, max_size=8)


def roots(text: str) -> list[str]:
    """Return the roots of the words of a text without stop words."""
    return [root_form(word) for word in words(text) if not is_stop(word)]


def wanted(found: dict[str, str], asked: str) -> dict[str, float]:
    """Return the scores of scikit-learn."""
    vectorizer = TfidfVectorizer(analyzer=roots)
    vectors = vectorizer.fit_transform(found.values())
    scores = (vectors @ vectorizer.transform([asked]).T).toarray().ravel()
    return {name: score for name, score in zip(found, scores.tolist(), strict=True) if score > 0}


def expect_cosines(index: MatchIndex, found: dict[str, str], asked: str) -> None:
    """Expect the scores of scikit-learn, and explanations that add up to them."""
    matches = {match.document_id: match.score for match in index.rank(asked, 100)}
    assert matches == pytest.approx(wanted(found, asked), abs=1e-6)
    for name in found:
        told = index.explain(asked, name)
        assert told.score == matches.get(name, 0.0)
        shared = sum(term.contribution for term in told.shared_terms)
        assert shared == pytest.approx(told.score, abs=1e-12)


def numbered(held: list[str]) -> dict[str, str]:
    return {str(number): text for number, text in enumerate(held)}


def indexed(found: dict[str, str]) -> MatchIndex:
    return MatchIndex.from_documents(
        [Document(name, "", text) for name, text in found.items()], COSINE
    )


def test_more_documents_than_there_are_classes_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cosine, "MOST_DOCUMENTS", 3)
    index = indexed(numbered(["skole"] * 3))
    assert len(index.rank("skole")) == 3
    index.add(Document("more", "", "skole"))
    with pytest.raises(ValueError, match="3 documents at most, not 4"):
        index.rank("skole")
    index.remove("1")
    assert len(index.rank("skole")) == 3


def test_a_collection_in_parts_is_refused() -> None:
    part = indexed(numbered(["skole", "tur"])).state().collection
    with pytest.raises(ValueError, match="in parts cannot be ranked by cosine"):
        State.of(part, Statistics(documents=3, average_length=1.0, mean_uses=1.0))


@settings(max_examples=60)
@given(collections, collections)
def test_scores_are_those_of_scikit_learn(held: list[str], asked: list[str]) -> None:
    found = numbered(held)
    index = indexed(found)
    for query in [*asked, "ukjent", "tur ukjent", ""]:
        expect_cosines(index, found, query)


def test_scores_are_those_of_scikit_learn_for_longer_texts() -> None:
    random = np.random.default_rng(0)
    vocabulary = [f"ord{number}" for number in range(60)]
    odds = 1 / np.arange(1, 61)
    held = [
        " ".join(random.choice(vocabulary, size, p=odds / odds.sum()))
        for size in random.integers(1, 80, 300)
    ]
    found = numbered(held)
    index = indexed(found)
    for query in (*held[:5], "ord0", "ord59 ord59 ord1"):
        matches = {match.document_id: match.score for match in index.rank(query, 1000)}
        assert matches == pytest.approx(wanted(found, query), abs=1e-6)


def test_history_leaves_no_trace(tmp_path: Path) -> None:
    found = numbered(["skole og tur", "tur tur eldre", "eldre", "lek på skole"])
    index = indexed(found)
    index.rank("tur")
    index.remove("0")
    index.add(Document("1", "", "lek og tur"))
    index.add(Document("new", "", "tur for eldre"))
    found = {"1": "lek og tur", "2": "eldre", "3": "lek på skole", "new": "tur for eldre"}
    expect_cosines(index, found, "eldre på tur tur")
    assert index.rank("eldre på tur") == indexed(found).rank("eldre på tur")
    index.save(tmp_path / "index")
    loaded = MatchIndex.load(tmp_path / "index")
    assert loaded.rank("eldre på tur") == index.rank("eldre på tur")


def test_the_document_itself_is_found_first_with_a_score_of_one() -> None:
    index = MatchIndex.from_documents(CONCEPTS.values(), COSINE)
    for name, concept in CONCEPTS.items():
        best = index.rank(concept, 1)[0]
        assert best.document_id == name
        assert best.score == pytest.approx(1.0, abs=1e-6)


def test_it_is_set_like_any_other_constant() -> None:
    index = MatchIndex().set_params(parameters__weighting="cosine", parameters__title_weight=1.0)
    found = index.fit(CONCEPTS.values()).rank(NEEDS["lonely"])
    assert found == MatchIndex.from_documents(CONCEPTS.values(), COSINE).rank(NEEDS["lonely"])
    assert index.parameters == COSINE


def test_meaning_counts_beside_cosines_too() -> None:
    store = VectorStore(StandIn())
    index = SemanticIndex.from_documents(CONCEPTS.values(), COSINE, store=store)
    for match in index.rank(NEEDS["lonely"], 100):
        told = index.explain(NEEDS["lonely"], match.document_id)
        assert (told.score, told.semantic) == (match.score, match.semantic)
        shared = sum(term.contribution for term in told.shared_terms)
        assert shared + told.semantic == pytest.approx(told.score, abs=1e-12)
    assert ids(index.rank(NEEDS["lonely"], 1)) == ["lonely"]
