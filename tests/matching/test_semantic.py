"""Similar meaning beside shared words, with a small stand-in for the language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from matching import Document, MatchIndex
from matching.parameters import Parameters
from matching.semantic import fusion
from matching.semantic.centering import ORDINARY
from matching.semantic.fusion import LEAST_SIMILAR, meaning_weight
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.vectors import VectorArray, VectorStore, meaningful_text
from matching.thesaurus import Thesaurus
from tests.matching.brute_force import STEPS, BruteForce
from tests.matching.examples import CONCEPTS, NEEDS, documents, queries
from tests.matching.rankers import ids
from tests.matching.stand_in import StandIn

ALL = {**CONCEPTS, "alone": Document("alone", "", "alene gamle")}
ENCODER = StandIn()
STORE = VectorStore(ENCODER)


@pytest.fixture
def index() -> SemanticIndex:
    return SemanticIndex.from_documents(ALL.values(), store=STORE)


# ---------------------------------------------------------------------- the definition


def similar(asked: Document, found: Document, among: Sequence[Document]) -> float:
    """Return the cosine of two meanings less the centre, 0 where one says nothing."""
    usual = np.mean([meaning(text) for text in ORDINARY], axis=0)
    telling = [text for text in map(meaningful_text, among) if text]
    texts = meaningful_text(asked), meaningful_text(found)
    if not all(texts):
        return 0.0
    own = np.mean([meaning(text) for text in telling], axis=0)
    one, other = (meaning(text) - (usual + own) / 2 for text in texts)
    return max(float(one @ other / np.linalg.norm(one) / np.linalg.norm(other)), 0.0)


def meaning(text: str) -> npt.NDArray[np.float64]:
    """Return the vector of a text in whole numbers; a text that says nothing has none."""
    encoded = StandIn().encode([text])[0] if text else np.zeros(StandIn.dimensions)
    whole: npt.NDArray[np.float64] = np.rint(encoded.astype(np.float64) * 2048)
    return whole


def fused(
    among: Sequence[Document], asked: Document, parameters: Parameters
) -> dict[str, tuple[float, float]]:
    """Return the scores of all documents that are found, and the part of them that is meaning."""
    brute_force = BruteForce(among, parameters)
    words = {name: score / STEPS**2 for name, score in brute_force.scores(asked).items()}
    terms = len(brute_force.terms(asked))
    alike = {each.id: similar(asked, each, among) for each in among}
    best, cosines = max(words.values(), default=0.0), np.array([*alike.values()])
    weight = meaning_weight(terms, best, cosines, parameters)
    both = {each.id for each in among if meaningful_text(asked) and meaningful_text(each)}
    weights = {name: weight if name in both else 0.0 for name in alike}
    found = {
        name: (
            (1 - weights[name]) * words.get(name, 0.0) + weights[name] * alike[name],
            weights[name] * alike[name],
        )
        for name in alike
        if name in words or alike[name] >= LEAST_SIMILAR
    }
    return {name: parts for name, parts in found.items() if parts[0] > 0}


def expect_fused(among: Sequence[Document], asked: Document, parameters: Parameters) -> None:
    """Expect the ranking by its definition."""
    index = SemanticIndex.from_documents(among, parameters, store=STORE)
    found = {m.document_id: (m.score, m.semantic) for m in index.rank(asked, 100)}
    wanted = fused(among, asked, parameters)
    assert found == {name: pytest.approx(parts, abs=1e-12) for name, parts in wanted.items()}


@pytest.mark.parametrize("name", NEEDS)
def test_a_score_is_words_and_meaning(name: str) -> None:
    expect_fused(list(ALL.values()), NEEDS[name], Parameters())


@settings(max_examples=50)
@given(
    st.lists(documents("abcdefgh"), max_size=8, unique_by=lambda document: document.id),
    queries,
    st.builds(
        Parameters,
        meaning=st.sampled_from([0.0, 1.0, 3.0]),
        meaning_length=st.sampled_from([0, 2, 30]),
        meaning_lead=st.sampled_from([0.0, 0.3, 2.0]),
    ),
)
def test_a_score_is_words_and_meaning_for_all_texts_and_constants(
    among: list[Document], asked: Document, parameters: Parameters
) -> None:
    expect_fused(among, asked, parameters)


AHEAD = np.array([0.6, *[0.3] * 20])
"""The most similar document is twice as similar as the next."""


def test_meaning_weighs_by_the_best_answer_in_words_and_the_length_of_the_query() -> None:
    constants = Parameters(meaning=2.0, meaning_length=20)
    assert meaning_weight(10, 0.5, AHEAD, constants) == pytest.approx(1.0 / 2.0)
    assert meaning_weight(20, 0.5, AHEAD, constants) == pytest.approx(1.0 / 2.0)
    assert meaning_weight(40, 0.5, AHEAD, constants) == pytest.approx(0.5 / 1.5)
    for too_little in (0.0, 0.01):
        assert meaning_weight(2, too_little, AHEAD, constants) == pytest.approx(0.2 / 1.2)
    assert meaning_weight(0, 1.0, AHEAD, Parameters(meaning=0.0)) == 0.0


def test_meaning_weighs_less_where_a_crowd_is_about_as_similar() -> None:
    constants = Parameters(meaning=2.0, meaning_lead=0.2)
    crowd = np.array([*[0.1] * 20, *[0.54] * 9, 0.6])  # 10 % ahead
    assert meaning_weight(10, 0.5, crowd, constants) == pytest.approx(0.5 / 1.5)
    assert meaning_weight(10, 0.5, crowd[1:], constants) == pytest.approx(0.5 / 1.5)
    assert meaning_weight(10, 0.5, crowd[-9:], constants) == pytest.approx(1.0 / 2.0)
    assert meaning_weight(10, 0.5, np.full(20, 0.6), constants) == pytest.approx(0.15 / 1.15)
    assert meaning_weight(10, 0.5, crowd, Parameters(meaning=2.0, meaning_lead=0.0)) == (
        pytest.approx(1.0 / 2.0)
    )


# ---------------------------------------------------------------------- the search


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(documents("abcdefghijkl"), max_size=12, unique_by=lambda document: document.id),
    st.lists(queries, min_size=1, max_size=3),
    st.integers(0, 4),
    st.sets(st.sampled_from("abcdefghijkl?"), max_size=3),
    st.sets(st.sampled_from("abcdefghijkl"), max_size=3),
)
def test_how_deep_it_looks_is_no_part_of_the_answer(
    monkeypatch: pytest.MonkeyPatch,
    among: list[Document],
    asked: list[Document],
    k: int,
    exclude: set[str],
    removed: set[str],
) -> None:
    index = SemanticIndex.from_documents(among, store=STORE)
    for name in sorted(removed):
        if name in index:
            index.remove(name)
    whole = [index.rank(each, 100) for each in asked]
    rest = [[m for m in matches if m.document_id not in exclude] for matches in whole]
    with monkeypatch.context() as patched:
        patched.setattr(fusion, "DEPTH", 1)
        found = [index.rank(each, k, exclude) for each in asked]
        batch = [matches for _, matches in index.rank_all(asked, k)]
    assert [ids(each) for each in found] == [ids(each[:k]) for each in rest]
    assert [[m.score for m in each] for each in found] == [
        [m.score for m in each[:k]] for each in rest
    ]
    assert batch == [matches[:k] for matches in whole]


def test_what_shares_no_word_is_found() -> None:
    nothing = Thesaurus.from_groups([])
    index = SemanticIndex.from_documents(ALL.values(), thesaurus=nothing, store=STORE)
    found = {match.document_id: match for match in index.rank("einsemd blant eldre")}["alone"]
    assert (found.score, found.reasons) == (found.semantic, ())


def test_what_is_not_found_has_no_score(index: SemanticIndex) -> None:
    unfound = sorted(ALL.keys() - ids(index.rank("sykkel", 100)))
    assert unfound
    for name in unfound:
        told = index.explain("sykkel", name)
        assert (told.score, told.semantic) == (0.0, 0.0)


# ---------------------------------------------------------------------- its store


def test_a_clone_shares_the_vectors(index: SemanticIndex) -> None:
    other = clone(index)
    assert other.store is STORE
    ENCODER.read.clear()
    assert other.fit(ALL.values()).rank(NEEDS["waste"]) == index.rank(NEEDS["waste"])
    assert ENCODER.read == []


def test_another_store_is_used_from_the_next_fit_on(index: SemanticIndex) -> None:
    other = VectorStore(StandIn("stand-in 2"))
    index.set_params(store=other).fit(ALL.values())
    assert len(other) == len(ORDINARY) + len(ALL)


def test_a_loaded_index_takes_the_vectors_of_its_store(
    index: SemanticIndex, tmp_path: Path
) -> None:
    index.save(tmp_path / "index")
    ENCODER.read.clear()
    loaded = SemanticIndex.load(tmp_path / "index", store=STORE)
    assert loaded.rank(NEEDS["waste"]) == index.rank(NEEDS["waste"])
    assert ENCODER.read == []


class Later:
    """A store that has no vectors until it is told to have all, or those of some."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.ordinary = False

    def vectors(self, documents: Sequence[Document]) -> VectorArray:
        found = STORE.vectors(documents)
        for row, document in enumerate(documents):
            if document.id not in self.known | ({""} if self.ordinary else set()):
                found[row] = 0
        return found

    def of_sentences(self, _sentences: Sequence[str]) -> None:
        return None


