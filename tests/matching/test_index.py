"""The index: what it answers, to sensible and to senseless texts."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from matching import Document, MatchIndex, Strength
from matching.results import tie_groups
from tests.matching.examples import CONCEPTS, NEEDS, query


@pytest.fixture(scope="module")
def concepts() -> MatchIndex:
    return MatchIndex.fit(CONCEPTS.values())


@pytest.mark.parametrize("name", sorted(NEEDS.keys() & CONCEPTS.keys()))
def test_need_finds_its_concept(concepts: MatchIndex, name: str) -> None:
    best = concepts.rank(NEEDS[name])[0]
    assert best.document_id == name
    assert best.strength is not Strength.NONE
    assert best.reasons


@pytest.mark.parametrize("name", sorted(NEEDS.keys() & CONCEPTS.keys()))
def test_concept_finds_its_need(name: str) -> None:
    assert MatchIndex.fit(NEEDS.values()).rank(CONCEPTS[name])[0].document_id == name


def test_need_without_an_answer_says_so(concepts: MatchIndex) -> None:
    assert {match.strength for match in concepts.rank(NEEDS["unrelated"])} <= {Strength.NONE}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ungdom", "jobless"),
        ("einsemd", "lonely"),
        ("ensomhet", "lonely"),
        ("skole", "absence"),
        ("flyktning", "language"),
        ("svinn mat", "waste"),
        ("sykkel", "bikes"),
        ("SYKLER!", "bikes"),
        ("parsell", "garden"),
        ("kode", "code"),
    ],
)
def test_search_box(concepts: MatchIndex, words: str, name: str) -> None:
    best = concepts.rank(query(words))[0]
    assert best.document_id == name
    assert best.strength is not Strength.NONE


@pytest.mark.parametrize(
    "text", ["", " ", "og i på", "😀 🎉", "...", "<p></p>", "&nbsp;", "\x00", "x"]
)
def test_text_without_content_finds_nothing(concepts: MatchIndex, text: str) -> None:
    assert concepts.rank(query(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "og i på av til som er",
        "😀",
        "<p><b>",
        "<script>ungdommer uten arbeid</script>",
        "kommune tilbud " * 70_000,
        "<" * 1_000_000,
        "a" * 1_000_000,
    ],
)
def test_senseless_document_neither_fails_nor_ranks_high(text: str) -> None:
    index = MatchIndex.fit([*CONCEPTS.values(), Document("odd", "", text)])
    assert index.rank(NEEDS["jobless"])[0].document_id == "jobless"
    odd = [match for match in index.rank(NEEDS["jobless"]) if match.document_id == "odd"]
    assert {match.strength for match in odd} <= {Strength.NONE, Strength.POSSIBLE}
    index.explain(NEEDS["jobless"], "odd")


def test_very_long_query(concepts: MatchIndex) -> None:
    text = " ".join(f"ord{number}" for number in range(100_000)) + " ungdommer" * 50
    assert concepts.rank(query(text))[0].document_id == "jobless"


def test_fewer_results_than_asked(concepts: MatchIndex) -> None:
    assert len(concepts.rank(query("matsvinn"), limit=50)) == 1


def test_excluded_documents_are_left_out(concepts: MatchIndex) -> None:
    found = concepts.rank(NEEDS["lonely"], exclude={"lonely", "unknown"})
    assert "lonely" not in {match.document_id for match in found}


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"limit": -1}, ValueError, "limit must be 0 or more, not -1"),
        ({"limit": 2.5}, TypeError, "limit must be a whole number, not 2.5"),
        ({"limit": "2"}, TypeError, "limit must be a whole number, not '2'"),
        ({"threads": 0}, ValueError, "threads must be 1 or more, not 0"),
        ({"threads": 1.5}, TypeError, "threads must be a whole number, not 1.5"),
    ],
)
def test_senseless_numbers_are_refused(
    concepts: MatchIndex, wrong: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        concepts.rank_all([query("skole")], **wrong)
    if "limit" in wrong:
        with pytest.raises(error, match=message):
            concepts.rank(query("skole"), **wrong)


def test_whole_numbers_of_numpy_are_taken(concepts: MatchIndex) -> None:
    limit: Any = np.int32(2)
    assert concepts.rank(NEEDS["lonely"], limit) == concepts.rank(NEEDS["lonely"], 2)


def test_no_more_columns_than_documents(concepts: MatchIndex) -> None:
    ranking = concepts.rank_all(NEEDS.values(), limit=len(CONCEPTS) + 5)
    assert ranking.ids.shape == (len(NEEDS), len(CONCEPTS))


def test_empty_index_finds_nothing() -> None:
    index = MatchIndex.fit([])
    assert index.rank(query("skole")) == []
    assert len(index) == 0
    assert "a" not in index


def test_removing_what_is_not_there_is_refused(concepts: MatchIndex) -> None:
    with pytest.raises(KeyError):
        concepts.remove("unknown")


def test_the_last_of_one_id_stays() -> None:
    index = MatchIndex.fit([Document("a", "", "skole"), Document("a", "", "sykkel")])
    assert len(index) == 1
    assert index.rank(query("skole")) == []


def test_equal_documents_come_by_id_in_one_tie_group() -> None:
    index = MatchIndex.fit([Document(name, "", "skole og fritid") for name in "cab"])
    found = index.rank(query("skole"))
    assert [match.document_id for match in found] == ["a", "b", "c"]
    assert [match.tie_group for match in found] == [1, 1, 1]


def test_tie_groups_are_measured_from_their_first() -> None:
    assert tie_groups([1.0, 0.98, 0.971, 0.96, 0.94, 0.5]) == [1, 1, 1, 2, 2, 3]
    assert tie_groups([]) == []


def test_reasons_are_words_of_the_query(concepts: MatchIndex) -> None:
    best = concepts.rank(NEEDS["lonely"])[0]
    assert "ensomhet" in best.reasons
    assert len(best.reasons) <= 5


def test_one_word_in_two_forms_is_one_reason() -> None:
    index = MatchIndex.fit([Document("1", "", "Leilighet for elever, elevene bor i leiligheten.")])
    (match,) = index.rank(query("elevene mangler leiligheten, elever i leilighet"))
    assert sorted(reason[:4] for reason in match.reasons) == ["elev", "leil"]


def test_words_that_say_little_count_but_are_no_reason() -> None:
    index = MatchIndex.fit([Document("1", "", "Flere kommer gjerne på sykkel.")])
    (match,) = index.rank(query("flere kommer gjerne på sykkel"))
    assert match.reasons == ("sykkel",)
    why = index.explain(query("flere kommer gjerne på sykkel"), "1")
    assert {term.query_words for term in why.shared_terms if term.is_certain} == {("sykkel",)}
    assert sum(not term.is_certain for term in why.shared_terms) == 3
    assert why.score == match.score


def test_html_is_not_read(concepts: MatchIndex) -> None:
    plain = concepts.rank(query("eldre og skole"))
    assert concepts.rank(query("<p class='sykkel'>eldre&nbsp;og <b>sko\u00adle</b></p>")) == plain


def test_threads_change_nothing() -> None:
    expected = MatchIndex.fit(CONCEPTS.values()).rank_all(NEEDS.values())
    index = MatchIndex.fit(CONCEPTS.values())
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(index.rank, list(NEEDS.values()) * 5))
    assert found == [matches for _, matches in expected] * 5


def test_processes_change_nothing() -> None:
    code = (
        "from tests.matching.examples import CONCEPTS, NEEDS\n"
        "from matching import MatchIndex\n"
        "index = MatchIndex.fit(CONCEPTS.values())\n"
        "print([(m.document_id, m.score.hex()) for m in index.rank(NEEDS['lonely'])])"
    )
    answers = {
        subprocess.run(  # noqa: S603 - a program of this test
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_import_loads_nothing_heavy() -> None:
    code = "import matching, sys; print([n for n in ('sklearn', 'scipy') if n in sys.modules])"
    found = subprocess.run(  # noqa: S603 - a program of this test
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_of_one_word_only_the_same_word_is_more_than_possible() -> None:
    index = MatchIndex.fit([Document("a", "Kommunikasjon", ""), Document("b", "Kommunen", "")])
    strengths = {match.document_id: match.strength for match in index.rank(query("kommune"))}
    assert strengths["a"] is Strength.POSSIBLE
    assert strengths["b"] is Strength.STRONG
