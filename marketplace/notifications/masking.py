"""Taking out of a typed text what points to a person, before it leaves in a mail.

What is certain goes: addresses, telephone and national identity numbers. Names are known only of
those who belong to the organisations of the case, so these are taken out, whole and in parts.
"""

import re
from collections.abc import Iterable

from flask_babel import gettext as _

from marketplace.core.personal_data import PATTERNS, SPACES, PersonalData

SHORTEST_NAME = 3
PARTICLES = frozenset({"von", "van", "der", "den", "del", "dos", "bin", "ibn"})


def mask_numbers(text: str) -> str:
    """Without addresses and numbers of people; titles are typed too."""
    text = text.translate(SPACES)
    for what, instead in (
        (PersonalData.EMAIL, _("[e-postadresse]")),
        (PersonalData.IDENTITY_NUMBER, _("[fødselsnummer]")),
        (PersonalData.PHONE, _("[telefonnummer]")),
    ):
        text = PATTERNS[what].sub(instead, text)
    return text


def mask(text: str, names: Iterable[str]) -> str:
    pattern = _pattern(names)
    text = mask_numbers(text)
    return text if pattern is None else pattern.sub(_("[navn]"), text)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole names before their parts, in the genitive too; written as names: «Dag», not «dag»."""
    words = {word for name in names for word in (name.strip(), *_parts(name)) if word}
    if not words:
        return None
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?:['’]?s|['’])?(?!\w)")


def _parts(name: str) -> Iterable[str]:
    for part in re.split(r"[\s-]+", name):
        if len(part) >= SHORTEST_NAME and part.casefold() not in PARTICLES:
            yield part
