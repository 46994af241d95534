"""The one string from which both ways of reading a text take its words."""

from __future__ import annotations

import unicodedata

import pytest

from matching.text import normalize, plain_text, tokenize, words
from matching.text.characters import comparable_form, is_common

COMMON = [chr(code) for code in range(0x3000) if is_common(chr(code))]


def test_common_letters_need_no_work() -> None:
    letters = "".join(each for each in COMMON if each.isalnum())
    assert unicodedata.normalize("NFKC", letters) == letters
    assert letters.lower() == letters.casefold()
    assert len(letters.lower()) == len(letters)


def test_common_signs_hide_no_letters_and_are_seen() -> None:
    signs = {each for each in COMMON if not each.isalnum()} - {"™"}
    assert not any(map(str.isalnum, unicodedata.normalize("NFKC", "".join(signs))))
    assert not {unicodedata.category(each) for each in signs} & {"Mn", "Me", "Cf"}


def test_every_form_has_letters_with_one_small_letter_each() -> None:
    for code in range(0, 0x20000, 5):
        form = comparable_form(chr(code))
        assert all(len(each.lower()) == 1 for each in form)
        assert form.lower() == "".join(map(str.lower, form))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ﬂytte ﬁrma", "flytte firma"),
        ("１２ ｕｋｅｒ", "12 uker"),
        ("𝐮𝐤𝐞 𝓭𝓪𝓰", "uke dag"),
        ("sam\u00adtale", "samtale"),
        ("sam\u200btale", "samtale"),
        ("sam\u2060tale", "samtale"),
        ("ba\u030at", "båt"),
        ("q\u0304uiz", "quiz"),
        ("STRAẞE straße", "strasse strasse"),
        ("3️⃣4️⃣", "34"),
        ("CO₂", "co2"),
        ("ΟΔΟΣ οδος", "οδοσ οδοσ"),
        ("İzmir", "izmir"),
        ("e‑læring e–læring", "elæring elæring"),
        ("Ny™", "ny"),
    ],
)
def test_texts_that_look_alike_have_the_same_words(text: str, plain: str) -> None:
    assert words(text) == plain.split()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("om ﬂytting", "ﬂytting"),
        ("en q\u0304uiz", "q\u0304uiz"),
        ("½ dag", "dag"),
        ("3️⃣ dager", "dager"),
        ("ett\u00adtall", "etttall"),
        ("før <b>u</b>ke", "uke"),
        ("x² y³", "y³"),
    ],
)
def test_a_token_stands_where_its_word_is_shown(text: str, marked: str) -> None:
    shown = plain_text(text)
    last = tokenize(shown)[-1]
    assert shown[last.start : last.end] == marked


def test_normalizing_twice_changes_nothing() -> None:
    once = normalize("<p>ﬁnne KI-kurs, jente- og guttegrupper på 3️⃣ e‑poster</p>")
    assert words(normalize(once)) == words(once)
