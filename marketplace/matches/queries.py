"""Ranked matches in both directions, with what people have made of them."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Collection as AnyCollection
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts.models import Unit
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.db import Base
from marketplace.core.engine import asked_once, database_of
from marketplace.core.errors import NotFound
from marketplace.core.revision import Collection
from marketplace.matches.blocking import blocked_concept_ids, blocked_need_ids
from marketplace.matches.encoders import encoder_of
from marketplace.matches.index import (
    FreshIndex,
    all_needs_index,
    concept_document,
    concepts_index,
    need_document,
    open_needs_index,
)
from marketplace.matches.models import Judgement
from marketplace.matches.states import Verdict
from marketplace.matches.texts import texts_index
from marketplace.needs.models import Need
from matching import Document, Explanation, Match, Strength

SHOWN = 20
LOOKED_AT = 2 * SHOWN
"""As many are ranked: those that are shown, and as many weaker ones."""
SIMILAR_SHOWN = 5
MATCHER_VERSION = version("behovstorget")

T = TypeVar("T", bound=Base)


@dataclass(frozen=True, slots=True)
class RankedRow(Generic[T]):
    """One match, ready to be shown: `tied` says that the order among its likes does not decide."""

    row: T
    rank: int
    tied: bool
    score: float
    strength: Strength
    explanation: Explanation
    judgement: Judgement | None = None


Wanted = Callable[[Explanation], bool]
Ids = AnyCollection[int] | None
"""The rows among which is searched, where that is not all."""


def rank_concepts(session: Session, need: Need, limit: int = SHOWN) -> list[RankedRow[Concept]]:
    """The concepts that answer a need, best first; dismissed and blocked ones left out."""
    return _ranked_concepts(session, need, limit, tells)


def near_concepts(session: Session, need: Need, limit: int) -> list[RankedRow[Concept]]:
    """Those that are no match, and yet are the most like the need; nearest first."""
    return _ranked_concepts(session, need, limit, is_near, LOOKED_AT)


def _ranked_concepts(
    session: Session, need: Need, limit: int, wanted: Wanted, among: int = SHOWN
) -> list[RankedRow[Concept]]:
    standing = standing_judgements(session, need.id)
    excluded = left_out_concept_ids(session, need.id)
    ranked = _rank(session, concepts_index(session), need_document(need), excluded, LOOKED_AT)
    found = dict(islice(ranked.items(), among))
    told = _told(session, found, [(need, concept_id) for concept_id in found], limit, wanted)
    concepts = load_concepts(session, [concept_id for _, concept_id, _ in told])
    there = [entry for entry in told if entry[1] in concepts]
    return _rows(there, [concepts[concept_id] for _, concept_id, _ in there], standing)


def left_out_concept_ids(session: Session, need_id: int) -> set[int]:
    """What is not suggested for the need: dismissed by the unit, or blocked by a later stage."""
    standing = standing_judgements(session, need_id).values()
    dismissed = {j.concept_id for j in standing if j.verdict is Verdict.DISMISSED}
    return dismissed | blocked_concept_ids(session, need_id)


def rank_needs(session: Session, concept: Concept, limit: int = SHOWN) -> list[RankedRow[Need]]:
    """The published needs that a concept may answer, best first; blocked ones left out.

    The order is by how much of the concept's offer is asked for; strength and reasons are those
    that the unit sees: how much of the need the concept answers.
    """
    return rank_needs_for_each(session, [concept], limit)[0]


def near_needs(session: Session, concept: Concept, limit: int) -> list[RankedRow[Need]]:
    """Published needs that the concept is no match for, and yet is the most like."""
    return _rank_needs(session, [concept], limit, is_near)[0]


def rank_needs_for_each(
    session: Session, concepts: Sequence[Concept], limit: int
) -> list[list[RankedRow[Need]]]:
    """What `rank_needs` gives for each concept, with the needs of all loaded together."""
    return _rank_needs(session, concepts, limit, tells)


def _rank_needs(
    session: Session, concepts: Sequence[Concept], limit: int, wanted: Wanted
) -> list[list[RankedRow[Need]]]:
    ranked = [
        _rank(
            session,
            open_needs_index(session),
            concept_document(concept),
            blocked_need_ids(session, concept.id),
        )
        for concept in concepts
    ]
    needs = load_needs(session, {need_id for found in ranked for need_id in found})
    return [
        _needs_of(session, concept, found, needs, limit, wanted)
        for concept, found in zip(concepts, ranked, strict=True)
    ]


def _needs_of(
    session: Session,
    concept: Concept,
    found: dict[int, Match],
    needs: dict[int, Need],
    limit: int,
    wanted: Wanted,
) -> list[RankedRow[Need]]:
    told = _told(session, found, [(needs[i], concept.id) for i in found], limit, wanted)
    rows = {id(match): needs[need_id] for need_id, match in found.items()}
    return _rows(told, [rows[id(match)] for match, _, _ in told], {})


def similar_needs(session: Session, need: Need) -> list[Need]:
    """Published and closed needs that resemble one that is being written, closest first."""
    document = need_document(need)
    fresh = all_needs_index(session)
    with fresh.opened(session) as index:
        found = [m.document_id for m in index.rank(document, SIMILAR_SHOWN, exclude={str(need.id)})]
        near = [int(other) for other in found if tells(fresh.explain(document, other))]
    rows = load_needs(session, near)
    return [rows[row_id] for row_id in near if row_id in rows]


def search_needs(session: Session, words: str, limit: int, ids: Ids = None) -> list[int]:
    return _search(session, all_needs_index(session), words, limit, ids)


def search_concepts(session: Session, words: str, limit: int, ids: Ids = None) -> list[int]:
    return _search(session, concepts_index(session), words, limit, ids)


def search_texts(
    collection: Collection, session: Session, words: str, limit: int, ids: Ids = None
) -> list[int]:
    """Rows of a later feature's texts that answer the words, best first."""
    return _search(session, texts_index(session, collection), words, limit, ids)