def test_words_decide_until_vectors_are_known() -> None:
    store, by_words = Later(), MatchIndex.from_documents(ALL.values())
    index = SemanticIndex.from_documents(ALL.values(), store=store)
    for need in NEEDS.values():
        assert index.rank(need, 100) == by_words.rank(need, 100)
        assert index.explain(need, "alone") == by_words.explain(need, "alone")
    assert list(index.rank_all(NEEDS.values())) == list(by_words.rank_all(NEEDS.values()))


def test_what_has_no_vector_has_the_score_of_its_words() -> None:
    store, need = Later(), NEEDS["waste"]
    store.ordinary, store.known = True, {need.id, *ALL} - {"alone"}
    index = SemanticIndex.from_documents(ALL.values(), store=store)
    assert [document.id for document in index.unread()] == ["alone"]
    asked = Document(need.id, "", f"{need.text} alene gamle")
    words = {m.document_id: m for m in MatchIndex.from_documents(ALL.values()).rank(asked, 100)}
    found = {match.document_id: match for match in index.rank(asked, 100)}
    assert found["alone"].score == words["alone"].score
    assert found["alone"].strength == words["alone"].strength
    assert index.explain(asked, "alone").score == pytest.approx(words["alone"].score)
    assert any(match.semantic for match in found.values())


