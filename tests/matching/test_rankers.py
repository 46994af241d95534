"""How every ranker behaves, by words alone and with meaning."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Document, MatchIndex, Ranker
from matching.facets import AGE, Agreement, Facets, Range
from matching.semantic.semantic_index import SemanticIndex
from tests.matching.examples import CONCEPTS, NEEDS, documents, queries, query, texts
from tests.matching.rankers import Build, ids

Step = tuple[str, Document]
steps = st.lists(
    st.tuples(st.sampled_from(["add", "add", "remove", "rank"]), documents()), max_size=20
)


@pytest.fixture(scope="module")
def concepts(build: Build) -> MatchIndex:
    return build(CONCEPTS.values())


def changed(index: MatchIndex, changes: Iterable[Step]) -> None:
    for step, document in changes:
        if step == "add":
            index.add(document)
        elif step == "rank":
            index.rank(document)
        elif document.id in index:
            index.remove(document.id)


def held(changes: Iterable[Step]) -> list[Document]:
    """Return what an index holds after changes."""
    kept: dict[str, Document] = {}
    for step, document in changes:
        if step == "add":
            kept[document.id] = document
        elif step == "remove":
            kept.pop(document.id, None)
    return list(kept.values())


# ---------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"k": -1}, ValueError, "k must be at least 0, not -1"),
        ({"k": 2.5}, TypeError, "k must be a whole number, not 2.5"),
        ({"k": "2"}, TypeError, "k must be a whole number, not '2'"),
        ({"n_jobs": 0}, ValueError, "n_jobs must be at least 1, not 0"),
        ({"n_jobs": 1.5}, TypeError, "n_jobs must be a whole number, not 1.5"),
    ],
)
def test_senseless_numbers_are_refused(
    concepts: MatchIndex, wrong: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        concepts.rank_all(["skole"], **wrong)
    if "k" in wrong:
        with pytest.raises(error, match=message):
            concepts.rank("skole", **wrong)


def test_unknown_documents_are_refused(concepts: MatchIndex) -> None:
    with pytest.raises(KeyError):
        concepts.remove("unknown")
    with pytest.raises(KeyError):
        concepts.explain("skole", "unknown")


def test_facets_of_another_kind_are_refused_and_leave_no_trace(build: Build) -> None:
    found = [Document("a", "", "skole", facets=Facets({AGE: Range(6, 10)}))]
    index = build(found)
    with pytest.raises(TypeError, match="ranges here and codes there"):
        index.add(Document("a", "", "skole", facets=Facets({AGE: {"young"}})))
    assert index.rank("skole") == build(found).rank("skole")
    index.add(Document("b", "", "skole"))
    assert ids(index.rank("skole")) == ["a", "b"]


def test_none_are_asked_for_though_some_are_for_others(build: Build) -> None:
    young, old = (Facets({AGE: Range(*years)}) for years in ((0, 12), (67, 99)))
    index = build([Document("a", "", "skole", facets=young), Document("b", "", "tur")])
    asked = Document("q", "", "skole", facets=old)
    assert index.rank(asked, k=0) == index.rank(asked, among=()) == []
    assert ids(index.rank(asked, k=1, among=["a"])) == ["a"]


# ---------------------------------------------------------------------- what is answered


def test_fewer_come_than_asked_where_there_are_fewer(concepts: MatchIndex) -> None:
    assert 0 < len(concepts.rank("matsvinn", k=50)) <= len(CONCEPTS)
    assert concepts.rank("matsvinn", k=0) == []
    ranking = concepts.rank_all(NEEDS.values(), k=len(CONCEPTS) + 5)
    assert ranking.ids.shape == ranking.ranks.shape == (len(NEEDS), len(CONCEPTS))
    assert len(concepts.rank_all([])) == 0


def test_whole_numbers_of_numpy_are_taken(concepts: MatchIndex) -> None:
    k: Any = np.int32(2)
    assert concepts.rank(NEEDS["lonely"], k) == concepts.rank(NEEDS["lonely"], 2)


def test_an_empty_index_finds_nothing(build: Build) -> None:
    index = build([])
    assert index.rank("skole") == index.rank_all(["skole"])[0] == []
    assert len(index) == 0
    assert "a" not in index


def test_the_last_of_one_id_stays(build: Build) -> None:
    index = build([Document("a", "", "skole"), Document("a", "", "sykkel")])
    assert len(index) == 1
    assert ids(index.rank("sykkel")) == ["a"]
    assert index.rank("skole") == []


def test_ids_may_be_any_string(build: Build) -> None:
    names = ["", "a\ud800", "a?", " ", "\0", "æ", "🎉"]
    index = build([Document(name, "", "skole") for name in names])
    assert ids(index.rank("skole")) == sorted(names)
    assert all(name in index for name in names)
    assert ids(index.rank("skole", exclude={"a\ud800"})) == sorted({*names} - {"a\ud800"})


def test_equal_documents_come_by_id_in_one_tie_group(build: Build) -> None:
    index = build([Document(name, "", "skole og fritid") for name in "cab"])
    index.add(Document("aa", "", "skole og fritid"))
    found = index.rank("skole")
    assert ids(found) == ["a", "aa", "b", "c"]
    assert {match.tie_group for match in found} == {1}


def test_a_string_is_the_text_of_a_query(concepts: MatchIndex) -> None:
    text = NEEDS["lonely"].text
    assert concepts.rank(text) == concepts.rank(Document("any", "", text, language="en"))
    assert concepts.explain(text, "lonely") == concepts.explain(query(text), "lonely")


def test_html_is_not_read(concepts: MatchIndex) -> None:
    marked = "<p class='sykkel'>eldre&nbsp;og <b>sko\u00adle</b></p>"
    assert concepts.rank(marked) == concepts.rank("eldre og skole")


@pytest.mark.parametrize(
    "text", ["", " ", "og i på", "the and of", "😀 🎉", "...", "<p></p>", "&nbsp;", "\0", "x"]
)
def test_a_text_without_content_finds_nothing_and_is_not_found(build: Build, text: str) -> None:
    index = build([*CONCEPTS.values(), Document("odd", "", text)])
    assert index.rank(text) == []
    assert "odd" not in ids(index.rank(NEEDS["lonely"]))
    told = index.explain(NEEDS["lonely"], "odd")
    assert (told.score, told.semantic, told.shared_terms, told.passage) == (0.0, 0.0, (), None)
    assert index.explain(text, "lonely").score == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "<p><b>",
        "<script>ungdommer uten arbeid</script>",
        "kommune tilbud " * 70_000,
        "<" * 1_000_000,
        "a" * 1_000_000,
        "\0" * 1000 + "\ud800",
    ],
)
def test_a_senseless_text_neither_fails_nor_ranks_high(build: Build, text: str) -> None:
    index = build([*CONCEPTS.values(), Document("odd", "", text)])
    assert index.rank(NEEDS["jobless"])[0].document_id == "jobless"
    index.explain(NEEDS["jobless"], "odd")
    index.rank(text)


def test_a_very_long_query_is_asked_by_its_most_frequent_words(concepts: MatchIndex) -> None:
    text = " ".join(f"ord{number}" for number in range(100_000)) + " ungdommer praksis" * 50
    assert concepts.rank(text)[0].document_id == "jobless"


# ---------------------------------------------------------------------- what holds for all texts


@settings(max_examples=40)
@given(
    st.lists(documents("abcdefgh"), max_size=8), st.lists(queries, max_size=5), st.integers(0, 9)
)
def test_a_batch_gives_what_single_queries_give_on_any_number_of_threads(
    build: Build, found: list[Document], asked: list[Document], k: int
) -> None:
    index = build(found)
    single = [index.rank(each, k) for each in asked]
    for n_jobs in (1, 2, 3):
        ranking = build(found).rank_all(asked, k, n_jobs)
        assert [matches for _, matches in ranking] == single
        for row, matches in enumerate(single):
            size = len(matches)
            assert ranking.ids[row].tolist() == ids(matches) + [""] * (len(ranking.ids[row]) - size)
            assert ranking.scores[row, :size].tolist() == [match.score for match in matches]
            assert ranking.ranks[row, :size].tolist() == list(range(1, size + 1))
            assert not ranking.ranks[row, size:].any()


@settings(max_examples=60)
@given(st.lists(documents(), max_size=4), steps, queries)
def test_history_leaves_no_trace(
    build: Build, first: list[Document], changes: list[Step], asked: Document
) -> None:
    index = build(first)
    changed(index, changes)
    kept = held([*(("add", document) for document in first), *changes])
    fresh = build(kept)
    assert index.rank(asked) == fresh.rank(asked)
    assert len(index) == len(fresh) == len(kept)
    assert [index.explain(asked, each.id) for each in kept] == [
        fresh.explain(asked, each.id) for each in kept
    ]


@settings(max_examples=40)
@given(st.lists(documents("abcdefgh"), max_size=8), queries, st.sets(st.sampled_from("abc?")))
def test_order_is_by_score_then_id_whatever_is_asked_for(
    build: Build, found: list[Document], asked: Document, exclude: set[str]
) -> None:
    index = build(found)
    matches = index.rank(asked, k=100)
    order = [
        (match.fits is Agreement.DOES_NOT_MEET, -match.score, match.document_id)
        for match in matches
    ]
    assert order == sorted(order)
    assert all(0 < match.score <= 1 for match in matches)
    assert index.rank(asked, k=3) == matches[:3]
    rest = {match.document_id: match.score for match in index.rank(asked, 100, exclude)}
    assert rest == {m.document_id: m.score for m in matches if m.document_id not in exclude}
    inside = {match.document_id: match.score for match in index.rank(asked, 100, among=exclude)}
    assert inside == {m.document_id: m.score for m in matches if m.document_id in exclude}
    assert index.rank(asked, 100, exclude, among=exclude) == []


@settings(max_examples=40)
@given(st.lists(documents(), min_size=1, max_size=6), queries)
def test_explanations_are_those_of_the_ranking(
    build: Build, found: list[Document], asked: Document
) -> None:
    index = build(found)
    matches = {match.document_id: match for match in index.rank(asked, k=100)}
    for name in {document.id for document in found}:
        told, match = index.explain(asked, name), matches.get(name)
        wanted = (match.score, match.semantic, match.strength) if match else (0.0, 0.0)
        assert (told.score, told.semantic, told.strength)[: len(wanted)] == wanted
        shared = sum(term.contribution for term in told.shared_terms)
        assert shared + told.semantic == pytest.approx(told.score, abs=1e-12)


@settings(max_examples=20)
@given(steps, steps, documents(), queries)
def test_a_snapshot_answers_and_changes_alike(
    build: Build, before: list[Step], after: list[Step], first: Document, asked: Document
) -> None:
    index = build([first])
    changed(index, before)
    others = {"store": index.store} if isinstance(index, SemanticIndex) else {}
    with TemporaryDirectory() as folder:
        index.save(Path(folder) / "saved", label="now")
        loaded = type(index).load(Path(folder) / "saved", **others)
    assert loaded.label == "now"
    for changes in ([], after):
        changed(index, changes)
        changed(loaded, changes)
        assert loaded.rank(asked) == index.rank(asked)
        assert list(loaded.rank_all([asked])) == list(index.rank_all([asked]))


@settings(max_examples=20)
@given(texts)
def test_the_language_of_a_document_makes_no_difference(build: Build, text: str) -> None:
    one, other = (build([Document("a", "", text, language)]) for language in (None, "en"))
    assert one.rank(text) == other.rank(text)


# ---------------------------------------------------------------------- changes


def test_many_changes_leave_no_trace_after_tidying(build: Build) -> None:
    index = build([])
    for number in range(400):
        index.add(Document(str(number % 90), "", f"ord{number} felles skole nummer{number % 7}"))
    for number in range(60):
        index.remove(str(number))
    kept = [
        Document(str(n % 90), "", f"ord{n} felles skole nummer{n % 7}") for n in range(310, 400)
    ]
    fresh = build([each for each in kept if int(each.id) >= 60])
    for asked in ("ord399 skole nummer3", "felles", NEEDS["absence"]):
        assert index.rank(asked, 50) == fresh.rank(asked, 50)


def test_a_drift_of_the_average_length_leaves_no_trace(build: Build) -> None:
    index, kept = build(CONCEPTS.values()), dict(CONCEPTS)
    for number in range(12):
        longer = Document(f"long{number}", "", "eldre mat " * 2**number)
        index.add(longer)
        kept[longer.id] = longer
        assert index.rank(NEEDS["lonely"], 50) == build(kept.values()).rank(NEEDS["lonely"], 50)
    for name in ("lonely", "long11", "long10", "waste"):
        index.remove(name)
        del kept[name]
        for k in (1, 50):
            fresh = build(kept.values())
            assert index.rank(NEEDS["lonely"], k) == fresh.rank(NEEDS["lonely"], k)


def test_what_was_removed_takes_nobodys_place(build: Build) -> None:
    found = [Document(str(n), "", "skole " * (n + 1) + "fyll " * (20 - n)) for n in range(10)]
    index = build(found)
    index.rank("skole", k=2)
    index.remove("9")
    index.remove("8")
    assert index.rank("skole", k=2) == build(found[:8]).rank("skole", k=2)


def test_a_ranking_stays_as_it_is(build: Build) -> None:
    index, before = build(CONCEPTS.values()), build(CONCEPTS.values()).rank_all(NEEDS.values(), 4)
    ranking = index.rank_all(NEEDS.values(), 4)
    for name in sorted(CONCEPTS):
        index.remove(name)
        index.add(Document(name + "new", "", "eldre som er ensomme"))
    index.rank("eldre")
    assert list(ranking) == list(before)
    assert ranking.ids.tolist() == before.ids.tolist()


def test_threads_change_nothing(build: Build) -> None:
    expected = build(CONCEPTS.values()).rank_all(NEEDS.values())
    index = build(CONCEPTS.values())
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(index.rank, list(NEEDS.values()) * 5))
    assert found == [matches for _, matches in expected] * 5


def test_both_indexes_are_rankers(concepts: MatchIndex) -> None:
    assert isinstance(concepts, Ranker)
