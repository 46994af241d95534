"""Numbers and addresses of people are found in any dress; what only looks like one is not."""

import pytest

from marketplace.core.personal_data import PersonalData, find_personal_data
from tests.domain.judged_numbers import (
    ADDRESSES,
    EMAIL,
    IDENTITIES,
    LET_THROUGH,
    NATIONAL_ID,
    PHONE,
    PHONES,
)

FOUND = [
    *((text, EMAIL) for text in ADDRESSES),
    *((text, NATIONAL_ID) for text in IDENTITIES),
    *((text, PHONE) for text in PHONES),
]


@pytest.mark.parametrize(("text", "what"), FOUND, ids=ascii)
def test_what_points_to_a_person_is_found(text: str, what: PersonalData) -> None:
    found = next(find_personal_data(text), None)
    assert found is not None
    assert found.what is what


@pytest.mark.parametrize(("text", "what"), FOUND, ids=ascii)
def test_it_is_found_in_the_middle_of_a_text(text: str, what: PersonalData) -> None:
    around = f"Dette er et behov.\n{text}\nVi har 40 brukere, og det koster 250 000 kr i 2026."
    assert next(find_personal_data(around)).what is what


@pytest.mark.parametrize("text", LET_THROUGH, ids=ascii)
def test_what_only_looks_like_it_is_let_through(text: str) -> None:
    assert list(find_personal_data(text)) == []
    assert list(find_personal_data(f"Dette er et behov: {text}\nVi har 40 brukere.")) == []


def test_enough_has_been_judged() -> None:
    assert min(len(set(FOUND)), len(set(LET_THROUGH))) >= 60


def test_what_is_found_has_its_place_in_the_text_as_it_was_typed() -> None:
    text = "Å\u030a 9\u200b1 82 73 64, ola(at)enhet.no"
    places = [text[found.start : found.end] for found in find_personal_data(text)]
    assert places == ["ola(at)enhet.no", "9\u200b1 82 73 64"]
