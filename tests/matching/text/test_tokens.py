"""Words of a text, one by one and in bulk."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matching import Document
from matching.index.reading import read
from matching.index.weighting import UNITS
from matching.parameters import Parameters
from matching.text import LONGEST_WORD, TITLE_WEIGHT, plain_text, stem, tokenize, word_counts, words
from matching.thesaurus import Thesaurus


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kurs i IT", ["kurs", "i", "IT"]),
        ("Nav og NAV", ["nav", "og", "NAV"]),
        ("CO2 og B12", ["co2", "og", "b12"]),
        ("ALLE i NORGE", ["alle", "i", "norge"]),
        ("ÅSE ser", ["ÅSE", "ser"]),
        ("A4 er X", ["a4", "er", "x"]),
    ],
)
def test_an_acronym_keeps_its_capitals(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_in_a_line_of_capitals_nothing_is_an_acronym() -> None:
    assert words("HER ER IT OG ME\nVi har IT") == [*"her er it og me vi har IT".split()]


@pytest.mark.parametrize("text", ["ME", "IT", "KI IT", "AI"])
def test_one_or_two_words_in_capitals_are_acronyms(text: str) -> None:
    assert words(text) == text.split()


def test_a_very_long_word_is_cut() -> None:
    assert tokenize("x" * 200)[0].word == "x" * LONGEST_WORD
    assert tokenize("x" * 200)[0].end == 200


def test_title_words_count_three_times() -> None:
    counts = word_counts(Document("", "Uke", "Hver uke og hver dag"))
    assert counts == {"uke": 4, "hver": 2, "og": 1, "dag": 1}


_CHARACTERS = "aåAÅxXøØæ019 _-–&.,\n<>;/ßﬁ²½İΣς\u00ad\u0301\u030a\u200b😀中ĳ™\u2011\xa0\ud800ǅ"
_PARTS = [
    "ME ", "it-", "jente- og ", "guttegruppe ", " og -lærere", "&amp;", "&shy;", "<b>", "<p>",
    "<script>", "</script>", "<!--", "e-post", "R&D", "CV-en", "DETTE ER ALT ", "aa", "gikk ",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from([*_CHARACTERS, *_PARTS]), max_size=12).map("".join) | st.text(
    max_size=12
)


@settings(max_examples=300)
@given(_TEXTS)
@example("ABC中D")
@example("ΑΣ ας")
def test_tokens_are_the_words_and_stand_within_the_text(text: str) -> None:
    shown = plain_text(text)
    tokens = tokenize(shown)
    assert [token.word for token in tokens] == [word[:LONGEST_WORD] for word in words(text)]
    assert all(0 <= token.start < token.end <= len(shown) for token in tokens)


@settings(max_examples=300)
@given(st.lists(st.builds(Document, st.just(""), _TEXTS, _TEXTS), max_size=4))
def test_in_bulk_the_same_words_are_read(documents: list[Document]) -> None:
    parameters = Parameters(query_title_weight=TITLE_WEIGHT)
    known, rows, _ = read(documents, parameters, Thesaurus.from_groups(()), asked=True)
    for place, document in enumerate(documents):
        expected = {
            word: UNITS * count for word, count in word_counts(document).items() if stem(word)
        }
        items, counts = rows.get(place)
        found = [known[item] for item in items.tolist()]
        assert dict(zip(found, counts.tolist(), strict=True)) == expected
