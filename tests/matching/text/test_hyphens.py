"""Words with hyphens."""

from __future__ import annotations

import pytest

from matching.text import tokenize, words
from matching.text.compounds import head_of, joined_pairs, splits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jente- og guttelag", "jentelag og guttelag"),
        ("Mor-, far- og barnekurs", "morkurs farkurs og barnekurs"),
        ("jente-/guttelag", "jentelag guttelag"),
        ("natt- eller helgevakter", "nattvakter eller helgevakter"),
        ("hage- og\nsnekkerarbeid", "hagearbeid og snekkerarbeid"),
        ("inn- og utganger", "innganger og utganger"),
        ("trygghets- og opplæringsfluffer", "trygghetsfluffer og opplæringsfluffer"),
        ("turledere og -venner", "turledere og turvenner"),
        ("pre- and post-test", "pre test pretest and post test posttest"),
        ("NAV- og KI-kurs", "NAV kurs og KI kurs"),
        ("4- og 5-åringer", "4 åringer og 5 åringer"),
    ],
)
def test_a_suspended_hyphen_takes_the_end_of_the_other_word(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@pytest.mark.parametrize("text", ["både- og", "mat- og hage", "kultur- og idrett", "a- og", "- og"])
def test_without_a_known_end_a_suspended_hyphen_takes_nothing(text: str) -> None:
    assert words(text) == text.replace("-", "").split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kveldsmat-lag", "kveldsmat lag kveldsmatlag"),
        ("Fritids-tilbud", "fritids tilbud fritidstilbud"),
        ("AKS-leder", "AKS leder"),
        ("Nord-Odal", "nord odal"),
        ("9-klassing", "9 klassing"),
        ("ord-for-ord", "ord for ord"),
        ("2020-2021", "2020 2021"),
        ("e-resept", "eresept"),
        ("T-bane-kort", "tbane kort tbanekort"),
        ("hepatitt-c", "hepatitt c"),
        ("PC-ar og TV-en", "PC og TV"),
        ("it-hjelp", "IT hjelp ithjelp"),
        ("it-e-kurs", "IT ekurs itekurs"),
        ("B&B, Q&A, fag&fritid", "BB QA fag fritid"),
        ("- punkt -", "punkt"),
    ],
)
def test_a_hyphen_parts_and_joins(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_what_is_written_out_stands_where_it_was_read() -> None:
    text = "Alle jente- og guttelag"
    assert [text[token.start : token.end] for token in tokenize(text)] == [
        "Alle",
        "jente-",
        "og",
        "guttelag",
    ]


@pytest.mark.parametrize("word", ["", "barnehage", "idrett", "xyz", "tilbud"])
def test_what_is_no_compound_has_no_head(word: str) -> None:
    assert head_of(word) == ""


@pytest.mark.parametrize(
    ("word", "head"),
    [("fritidstilbudet", "tilbudet"), ("helsetenesta", "tenesta"), ("kveldsvakter", "vakter")],
)
def test_a_head_keeps_its_ending(word: str, head: str) -> None:
    assert head_of(word) == head


def test_neighbours_are_joined_where_both_carry_meaning() -> None:
    tokens = words("Kafé for eldre i natur reservat 2024 NAV kontor")
    assert list(joined_pairs(tokens)) == [(4, "naturreservat")]


def test_a_word_is_split_where_both_parts_are_known() -> None:
    known = {"natur", "reservat", "naturres", "ervat", "na"}
    assert list(splits("naturreservat", known.__contains__)) == [
        ("natur", "reservat"),
        ("naturres", "ervat"),
    ]
    assert not list(splits("natur", known.__contains__))
