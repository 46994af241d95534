"""What points to one person, and has no place in a text that everybody may read.

Only what can be told for certain is looked for: a name looks like any other word. Dates, years and
amounts of money are numbers too, and are let through.
"""

import re

from marketplace.questions.states import QuestionRefusal

EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w{2,}")
NATIONAL_ID = re.compile(r"(?<!\d)(?:\d{6}|\d\d([ .-])\d\d\1\d\d)[ .-]?\d{5}(?!\d)")
PHONE = re.compile(
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
)
SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
"""What people and programs put between the digits of a number besides a plain blank."""

_FOUND = {
    QuestionRefusal.EMAIL_IN_TEXT: EMAIL,
    QuestionRefusal.NATIONAL_ID_IN_TEXT: NATIONAL_ID,
    QuestionRefusal.PHONE_IN_TEXT: PHONE,
}


def find_personal_data(text: str) -> QuestionRefusal | None:
    """The first kind of thing in the text that points to one person."""
    plain = text.translate(SPACES)
    return next((kind for kind, pattern in _FOUND.items() if pattern.search(plain)), None)
