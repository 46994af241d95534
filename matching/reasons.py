"""Matches with their reasons, made from what documents say about the terms of a query."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.arrays import BoolArray, FloatArray
from matching.collection import Collection
from matching.queries import Query
from matching.results import Match, tie_groups
from matching.scoring import Answers, Scorer
from matching.strength import FEW, strength_of
from matching.text import fold, root
from matching.vocabulary import EXACT

MOST_REASONS = 5

LEAST_REASON = 0.05
"""A term that adds less than this share of a score is no reason for it."""

CERTAIN = 0.39
"""Words at least this alike are shown to a reader as saying the same: those with one root and
compounds are, words that only share some letters are not."""

NEARLY_SAME = 0.8
"""Words at least this alike differ in an ending or a letter."""

SAYS_LITTLE = frozenset(
    """
    aldri alltid andre andres anna annen annet atten bedre begge begynner begynte berre betre
    blei bli blir blitt bra bruka bruke bruker både del deler egen eget egne ei eige eigen
    eigne ein eit elleve ene eneste enkelte et ett fekk felles fem femten femti fikk finn finne
    finner finnes finst fire fjor fjorten fleire flere flest flesta fleste frå fyrste få får
    fått før første førti gang gangar ganger ganske gi gikk gir gjekk gjer gjere gjerne gjorde
    gjør gjøre gong gongen gonger grunn gå går halv halvparten heile held helde hele helst
    holder holdt hver hverandre igjen imot inn innom ja kjem kom komme kommer kor korleis kva
    kvar kvarandre kven langt lenge lenger lita lite liten litt mange med meir mer mest midt
    mindre minst mye mykje nei neste ni nitten noe noen nok noko nokon ny nye nytt når oftast
    ofte oftest også om overs rundt sa sagt seg seier seks seksten selv sju sjølv sjølve
    skjer slik slike snart stor store står større sytten ta tar tek ti tidleg tidlig tjue to
    tolv tre treng trenger tretten tretti tror trur under utan uten vanleg vanlig ved veit
    veldig vet vise viser vore vår våre vårt vært år året åtte én
    already also always another away back best better come comes done even every few five four
    get gets give given gives go goes going good however keep kept less lot made make makes
    many may more most much need needs never new next often one other others rather say says
    see several since six still take taken takes ten three today together two use used using
    usually want wants way well without would year years
    """.split()
)
"""Words that count like others, but alone convince nobody that two texts are about the same."""


def evidence(
    query: Query, answers: Answers, places: Sequence[int], collection: Collection
) -> FloatArray:
    """Return how many terms of the query each document has, as `strength_of` wants it."""
    found: FloatArray = answers.likeness.sum(axis=1)
    if len(query.stems) < FEW:
        same = _nearly_same(query, collection)
        held = [np.isin(collection.rows.get(place)[0], same).any() for place in places]
        found[~np.array(held, dtype=np.bool_)] = 0.0
    return found


def _nearly_same(query: Query, collection: Collection) -> list[int]:
    """Return the numbers of words that are much like a term of the query or have its root."""
    names, terms = collection.vocabulary.names, np.repeat(query.stems, np.diff(query.starts))
    alike = np.flatnonzero(query.likeness >= CERTAIN * EXACT)
    return [
        number
        for number, asked, value in zip(
            query.numbers[alike].tolist(),
            terms[alike].tolist(),
            (query.likeness[alike] / EXACT).tolist(),
            strict=True,
        )
        if value >= NEARLY_SAME or fold(root(names[number])) == fold(root(asked))
    ]


def can_be_reasons(query: Query) -> BoolArray:
    """Return which terms say something to a reader on their own: numbers do not."""
    return np.array(
        [
            not stem.isdigit() and not SAYS_LITTLE.issuperset(words)
            for stem, words in zip(query.stems, query.words, strict=True)
        ],
        dtype=np.bool_,
    )


def matches(
    query: Query, scores: FloatArray, best: Sequence[int], collection: Collection, scorer: Scorer
) -> list[Match]:
    """Return the matches at the places `best`, in that order, whose scores are `scores`."""
    if not best:
        return []
    answers = scorer.answers(query, best)
    held = evidence(query, answers, best, collection).tolist()
    telling = (answers.likeness >= CERTAIN) & can_be_reasons(query)
    contribution = np.where(telling, query.weights * answers.share, 0.0)
    groups = tie_groups(scores.tolist())
    asked, scale = len(query.stems), scorer.scale(query)
    return [
        Match(
            collection.ids[place],
            score,
            strength_of(score, held[row], asked, scale),
            _reasons(query, contribution[row], score),
            groups[row],
        )
        for row, (place, score) in enumerate(zip(best, scores.tolist(), strict=True))
    ]


def _reasons(query: Query, contribution: FloatArray, score: float) -> tuple[str, ...]:
    """Return the words that add most, of those with one root only the first."""
    reasons: dict[str, str] = {}
    for term in np.argsort(-contribution, kind="stable").tolist():
        if len(reasons) == MOST_REASONS or contribution[term] < LEAST_REASON * score:
            break
        reasons.setdefault(root(query.stems[term]), query.words[term][0])
    return tuple(reasons.values())
