"""Which words say the same to a reader, and which only look alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import matching.explain
from matching.explain.general_words import is_general
from matching.explain.kinship import NEARLY_SAME, are_kin, says_same

DATA = Path(matching.explain.__file__).parent / "data"


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("karakterer", "karakteregenskaper"),
        ("kommune", "kommunikasjon"),
        ("verken", "verkstedet"),
        ("foreldre", "eldre"),
        ("samarbeide", "arbeid"),
        ("lærlinger", "lærer"),
        ("internett", "interesser"),
        ("rus", "russiske"),
        ("elever", "eleven"),
    ],
)
def test_false_kin_say_nothing(asked: str, other: str) -> None:
    for one, two in ((asked, other), (other, asked)):
        assert not says_same(one, two, NEARLY_SAME)


@pytest.mark.parametrize("word", ["hjemme", "heime", "blant", "folk", "ellers", "people", "25"])
def test_general_words_say_nothing(word: str) -> None:
    assert not says_same(word, word, 2.0)


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("sommerjobb", "sommersjansen"),
        ("klubb", "fritidsklubb"),
        ("klubb", "klubbhus"),
        ("ungdomsarbeidsledighet", "arbeidsledige"),
        ("rus", "rusmiljøet"),
    ],
)
def test_compounds_are_kin_by_head_and_first_part(asked: str, other: str) -> None:
    assert are_kin(asked, other)
    assert are_kin(other, asked)


def test_a_letter_too_few_says_the_same() -> None:
    assert says_same("svømekurs", "svømmekurs", NEARLY_SAME)


def test_same_root_says_the_same() -> None:
    assert says_same("einsame", "ensom", 2.0)


@pytest.mark.parametrize(
    "path", sorted(DATA.glob("general_words/*.txt")), ids=lambda path: path.stem
)
def test_lists_of_general_words_have_one_word_a_line_in_order(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert all(line.isalpha() and line.islower() for line in lines)
    assert all(map(is_general, lines))


def test_false_kin_are_pairs() -> None:
    lines = (DATA / "false_kin.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert all(len(line.split()) == 2 for line in lines)
