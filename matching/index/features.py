"""The features of a word: its root and its character n-grams, as numbers of 64 bits.

A word and its spelling in the other written form of Norwegian, or in English, have most features
in common. A feature is a function of the word alone, so it is found once for a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numba
import numpy as np

from matching.arrays import IntArray, UIntArray, Whole
from matching.index.strings import name_hash
from matching.text import base_form, fold, root, spelled_alike, stem
from matching.thesaurus import Thesaurus, normalize

SHORTEST_ROOT, LONGEST_ENDING = 4, 2
"""A root shorter than this is that of words with an ending of so many letters at most."""

_OFFSET, _PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
_SPACE = 32


@lru_cache(maxsize=500_000)
def root_form(word: str) -> str:
    """Return what inflection and spelling leave of a word; "" for a stop word."""
    found = stem(word)
    shortest = root(found)
    if len(shortest) < SHORTEST_ROOT and len(word) - len(shortest) > LONGEST_ENDING:
        shortest = found  # "demens" is no form of "dem".
    return fold(spelled_alike(shortest))


@lru_cache(maxsize=500_000)
def ngram_form(word: str) -> str:
    """Return the spelling of a word that n-grams are taken of."""
    return fold(spelled_alike(base_form(word)))


def features_of(
    words: Sequence[str], ngrams: tuple[int, int], thesaurus: Thesaurus
) -> tuple[IntArray, UIntArray, IntArray]:
    """Return where the features of each word begin, the features, and where its groups begin.

    The first feature of a word is its root; then come its n-grams, and the groups of the thesaurus
    that it is in. A phrase, which has a space, has its groups only.

    Parameters
    ----------
    words
        Words in lower case, none of them a stop word, and phrases of the thesaurus.
    ngrams
        Shortest and longest n-gram; none where the longest is 0.
    thesaurus
        Words that stand for each other.
    """
    groups = [groups_of(word, thesaurus) for word in words]
    phrases = [" " in word for word in words]
    roots = np.array(
        [
            groups[row][0] if phrases[row] else name_hash(root_form(word))
            for row, word in enumerate(words)
        ],
        dtype=np.uint64,
    )
    forms = ["" if phrases[row] else ngram_form(word) for row, word in enumerate(words)]
    starts = np.zeros(len(forms) + 1, dtype=np.int64)
    np.cumsum([len(form) for form in forms], out=starts[1:])
    letters = "".join(forms).encode("utf-32-le", "replace")
    further = [groups[row][phrases[row] :] for row in range(len(words))]
    group_starts = np.zeros(len(forms) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in further], out=group_starts[1:])
    return _features(
        np.frombuffer(letters, dtype=np.uint32),
        starts,
        roots,
        np.array([key for each in further for key in each], dtype=np.uint64),
        group_starts,
        max(ngrams[0], 1),
        ngrams[1],
    )


def groups_of(word: str, thesaurus: Thesaurus) -> list[int]:
    """Return the features of the groups that a word or a phrase is in."""
    if " " in word:
        ids = thesaurus.phrases[tuple(map(normalize, word.split(" ")))]
    else:
        ids = thesaurus.groups_of(word)
    return [group_key(each) for each in ids]


def group_key(group_id: str) -> int:
    """Return the feature of a group of the thesaurus."""
    return name_hash(f"group:{group_id}")


@numba.njit(cache=True, nogil=True)
def _features(
    letters: IntArray,
    starts: IntArray,
    roots: UIntArray,
    groups: UIntArray,
    group_starts: IntArray,
    shortest: int,
    longest: int,
) -> tuple[IntArray, UIntArray, IntArray]:
    words = len(starts) - 1
    feature_starts = np.zeros(words + 1, dtype=np.int64)
    groups_from = np.zeros(words, dtype=np.int64)
    room = words + (len(letters) + 2 * words) * max(longest - shortest + 1, 0) + len(groups)
    features = np.empty(room, dtype=np.uint64)
    used = 0
    for word in range(words):
        features[used] = roots[word]
        used += 1
        size = starts[word + 1] - starts[word]
        padded = np.full(size + 2, _SPACE, dtype=np.uint32)
        padded[1:-1] = letters[starts[word] : starts[word + 1]]
        if size > 0:
            used = _add_ngrams(padded, shortest, longest, features, used)
        groups_from[word] = used
        for at in range(group_starts[word], group_starts[word + 1]):
            features[used] = groups[at]
            used += 1
        feature_starts[word + 1] = used
    return feature_starts, features[:used].copy(), groups_from


@numba.njit(cache=True, nogil=True)
def _add_ngrams(
    padded: IntArray, shortest: int, longest: int, features: UIntArray, used: int
) -> int:
    """Put the n-grams of a word, with its two ends, into `features`, each once; return the end.

    A word shorter than the shortest n-gram is one itself.
    """
    first = used
    for length in range(shortest, longest + 1):
        for at in range(max(len(padded) + 1 - length, 1)):
            value = _OFFSET
            for letter in padded[at : at + length]:
                value = (value ^ np.uint64(letter)) * _PRIME
            value ^= value >> np.uint64(29)
            if not _holds(features[first:used], value):
                features[used] = value
                used += 1
        if length >= len(padded):
            break
    return used


@numba.njit(cache=True, nogil=True)
def _holds(values: UIntArray, wanted: Whole) -> bool:
    """Return whether a value is there; words have few n-grams."""
    for value in values:  # noqa: SIM110 - compiled
        if value == wanted:
            return True
    return False
