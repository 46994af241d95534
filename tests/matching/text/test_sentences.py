"""Where sentences end."""

from __future__ import annotations

import pytest

from matching.text import plain_text, sentences, tokenize
from matching.text.sentences import LONGEST_SENTENCE


def _texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Kom kl. 18 til gnr. 4 bnr. 7 i Storgata.",
        "Fru Dr. Lie, prof. Moe og St. Hanshaugen skole.",
        "Ring tlf. 22 00 for pris pr. time, ca. 40 kr. i snitt.",
        "Vi har kurs, f.eks. Excel, bl.a. Word og m.a.o. IT.",
        "Se nr. 3, jf. Helseloven, dvs. Kapittel 2.",
        "Fra 3. trinn til 17. mai, og 2. Januar også.",
        "Møt A. B. Berg og K. Lie.",
        "Fest 12. 6. 2030 i parken.",
        "Det koster kr. 500 eller ca. 3 mill. kroner.",
        "See e.g. Oslo, i.e. Norway, with Mrs. Dale.",
        "1. Ring oss først",
        "Se www.eksempel.no for 3.5 årsverk",
    ],
)
def test_no_sentence_ends_within(text: str) -> None:
    assert _texts(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Alle kan bli med.|Kom innom!|Vil du?|Ja …|Fint.",
        "Vi har saft, kaker osv.|Du kan ta med noe.",
        "Det koster 500 kr.|Vi gir rabatt.",
        "Vi startet i 2024.|Nå er vi ti.",
        "Det er 12 km.|Vi går dit.",
        "Vi møtes i uke 30.|Ta med mat.",
        "«Er det gratis?»|«Ja.»|Så fint!",
        "Kom i dag.|20 plasser er ledige.",
        "Les mer på nav.no.|Du kan også ringe.",
    ],
)
def test_a_sentence_ends(text: str) -> None:
    assert _texts(text.replace("|", " ")) == text.split("|")


def test_lines_paragraphs_and_bullets_end_sentences() -> None:
    assert _texts("<p>En ting</p><p>To</p>Tre<br>fire\nfem • seks") == [
        *"En ting|To|Tre|fire|fem|seks".split("|")
    ]


def test_what_has_no_word_is_no_sentence() -> None:
    assert _texts("... \n !!! \n 😀. \n") == []


def test_long_sentences_are_cut_at_spaces() -> None:
    found = _texts("uke " * 500)
    assert " ".join(found) == ("uke " * 500).strip()
    assert max(map(len, found)) <= LONGEST_SENTENCE
    assert max(map(len, _texts("x" * 5000))) == LONGEST_SENTENCE


def test_tokens_are_those_of_the_whole_text_and_stand_in_their_sentence() -> None:
    text = "VI HAR IT. Jente- og guttelag! Kurs i IT, «ungdoms-klubb» og ﬁske. " * 9 + "y-" * 300
    found = sentences(text)
    tokens = [token for sentence in found for token in sentence.tokens]
    assert [token.word for token in tokens] == [each.word for each in tokenize(plain_text(text))]
    for sentence in found:
        for token in sentence.tokens:
            assert 0 <= token.start < token.end <= len(sentence.text)
