"""What comes in is brought to one form: nothing that nobody sees, and one spelling of a letter."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.cleaning import MOST_MARKS, clean_line, clean_text

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"]
DIRECTIONS = [*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))), *"\u200e\u200f\u061c"]
UNSEEN = [
    *"\u200b\u2060\ufeff\xad\u034f\u3164\u115f\uffa0\u180e\ufff9\U000e0041",
    "\ud800",
    "\uffff",
]


@pytest.mark.parametrize("sign", [*CONTROLS, *DIRECTIONS, *UNSEEN], ids=ascii)
def test_what_nobody_sees_is_taken_out(sign: str) -> None:
    for typed in (f"a{sign}b", f"{sign}a b{sign}", f"a {sign}{sign} b"):
        assert sign not in clean_text(typed) + clean_line(typed)
    assert clean_text(sign) == clean_line(sign) == ""


def test_no_format_character_of_latin_text_stays() -> None:
    unseen = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    foreign = range(0x0600, 0x1BCA4)  # signs of other scripts that count as format
    every = (chr(code) for code in range(sys.maxunicode + 1) if code not in foreign)
    left = [c for c in every if unicodedata.category(c) in unseen and c in clean_line(f"a{c}b")]
    assert [ascii(sign) for sign in left if not 0x1D173 <= ord(sign) <= 0x1D17A] == []


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_there_is_one_kind_of_line_end_and_none_in_a_line(end: str) -> None:
    assert clean_text(f"Møte{end}i dag") == "Møte\ni dag"
    assert clean_line(f"Møte{end}{end}\ti dag") == "Møte i dag"


@pytest.mark.parametrize(
    "kept",
    [
        "1️⃣ Ett",
        "👩\u200d👩\u200d👧",
        "❤️\u200d🔥",
        "می\u200cخواهم",
        "Å  å",
        "a\n\n\tb",
        "12 000",
        "Čáhci",
        "ש",
    ],
)
def test_what_people_mean_stays(kept: str) -> None:
    assert clean_text(f" {kept}\n") == kept


@pytest.mark.parametrize("stray", ["\u200d", "\u200c", "\ufe0f", "\u200d\u200d\ufe0f\u200c"])
def test_what_joins_nothing_goes(stray: str) -> None:
    assert [clean_line(t) for t in (stray, f"{stray}a", f"a {stray}b")] == ["", "a", "a b"]
    assert "\u200d" not in clean_line(f"pass{stray}ord")


def test_a_letter_has_one_spelling() -> None:
    assert clean_line("Ka\u030are \u212bs") == "Kåre Ås"


def test_a_letter_carries_few_marks_however_many_were_sent() -> None:
    marked = clean_text("e" + "\u0323\u0301" * 30_000 + "n")
    assert len(marked) <= MOST_MARKS + 2
    assert marked.startswith("ẹ")
    assert marked.endswith("n")


LETTERS = st.sampled_from("a \n\t\r\v\u0301\u0323\u200d\ufe0f\u200b\u3164👩1가\u11a8\x85\u034fא")


@given(st.text(LETTERS))
def test_what_is_clean_stays_as_it_is(typed: str) -> None:
    for clean in (clean_text, clean_line):
        once = clean(typed)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in clean_line(typed)
