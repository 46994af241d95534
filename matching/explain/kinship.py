"""Whether two words that look alike say the same to a reader."""

from __future__ import annotations

from functools import lru_cache

from matching.index.features import root_form

NEARLY_SAME = 0.75
"""Words that share so much of their n-grams' weight differ in an ending or a letter."""

SHORTEST_PART, SHORTEST_REST, SHORTEST_SHARED = 4, 3, 5

_DERIVATIONS = ("ikasj", "asj", "isj", "itet", "ism", "ist", "isk", "olog", "ativ", "iell", "er")
_JOINTS = "se"


@lru_cache(maxsize=100_000)
def are_kin(asked: str, other: str) -> bool:
    """Return whether one word is a compound of the other, or both are compounds of one word.

    A compound ends with its head or begins with what describes it: "fritidsklubb" and
    "klubbhus" for "klubb". What is only derived ("kommunikasjon" of "kommun-") is none.
    """
    one, two = root_form(asked), root_form(other)
    if min(len(one), len(two)) < SHORTEST_PART:
        return False
    short, long = sorted((one, two), key=len)
    if len(long) >= len(short) + SHORTEST_REST:
        if long.endswith(short):
            return True
        if long.startswith(short):
            return _is_word(long[len(short) :])
    return _share_first_word(one, two)


def _is_word(rest: str) -> bool:
    """Return whether what follows in a compound can be a word, with or without a joint."""
    return len(rest) >= SHORTEST_REST and not rest.startswith(_DERIVATIONS)


def _share_first_word(one: str, two: str) -> bool:
    """Return whether both go on from one word: "sommerjobb" and "sommersjanse"."""
    size = 0
    while size < min(len(one), len(two)) and one[size] == two[size]:
        size += 1
    rests = one[size:], two[size:]
    return size >= SHORTEST_SHARED and all(len(rest) >= SHORTEST_PART for rest in rests)
