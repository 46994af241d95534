"""What in a text is surely about a person: it must not become public, and is easily left out.

Names cannot be told from other words, so the form asks for them to be left out instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.lessons.states import PersonalData

SPACE = r"[ \t\u00a0\u2009\u202f]"
_PATTERNS: dict[PersonalData, re.Pattern[str]] = {
    PersonalData.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    # Six and five digits, with or without something between them.
    PersonalData.IDENTITY_NUMBER: re.compile(rf"(?<!\d)\d{{6}}(?:{SPACE}|[.-])?\d{{5}}(?!\d)"),
    # A Norwegian number begins with 2 to 9 and is written whole, 3-2-3 or 2-2-2-2; kroner are not
    # meant. Any other begins with + and the number of its country.
    PersonalData.PHONE: re.compile(
        rf"\+\d(?:{SPACE}?\d){{7,14}}(?!\d)"
        rf"|(?<![\d,.])(?:(?:00)?47{SPACE}?)?"
        rf"(?:[2-9]\d{{7}}|[2-9]\d\d{SPACE}\d\d{SPACE}\d{{3}}|[2-9]\d(?:{SPACE}\d\d){{3}})"
        rf"(?!\d|{SPACE}?kr|{SPACE}\d)"
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    what: PersonalData
    words: str


def find_personal_data(text: str) -> Iterator[Found]:
    for what, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            yield Found(what, match.group().strip())
