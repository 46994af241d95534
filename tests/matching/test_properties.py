"""What the ranking by words is: that of the brute force, to the last bit, whatever the texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Document, MatchIndex, holds_list
from matching.explain.cues import evidence_of
from matching.parameters import Parameters
from matching.text import words
from matching.thesaurus import Group, Thesaurus
from tests.matching.brute_force import BruteForce, in_lists
from tests.matching.examples import documents, parameters, queries, query

USUAL = Parameters()


def different(found: Iterable[Document]) -> list[Document]:
    """Return documents with different ids: of those with the same, the last."""
    return list({document.id: document for document in found}.values())


def expect_same(
    found: list[Document],
    asked: Document,
    constants: Parameters = USUAL,
    thesaurus: Thesaurus | None = None,
) -> None:
    """Expect the ranking of the brute force, to the last bit."""
    index = MatchIndex.from_documents(found, constants, thesaurus)
    expect_alike(index, BruteForce(found, constants, thesaurus), asked)


def expect_alike(index: MatchIndex, brute_force: BruteForce, asked: Document) -> None:
    """Expect the same ranking of both, to the last bit."""
    matches = [(match.document_id, match.score) for match in index.rank(asked, 100)]
    assert matches == brute_force.rank(asked, 100)


@settings(max_examples=100)
@given(st.lists(documents("abcdefgh"), max_size=8).map(different), queries)
def test_scores_are_those_of_the_brute_force(found: list[Document], asked: Document) -> None:
    expect_same(found, asked)


@settings(max_examples=100)
@given(st.lists(documents("abcdefgh"), max_size=8).map(different), queries, parameters)
def test_scores_are_those_of_the_brute_force_for_all_constants(
    found: list[Document], asked: Document, constants: Parameters
) -> None:
    expect_same(found, asked, constants)


_groups = Thesaurus.from_groups(
    [
        Group("young", ("ungdom", "unge voksne", "young adults")),
        Group("work", ("arbeid", "ungdom", "eldre mennesker")),
        Group("old", ("eldre", "eldre mennesker")),
    ]
)


@settings(max_examples=50)
@given(st.lists(documents("abcd"), max_size=4).map(different), queries, parameters)
def test_any_thesaurus_may_be_given(
    found: list[Document], asked: Document, constants: Parameters
) -> None:
    expect_same(found, asked, constants, _groups)


@settings(max_examples=50)
@given(
    st.lists(documents("abcdefgh"), max_size=8).map(different),
    queries,
    st.sampled_from([0, 1, 3, 20]),
    st.sets(st.sampled_from("abcdefgh?")),
)
def test_the_best_of_those_not_excluded_come_out(
    found: list[Document], asked: Document, k: int, exclude: set[str]
) -> None:
    matches = MatchIndex.from_documents(found).rank(asked, k, exclude)
    wanted = BruteForce(found).rank(asked, k, exclude)
    assert [(match.document_id, match.score) for match in matches] == wanted
    assert all(0 < match.score < 1 for match in matches)


@settings(max_examples=50)
@given(st.lists(documents(), min_size=1, max_size=6).map(different), queries, parameters)
def test_contributions_add_up_to_the_score_in_whole_numbers(
    found: list[Document], asked: Document, constants: Parameters
) -> None:
    state = MatchIndex.from_documents(found, constants).state()
    batch, numbers = state.analyze([asked]), np.arange(len(found))
    scores = state.engine(batch).scores(batch.merged, numbers)
    evidence = evidence_of(batch, 0, state.documents(batch.keys), numbers)
    assert evidence.contributions.sum(axis=1).tolist() == scores.tolist()
    whole = BruteForce(found, constants).scores(asked)
    assert scores.tolist() == [whole.get(each.id, 0) for each in found]


SAME = [Document(f"same{n:03}", "Felles", "leksehjelp for ungdom") for n in range(40)]
GIANT = Document("giant", "", "ungdom fritid " * 20_000 + "isbryter")
ODD = [Document(f"odd{n}", "", text) for n, text in enumerate(["", "og i på", "😀", "<b>"])]
HOSTILE = [*SAME, GIANT, *ODD, Document("one", "", "felles arbeid for ungdommer")]


@pytest.fixture(scope="module")
def hostile() -> tuple[MatchIndex, BruteForce]:
    return MatchIndex.from_documents(HOSTILE), BruteForce(HOSTILE)


@pytest.mark.parametrize(
    "text",
    [
        "leksehjelp",
        "ungdom felles",
        "fritid",
        "isbryter",
        "og",
        "felles " * 3000,
        "",
        " ".join(f"ungdom{number}" for number in range(600)) + " felles" * 2,
    ],
)
def test_hostile_collections_rank_as_by_brute_force(
    hostile: tuple[MatchIndex, BruteForce], text: str
) -> None:
    expect_alike(*hostile, query(text))


def test_long_documents_are_long_by_classes() -> None:
    sizes = [1, 500, 1023, 1024, 1034, 1035, 1100, 2047, 2048, 5000]
    found = [Document(str(size), "", "felles " + "fyll stoff " * (size // 2)) for size in sizes]
    expect_same(found, query("felles"))


def test_words_that_are_not_asked_gain_nothing() -> None:
    plain = Document("a", "", "hjelp til elever")
    padded = Document("b", "", "hjelp til elever innovasjon bærekraft digital løsning mestring")
    first, second = MatchIndex.from_documents([plain, padded]).rank("hjelp til elever")
    assert first.document_id == "a"
    assert first.score > second.score


def test_a_title_of_weight_three_is_a_word_said_three_times() -> None:
    titled = [Document("a", "Turvenn", "eldre"), Document("b", "", "eldre bor alene")]
    thrice = [replace(titled[0], title="", text="turvenn turvenn turvenn eldre"), titled[1]]
    scores = [match.score for match in MatchIndex.from_documents(titled).rank("turvenn")]
    assert [match.score for match in MatchIndex.from_documents(thrice).rank("turvenn")] == scores


def test_a_field_counts_as_its_weight_says() -> None:
    found = [Document("a", "", "eldre", fields=(("effect", "turvenn"), ("notes", "sykkel")))]
    weights = (("effect", 2.0), ("notes", 0.0))
    index = MatchIndex.from_documents(found, Parameters(field_weights=weights))
    twice = MatchIndex.from_documents([Document("a", "", "eldre turvenn turvenn")])
    assert index.rank("turvenn eldre")[0].score == twice.rank("turvenn eldre")[0].score
    assert index.rank("sykkel") == []


def test_a_member_of_a_group_stands_for_the_others() -> None:
    ships = Thesaurus.from_groups([Group("ship", ("ferje", "skip", "båt på fjorden"))])
    found = [
        Document("a", "", "skip"),
        Document("b", "", "kino"),
        Document("c", "", "båt på fjord"),
    ]
    index = MatchIndex.from_documents(found, thesaurus=ships)
    assert {match.document_id for match in index.rank("ferje")} == {"a", "c"}
    index.set_params(parameters__thesaurus_weight=0.0).fit(found)
    assert index.rank("ferje") == []


# ---------------------------------------------------------------------- lists of words

SENTENCE = "Vi hjelper de eldre som bor alene, og vi går på tur med dem når de vil ut. "
POPULAR = [f"ord{number}" for number in range(150)]


def test_a_text_gains_nothing_by_a_list_of_words() -> None:
    plain = Document("plain", "", SENTENCE * 4)
    listed = Document("listed", "", SENTENCE * 4 + " ".join(POPULAR))
    told = Document("told", "", SENTENCE * 4 + " og på den ".join(POPULAR))
    others = [Document(f"o{number}", "", SENTENCE * 8) for number in range(9)]
    index = MatchIndex.from_documents([plain, listed, told, *others])
    assert [each.document_id for each in index.rank("ord41 ord47")] == ["told"]
    scores = {each.document_id: each.score for each in index.rank("eldre hjelper")}
    assert 0 < scores["listed"] < scores["plain"]
    expect_same([plain, listed, told, *others], query("eldre hjelper"))


def test_a_text_gains_nothing_by_a_list_of_phrases() -> None:
    index = MatchIndex.from_documents([Document("a", "", " ".join([*POPULAR, "unge voksne"]))])
    assert index.rank("unge voksne") == []


def test_a_list_may_be_asked() -> None:
    index = MatchIndex.from_documents([Document("a", "", SENTENCE + POPULAR[40])])
    assert index.rank(" ".join(POPULAR))


def test_a_title_counts_whatever_stands_in_the_text() -> None:
    index = MatchIndex.from_documents([Document("a", "Turvenn", " ".join(POPULAR))])
    assert index.rank("turvenn")
    assert not index.rank("ord60")


@given(st.lists(st.sampled_from([*POPULAR, "og", "i"]), max_size=90))
def test_a_list_is_known_by_no_word_coming_twice(found: list[str]) -> None:
    text = " ".join(found)
    assert holds_list(query(text)) == bool(in_lists(words(text)))


def test_fifty_words_are_no_list_and_one_more_is() -> None:
    assert not holds_list(query(" ".join([*POPULAR[:50], "ord49"])))
    assert holds_list(query(" ".join(POPULAR[:51])))
