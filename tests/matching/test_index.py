"""What an index of words answers to needs, concepts and search boxes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from matching import Document, MatchIndex
from matching.results import tie_groups
from tests.matching.examples import CONCEPTS, NEEDS
from tests.matching.rankers import ids


@pytest.fixture(scope="module")
def concepts() -> MatchIndex:
    return MatchIndex.from_documents(CONCEPTS.values())


@pytest.mark.parametrize("name", sorted(NEEDS.keys() & CONCEPTS.keys()))
def test_a_need_finds_its_concept(concepts: MatchIndex, name: str) -> None:
    best = concepts.rank(NEEDS[name])[0]
    assert best.document_id == name
    assert best.reasons


@pytest.mark.parametrize("name", sorted(NEEDS.keys() & CONCEPTS.keys()))
def test_a_concept_finds_its_need(name: str) -> None:
    assert ids(MatchIndex.from_documents(NEEDS.values()).rank(CONCEPTS[name], 1)) == [name]


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
def test_a_search_box_finds_what_says_it(concepts: MatchIndex, words: str, name: str) -> None:
    assert ids(concepts.rank(words, 1)) == [name]


def test_what_shares_no_letters_is_not_found() -> None:
    index = MatchIndex.from_documents([Document("a", "", "sykkel"), Document("b", "", "kor")])
    assert ids(index.rank("sykkel")) == ["a"]


def test_parts_of_a_compound_are_found_after_the_compound_itself() -> None:
    texts = ("skolefravær", "fravær fra skolen", "fravær", "kommunikasjon")
    index = MatchIndex.from_documents([Document(text, "", text) for text in texts])
    assert ids(index.rank("skolefravær"))[:2] == ["skolefravær", "fravær fra skolen"]


def test_both_written_forms_of_norwegian_are_one_word() -> None:
    index = MatchIndex.from_documents([Document("nn", "", "skule"), Document("nb", "", "skole")])
    first, second = index.rank("skole")
    assert first.score == second.score


def test_tie_groups_are_measured_from_their_first() -> None:
    assert tie_groups([1.0, 0.98, 0.971, 0.96, 0.94, 0.5]) == [1, 1, 1, 2, 2, 3]
    assert tie_groups([]) == []


def test_reasons_are_words_of_the_query(concepts: MatchIndex) -> None:
    best = concepts.rank(NEEDS["lonely"])[0]
    assert "ensomhet" in best.reasons
    assert len(best.reasons) <= 5


def test_one_word_in_two_forms_is_one_reason() -> None:
    text = "Leilighet for elever, elevene bor i leiligheten."
    index = MatchIndex.from_documents([Document("1", "", text)])
    (match,) = index.rank("elevene mangler leiligheten, elever i leilighet")
    assert sorted(reason[:4] for reason in match.reasons) == ["elev", "leil"]


def test_words_that_say_little_count_but_are_no_reason() -> None:
    index = MatchIndex.from_documents([Document("1", "", "Flere kommer gjerne på sykkel.")])
    (match,) = index.rank("flere kommer gjerne på sykkel")
    assert match.reasons == ("sykkel",)
    why = index.explain("flere kommer gjerne på sykkel", "1")
    assert {term.query_words for term in why.shared_terms if term.is_certain} == {("sykkel",)}
    assert sum(not term.is_certain for term in why.shared_terms) == 3
    assert why.score == match.score


def test_long_words_that_begin_alike_are_one() -> None:
    index = MatchIndex.from_documents([Document("1", "", "x" * 70)])
    (match,) = index.rank(f"{'x' * 80} {'x' * 90}")
    assert match.reasons == ("x" * 64,)


def test_processes_change_nothing() -> None:
    code = (
        "from tests.matching.examples import CONCEPTS, NEEDS\n"
        "from matching import MatchIndex\n"
        "index = MatchIndex.from_documents(CONCEPTS.values())\n"
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
