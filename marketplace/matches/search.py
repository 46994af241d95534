"""Words that are looked for within a need: what answers them, in the order of the need."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.db import among
from marketplace.core.paging import Page, paginate
from marketplace.core.search import SEARCH_LIMIT
from marketplace.matches import queries
from marketplace.matches.index import concepts_index, need_document, tells_of_words
from marketplace.matches.queries import RankedRow
from marketplace.needs.models import Need
from matching import Document, MatchIndex

FOUND_ON_PAGE = 10
ABOUT_AS_WELL = 0.5
"""What answers at least this share of the words that the best answer answers comes first."""


def search_within_need(
    session: Session, need: Need, words: str, number: int
) -> Page[RankedRow[Concept]]:
    """A page of the concepts that answer the words, the best for the need first.

    Those that answer few of the words come after all others. What the unit has dismissed, and what
    is blocked, is left out as among the matches.
    """
    left_out = queries.left_out_concept_ids(session, need.id)
    document = need_document(need)
    with concepts_index(session).opened(session) as index:
        found = _found(index, document, words)
    ranked = [concept_id for concept_id in found if concept_id not in left_out]
    page = _page(session, ranked, number)
    return Page(_explained(session, need, page.rows), page.number, page.total, page.size)


def _found(index: MatchIndex, need: Document, words: str) -> Sequence[int]:
    answers = {
        match.document_id: match.score
        for match in index.rank(words, k=SEARCH_LIMIT)
        if tells_of_words(match)
    }
    place = _places(index, need, answers)
    least = ABOUT_AS_WELL * max(answers.values(), default=0.0)
    ordered = sorted(answers, key=lambda each: (answers[each] < least, place.get(each, len(place))))
    return [int(each) for each in ordered]


def _places(index: MatchIndex, need: Document, ids: Collection[str]) -> dict[str, int]:
    """Where those that have anything to do with the need stand in its order."""
    ranked = index.rank(need, len(ids), among=ids)
    return {match.document_id: place for place, match in enumerate(ranked)}


def _page(session: Session, ranked: Sequence[int], number: int) -> Page[Concept]:
    statement = (
        select(Concept)
        .where(among(Concept.id, ranked), Concept.state == ConceptState.PUBLISHED)
        .options(joinedload(Concept.organisation))
        .order_by(Concept.id)
    )
    return paginate(session, statement, number, FOUND_ON_PAGE, ranked=ranked)


def _explained(
    session: Session, need: Need, concepts: Sequence[Concept]
) -> list[RankedRow[Concept]]:
    """Each with how it answers the need, as among the matches; its place is that on the page."""
    standing, fresh = queries.standing_judgements(session, need.id), concepts_index(session)
    document = need_document(need)
    with fresh.opened(session) as index:
        told = [
            (concept, fresh.explain(document, str(concept.id)))
            for concept in concepts
            if str(concept.id) in index
        ]
    return [
        RankedRow(
            row=concept,
            rank=place,
            tied=False,
            score=explanation.score,
            strength=explanation.strength,
            explanation=explanation,
            judgement=standing.get(concept.id),
        )
        for place, (concept, explanation) in enumerate(told, start=1)
    ]
