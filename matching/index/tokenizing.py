"""The inner loop that finds the words of texts and numbers them, compiled when first used."""

from __future__ import annotations

import numpy as np
from numba import njit

from matching.arrays import IntArray

Vocabulary = tuple[IntArray, IntArray, IntArray, int]
"""Known words: the letters of all of them, where those of each begin, a table that finds a word by
its hash (0, or its number from 1), and how many there are."""


@njit(cache=True, nogil=True)
def number(
    points: IntArray, ends: IntArray, small: IntArray, longest_acronym: int, vocabulary: Vocabulary
) -> tuple[IntArray, IntArray, Vocabulary]:
    """Return the numbers of the words of texts, where those of each text end, all known words.

    `points` are the characters of all texts, of which each has its own up to `ends`; a word is as
    many characters as follow each other that have a `small` letter, which they are counted as, but
    in an acronym of at most `longest_acronym` letters. The known words are written to.
    """
    letters, starts, table, known = vocabulary
    found = np.empty(len(points) // 2 + len(ends) + 1, dtype=np.int32)
    found_ends = np.zeros(len(ends) + 1, dtype=np.int64)
    cased = np.empty_like(points)
    used = at = 0
    for text in range(len(ends)):
        while at < ends[text]:
            first, capitals = at, 0
            while at < ends[text] and small[points[at]] != 0:
                cased[at] = small[points[at]]
                capitals += cased[at] != points[at]
                at += 1
            if at == first:
                at += 1
                continue
            if 2 * known + 2 > len(table):
                starts = np.append(starts, np.zeros(len(table), dtype=np.int64))
                table = _wider(table, letters, starts, known)
            if 1 < capitals == at - first <= longest_acronym:
                cased[first:at] = points[first:at]
            word = cased[first:at]
            slot = _slot(word, table, letters, starts)
            if table[slot] == 0:
                letters = _with_word(word, letters, starts, known)
                known += 1
                table[slot] = known
            found[used] = table[slot] - 1
            used += 1
        found_ends[text + 1] = used
    return found[:used].copy(), found_ends, (letters, starts, table, known)


@njit(cache=True, nogil=True)
def _with_word(word: IntArray, letters: IntArray, starts: IntArray, known: int) -> IntArray:
    """Return the letters of the known words with those of one more, and write where they end."""
    end = starts[known] + len(word)
    if end > len(letters):
        letters = np.append(letters, np.zeros(end, dtype=np.uint32))
    letters[starts[known] : end] = word
    starts[known + 1] = end
    return letters


@njit(cache=True, nogil=True)
def _slot(word: IntArray, table: IntArray, letters: IntArray, starts: IntArray) -> int:
    """Return where a word stands in the table, or the empty slot where it would."""
    value = np.uint64(14695981039346656037)
    for letter in word:
        value = (value ^ np.uint64(letter)) * np.uint64(1099511628211)
    last = np.uint64(len(table) - 1)
    slot = (value ^ (value >> np.uint64(32))) & last
    while table[slot] != 0:
        start, end = starts[table[slot] - 1], starts[table[slot]]
        same = end - start == len(word)
        at = 0
        while same and at < len(word):
            same = letters[start + at] == word[at]
            at += 1
        if same:
            break
        slot = (slot + np.uint64(1)) & last
    return int(slot)


@njit(cache=True, nogil=True)
def _wider(table: IntArray, letters: IntArray, starts: IntArray, known: int) -> IntArray:
    """Return the table of the known words with twice the room."""
    wider = np.zeros(2 * len(table), dtype=np.int32)
    for word in range(known):
        wider[_slot(letters[starts[word] : starts[word + 1]], wider, letters, starts)] = word + 1
    return wider
