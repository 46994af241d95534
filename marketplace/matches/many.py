"""The matches of many needs at once: what a portfolio chooses among, and a report counts.

Unlike the pages of one need nothing is explained here, as that takes longer than to rank. What is
dismissed or blocked is left out all the same.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.matches.blocking import blocked_pairs
from marketplace.matches.index import concepts_index, need_document
from marketplace.matches.models import Judgement
from marketplace.matches.states import Verdict
from marketplace.needs.models import Need
from matching import Match, Strength

Pair = tuple[int, int]
"""A need and a concept, by their ids."""

WORTH_A_LOOK = frozenset({Strength.STRONG, Strength.GOOD, Strength.POSSIBLE})
GOOD_ENOUGH = frozenset({Strength.STRONG, Strength.GOOD})
SHOWN = 20
"""As many as the pages of one need show."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the matcher says of a pair: its place among the concepts of the need, and how good."""

    rank: int
    strength: Strength


def suggestion_of(session: Session, need: Need, concept_id: int) -> Suggestion | None:
    """None where the matcher does not suggest the concept for the need."""
    with concepts_index(session).opened(session) as index:
        found = index.rank(need_document(need), k=SHOWN)
    for rank, match in enumerate(found, start=1):
        if match.document_id == str(concept_id) and match.strength in WORTH_A_LOOK:
            return Suggestion(rank, match.strength)
    return None


def left_out_pairs(session: Session, need_ids: Collection[int]) -> set[Pair]:
    """What must not be suggested: dismissed by the unit, or blocked by a later stage."""
    return dismissed_pairs(session, need_ids) | blocked_pairs(session, need_ids)


def dismissed_pairs(session: Session, need_ids: Collection[int]) -> set[Pair]:
    statement = select(Judgement.need_id, Judgement.concept_id).where(
        Judgement.need_id.in_(need_ids),
        Judgement.verdict == Verdict.DISMISSED,
        Judgement.undone_at.is_(None),
    )
    return {(need_id, concept_id) for need_id, concept_id in session.execute(statement)}


def rank_needs_at_once(
    session: Session, needs: Sequence[Need], limit: int
) -> Iterator[tuple[Need, list[Match]]]:
    """Each need with the concepts that may be suggested for it, best first, at most `limit`."""
    left_out = left_out_pairs(session, [need.id for need in needs])
    most_left_out = max(Counter(need_id for need_id, _ in left_out).values(), default=0)
    with concepts_index(session).opened(session) as index:
        ranking = index.rank_all(map(need_document, needs), limit + most_left_out)
    for need, (_, found) in zip(needs, ranking, strict=True):
        shown = [
            match
            for match in found
            if match.strength in WORTH_A_LOOK and (need.id, int(match.document_id)) not in left_out
        ]
        yield need, shown[:limit]


def count_without_good_match(session: Session, needs: Sequence[Need]) -> int:
    """How many of the needs have no concept that answers them well."""
    ranked = rank_needs_at_once(session, needs, SHOWN)
    return sum(GOOD_ENOUGH.isdisjoint({m.strength for m in found}) for _, found in ranked)
