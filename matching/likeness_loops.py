"""The inner loops that find the words like others, compiled when first used.

Likeness depends on two strings alone and is a whole number, whatever else is searched.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import IntArray
from matching.loops import njit
from matching.vocabulary import COMPOUND, PART

SMALLEST_GRAM, LARGEST_GRAM = 3, 5
GRAM_WEIGHTS = (4, 9, 16)
"""What an n-gram of 3, 4 and 5 characters counts: the square of what it has beyond one."""

LEAST_SHARE = 0.3
SHARE_POWER = 2.2
SAME_ROOT = 512
SHORTEST_IN_COMPOUND, SHORTEST_PART, SHORTEST_REST = 4, 5, 3
GRID = 1024
"""Likeness is counted in 1 / `GRID`."""

_LEAST_PART = 75  # What the n-grams of a part of five letters weigh, but for those at one end.
_ROOT = 3  # The two lowest bits of a code that stands for a root.
_ROOT_MARK = 1 << 20  # More than all n-grams of a word weigh.
_SPACE = 32


@njit(cache=True, nogil=True)
def gram_codes(points: IntArray, starts: IntArray, roots: IntArray) -> tuple[IntArray, IntArray]:
    """Return the n-grams of words as numbers, each once, and where those of each word begin.

    A code is a hash (FNV-1a) of the characters, its two lowest bits the length beyond three.
    Last comes the hash in `roots`, with both bits set. A word without letters has no code.
    """
    words = len(starts) - 1
    code_starts = np.zeros(words + 1, dtype=np.int64)
    codes = np.empty(3 * len(points), dtype=np.uint32)
    used = 0
    for word in range(words):
        letters = points[starts[word] : starts[word + 1]]
        if len(letters) > 0:
            used = _add_grams(letters, codes, used)
            codes[used] = roots[word] | np.uint32(_ROOT)
            used += 1
        code_starts[word + 1] = used
    return codes[:used].copy(), code_starts


@njit(cache=True, nogil=True)
def _add_grams(letters: IntArray, codes: IntArray, used: int) -> int:
    """Put the n-grams of a word into `codes` from `used` on; return where they end."""
    size = len(letters)
    padded = np.full(size + 2, _SPACE, dtype=np.uint32)
    padded[1 : size + 1] = letters
    first = used
    for length in range(SMALLEST_GRAM, LARGEST_GRAM + 1):
        for at in range(size + 3 - length):
            value = np.uint32(2166136261)
            for letter in padded[at : at + length]:
                value = np.uint32((value ^ letter) * np.uint32(16777619))
            kind = np.uint32(length - SMALLEST_GRAM)
            codes[used] = np.uint32((value & np.uint32(0xFFFFFFFC)) | kind)
            used += 1
    found = np.sort(codes[first:used])
    used = first
    for at in range(len(found)):
        if at == 0 or found[at] != found[at - 1]:
            codes[used] = found[at]
            used += 1
    return used


@njit(cache=True, nogil=True)
def alike(
    asked_forms: IntArray,
    asked_starts: IntArray,
    asked_codes: IntArray,
    code_starts: IntArray,
    known: IntArray,
    own: IntArray,
    keys: IntArray,
    key_starts: IntArray,
    items: IntArray,
    first: int,
    forms: IntArray,
    starts: IntArray,
) -> tuple[IntArray, IntArray, IntArray]:
    """Return the words like each asked one: where they begin, their numbers and likeness.

    `keys`, `key_starts` and `items` are an inverted index from n-grams to words, numbered from
    `first`; a word's form is the length of its root and then its letters. Words with a number
    below `known` are left out. An asked word's `own` number stands for it fully.
    """
    size = len(starts) - 1
    roots = _root_lengths(forms, starts)
    shared = np.zeros(size, dtype=np.uint32)
    touched = np.empty(size + 1, dtype=np.uint32)
    found = np.empty(size, dtype=np.int32)
    likeness = np.empty(size, dtype=np.int32)
    ends = np.zeros(len(own) + 1, dtype=np.int64)
    used = 0
    for asked in range(len(own)):
        codes = asked_codes[code_starts[asked] : code_starts[asked + 1]]
        whole, met = _share(codes, keys, key_starts, items, first, shared, touched)
        if first <= own[asked] < first + size:
            shared[own[asked] - first] = 0
        least = min(_LEAST_PART, LEAST_SHARE * whole)
        met = _leave_out(least, max(known[asked] - first, 0), shared, touched, met)
        if used + met + 1 > len(found):
            found = np.append(found, np.empty(used + met + 1, dtype=np.int32))
            likeness = np.append(likeness, np.empty(used + met + 1, dtype=np.int32))
        form = asked_forms[asked_starts[asked] : asked_starts[asked + 1]]
        values = _by_grams(whole, touched[:met], shared)
        _find_compounds(form, touched[:met], forms, starts, roots, values)
        _find_parts(form, touched[:met], forms, starts, roots, values)
        for at in range(met):
            shared[touched[at]] = 0
            found[used], likeness[used] = touched[at] + first, values[at]
            used += values[at] > 0
        if max(first, known[asked]) <= own[asked] < first + size:
            found[used], likeness[used] = own[asked], GRID
            used += 1
        ends[asked + 1] = used
    return ends, found[:used].copy(), likeness[:used].copy()


@njit(cache=True, nogil=True)
def _root_lengths(forms: IntArray, starts: IntArray) -> IntArray:
    """Return the length of each word's root, 0 for a word without letters.

    Close together, they stay in the processor's cache; most words are told apart by them.
    """
    roots = np.zeros(len(starts) - 1, dtype=np.int16)
    for word in range(len(roots)):
        if starts[word] < starts[word + 1]:
            roots[word] = forms[starts[word]]
    return roots


@njit(cache=True, nogil=True)
def _share(
    asked_codes: IntArray,
    keys: IntArray,
    key_starts: IntArray,
    items: IntArray,
    first: int,
    shared: IntArray,
    found: IntArray,
) -> tuple[int, int]:
    """Add up what each word shares with the asked one; return the asked one's whole, and the number
    of words in `found`.

    A word is written each time and kept the first time only: a jump would cost more.
    """
    whole = 0
    origin, touched = np.uint32(first), np.uint64(0)
    for code in asked_codes:
        kind = code & np.uint32(_ROOT)
        weight = np.uint32(_ROOT_MARK if kind == _ROOT else GRAM_WEIGHTS[kind])
        whole += 0 if kind == _ROOT else int(weight)
        at = np.searchsorted(keys, code)
        if at < len(keys) and keys[at] == code:
            for entry in range(np.uint64(key_starts[at]), np.uint64(key_starts[at + 1])):
                word = np.uint32(items[entry]) - origin
                before = shared[word]
                found[touched] = word
                touched += np.uint64(before == 0)
                shared[word] = before + weight
    return whole, int(touched)


@njit(cache=True, nogil=True)
def _leave_out(least: float, known: int, shared: IntArray, found: IntArray, size: int) -> int:
    """Keep the words in `found` from `known` on that share enough; return how many there are."""
    first, enough = np.uint32(known), np.uint32(np.ceil(least))
    kept = np.uint64(0)
    for word in found[:size]:
        common = shared[word]
        stays = (common >= enough) & (word >= first)
        found[kept] = word
        kept += np.uint64(stays)
        shared[word] = common if stays else np.uint32(0)
    return int(kept)


@njit(cache=True, nogil=True)
def _by_grams(whole: int, words: IntArray, shared: IntArray) -> IntArray:
    """Return how well words stand for the asked one by what they share with it, 0 if not at all."""
    values = np.zeros(len(words), dtype=np.int32)
    powers = np.zeros(whole + 1, dtype=np.int32)
    for at in range(len(words)):
        common = shared[words[at]]
        grams = common & np.uint32(_ROOT_MARK - 1)
        share = grams / whole
        if share >= LEAST_SHARE:
            if powers[grams] == 0:
                powers[grams] = np.rint(share**SHARE_POWER * GRID)
            values[at] = powers[grams]
        if common >= _ROOT_MARK:
            values[at] = max(values[at], SAME_ROOT)
    return values


@njit(cache=True, nogil=True)
def _find_compounds(
    asked: IntArray,
    words: IntArray,
    forms: IntArray,
    starts: IntArray,
    roots: IntArray,
    values: IntArray,
) -> None:
    """Raise the value of compounds of the asked word, among those that share enough with it."""
    if len(words) == 0 or asked[0] < SHORTEST_IN_COMPOUND:
        return
    shortest = asked[0] + SHORTEST_REST
    for at in range(len(words)):
        may_be = 0 < values[at] < COMPOUND and roots[words[at]] >= shortest
        if may_be and _is_part(asked, 0, forms, starts[words[at]]):
            values[at] = COMPOUND


@njit(cache=True, nogil=True)
def _find_parts(
    asked: IntArray,
    words: IntArray,
    forms: IntArray,
    starts: IntArray,
    roots: IntArray,
    values: IntArray,
) -> None:
    """Raise the value of parts of the asked word, whatever they share with it."""
    if len(words) == 0:
        return
    longest = asked[0] - SHORTEST_REST
    for at in range(len(words)):
        may_be = values[at] < PART and SHORTEST_PART <= roots[words[at]] <= longest
        if may_be and _is_part(forms, starts[words[at]], asked, 0):
            values[at] = PART


@njit(cache=True, nogil=True)
def _is_part(forms: IntArray, part: int, others: IntArray, whole: int) -> bool:
    """Return whether a word begins with another's root, or its root ends with that root.

    The form of each begins at `part` and `whole`.
    """
    root, rest = forms[part], others[whole] - forms[part]
    begins = ends = True
    for at in range(1, root + 1):
        letter = forms[part + at]
        begins = begins and others[whole + at] == letter
        ends = ends and others[whole + rest + at] == letter
        if not (begins or ends):
            return False
    return True
