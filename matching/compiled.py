"""The inner loops, compiled by numba when first used and kept in its cache.

Only numbers go in and out; what they mean is said where they are called. Everything that is
added up is a whole number, or is added in an order that the query alone decides, so that neither
threads nor the history of a collection can change a result.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray, SingleArray
from matching.loops import njit

_MANY = 8  # A term in more than one of so many places is worked out for all.


@njit(cache=True, nogil=True)
def counted(
    flat: IntArray,
    listed: BoolArray,
    starts: IntArray,
    title_ends: IntArray,
    title_weight: int,
    size: int,
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return each row's different items, how often they stand in it, where rows begin, lengths.

    Items before a row's title end count `title_weight` times; negative ones are left out, and of
    those that are `listed` only the length knows.
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
                weight = title_weight if at < title_ends[row] else 1
                lengths[row] += weight
                if listed[at]:
                    continue
                if times[item] == 0:
                    items[used] = item
                    used += 1
                times[item] += weight
        for at in range(first, used):
            counts[at] = times[items[at]]
            times[items[at]] = 0
        row_starts[row + 1] = used
    return items[:used].copy(), counts[:used].copy(), row_starts, lengths


@njit(cache=True, nogil=True)
def in_lists(words: IntArray, starts: IntArray, size: int, most: int) -> BoolArray:
    """Return which words stand among more than `most` in a row of which none comes twice.

    `words` are below `size`; a row ends where the next of `starts` is.
    """
    seen = np.zeros(size, dtype=np.int64)  # Where each word stood last, from 1.
    listed = np.zeros(len(words), dtype=np.bool_)
    for row in range(len(starts) - 1):
        first = marked = starts[row]
        for at in range(starts[row], starts[row + 1]):
            first = max(first, seen[words[at]])
            seen[words[at]] = at + 1
            if at + 1 - first > most:
                listed[max(first, marked) : at + 1] = True
                marked = at + 1
    return listed


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
    least: int,
) -> tuple[IntArray, IntArray]:
    """Return how often each document has each of `size` terms, and its words' likeness together.

    Of that only words count that are at least `least` alike. Word `numbers[n]` (rising, with
    repeats) may stand for `terms[n]`; the words of a document are the `items` from
    `row_starts[place]`.
    """
    frequency = np.zeros((len(places), size), dtype=np.int32)
    together = np.zeros((len(places), size), dtype=np.int32)
    for row in range(len(places)):
        place = places[row]
        for at in range(row_starts[place], row_starts[place + 1]):
            entry = np.searchsorted(numbers, items[at])
            while entry < len(numbers) and numbers[entry] == items[at]:
                frequency[row, terms[entry]] += likeness[entry] * counts[at]
                if likeness[entry] >= least:
                    together[row, terms[entry]] += likeness[entry]
                entry += 1
    return frequency, together


@njit(cache=True, nogil=True)
def by_word(
    starts: IntArray, numbers: IntArray, likeness: IntArray, words: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Return where what each word stands for begins, the terms, and the likeness to each.

    The words that stand for term t are the `numbers` from `starts[t]` to `starts[t + 1]`.
    """
    word_starts = np.zeros(words + 1, dtype=np.int64)
    for number in numbers:
        word_starts[number + 1] += 1
    word_starts = np.cumsum(word_starts)
    free = word_starts[:-1].copy()
    terms, values = np.empty_like(numbers), np.empty_like(likeness)
    for term in range(len(starts) - 1):
        for at in range(starts[term], starts[term + 1]):
            spot = free[numbers[at]]
            terms[spot], values[spot] = term, likeness[at]
            free[numbers[at]] += 1
    return word_starts, terms, values


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