@pytest.mark.parametrize("order", [[*ALL], [*reversed(ALL)]])
def test_vectors_that_come_later_leave_no_trace(index: SemanticIndex, order: list[str]) -> None:
    store = Later()
    late = SemanticIndex.from_documents(ALL.values(), store=store)
    store.ordinary, store.known = True, {need.id for need in NEEDS.values()}
    late.learn([])
    gone, half = order[0], len(order) // 2
    for some in (order[:half], order[half:]):
        store.known |= set(some)
        late.learn([*some, "nobody"])
    assert late.unread() == []
    index.remove(gone)
    late.remove(gone)
    for need in NEEDS.values():
        assert late.rank(need, 100) == index.rank(need, 100)


class Unmeasured:
    """A store that cannot say how long a vector is before it has one."""

    def __init__(self) -> None:
        self.ready = False

    def vectors(self, documents: Sequence[Document]) -> VectorArray:
        found = STORE.vectors(documents)
        return found if self.ready else np.zeros((len(documents), 0), dtype=np.int16)

    def of_sentences(self, sentences: Sequence[str]) -> VectorArray | None:
        return STORE.of_sentences(sentences) if self.ready else None


def ask(index: SemanticIndex) -> None:
    assert index.rank(NEEDS["waste"], 5)


def ask_many(index: SemanticIndex) -> None:
    assert list(index.rank_all(NEEDS.values(), 5))


def explain_one(index: SemanticIndex) -> None:
    assert index.explain(NEEDS["waste"], "alone").shared_terms is not None


def add_one(index: SemanticIndex) -> None:
    index.add(next(iter(ALL.values())))


@pytest.mark.parametrize("use", [ask, ask_many, explain_one, add_one])
@pytest.mark.parametrize("held", [ALL, {}], ids=["filled", "empty"])
def test_an_index_made_before_there_was_any_vector_takes_them_in_when_it_is_used(
    index: SemanticIndex,
    use: Callable[[SemanticIndex], None],
    held: dict[str, Document],
) -> None:
    store = Unmeasured()
    late = SemanticIndex.from_documents(held.values(), store=store)
    store.ready = True
    if held or use is add_one:
        use(late)
    for document in ALL.values():
        late.add(document)
    assert late.knows_meaning
    assert late.unread() == []
    for need in NEEDS.values():
        assert late.rank(need, 100) == index.rank(need, 100)
