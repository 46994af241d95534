"""The ranking once more, word by word and without an index, to hold the fast one against."""

from __future__ import annotations

import math
from collections import Counter
from statistics import median

from matching import Document
from matching import vocabulary as likeness_rules
from matching.analysis import features, word_counts
from matching.weighting import (
    LENGTH_SHARE,
    OUTLIER,
    SATURATION,
    STOP_WEIGHT,
    rarity,
    rarity_power,
    repetition,
)


def scores(documents: list[Document], query: Document) -> dict[str, float]:
    """Return the score of each document that answers anything."""
    counts = {document.id: word_counts(document) for document in documents}
    words = {word for each in counts.values() for word in each}
    lengths = {key: _length(each) for key, each in counts.items()}
    limit = OUTLIER * median(lengths.values()) if lengths else 0.0
    mean = sum(min(length, limit) for length in lengths.values()) / max(len(lengths), 1)
    asked = word_counts(query)
    content = sum(not features(word).is_stop for word in asked)
    if not content:
        return {}
    whole = 0.0
    total = dict.fromkeys(counts, 0.0)
    for word, count in asked.items():
        stop = STOP_WEIGHT if features(word).is_stop else 1.0
        alike = {other: _likeness(word, other, words) for other in words}
        frequency = {
            key: sum(stop * alike[other] * times for other, times in each.items())
            for key, each in counts.items()
        }
        spread = sum(min(value, 1.0) for value in frequency.values())
        weight = repetition(count) * stop * rarity(len(documents), spread) ** rarity_power(content)
        whole += weight
        for key, value in frequency.items():
            pivot = (
                SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[key] / mean) if mean else 1
            )
            total[key] += weight * value / (value + pivot)
    return {key: value / whole for key, value in total.items() if value > 0}


def _length(counts: Counter[str]) -> float:
    return sum(
        times * (STOP_WEIGHT if features(word).is_stop else 1.0) for word, times in counts.items()
    )


def _likeness(asked: str, other: str, words: set[str]) -> float:
    one, two = features(asked), features(other)
    if asked == other:
        return 1.0
    if one.is_stop is two.is_stop and set(one.classes) & set(two.classes):
        return max(likeness_rules.SAME_STEM, 0.0 if one.is_stop else _by_form(asked, other, words))
    if one.is_stop or two.is_stop:
        return 0.0
    return _by_form(asked, other, words)


def _by_form(asked: str, other: str, words: set[str]) -> float:
    grams = features(asked).grams
    weights = {
        gram: math.log1p(
            (len(words) + 1) / (sum(gram in features(word).grams for word in words) + 1)
        )
        ** 2
        for gram in grams
    }
    whole = sum(weights.values())
    held = sum(weights[gram] for gram in grams if gram in features(other).grams)
    share = min(held / whole, 1.0) if whole else 0.0
    found = 0.0
    if share >= likeness_rules.LEAST_SHARE:
        found = round(share**likeness_rules.SHARE_POWER * 1024) / 1024
    part, rest = features(asked).classes[0][2:], features(other).classes[0][2:]
    if not grams:
        return 0.0
    if _begins_or_ends(rest, part, likeness_rules.SHORTEST_IN_COMPOUND) and share >= 0.12:
        found = max(found, likeness_rules.COMPOUND)
    if _begins_or_ends(part, rest, likeness_rules.SHORTEST_PART):
        found = max(found, likeness_rules.PART)
    return found


def _begins_or_ends(whole: str, part: str, least: int) -> bool:
    long_enough = len(part) >= least and len(whole) >= len(part) + 3
    return long_enough and (whole.startswith(part) or whole.endswith(part))
