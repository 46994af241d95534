"""Matches with their reasons, made from what documents say about the terms of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matching.arrays import BoolArray, FloatArray, IntArray
from matching.explain.evidence import Evidence, TermTable, evidence, term_table
from matching.explain.kinship import NEARLY_SAME, are_kin
from matching.facets.agreement import AGREEMENTS
from matching.results import Match, tie_groups
from matching.strength import strengths_of
from matching.topk.search import BITS, Documents

if TYPE_CHECKING:
    from matching.index.facet_search import Levels
    from matching.index.queries import QueryBatch
    from matching.index.state import State

MOST_REASONS = 5

LEAST_REASON = 0.05
"""A term that adds less than this share of a score is no reason for it."""

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


def evidence_of(batch: QueryBatch, row: int, documents: Documents, numbers: IntArray) -> Evidence:
    """Return what some documents say about each term of a query."""
    table, terms = table_of(batch, row), batch.terms_of(row)
    return Evidence(*evidence(numbers, documents, table, terms))


def table_of(batch: QueryBatch, row: int) -> TermTable:
    """Return which terms of a query ask each feature."""
    first, end = batch.term_starts[row : row + 2].tolist()
    asked = batch.asked_starts, batch.asked, batch.asked_weights, batch.certain
    return term_table(*asked, first, end, len(batch.keys))


def can_be_reasons(terms: tuple[tuple[str, ...], ...]) -> BoolArray:
    """Return which terms say something to a reader on their own: numbers do not."""
    return np.array(
        [not words[0].isdigit() and not SAYS_LITTLE.issuperset(words) for words in terms],
        dtype=np.bool_,
    )


def certain_terms(terms: tuple[tuple[str, ...], ...], found: Evidence, state: State) -> BoolArray:
    """Return which terms each document says in words that a reader takes for the same."""
    certain: BoolArray = found.similarity >= NEARLY_SAME
    words = state.collection.lexicon.words
    alike = (found.similarity > 0) & ~certain & can_be_reasons(terms)
    for row, term in np.argwhere(alike).tolist():
        other = words[int(found.words[row, term])]
        certain[row, term] = any(are_kin(word, other) for word in terms[term])
    return certain & can_be_reasons(terms)


def matches(
    state: State,
    batch: QueryBatch,
    row: int,
    documents: Documents,
    numbers: IntArray,
    scores: FloatArray,
    by_words: FloatArray,
    similar: FloatArray | None,
    weight: float,
    fits: Levels,
) -> list[Match]:
    """Return the matches of a query.

    Parameters
    ----------
    state, batch, row, documents
        The query, and what is asked.
    numbers, scores
        Documents found, and their scores.
    by_words, similar, weight
        Their scores by words alone, how similar their meaning is (None where that does not
        count), and the weight of meaning.
    fits
        How their facets stand to those of the query.
    """
    if not len(numbers):
        return []
    terms = batch.words_of(row)
    found = evidence_of(batch, row, documents, numbers)
    certain = certain_terms(terms, found, state)
    telling = np.where(certain, found.contributions / float(1 << 2 * BITS), 0.0)
    groups = tie_groups(scores.tolist())
    strengths = strengths_of(by_words, similar, fits, len(terms), state.statistics)
    ids = state.collection.ids
    return [
        Match(
            ids[number],
            score,
            strengths[place],
            _reasons(terms, telling[place], float(by_words[place])),
            groups[place],
            0.0 if similar is None else weight * float(similar[place]),
            AGREEMENTS[int(fits[place])],
        )
        for place, (number, score) in enumerate(zip(numbers.tolist(), scores.tolist(), strict=True))
    ]


def _reasons(
    terms: tuple[tuple[str, ...], ...], contributions: FloatArray, score: float
) -> tuple[str, ...]:
    """Return the words that add most."""
    best = np.argsort(-contributions, kind="stable")[:MOST_REASONS]
    return tuple(terms[at][0] for at in best if contributions[at] >= LEAST_REASON * score)
