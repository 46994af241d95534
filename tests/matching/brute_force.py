"""The ranking once more, word by word and without an index, to hold the fast one against."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from statistics import median

from matching import Document
from matching.text import fold, root, spelled_alike, stem, words

GRAM_WEIGHTS = {3: 4, 4: 9, 5: 16}


def scores(documents: list[Document], query: Document) -> dict[str, float]:
    """Return the score of each document that answers something."""
    counts = {document.id: stem_counts(document, outside_lists) for document in documents}
    lengths = {document.id: stem_counts(document).total() for document in documents}
    asked = stem_counts(query)
    known = sorted({each for held in counts.values() for each in held})
    weights = {}
    said: dict[str, dict[str, float]] = {}
    for each, count in asked.items():
        alike = {other: likeness(each, other) for other in known}
        weights[each] = count**0.85 * _worth(alike, counts) ** _power(len(asked))
        said[each] = {key: _said(alike, counts[key], lengths, key) for key in counts}
    whole = sum(weights.values())
    total = {
        key: sum(weights[each] * said[each][key] for each in asked) / whole if whole else 0.0
        for key in counts
    }
    return {key: value for key, value in total.items() if value > 0}


def stem_counts(document: Document, kept: Callable[[list[str]], list[str]] = list) -> Counter[str]:
    """Return how often each stem stands in a document, in those of its words that are kept."""
    counts: Counter[str] = Counter()
    for text, times in ((document.title, 3), (document.text, 1)):
        for word in filter(stem, kept(words(text))):
            counts[stem(word)] += times
    return counts


def outside_lists(every: list[str]) -> list[str]:
    """Return the words but those among more than 50 in a row of which none comes twice."""
    listed: set[int] = set()
    for start in range(len(every)):
        seen: set[str] = set()
        for word in every[start:]:
            if word in seen:
                break
            seen.add(word)
        if len(seen) > 50:
            listed.update(range(start, start + len(seen)))
    return [word for place, word in enumerate(every) if place not in listed]


def _worth(alike: dict[str, float], counts: dict[str, Counter[str]]) -> float:
    frequency = uses = 0.0
    for other, value in alike.items():
        frequency += value * sum(other in held for held in counts.values())
        uses += value * sum(min(held[other], 8) for held in counts.values())
    pairs = sum(len(held) for held in counts.values())
    used = sum(min(count, 8) for held in counts.values() for count in held.values())
    usual = used / pairs if pairs else 0.0
    burst = min(uses / frequency / usual, 5.0) ** 0.4 if frequency else 1.0
    seen = min(frequency or 1.0, max(len(counts), 1))
    return burst * max(math.log1p((max(len(counts), 50) - seen + 0.5) / (seen + 0.5)), 0.01)


def _power(asked: int) -> float:
    return min(max(1.5 + 0.1 * math.log2(max(asked, 1) / 16), 1.0), 2.5)


def _said(alike: dict[str, float], held: Counter[str], lengths: dict[str, int], key: str) -> float:
    limit = 10 * median(lengths.values())
    mean = sum(min(length, limit) for length in lengths.values()) / len(lengths)
    frequency = sum(alike[other] * min(times, 63) for other, times in held.items())
    pivot = 1.4 * (0.35 + 0.65 * lengths[key] / mean) if mean else 1.4
    return frequency / (frequency + pivot)


def likeness(asked: str, other: str) -> float:
    """Return how well one stem stands for another."""
    if asked == other:
        return 1.0
    one, two = _letters(asked), _letters(other)
    if not one or not two:
        return 0.0
    held = _grams(one)
    whole = sum(GRAM_WEIGHTS[len(gram)] for gram in held)
    share = sum(GRAM_WEIGHTS[len(gram)] for gram in held & _grams(two)) / whole
    found = round(share**2.2 * 1024) / 1024 if share >= 0.3 else 0.0
    if share >= 0.3 and _begins_or_ends(other, asked, 4):
        found = max(found, 410 / 1024)
    if _begins_or_ends(asked, other, 5):
        found = max(found, 204 / 1024)
    return max(found, 0.5) if fold(root(asked)) == fold(root(other)) else found


def _letters(stem: str) -> str:
    return spelled_alike(stem) if len(stem) > 2 and stem.isalpha() else ""


def _grams(form: str) -> set[str]:
    padded = f" {form} "
    return {
        padded[start : start + size]
        for size in GRAM_WEIGHTS
        for start in range(len(padded) - size + 1)
    }


def _begins_or_ends(whole: str, part: str, least: int) -> bool:
    part, whole_root = spelled_alike(root(part)), spelled_alike(root(whole))
    long_enough = len(part) >= least and len(whole_root) >= len(part) + 3
    return long_enough and (_letters(whole).startswith(part) or whole_root.endswith(part))