def texts_like_need(session: Session, collection: Collection, need: Need, limit: int) -> list[int]:
    """Rows of a later feature's texts that are about what the need is about, closest first."""
    document = need_document(need)
    fresh = texts_index(session, collection)
    with fresh.opened(session) as index:
        found = [match.document_id for match in index.rank(document, limit)]
        return [int(other) for other in found if tells(fresh.explain(document, other))]


def place_in_ranking(session: Session, need: Need, concept: Concept) -> dict[str, object]:
    """Where the concept stood when it was judged: what the quality report counts."""
    with concepts_index(session).opened(session) as index:
        found = index.rank(need_document(need), k=SHOWN)
    for place, match in enumerate(found, start=1):
        if match.document_id == str(concept.id):
            return {
                "rank_shown": place,
                "score": match.score,
                "matcher_version": MATCHER_VERSION,
            }
    return {"rank_shown": None, "score": None, "matcher_version": MATCHER_VERSION}


def count_read(session: Session) -> tuple[int, int]:
    """How many published concepts and needs are ranked by meaning too, and of how many.

    All of none where meaning is not used.
    """
    if encoder_of(database_of(session)) is None:
        return 0, 0
    read = whole = 0
    for fresh in (concepts_index(session), all_needs_index(session)):
        with fresh.opened(session):
            read, whole = read + fresh.read[0], whole + fresh.read[1]
    return read, whole


def explain_pair(session: Session, need: Need, concept: Concept) -> Explanation:
    fresh = concepts_index(session)
    with fresh.opened(session) as index:
        if str(concept.id) not in index:
            raise NotFound
        return fresh.explain(need_document(need), str(concept.id))


def standing_judgement(session: Session, need_id: int, concept_id: int) -> Judgement | None:
    return standing_judgements(session, need_id).get(concept_id)


@asked_once
def standing_judgements(session: Session, need_id: int) -> dict[int, Judgement]:
    statement = (
        select(Judgement)
        .where(Judgement.need_id == need_id, Judgement.undone_at.is_(None))
        .options(
            joinedload(Judgement.concept).joinedload(Concept.organisation),
            joinedload(Judgement.person),
        )
        .order_by(Judgement.judged_at, Judgement.id)
    )
    return {judgement.concept_id: judgement for judgement in session.scalars(statement)}


def get_any_concept(session: Session, concept_id: int) -> Concept:
    concept = load_concepts(session, [concept_id]).get(concept_id)
    if concept is None:
        raise NotFound
    return concept


def get_published_concept(session: Session, concept_id: int) -> Concept:
    concept = get_any_concept(session, concept_id)
    if concept.state is not ConceptState.PUBLISHED:
        raise NotFound
    return concept


def load_concepts(session: Session, ids: Iterable[int]) -> dict[int, Concept]:
    statement = select(Concept).where(Concept.id.in_(ids)).options(joinedload(Concept.organisation))
    return {concept.id: concept for concept in session.scalars(statement)}


def load_needs(session: Session, ids: Iterable[int]) -> dict[int, Need]:
    statement = (
        select(Need)
        .where(Need.id.in_(ids))
        .options(joinedload(Need.unit).joinedload(Unit.organisation), selectinload(Need.addenda))
    )
    return {need.id: need for need in session.scalars(statement)}


def _rank(
    session: Session, fresh: FreshIndex, query: Document, excluded: set[int], depth: int = SHOWN
) -> dict[int, Match]:
    with fresh.opened(session):
        found = fresh.rank(query, depth, frozenset(str(row_id) for row_id in excluded))
    return {int(match.document_id): match for match in found}


Told = tuple[Match, int, Explanation]
"""A match, the concept it is about, and why."""


def _told(
    session: Session,
    found: dict[int, Match],
    pairs: Sequence[tuple[Need, int]],
    limit: int,
    wanted: Wanted,
) -> list[Told]:
    """The first that are wanted, with why."""
    fresh = concepts_index(session)
    with fresh.opened(session) as index:
        # A concept may have left the index since it was found. To explain takes longer than to
        # rank: it ends when there is enough to show.
        explained = (
            (match, concept_id, fresh.explain(need_document(need), str(concept_id)))
            for match, (need, concept_id) in zip(found.values(), pairs, strict=True)
            if str(concept_id) in index
        )
        return list(islice((entry for entry in explained if wanted(entry[2])), limit))


def _rows(
    told: Sequence[Told], rows: Sequence[T], standing: dict[int, Judgement]
) -> list[RankedRow[T]]:
    groups = [match.tie_group for match, _, _ in told]
    return [
        RankedRow(
            row=row,
            rank=groups.index(match.tie_group) + 1,
            tied=groups.count(match.tie_group) > 1,
            score=match.score,
            strength=explanation.strength,
            explanation=explanation,
            judgement=standing.get(concept_id),
        )
        for (match, concept_id, explanation), row in zip(told, rows, strict=True)
    ]


def tells(explanation: Explanation) -> bool:
    """Whether a match is worth a reader's time: a few loose words in common are not."""
    return explanation.strength is not Strength.NONE


def is_near(explanation: Explanation) -> bool:
    return not tells(explanation)


def _search(session: Session, fresh: FreshIndex, words: str, limit: int, ids: Ids) -> list[int]:
    with fresh.opened(session):
        return list(fresh.search(words, limit, ids))
