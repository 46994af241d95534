"""What in a text points to one person for certain, and has no place where everybody reads it.

A name looks like any other word, so forms ask for names to be left out instead. Dates, years and
amounts of money are numbers too, and are let through.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from marketplace.core.errors import InvalidField


class PersonalData(StrEnum):
    EMAIL = "email"
    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"


PATTERNS: dict[PersonalData, re.Pattern[str]] = {
    PersonalData.EMAIL: re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w{2,}"),
    PersonalData.IDENTITY_NUMBER: re.compile(
        r"(?<!\d)(?:\d{6}|\d\d([ .-])\d\d\1\d\d)[ .-]?\d{5}(?!\d)"
    ),
    PersonalData.PHONE: re.compile(
        r"(?<![\d+])(?:"
        # 91234567, also after the country's number
        r"(?:(?:\+|00)47[ .-]?)?[2-9]\d{7}(?!\d|\s*(?:kr|,-|mill))"
        # 22 33 44 55
        r"|(?:(?:\+|00)47[ .-]?)?[2-9]\d([ .-])\d\d\1\d\d\1\d\d(?!\d)"
        # 912 34 567
        r"|(?:(?:\+|00)47[ .-]?)?[2-9]\d\d([ .-])\d\d\2\d{3}(?!\d)"
        # any other country
        r"|(?:\+|00)[1-9](?:[ .-]?\d){7,13}(?!\d)"
        r")",
        re.IGNORECASE,
    ),
}
SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
"""What people and programs put between the digits of a number besides a plain blank."""


@dataclass(frozen=True, slots=True)
class Found:
    what: PersonalData
    words: str


def find_personal_data(text: str) -> Iterator[Found]:
    plain = text.translate(SPACES)
    for what, pattern in PATTERNS.items():
        for match in pattern.finditer(plain):
            yield Found(what, match.group().strip())


def fields_with_personal_data(row: object, names: Iterable[str]) -> list[str]:
    """Those of the fields whose text surely points to one person, in their order."""
    return [name for name in names if any(find_personal_data(getattr(row, name)))]


def expect_no_personal_data(field: str, text: str, code: StrEnum) -> None:
    """Refuse at the field, with the words that have to go."""
    for found in find_personal_data(text):
        raise InvalidField(field, code, what=found.what, words=found.words)
