"""What was written in a field, as a service takes it: without stray space around it."""

from enum import StrEnum

from marketplace.core.errors import InvalidField
from marketplace.core.personal_data import expect_no_personal_data


def expect_text(field: str, text: str, missing: StrEnum) -> str:
    said = text.strip()
    if not said:
        raise InvalidField(field, missing)
    return said


def expect_shared_text(field: str, text: str, missing: StrEnum, personal: StrEnum) -> str:
    """Others than its own side read it, so nothing in it may surely be about one person."""
    said = expect_text(field, text, missing)
    expect_no_personal_data(field, said, personal)
    return said
