"""What points to one person is refused; dates, years and amounts are let through."""

import pytest
from sqlalchemy.orm import Session

from marketplace.core.errors import InvalidField
from marketplace.core.personal_data import PersonalData, find_personal_data
from marketplace.questions.states import QuestionState
from tests.domain.questions_cast import cast_for_questions

EMAIL, PHONE = PersonalData.EMAIL, PersonalData.PHONE
NATIONAL_ID = PersonalData.IDENTITY_NUMBER


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Svar til kari@firma.example.", EMAIL),
        ("Skriv til (KARI.nord+test@sub.firma.no)", EMAIL),
        ("Ring 91234567", PHONE),
        ("Ring 912 34 567 i dag", PHONE),
        ("Ring 22 33 44 55.", PHONE),
        ("Ring 22\u00a033\u00a044\u00a055.", PHONE),
        ("Ring +47 912 34 567", PHONE),
        ("Ring +4791234567", PHONE),
        ("Ring 004791234567", PHONE),
        ("Ring +46 70 123 45 67", PHONE),
        ("Han er 01029012345", NATIONAL_ID),
        ("Han er 010290 12345", NATIONAL_ID),
        ("Han er 01.02.90 12345", NATIONAL_ID),
    ],
)
def test_what_points_to_a_person_is_found(text: str, found: PersonalData) -> None:
    assert next(find_personal_data(text)).what is found


@pytest.mark.parametrize(
    "text",
    [
        "Kan vi begynne 31.12.2026 eller 2027-01-15?",
        "I årene 2025-2026 og 2025–2026.",
        "Det koster 12 000 000 kr.",
        "Det koster 25000000 kr, altså 25 000 000.",
        "Vi har nummer 923 456 789 i registeret.",
        "Fra 08.30 til 15.30, mandag @ kontoret.",
        "31.12.26 10.30",
        "40 brukere over 80 år",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert list(find_personal_data(text)) == []


@pytest.mark.parametrize("text", ["Ring 91234567", "kari@firma.example", "01029012345"])
def test_no_text_that_everybody_reads_may_hold_it(session: Session, text: str) -> None:
    cast = cast_for_questions(session)
    with pytest.raises(InvalidField) as asked:
        cast.ask(text=text)
    with pytest.raises(InvalidField) as answered:
        cast.answer("member", cast.question(), text)
    with pytest.raises(InvalidField) as added:
        cast.add("member", cast.question(QuestionState.ANSWERED), text)
    fields = [refused.value.field for refused in (asked, answered, added)]
    assert fields == ["text", "answer", "text"]
