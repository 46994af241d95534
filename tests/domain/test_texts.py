"""What a service asks of a text, and of who acts."""

import pytest

from marketplace.core.actor import ANONYMOUS, SYSTEM, Actor, person_of
from marketplace.core.errors import InvalidField, NotFound
from marketplace.core.personal_data import PersonalData
from marketplace.core.texts import expect_shared_text, expect_text
from marketplace.questions.states import QuestionRefusal

MISSING, PERSONAL = QuestionRefusal.TEXT_MISSING, QuestionRefusal.PERSONAL_DATA


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_a_text_says_something(blank: str) -> None:
    with pytest.raises(InvalidField) as refused:
        expect_text("answer", blank, MISSING)
    assert (refused.value.field, refused.value.code) == ("answer", MISSING)


def test_a_shared_text_names_nobody_and_the_refusal_says_what_has_to_go() -> None:
    with pytest.raises(InvalidField) as refused:
        expect_shared_text("answer", "Ring meg på 912 34 567.", MISSING, PERSONAL)
    assert (refused.value.field, refused.value.code) == ("answer", PERSONAL)
    assert refused.value.values == {"what": PersonalData.PHONE, "words": "912 34 567"}


def test_a_text_is_kept_without_stray_space() -> None:
    assert expect_shared_text("answer", " Ja.\n", MISSING, PERSONAL) == "Ja."


@pytest.mark.parametrize("nobody", [ANONYMOUS, SYSTEM])
def test_a_row_that_says_who_is_not_made_by_nobody(nobody: Actor) -> None:
    with pytest.raises(NotFound):
        person_of(nobody)
    assert person_of(Actor(7)) == 7
