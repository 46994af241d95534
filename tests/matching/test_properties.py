"""What holds whatever the documents: proven on made-up ones against a brute-force twin."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Document, MatchIndex, holds_list
from tests.matching.brute_force import outside_lists
from tests.matching.brute_force import scores as brute_force
from tests.matching.examples import documents, query, texts

Step = tuple[str, Document]
steps = st.lists(st.tuples(st.sampled_from(["add", "add", "remove"]), documents()), max_size=20)


def _after(changes: list[Step], index: MatchIndex) -> dict[str, Document]:
    kept: dict[str, Document] = {}
    for step, document in changes:
        if step == "add":
            index.add(document)
            kept[document.id] = document
        elif document.id in kept:
            index.remove(document.id)
            del kept[document.id]
    return kept


@settings(max_examples=60, deadline=None)
@given(st.lists(documents("abcdefgh"), max_size=8), texts, texts)
def test_scores_are_those_of_the_brute_force_twin(
    found: list[Document], title: str, text: str
) -> None:
    kept = list({document.id: document for document in found}.values())
    asked = Document("", title, text)
    expected = brute_force(kept, asked)
    matches = MatchIndex.fit(kept).rank(asked, limit=100)
    assert {match.document_id: match.score for match in matches} == pytest.approx(expected)


@settings(max_examples=60, deadline=None)
@given(steps, documents(), texts)
def test_history_leaves_no_trace(changes: list[Step], first: Document, text: str) -> None:
    index = MatchIndex.fit([first])
    index.rank(query(text))
    kept = _after([("add", first), *changes], index)
    fresh = MatchIndex.fit(kept.values())
    assert index.rank(query(text)) == fresh.rank(query(text))
    assert len(index) == len(fresh)


@settings(max_examples=40, deadline=None)
@given(st.lists(documents("abcdefgh"), max_size=8), st.lists(texts, max_size=5))
def test_a_batch_gives_what_single_queries_give(found: list[Document], asked: list[str]) -> None:
    index = MatchIndex.fit(found)
    queries = [Document(str(number), "", text) for number, text in enumerate(asked)]
    ranking = MatchIndex.fit(found).rank_all(queries, limit=3)
    single = [index.rank(each, limit=3) for each in queries]
    assert [matches for _, matches in ranking] == single
    for row, matches in enumerate(single):
        ids = [match.document_id for match in matches]
        assert [each for each in ranking.ids[row] if each] == ids
        assert ranking.scores[row, : len(ids)].tolist() == [match.score for match in matches]


@settings(max_examples=40, deadline=None)
@given(steps, documents(), st.lists(texts, max_size=4), st.integers(1, 3))
def test_a_batch_knows_every_change_in_any_number_of_threads(
    changes: list[Step], first: Document, asked: list[str], threads: int
) -> None:
    index = MatchIndex.fit([first])
    _after([("add", first), *changes], index)
    queries = [query(text) for text in asked]
    found = index.rank_all(queries, limit=4, threads=threads)
    assert [matches for _, matches in found] == [index.rank(each, limit=4) for each in queries]


@settings(max_examples=20, deadline=None)
@given(steps, steps, documents(), texts)
def test_a_snapshot_answers_and_changes_alike(
    before: list[Step], after: list[Step], first: Document, text: str
) -> None:
    index = MatchIndex.fit([first])
    _after([("add", first), *before], index)
    with TemporaryDirectory() as folder:
        index.save(Path(folder) / "saved", label="now")
        loaded = MatchIndex.load(Path(folder) / "saved")
    assert loaded.label == "now"
    assert loaded.rank(query(text)) == index.rank(query(text))
    for step, document in after:
        if step == "add" or document.id in index:
            for each in (index, loaded):
                each.add(document) if step == "add" else each.remove(document.id)
    assert loaded.rank(query(text)) == index.rank(query(text))
    assert list(loaded.rank_all([query(text)])) == list(index.rank_all([query(text)]))


def test_adversarial_collections_rank_as_the_brute_force_twin() -> None:
    same = [Document(f"same{n:03}", "Felles", "leksehjelp for ungdom") for n in range(40)]
    giant = Document("giant", "", "ungdom fritid " * 20_000)
    odd = [Document(f"odd{n}", "", text) for n, text in enumerate(["", "og i på", "😀", "<b>"])]
    documents = [*same, giant, *odd, Document("one", "", "felles arbeid for ungdommer")]
    index = MatchIndex.fit(documents)
    for text in ("leksehjelp", "ungdom felles", "fritid", "og", "felles " * 3000, ""):
        asked = query(text)
        expected = brute_force(documents, asked)
        order = sorted(expected, key=lambda each: (-round(expected[each], 12), each))
        for limit in (1, 20, 100):
            found = index.rank(asked, limit)
            assert [match.document_id for match in found] == order[:limit]
            assert [m.score for m in found] == pytest.approx([expected[k] for k in order[:limit]])
            assert index.rank_all([asked], limit, threads=2)[0] == found


@settings(max_examples=40, deadline=None)
@given(st.lists(documents("abcdefgh"), max_size=8), texts, st.integers(0, 10))
def test_order_is_by_score_then_id(found: list[Document], text: str, limit: int) -> None:
    index = MatchIndex.fit(found)
    matches = index.rank(query(text), limit=limit)
    order = [(-match.score, match.document_id) for match in matches]
    assert order == sorted(order)
    assert matches == index.rank(query(text), limit=100)[:limit]
    assert all(0 < match.score < 1 for match in matches)


@settings(max_examples=40, deadline=None)
@given(st.lists(documents("abcdef"), min_size=1, max_size=6), texts, texts)
def test_contributions_add_up_to_the_score(found: list[Document], title: str, text: str) -> None:
    index = MatchIndex.fit(found)
    asked = Document("", title, text)
    by_id = {match.document_id: match for match in index.rank(asked, limit=100)}
    for document_id in {document.id for document in found}:
        told = index.explain(asked, document_id)
        match = by_id.get(document_id)
        assert told.score == (match.score if match else 0.0)
        if match:
            assert told.strength is match.strength
        assert sum(term.contribution for term in told.shared_terms) == pytest.approx(told.score)
        for term in told.shared_terms:
            assert term.contribution == pytest.approx(term.query_weight * term.document_weight)


def test_many_changes_leave_no_trace_after_tidying() -> None:
    index = MatchIndex.fit([])
    for number in range(400):
        index.add(Document(str(number % 90), "", f"ord{number} felles skole nummer{number % 7}"))
    for number in range(60):
        index.remove(str(number))
    kept = [
        Document(str(n % 90), "", f"ord{n} felles skole nummer{n % 7}") for n in range(310, 400)
    ]
    fresh = MatchIndex.fit([each for each in kept if int(each.id) >= 60])
    asked = query("ord399 skole nummer3")
    assert index.rank(asked, 50) == fresh.rank(asked, 50)


def test_words_that_are_not_asked_gain_nothing() -> None:
    plain = Document("a", "", "hjelp til elever")
    padded = Document("b", "", "hjelp til elever innovasjon bærekraft digital løsning mestring")
    first, second = MatchIndex.fit([plain, padded]).rank(query("hjelp til elever"))
    assert first.document_id == "a"
    assert first.score > second.score


SENTENCE = "Vi hjelper de eldre som bor alene, og vi går på tur med dem når de vil ut. "
POPULAR = [f"ord{number}" for number in range(150)]


def test_a_text_gains_nothing_by_a_list_of_words() -> None:
    plain = Document("plain", "", SENTENCE * 4)
    listed = Document("listed", "", SENTENCE * 4 + " ".join(POPULAR))
    told = Document("told", "", SENTENCE * 4 + " og på den ".join(POPULAR))
    others = [Document(f"o{number}", "", SENTENCE * 8) for number in range(9)]
    index = MatchIndex.fit([plain, listed, told, *others])
    assert [each.document_id for each in index.rank(query("ord41 ord47"))] == ["told"]
    scores = {each.document_id: each.score for each in index.rank(query("eldre hjelper"))}
    assert 0 < scores["listed"] < scores["plain"]
    assert scores == pytest.approx(
        brute_force([plain, listed, told, *others], query("eldre hjelper"))
    )


def test_a_list_may_be_asked() -> None:
    index = MatchIndex.fit([Document("a", "", SENTENCE + POPULAR[40])])
    assert index.rank(query(" ".join(POPULAR)))


def test_a_title_counts_whatever_stands_in_the_text() -> None:
    index = MatchIndex.fit([Document("a", "Turvenn", " ".join(POPULAR))])
    assert index.rank(query("turvenn"))
    assert not index.rank(query("ord60"))


@given(st.lists(st.sampled_from([*POPULAR, "og", "i"]), max_size=90))
def test_a_list_is_known_by_no_word_coming_twice(words: list[str]) -> None:
    document = Document("a", "", " ".join(words))
    assert holds_list(document) == (outside_lists(words) != words)


def test_fifty_words_are_no_list_and_one_more_is() -> None:
    assert not holds_list(query(" ".join([*POPULAR[:50], "ord49"])))
    assert holds_list(query(" ".join(POPULAR[:51])))
