"""Every constant of the ranking that can be set, in one frozen object."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

MOST_WEIGHT = 100
"""Times that a word of a field may count."""

_NOT_NEGATIVE = (
    "k1", "word_weight", "idf_power", "burstiness", "repetition", "thesaurus_weight", "meaning",
    "meaning_length", "meaning_lead",
)  # fmt: skip


class Weighting(StrEnum):
    """How a term's frequency becomes its weight in a document.

    `BM25` saturates the frequency and takes the length of the document into account; `COSINE` is
    TF-IDF with cosine normalisation, as scikit-learn's `TfidfVectorizer` has it.
    """

    BM25 = "bm25"
    COSINE = "cosine"


@dataclass(frozen=True, slots=True)
class Parameters:
    """The constants of the ranking.

    Attributes
    ----------
    weighting
        See `Weighting`. `COSINE` is for comparison: beside it only the weights of title and fields
        count, and no n-grams nor thesaurus. It takes 65 535 documents at most, in one process.
    k1
        BM25's k1: the term frequency at which a document of average length has half of a term's
        weight.
    b
        BM25's b: how far a longer document must repeat a term for the same weight, from 0 to 1.
    title_weight
        How many times a word of a document's title counts: a multiple of 0.5, `MOST_WEIGHT` at
        most; 0 leaves the title out.
    field_weights
        How many times a word of each other named field counts, as pairs of name and weight; 1 for
        fields that are not named. The limits are those of `title_weight`.
    query_title_weight, query_field_weights
        The same for queries.
    ngrams
        Shortest and longest character n-gram; none are used when the longest is 0.
    word_weight
        Weight of a word's root beside that of its n-grams together, which is 1.
    ngram_power
        Power of a term's idf when the weight of a word is divided among its n-grams.
    length_power
        A word with more n-grams weighs more: the power of their number relative to `USUAL_NGRAMS`.
    ngram_saving
        Share of a word's n-gram weight that is not asked for each doubling of a query beyond two
        words, the most frequent n-grams first: they cost most and say least.
    idf_power, idf_growth
        Power of a word's idf in a query of `USUAL_QUERY` words, and what is added to it when the
        query doubles: a question of five words needs them all, a page of text is about its rare
        words.
    burstiness
        Power of a word's mean frequency within the documents that have it, relative to all words.
    repetition
        Power of a word's frequency in the query.
    thesaurus_weight
        Weight of words that stand for each other, beside that of the word itself.
    meaning
        What a cosine of 1 counts, where the best answer by words counts 1.
    meaning_length
        In queries of more terms it counts less, in proportion.
    meaning_lead
        Where the most similar document is less ahead of the tenth, as a share, it counts less, in
        proportion; 0 leaves that out.
    """

    weighting: Weighting = Weighting.BM25
    k1: float = 1.3
    b: float = 0.7
    title_weight: float = 3.0
    field_weights: tuple[tuple[str, float], ...] = ()
    query_title_weight: float = 1.0
    query_field_weights: tuple[tuple[str, float], ...] = ()
    ngrams: tuple[int, int] = (3, 4)
    word_weight: float = 0.5
    ngram_power: float = 1.5
    length_power: float = 0.25
    ngram_saving: float = 0.05
    idf_power: float = 1.5
    idf_growth: float = 0.1
    burstiness: float = 0.4
    repetition: float = 0.85
    thesaurus_weight: float = 0.5
    meaning: float = 3.0
    meaning_length: int = 30
    meaning_lead: float = 0.3

    def __post_init__(self) -> None:
        """Refuse what no ranking can be made of."""
        # A snapshot gives back a plain string.
        object.__setattr__(self, "weighting", Weighting(self.weighting))
        for name in _NOT_NEGATIVE:
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must not be negative, not {getattr(self, name)!r}")
        for name in ("b", "ngram_saving"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must be from 0 to 1, not {getattr(self, name)!r}")
        titles = (
            ("title_weight", self.title_weight),
            ("query_title_weight", self.query_title_weight),
        )
        for name, weight in (*titles, *self.field_weights, *self.query_field_weights):
            if not 0 <= weight <= MOST_WEIGHT or weight % 0.5:
                raise ValueError(
                    f"the weight {name} must be a multiple of 0.5, {MOST_WEIGHT} at most, "
                    f"not {weight!r}"
                )

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002 - as scikit-learn asks
        """Return every constant by its name, as scikit-learn's estimators do."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def with_params(self, **changes: Any) -> Parameters:
        """Return the same constants, some of them changed.

        Raises
        ------
        ValueError
            When there is no constant of that name, or none of that value.
        """
        if unknown := changes.keys() - self.get_params().keys():
            raise ValueError(f"there is no parameter {min(unknown)!r}")
        return replace(self, **changes)
