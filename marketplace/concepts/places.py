"""Where alone a concept can be had, as its text says."""

import re
from collections.abc import Mapping

OF_A_MUNICIPALITY = re.compile(r" (?:kommune|herad|herred)$", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?\n]+")
WORD = re.compile(r"\w+")
ONLY = re.compile(r"\b(?:bare|kun|berre|only)\b", re.IGNORECASE)


def places_in(text: str, municipalities: Mapping[int, str]) -> frozenset[int]:
    """The municipalities that a sentence names when it says «only».

    Where something has been tried is another question, and most sentences with a name tell of that.
    """
    limits = [each for each in SENTENCE.findall(text) if ONLY.search(each)]
    return frozenset(
        row_id
        for row_id, name in municipalities.items()
        if any(_names(limit, name) for limit in limits)
    )


def _names(text: str, municipality: str) -> bool:
    """As a name is written: «ås» is a hill."""
    name, said = (WORD.findall(each) for each in (OF_A_MUNICIPALITY.sub("", municipality), text))
    return any(said[at : at + len(name)] == name for at in range(len(said)))
