"""Why a document has its score: shared terms, the passage that answers, what stays open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from matching.analysis import features
from matching.collection import Collection
from matching.documents import Document
from matching.passages import Sentence, sentences
from matching.reasons import at_places, evidence
from matching.scoring import Scorer, Term
from matching.strength import Strength, strength_of

ANSWERED = 0.35
"""A sentence of the query is answered when the document has this share of what it asks."""

CERTAIN = 0.4
"""Words at least this alike are shown to a reader as saying the same: stems and compounds are,
words that only share some letters are not."""

MOST_SENTENCES = 2000
"""Sentences of a document that are looked at for the best passage."""


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """Words of the query and the words of the document that answer them.

    Attributes
    ----------
    query_words, document_words
        Words as they stand in the texts, in lower case, the weightiest first.
    query_weight
        Share of the query's weight that these words have, in (0, 1].
    document_weight
        How much of what can be said about them the document says, in (0, 1).
    contribution
        What they add to the score: `query_weight * document_weight`.
    is_certain
        Whether they are content words that say the same, and so a reason to show. Otherwise they
        only bind, are numbers, or merely share letters: they count a little, and convince nobody.
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
class _Answer:
    """A term of the query, what the document says about it, and the words that do."""

    term: Term
    frequency: float
    share: float
    alike: dict[str, float]
    certain: frozenset[str]


def explanation(query: Document, place: int, scorer: Scorer, collection: Collection) -> Explanation:
    """Return why the document at `place` has its score."""
    answers = _answers(query, place, scorer, collection)
    score = 0.0
    for answer in answers:
        score += answer.term.weight * answer.share
    strength = Strength.NONE
    if score > 0:
        content = [answer.term for answer in answers if not answer.term.is_stop]
        held = float(evidence(content, np.array([place]))[0])
        strength = strength_of(score, held, len(content), scorer.documents)
    document = collection.documents[place]
    answered, unanswered = _points(query, answers)
    return Explanation(
        score,
        strength,
        _shared_terms(answers),
        _passage(document, answers) if document else None,
        answered,
        unanswered,
    )


def _answers(query: Document, place: int, scorer: Scorer, collection: Collection) -> list[_Answer]:
    numbers, counts = collection.contents[place]
    held = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    numbers_of = collection.vocabulary.ids
    result = []
    for term in scorer.terms(query):
        frequency, share = (float(value[0]) for value in at_places(term, np.array([place])))
        alike = {
            collection.vocabulary.words[number]: likeness * held[number]
            for number, likeness in zip(
                term.found.words.tolist(), term.found.likeness.tolist(), strict=True
            )
            if number in held
        }
        certain = frozenset(
            word for word, weight in alike.items() if weight >= CERTAIN * held[numbers_of[word]]
        )
        result.append(_Answer(term, frequency, share, alike, certain))
    return result


def _shared_terms(answers: list[_Answer]) -> tuple[SharedTerm, ...]:
    """Bring together the words of the query that have one stem."""
    groups: defaultdict[str, list[_Answer]] = defaultdict(list)
    for answer in answers:
        if answer.share > 0:
            groups[features(answer.term.word).classes[0]].append(answer)
    found = []
    for group in groups.values():
        group.sort(key=lambda answer: -answer.term.weight)
        words: defaultdict[str, float] = defaultdict(float)
        for answer in group:
            for word, alike in answer.alike.items():
                words[word] += answer.term.weight * alike
        certain = frozenset[str]().union(
            *(answer.certain for answer in group if _can_be_a_reason(answer.term))
        )
        shown = certain or words.keys()
        weight = sum(answer.term.weight for answer in group)
        contribution = sum(answer.term.weight * answer.share for answer in group)
        found.append(
            SharedTerm(
                tuple(answer.term.word for answer in group),
                tuple(sorted(shown, key=lambda word: (-words[word], word))),
                weight,
                contribution / weight,
                contribution,
                bool(certain),
            )
        )
    return tuple(sorted(found, key=lambda term: (-term.contribution, term.query_words)))


def _can_be_a_reason(term: Term) -> bool:
    return not term.is_stop and not term.word.isdigit()


def _points(query: Document, answers: list[_Answer]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide the sentences of the query into those answered and those not."""
    known = {answer.term.word: answer for answer in answers if not answer.term.is_stop}
    answered: list[str] = []
    unanswered: list[str] = []
    for sentence in [*sentences(query.title), *sentences(query.text)]:
        asked = {token.word for token in sentence.tokens} & known.keys()
        whole = sum(known[word].term.weight for word in asked)
        if whole <= 0:
            continue
        held = sum(known[word].term.weight * min(known[word].frequency, 1.0) for word in asked)
        (answered if held >= ANSWERED * whole else unanswered).append(sentence.text)
    return tuple(answered), tuple(unanswered)


def _passage(document: Document, answers: list[_Answer]) -> Passage | None:
    """Return the sentence that says most, with the next one where that adds something new."""
    telling = [answer for answer in answers if answer.alike and not answer.term.is_stop]
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
    best: dict[str, float] = {}
    for answer in telling:
        alike = max((answer.alike[word] for word in words & answer.alike.keys()), default=0.0)
        if alike:
            best[answer.term.word] = answer.term.weight * min(alike, 1.0)
    return sum(best.values())


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
    return Passage(text, tuple(marks))
