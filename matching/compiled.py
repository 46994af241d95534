"""The inner loops, compiled by numba when first used and kept in its cache.

Only numbers go in and out; what they mean is said where they are called. Everything that is
added up is a whole number, or is added in an order that the query alone decides, so that neither
threads nor the history of a collection can change a result.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import FloatArray, IntArray, SingleArray
from matching.loops import njit

SMALLEST_GRAM, LARGEST_GRAM = 3, 5
GRAM_WEIGHTS = (4, 9, 16)
"""What an n-gram of 3, 4 and 5 characters counts: the square of what it has beyond one."""

LEAST_SHARE = 0.3
SHARE_POWER = 2.2
COMPOUND, PART = 410, 204
SAME_ROOT = 512
SHORTEST_IN_COMPOUND, SHORTEST_PART, SHORTEST_REST = 4, 5, 3
GRID = 1024
"""Likeness is counted in 1 / `GRID`."""

_LEAST_PART = 75  # What the n-grams of a part of five letters weigh, but for those at one end.
_ROOT = 3  # The two lowest bits of a code that stands for a root.
_ROOT_MARK = 1 << 20  # More than all n-grams of a word weigh.
_MANY = 8  # A term in more than one of so many places is worked out for all.
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
    shared = np.zeros(size, dtype=np.int32)
    touched = np.empty(size + 1, dtype=np.uint32)
    found = np.empty(size, dtype=np.int32)
    likeness = np.empty(size, dtype=np.int32)
    ends = np.zeros(len(own) + 1, dtype=np.int64)
    used = 0
    for asked in range(len(own)):
        codes = asked_codes[code_starts[asked] : code_starts[asked + 1]]
        whole, met = _share(codes, keys, key_starts, items, first, shared, touched)
        if used + met + 1 > len(found):
            found = np.append(found, np.empty(used + met + 1, dtype=np.int32))
            likeness = np.append(likeness, np.empty(used + met + 1, dtype=np.int32))
        least = min(_LEAST_PART, LEAST_SHARE * whole)
        powers = np.full(whole + 1, -1, dtype=np.int32)
        for word in touched[:met]:
            common = shared[word]
            shared[word] = 0
            if common < least or word + first < known[asked] or word + first == own[asked]:
                continue
            value = _likeness(
                asked_forms, asked_starts[asked], forms, starts[word], common, whole, powers
            )
            if value > 0:
                found[used] = word + first
                likeness[used] = value
                used += 1
        if max(first, known[asked]) <= own[asked] < first + size:
            found[used] = own[asked]
            likeness[used] = GRID
            used += 1
        ends[asked + 1] = used
    return ends, found[:used].copy(), likeness[:used].copy()


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
    touched = np.uint64(0)
    for code in asked_codes:
        kind = code & np.uint32(3)
        weight = np.int32(_ROOT_MARK if kind == _ROOT else GRAM_WEIGHTS[kind])
        whole += 0 if kind == _ROOT else int(weight)
        at = np.searchsorted(keys, code)
        if at < len(keys) and keys[at] == code:
            for entry in range(np.uint64(key_starts[at]), np.uint64(key_starts[at + 1])):
                word = np.uint64(items[entry] - first)
                before = shared[word]
                found[touched] = word
                touched += np.uint64(before == 0)
                shared[word] = before + weight
    return whole, int(touched)


@njit(cache=True, nogil=True)
def _likeness(
    asked_forms: IntArray,
    asked: int,
    forms: IntArray,
    word: int,
    common: int,
    whole: int,
    powers: IntArray,
) -> int:
    """Return how well a word stands for the asked one, of whose codes it has `common`.

    Their forms begin at `word` and `asked`. `powers` keeps what was worked out for the asked word.
    """
    asked_root, root = asked_forms[asked], forms[word]
    value = SAME_ROOT if common >= _ROOT_MARK else 0
    common &= _ROOT_MARK - 1
    share = common / whole
    if share >= LEAST_SHARE:
        if powers[common] < 0:
            powers[common] = np.rint(share**SHARE_POWER * GRID)
        value = max(value, powers[common])
        is_long = asked_root >= SHORTEST_IN_COMPOUND and root >= asked_root + SHORTEST_REST
        if value < COMPOUND and is_long and _is_part(asked_forms, asked, forms, word):
            value = COMPOUND
    is_long = root >= SHORTEST_PART and asked_root >= root + SHORTEST_REST
    if value < PART and is_long and _is_part(forms, word, asked_forms, asked):
        value = PART
    return value


@njit(cache=True, nogil=True)
def counted(
    flat: IntArray, starts: IntArray, title_ends: IntArray, title_weight: int, size: int
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return each row's different items, how often they stand in it, where rows begin, lengths.

    Items before a row's title end count `title_weight` times; negative ones are left out.
    """
    rows = len(starts) - 1
    times = np.zeros(size, dtype=np.int32)
    items = np.empty(len(flat), dtype=np.int32)
    counts = np.empty(len(flat), dtype=np.int32)
    row_starts = np.zeros(rows + 1, dtype=np.int64)
    lengths = np.zeros(rows, dtype=np.int32)
    used = 0
    for row in range(rows):
        first = used
        for at in range(starts[row], starts[row + 1]):
            item = flat[at]
            if item >= 0:
                if times[item] == 0:
                    items[used] = item
                    used += 1
                times[item] += title_weight if at < title_ends[row] else 1
        for at in range(first, used):
            lengths[row] += times[items[at]]
            counts[at] = times[items[at]]
            times[items[at]] = 0
        row_starts[row + 1] = used
    return items[:used].copy(), counts[:used].copy(), row_starts, lengths


