"""Why a document has its score: shared terms, the passage that answers, what stays open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.collection import Collection
from matching.documents import Document
from matching.queries import Query
from matching.reasons import CERTAIN, can_be_reasons, evidence
from matching.scoring import Answers, Scorer
from matching.strength import Strength, strength_of
from matching.text import Sentence, root, sentences, stem, word_counts
from matching.vocabulary import EXACT, PART

ANSWERED = 0.35
"""A sentence of the query is answered when the document has this share of what it asks."""

MOST_SENTENCES = 2000
"""Sentences of a document that are looked at for the best passage."""


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """Words of the query and the words of the document that answer them.

    Attributes
    ----------
    query_words, document_words
        Words as they stand in the texts, the weightiest first; in lower case, but for acronyms.
    query_weight
        Share of the query's weight that these words have, in (0, 1].
    document_weight
        How much of what can be said about them the document says, in (0, 1).
    contribution
        What they add to the score: `query_weight * document_weight`.
    is_certain
        Whether they are words that say the same, and so a reason to show. Otherwise they are
        numbers or merely share letters: they count a little, and convince nobody.
    """

    query_words: tuple[str, ...]
    document_words: tuple[str, ...]
    query_weight: float
    document_weight: float
    contribution: float
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One or two sentences of the document, with `(start, end)` offsets of words to mark."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one document has its score for one query.

    Attributes
    ----------
    score, strength
        As `MatchIndex.rank` gives them; 0.0 and none where nothing is shared.
    shared_terms
        The weightiest first; their contributions add up to the score without `semantic`.
    passage
        The part of the document that answers most of the query; None where nothing is shared.
    answered, unanswered
        The sentences of the query, title first, that the document answers or does not. Sentences
        without a content word are in neither.
    semantic
        The part of the score that is similar meaning, beside the contributions of the shared
        terms; always 0.0 without the optional extra (`matching.semantic`).
    """

    score: float
    strength: Strength
    shared_terms: tuple[SharedTerm, ...]
    passage: Passage | None
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]
    semantic: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and which terms each of its sentences asks: made once for many documents."""

    query: Query
    sentences: tuple[tuple[str, tuple[int, ...]], ...]


def asked(document: Document, query: Query) -> Asked:
    """Return the sentences of a query, title first, with the terms of each."""
    numbers = {stem: number for number, stem in enumerate(query.stems)}
    found = []
    for sentence in [*sentences(document.title), *sentences(document.text)]:
        terms = {numbers.get(stem(token.word), -1) for token in sentence.tokens} - {-1}
        found.append((sentence.text, tuple(sorted(terms))))
    return Asked(query, tuple(found))


@dataclass(frozen=True, slots=True)
class _Answer:
    """A term of the query, what the document says about it, and the words that do."""

    words: tuple[str, ...]
    weight: float
    share: float
    alike: dict[str, float]
    certain: frozenset[str]


def explanation(asked: Asked, place: int, scorer: Scorer, collection: Collection) -> Explanation:
    """Return why the document at `place` has its score."""
    query = asked.query
    document = collection.document(place)
    found = scorer.answers(query, [place])
    score = 0.0
    for part in (query.weights * found.share[0]).tolist():
        score += part
    strength = Strength.NONE
    if score > 0:
        held = float(evidence(query, found, [place], collection)[0])
        strength = strength_of(score, held, len(query.stems), scorer.scale(query))
    answered, unanswered = _points(asked, np.minimum(found.frequency[0], 1.0).tolist())
    telling = _answers(query, found, _alike(query, place, document, collection))
    return Explanation(
        score, strength, _shared_terms(telling), _passage(document, telling), answered, unanswered
    )


def _answers(query: Query, found: Answers, alike: dict[int, dict[str, float]]) -> list[_Answer]:
    can_be_reason = can_be_reasons(query)
    return [
        _Answer(
            query.words[term],
            float(query.weights[term]),
            float(found.share[0, term]),
            words,
            _certain(words) if can_be_reason[term] else frozenset(),
        )
        for term, words in sorted(alike.items())
    ]


def _certain(alike: dict[str, float]) -> frozenset[str]:
    """Return the words that say the same as the term, or that do so together."""
    alone = frozenset(word for word, value in alike.items() if value >= CERTAIN)
    parts = {word: value for word, value in alike.items() if value >= PART / EXACT}
    together = sum({root(stem(word)): value for word, value in parts.items()}.values())
    return alone or frozenset(parts if together >= CERTAIN else ())


def _alike(
    query: Query, place: int, document: Document, collection: Collection
) -> dict[int, dict[str, float]]:
    """Return for each term the words of the document that may stand for it, and how well."""
    numbers, terms, likeness = query.by_word
    held = np.isin(numbers, collection.rows.get(place)[0])
    different = np.unique(numbers[held]).tolist()
    names = {collection.vocabulary.names[number]: number for number in different}
    words: dict[int, list[str]] = {number: [] for number in different}
    for word in word_counts(document):
        number = names.get(stem(word))
        if number is not None:
            words[number].append(word)
    alike: dict[int, dict[str, float]] = {}
    for number, term, value in zip(
        *(each[held].tolist() for each in (numbers, terms, likeness)), strict=True
    ):
        alike.setdefault(term, {}).update(dict.fromkeys(words[number], value / EXACT))
    return alike


def _shared_terms(answers: list[_Answer]) -> tuple[SharedTerm, ...]:
    found = [
        SharedTerm(
            answer.words,
            tuple(
                sorted(answer.certain or answer.alike, key=lambda word: (-answer.alike[word], word))
            ),
            answer.weight,
            answer.share,
            answer.weight * answer.share,
            bool(answer.certain),
        )
        for answer in answers
    ]
    return tuple(sorted(found, key=lambda term: (-term.contribution, term.query_words)))


def _points(asked: Asked, held: list[float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide the sentences of the query into those answered and those not."""
    answered: list[str] = []
    unanswered: list[str] = []
    weights = asked.query.weights.tolist()
    for text, terms in asked.sentences:
        whole = sum(weights[term] for term in terms)
        if whole <= 0:
            continue
        part = sum(weights[term] * held[term] for term in terms)
        (answered if part >= ANSWERED * whole else unanswered).append(text)
    return tuple(answered), tuple(unanswered)


