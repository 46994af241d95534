"""The ranking from its definition: no index, no arrays, every document looked at.

A *word* is a content word of a text, or a phrase of the thesaurus. Its *features* are its root, its
character n-grams, and the groups of the thesaurus that it is in. The *frequency* of a feature in a
document is that of all words that have it, and its *document frequency* the number of documents
that have it.

The score of a document for a query is the sum, over the features that both have, of the *weight*
of the feature in the query times its *impact* in the document. The weights of a query add up to 1.
An impact is between 0 and 1: BM25's saturated frequency.

Weights and impacts are rounded to steps of 2**-26 and then multiplied and added as whole numbers,
so that a score is the same in whatever order it is added up. Before that they are floating-point
numbers. What is made here is equal to what the index makes, to the last bit, because the same
operations follow each other in the same order: therefore `total` in place of `sum`, which
compensates for rounding in later versions of Python, and NumPy's `log1p` and `power` where the
index has arrays, as their last bit may differ from that of the C library.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from matching import Document
from matching.facets import TARGET_GROUP_RULES, Agreement, agreements, verdict
from matching.index.features import ngram_form, root_form
from matching.parameters import Parameters
from matching.text import LONGEST_WORD, is_stop, words
from matching.thesaurus import Thesaurus

STEPS = 2**26
"""Weights and impacts are counted in steps of 1 / `STEPS`."""

Feature = str


@dataclass(frozen=True)
class Word:
    """A word or a phrase, and its features; a phrase has its first group in place of a root."""

    spelled: str
    root: Feature
    ngrams: tuple[Feature, ...]
    groups: tuple[Feature, ...]

    @property
    def is_phrase(self) -> bool:
        return " " in self.spelled

    @property
    def features(self) -> tuple[Feature, ...]:
        return (self.root, *self.ngrams, *self.groups)


def single_word(spelled: str, parameters: Parameters, thesaurus: Thesaurus) -> Word:
    """Return a word with its features."""
    ngrams = ngrams_of(ngram_form(spelled), *parameters.ngrams)
    groups = tuple(f"group {group}" for group in thesaurus.groups_of(spelled))
    return Word(spelled, f"root {root_form(spelled)}", ngrams, groups)


def ngrams_of(form: str, shortest: int, longest: int) -> tuple[str, ...]:
    """Return the different character n-grams of a word with a space before and after it.

    A word shorter than the shortest n-gram is one itself.
    """
    padded = f" {form} "
    found = [
        padded[start : start + size]
        for size in range(max(shortest, 1), longest + 1)
        for start in range(len(padded) - size + 1)
    ]
    if form and len(padded) < shortest <= longest:
        found = [padded]
    return tuple(dict.fromkeys(found)) if form else ()


# ---------------------------------------------------------------------- texts


def fields_of(
    document: Document, parameters: Parameters, *, asked: bool
) -> Iterator[tuple[str, float]]:
    """Return the texts of a document and how many times a word of each counts."""
    title = parameters.query_title_weight if asked else parameters.title_weight
    weights = dict(parameters.query_field_weights if asked else parameters.field_weights)
    yield document.title, title
    yield document.text, 1.0
    for name, text in document.fields:
        yield text, weights.get(name, 1.0)


def word_frequencies(
    document: Document, parameters: Parameters, thesaurus: Thesaurus, *, asked: bool = False
) -> dict[Word, float]:
    """Return how often each word stands in a document, words in the order of their first use.

    What stands in a list counts for nothing, unless it is asked.
    """
    found: dict[Word, float] = defaultdict(float)
    for text, weight in fields_of(document, parameters, asked=asked):
        if weight == 0:
            continue
        spelled = [word[:LONGEST_WORD] for word in words(text)]
        listed = set() if asked else in_lists(words(text))
        for place, word in enumerate(spelled):
            if place not in listed and not is_stop(word):
                found[single_word(word, parameters, thesaurus)] += weight
        for place, phrase in phrases_of(spelled, thesaurus):
            if place not in listed:
                found[phrase] += weight
    return found


def phrases_of(spelled: list[str], thesaurus: Thesaurus) -> Iterator[tuple[int, Word]]:
    """Return where phrases of the thesaurus begin, of those that overlap the first and longest."""
    groups: dict[tuple[int, int], list[str]] = {}
    for mention in thesaurus.find(spelled):
        if mention.end - mention.start > 1:
            place = mention.start, mention.end
            groups.setdefault(place, []).append(f"group {mention.group_id}")
    for (start, end), (first, *others) in groups.items():
        yield start, Word(" ".join(spelled[start:end]), first, (), tuple(others))


def in_lists(every: list[str]) -> set[int]:
    """Return the places of words among more than 50 in a row of which none comes twice."""
    listed: set[int] = set()
    for start in range(len(every)):
        seen: set[str] = set()
        for word in every[start:]:
            if word in seen:
                break
            seen.add(word)
        if len(seen) > 50:
            listed.update(range(start, start + len(seen)))
    return listed


def length(document: Document, parameters: Parameters) -> float:
    """Return the number of content words of a document, those in lists too."""
    return sum(
        weight * sum(not is_stop(word[:LONGEST_WORD]) for word in words(text))
        for text, weight in fields_of(document, parameters, asked=False)
    )


def frequencies(found: Mapping[Word, float]) -> dict[Feature, float]:
    """Return how often each feature stands in a document."""
    counts: dict[Feature, float] = defaultdict(float)
    for word, times in found.items():
        for feature in word.features:
            counts[feature] += times
    return counts


# ---------------------------------------------------------------------- the ranking


class BruteForce:
    """Ranks documents by looking at all of them.

    Parameters
    ----------
    documents
        With different ids.
    parameters, thesaurus
        As those of a `MatchIndex`.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        parameters: Parameters = Parameters(),  # noqa: B008 - is frozen
        thesaurus: Thesaurus | None = None,
    ) -> None:
        self.parameters = parameters
        self.thesaurus = Thesaurus.default() if thesaurus is None else thesaurus
        words = {each.id: word_frequencies(each, parameters, self.thesaurus) for each in documents}
        self.frequencies = {name: frequencies(found) for name, found in words.items()}
        self.lengths = {each.id: length(each, parameters) for each in documents}
        self.average_length = average_length(list(self.lengths.values()))
        self.facets = {each.id: each.facets for each in documents}
        self.document_frequency: Counter[Feature] = Counter()
        self.uses: dict[Feature, float] = defaultdict(float)
        for counts in self.frequencies.values():
            self.document_frequency.update(counts.keys())
            for feature, times in counts.items():
                self.uses[feature] += min(times, 4.0)
        roots = {word.root for found in words.values() for word in found if not word.is_phrase}
        held = sum(self.document_frequency[root] for root in roots)
        self.mean_uses = sum(self.uses[root] for root in roots) / held if held else 0.0

    def rank(
        self, query: Document, k: int = 20, exclude: Collection[str] = ()
    ) -> list[tuple[str, float]]:
        """Return the ids of the best documents and their scores, the best first, ties by id.

        Those that are for others than the query come after all that are not.
        """
        scores = self.scores(query)
        order = {
            name: (self.is_for_others(query, name), -scores[name], name)
            for name in scores.keys() - set(exclude)
        }
        best = sorted(order, key=lambda name: order[name])
        return [(name, scores[name] / STEPS**2) for name in best[:k]]

    def is_for_others(self, query: Document, name: str) -> bool:
        """Return whether the facets of a document say that it is for others than the query."""
        found = agreements(query.facets, self.facets[name], TARGET_GROUP_RULES)
        return verdict(found.values()) is Agreement.DOES_NOT_MEET

    def scores(self, query: Document) -> dict[str, int]:
        """Return the scores of all documents that have one, in steps of 2**-52."""
        weights = self.weights(query)
        scores = {
            name: sum(weight * self.impact(feature, name) for feature, weight in weights.items())
            for name in self.frequencies
        }
        return {name: score for name, score in scores.items() if score > 0}

    # ------------------------------------------------------------------ documents

    def impact(self, feature: Feature, name: str) -> int:
        """Return what a document says about a feature (BM25), in steps of 2**-26."""
        frequency = min(self.frequencies[name].get(feature, 0.0), 31.5)
        relative = rounded_length(self.lengths[name]) / (self.average_length or 1.0)
        k1, b = self.parameters.k1, self.parameters.b
        pivot = k1 * (1 - b + b * relative)
        return round(frequency / (frequency + pivot) * STEPS) if frequency else 0

    def idf(self, feature: Feature) -> float:
        """Return the inverse document frequency of a feature, in nats, at least 0.01.

        There are 50 documents at least, and one of them has the feature.
        """
        size = max(len(self.frequencies), 50)
        held = max(self.document_frequency[feature], 1)
        return max(log1p((size - min(held, size) + 0.5) / (held + 0.5)), 0.01)

    def burstiness(self, feature: Feature) -> float:
        """Return how often a feature recurs in documents that have it, relative to all roots."""
        held = self.document_frequency[feature]
        if not held or not self.mean_uses:
            return 1.0
        return min(self.uses[feature] / held / self.mean_uses, 5.0)

    # ------------------------------------------------------------------ queries

    def weights(self, query: Document) -> dict[Feature, int]:
        """Return the weights of a query, in steps of 2**-26; they add up to 1, but for rounding."""
        terms = self.terms(query)
        asked = [
            pair
            for root, words in terms.items()
            for pair in self.term_weights(root, words, len(terms))
        ]
        whole = max(total(weight for _, weight in asked), 1e-300)
        merged: Counter[Feature] = Counter()
        for feature, weight in asked:
            merged[feature] += round(weight / whole * STEPS)
        return merged

    def terms(self, query: Document) -> dict[Feature, dict[Word, float]]:
        """Return the terms of a query: all its words with one root are one.

        Of each term the words are returned by its root, and how often each stands in the query.
        """
        found = word_frequencies(query, self.parameters, self.thesaurus, asked=True)
        terms: dict[Feature, dict[Word, float]] = {}
        for word, times in most_frequent(found, 512).items():
            terms.setdefault(word.root, {})[word] = times
        return terms

    def term_weights(
        self, root: Feature, words: Mapping[Word, float], terms: int
    ) -> Iterator[tuple[Feature, float]]:
        """Yield the features that stand for a term, and their weights.

        Parameters
        ----------
        root
            Of all words of the term.
        words
            The words and how often each stands in the query.
        terms
            How many terms the query has.
        """
        parameters = self.parameters
        power = parameters.idf_power + parameters.idf_growth * math.log2(terms / 16)
        power = min(max(power, 1.0), 2.5)
        frequency = total(words.values()) ** parameters.repetition
        weight = frequency * self.worth(root) ** power
        yield root, parameters.word_weight * weight
        if ngrams := list(dict.fromkeys(ngram for word in words for ngram in word.ngrams)):
            yield from self.ngram_weights(ngrams, weight, terms)
        for group in dict.fromkeys(group for word in words for group in word.groups):
            yield group, parameters.thesaurus_weight * (frequency * self.worth(group) ** power)

    def worth(self, feature: Feature) -> float:
        """Return how much a feature tells: rare ones more, and those that texts are about."""
        return self.idf(feature) * power_of(self.burstiness(feature), self.parameters.burstiness)

    def ngram_weights(
        self, ngrams: list[Feature], weight: float, terms: int
    ) -> Iterator[tuple[Feature, float]]:
        """Divide the weight of a term among its n-grams, and yield those that are asked.

        The rarest come first. In long queries the last are not asked, and their weight is that of
        the others.
        """
        parameters = self.parameters
        values = {ngram: power_of(self.idf(ngram), parameters.ngram_power) for ngram in ngrams}
        ngrams = sorted(ngrams, key=lambda each: (-values[each], fnv1a(each)))
        share = 1.0 - parameters.ngram_saving * math.log2(terms / 2)
        wanted = min(max(share, 0.5), 1.0) * total(values[ngram] for ngram in ngrams)
        kept, asked = 0.0, []
        for ngram in ngrams:
            if kept >= wanted and share < 1.0:
                break
            kept += values[ngram]
            asked.append(ngram)
        weight *= (len(ngrams) / 8) ** parameters.length_power
        for ngram in asked:
            yield ngram, values[ngram] * (weight / kept)