@njit(cache=True, nogil=True)
def inverted(
    keys: IntArray, counts: IntArray, starts: IntArray, first: int, size: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Return where each of `size` keys begins, the rows (numbered from `first`) and the counts."""
    key_starts = np.zeros(size + 1, dtype=np.int64)
    for at in range(starts[0], starts[-1]):
        key_starts[keys[at] + 1] += 1
    for key in range(size):
        key_starts[key + 1] += key_starts[key]
    entries = starts[-1] - starts[0]
    rows = np.empty(entries, dtype=np.int32)
    times = np.empty(entries, dtype=np.uint8)
    free = key_starts[:-1].copy()
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            key = keys[at]
            rows[free[key]] = first + row
            times[free[key]] = counts[at]
            free[key] += 1
    return key_starts, rows, times


@njit(cache=True, nogil=True, error_model="numpy")
def add_up(
    weights: FloatArray,
    term_starts: IntArray,
    likeness: IntArray,
    row_starts: IntArray,
    row_ends: IntArray,
    places: IntArray,
    counts: IntArray,
    first: int,
    end: int,
    pivots: FloatArray,
    frequency: IntArray,
    touched: IntArray,
    scores: FloatArray,
) -> None:
    """Add what each term of a query finds to `scores`, term by term.

    Term t may be said by the words `term_starts[t]` to `term_starts[t + 1]`, each with a
    `likeness` and the postings from `row_starts` to `row_ends`, in the places from `first` to
    `end`. `pivots` are in the same unit as likeness times count; `frequency` is all zero before
    and after. What is found in many places is worked out for all of them, one after the other,
    which takes less time than going to those alone.
    """
    for term in range(len(weights)):
        weight = weights[term]
        words = slice(term_starts[term], term_starts[term + 1])
        spans = likeness[words], row_starts[words], row_ends[words]
        if (row_ends[words] - row_starts[words]).sum() * _MANY > end - first:
            _count_everywhere(*spans, places, counts, frequency)
            _add_everywhere(weight, frequency[first:end], pivots[first:end], scores[first:end])
        else:
            found = _count(*spans, places, counts, frequency, touched)
            for place in touched[:found]:
                said = np.float64(frequency[place])
                frequency[place] = 0
                scores[place] += weight * np.float64(np.float32(said / (said + pivots[place])))


@njit(cache=True, nogil=True, error_model="numpy")
def _add_everywhere(
    weight: float, frequency: IntArray, pivots: FloatArray, scores: FloatArray
) -> None:
    """Add what a term finds to the score of each place."""
    for place in range(len(scores)):
        said = np.float64(frequency[place])
        frequency[place] = 0
        scores[place] += weight * np.float64(np.float32(said / (said + pivots[place])))


@njit(cache=True, nogil=True)
def _count_everywhere(
    likeness: IntArray,
    row_starts: IntArray,
    row_ends: IntArray,
    places: IntArray,
    counts: IntArray,
    frequency: IntArray,
) -> None:
    """Add likeness times count to the frequency of each place."""
    for word in range(len(likeness)):
        value = np.int32(likeness[word])
        for at in range(row_starts[word], row_ends[word]):
            frequency[np.uint32(places[at])] += value * np.int32(counts[at])


@njit(cache=True, nogil=True)
def _count(
    likeness: IntArray,
    row_starts: IntArray,
    row_ends: IntArray,
    places: IntArray,
    counts: IntArray,
    frequency: IntArray,
    touched: IntArray,
) -> int:
    """Do that, and put each place into `touched`; return how many there are.

    A place is written each time and kept the first time only: a jump would cost more.
    """
    found = np.uint32(0)
    for word in range(len(likeness)):
        value = np.int32(likeness[word])
        for at in range(row_starts[word], row_ends[word]):
            place = np.uint32(places[at])
            before = frequency[place]
            touched[found] = place
            found += np.uint32(before == 0)
            frequency[place] = before + value * np.int32(counts[at])
    return int(found)


@njit(cache=True, nogil=True)
def answered(
    numbers: IntArray,
    terms: IntArray,
    likeness: IntArray,
    row_starts: IntArray,
    items: IntArray,
    counts: IntArray,
    places: IntArray,
    size: int,
) -> tuple[IntArray, IntArray]:
    """Return how often each document has each of `size` terms, and the likeness of its best word.

    Word `numbers[n]` (rising, with repeats) may stand for `terms[n]`; the words of a document are
    the `items` from `row_starts[place]`.
    """
    frequency = np.zeros((len(places), size), dtype=np.int32)
    best = np.zeros((len(places), size), dtype=np.int32)
    for row in range(len(places)):
        place = places[row]
        for at in range(row_starts[place], row_starts[place + 1]):
            entry = np.searchsorted(numbers, items[at])
            while entry < len(numbers) and numbers[entry] == items[at]:
                frequency[row, terms[entry]] += likeness[entry] * counts[at]
                best[row, terms[entry]] = max(best[row, terms[entry]], likeness[entry])
                entry += 1
    return frequency, best


@njit(cache=True, nogil=True)
def said(
    row_starts: IntArray,
    items: IntArray,
    counts: IntArray,
    starts: IntArray,
    terms: IntArray,
    likeness: IntArray,
    pivots: FloatArray,
    size: int,
) -> tuple[IntArray, IntArray, SingleArray]:
    """Return for each document where its terms begin, the terms, and what it says about each.

    A document with an infinite pivot is not there, and says nothing. Word w of a document stands
    for the terms `starts[w]` to `starts[w + 1]` of `terms`, each with a likeness; `pivots` are
    those of the documents.
    """
    rows = len(row_starts) - 1
    frequency = np.zeros(size, dtype=np.int32)
    touched = np.empty(size, dtype=np.int32)
    found_starts = np.zeros(rows + 1, dtype=np.int64)
    room = 0
    for at in range(row_starts[0], row_starts[-1]):
        room += starts[items[at] + 1] - starts[items[at]]
    found = np.empty(room, dtype=np.int32)
    values = np.empty(room, dtype=np.float32)
    used = 0
    for row in range(rows):
        held = 0
        end = row_starts[row] if np.isinf(pivots[row]) else row_starts[row + 1]
        for at in range(row_starts[row], end):
            for entry in range(starts[items[at]], starts[items[at] + 1]):
                term = terms[entry]
                if frequency[term] == 0:
                    touched[held] = term
                    held += 1
                frequency[term] += likeness[entry] * counts[at]
        for at in range(held):
            term = touched[at]
            share = np.float64(frequency[term])
            frequency[term] = 0
            found[used] = term
            values[used] = share / (share + pivots[row])
            used += 1
        found_starts[row + 1] = used
    return found_starts, found[:used].copy(), values[:used].copy()