def _passage(document: Document, telling: list[_Answer]) -> Passage | None:
    """Return the sentence that says most, with the next one where that adds something new."""
    found = sentences(document.text)[:MOST_SENTENCES] or sentences(document.title)
    if not telling or not found:
        return None
    values = [_value([sentence], telling) for sentence in found]
    best = max(range(len(found)), key=lambda row: (values[row], -row))
    if values[best] <= 0:
        title = sentences(document.title)
        return _marked(title, telling) if title else None
    pairs = [row for row in (best - 1, best) if 0 <= row < len(found) - 1]
    chosen, value = [found[best]], values[best]
    for row in pairs:
        both = _value(found[row : row + 2], telling)
        if both > 1.2 * value:
            chosen, value = found[row : row + 2], both
    return _marked(chosen, telling)


def _value(part: list[Sentence], telling: list[_Answer]) -> float:
    words = {token.word for sentence in part for token in sentence.tokens}
    return sum(
        answer.weight * max((answer.alike[word] for word in words & answer.alike.keys()), default=0)
        for answer in telling
    )


def _marked(part: list[Sentence], telling: list[_Answer]) -> Passage:
    words = {word for answer in telling for word in answer.certain}
    text = ""
    marks: list[tuple[int, int]] = []
    for sentence in part:
        text += " " if text else ""
        marks.extend(
            (len(text) + token.start, len(text) + token.end)
            for token in sentence.tokens
            if token.word in words
        )
        text += sentence.text
    return Passage(text, _apart(marks))


def _apart(marks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return marks in their order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if found and start < found[-1][1]:
            first, last = found.pop()
            found.append((first, max(last, end)))
        else:
            found.append((start, end))
    return tuple(found)