def average_length(lengths: list[float]) -> float:
    """Return the mean length, none counted beyond ten times the median."""
    limit = 10 * median(lengths or [0.0])
    return sum(min(each, limit) for each in lengths) / max(len(lengths), 1)


def rounded_length(words: float) -> float:
    """Return the length that stands for all that are nearly the same.

    From 1024 words on there are 64 for each doubling.
    """
    if words < 1024:
        return math.floor(words)
    return float(1024 * np.exp2(math.floor(64 * math.log2(math.floor(words) / 1024)) / 64))


def most_frequent(found: Mapping[Word, float], most: int) -> dict[Word, float]:
    """Return the most frequent words, the first of those that are equally so, in their order."""
    kept = set(sorted(found, key=lambda word: -found[word])[:most])
    return {word: times for word, times in found.items() if word in kept}


def fnv1a(ngram: str) -> int:
    """Return the hash that orders n-grams of equal weight: FNV-1a of 64 bits, stirred once."""
    value = 14695981039346656037
    for letter in ngram:
        value = (value ^ ord(letter)) * 1099511628211 % 2**64
    return value ^ value >> 29


def total(values: Iterable[float]) -> float:
    """Return the sum, added up one by one."""
    found = 0.0
    for value in values:
        found += value
    return found


def log1p(value: float) -> float:
    """Return the logarithm of 1 + value, as NumPy has it."""
    return float(np.log1p(value))


def power_of(value: float, exponent: float) -> float:
    """Return a power, as NumPy has it for arrays."""
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = np.array([value]) ** exponent
    return float(found[0])
