"""What in a text points to one person for certain, and has no place where everybody reads it.

A name looks like any other word, so forms ask for names to be left out instead. Dates, years and
amounts of money are numbers too, and are let through.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from marketplace.core.errors import InvalidField
from marketplace.core.number_runs import runs_in
from marketplace.core.people_addresses import addresses_in
from marketplace.core.people_numbers import identity_numbers, phone_numbers
from marketplace.core.plain_signs import in_plain_signs


class PersonalData(StrEnum):
    EMAIL = "email"
    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Found:
    what: PersonalData
    words: str
    start: int
    end: int


def find_personal_data(text: str) -> Iterator[Found]:
    """Each once, the kinds in the order above, with its place in the text."""
    plain = in_plain_signs(text)
    taken = bytearray(len(plain.text))
    for what, start, end in _all_in(plain.text):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield Found(what, plain.text[start:end], plain.places[start], plain.places[end])


def _all_in(plain: str) -> Iterator[tuple[PersonalData, int, int]]:
    for start, end in addresses_in(plain):
        yield PersonalData.EMAIL, start, end
    runs = list(runs_in(plain))
    for what, numbers in (
        (PersonalData.IDENTITY_NUMBER, identity_numbers),
        (PersonalData.PHONE, phone_numbers),
    ):
        for run in runs:
            for first, last in numbers(run):
                yield what, run.start_of(first), run.spans[last - 1][1]


def fields_with_personal_data(row: object, names: Iterable[str]) -> list[str]:
    """Those of the fields whose text surely points to one person, in their order."""
    return [name for name in names if any(find_personal_data(getattr(row, name)))]


def expect_no_personal_data(field: str, text: str, code: StrEnum) -> None:
    """Refuse at the field, with the words that have to go."""
    for found in find_personal_data(text):
        raise InvalidField(field, code, what=found.what, words=found.words)
