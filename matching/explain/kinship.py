"""Whether two words that look alike say the same to a reader."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from matching.explain.general_words import is_general
from matching.index.features import root_form

NEARLY_SAME = 0.75
"""Words that share so much of their n-grams' weight may differ in an ending or a letter."""

SHORTEST_PART, SHORTEST_REST, SHORTEST_SHARED = 4, 3, 6
LONGEST_ENDING, SAME_START, SHORTEST_MISSPELLED = 3, 3, 5

_DATA = Path(__file__).parent / "data"
_DERIVATIONS = (
    "ikasj", "asj", "isj", "itet", "ism", "ist", "isk", "olog", "ativ", "iell", "er", "ling",
    "skap", "else", "ning", "ing",
)  # fmt: skip
_PREFIXES = frozenset(
    "for sam gjen mis van med mot til inn opp ned etter over under frem fram etter fore mellom "
    "inter super trans kontra anti hoved over pro kon dis".split()
)
_SHORT_WORDS = frozenset({"bil", "hus", "mat", "rus"})
_UNSAFE_STARTS = tuple("under over etter inter trans mellom kontra kontro konst presen".split())


@lru_cache(maxsize=200_000)
def are_kin(asked: str, other: str) -> bool:
    """Return whether one word is a compound of the other, or both are compounds of one word.

    A compound ends with its head or begins with what describes it: "fritidsklubb" and
    "klubbhus" for "klubb". What is only derived ("kommunikasjon" of "kommun-", "foreldre" of
    "eldre") is none.
    """
    one, two = root_form(asked), root_form(other)
    short, long = sorted((one, two), key=len)
    rest = len(long) - len(short)
    if len(short) < SHORTEST_PART:
        return short in _SHORT_WORDS and rest >= SHORTEST_PART and _begins(long, short)
    if rest >= SHORTEST_REST and long.endswith(short):
        return long[:rest] not in _PREFIXES
    if rest >= SHORTEST_REST and long.startswith(short):
        return _begins(long, short)
    return _share_first_word(one, two)


@lru_cache(maxsize=200_000)
def are_spelled_alike(asked: str, other: str) -> bool:
    """Return whether words with most n-grams in common differ in an ending or a letter only.

    "svømekurs" and "svømmekurs" do; "karakter" and "karakteregenskaper" do not.
    """
    if asked[:SAME_START] != other[:SAME_START] or abs(len(asked) - len(other)) > LONGEST_ENDING:
        return False
    one, two = root_form(asked), root_form(other)
    return one == two or (
        min(len(one), len(two)) >= SHORTEST_MISSPELLED and _differ_in_one_letter(one, two)
    )


def says_same(asked: str, other: str, similarity: float) -> bool:
    """Return whether a word of a document says the same as one of a query, to a reader.

    Parameters
    ----------
    asked, other
        Words in lower case, or phrases of the thesaurus.
    similarity
        The share of the n-gram weight of the one that the other holds; more than 1 where they
        have the same root, or stand for each other.
    """
    if is_general(asked) or is_general(other) or _are_false_kin(asked, other):
        return False
    if similarity > 1:
        return True
    if similarity >= NEARLY_SAME and are_spelled_alike(asked, other):
        return True
    return are_kin(asked, other)


def _begins(long: str, short: str) -> bool:
    """Return whether one word begins with the other, and what follows can be a word."""
    return long.startswith(short) and not long[len(short) :].startswith(_DERIVATIONS)


def _share_first_word(one: str, two: str) -> bool:
    """Return whether both go on from one word: "sommerjobb" and "sommersjanse"."""
    if one.startswith(_UNSAFE_STARTS):
        return False
    size = _shared_start(one, two)
    rests = one[size:], two[size:]
    return size >= SHORTEST_SHARED and all(len(rest) >= SHORTEST_REST for rest in rests)


def _shared_start(one: str, two: str) -> int:
    size = 0
    while size < min(len(one), len(two)) and one[size] == two[size]:
        size += 1
    return size


def _differ_in_one_letter(one: str, two: str) -> bool:
    """Return whether one letter is missing, too many, or another."""
    size = _shared_start(one, two)
    return (
        one[size + 1 :] == two[size + 1 :]
        or one[size + 1 :] == two[size:]
        or one[size:] == two[size + 1 :]
    )


def _are_false_kin(asked: str, other: str) -> bool:
    known = _false_kin()
    return (
        frozenset((asked, other)) in known
        or frozenset((root_form(asked), root_form(other))) in known
    )


@cache
def _false_kin() -> frozenset[frozenset[str]]:
    """Return pairs of words, and of roots, that look alike and are about other things."""
    lines = (_DATA / "false_kin.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split() for line in lines]
    roots = [frozenset(map(root_form, pair)) for pair in pairs]
    return frozenset([*map(frozenset, pairs), *(pair for pair in roots if len(pair) == 2)])
