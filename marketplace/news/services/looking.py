"""What is new is noted, looked at, and told to whom it concerns.

A text that is new is noted with what happened. The worker looks at it later, in a transaction that
begins with the row saying so (`core/schedule.py`): with several workers, and after one was killed,
people are told once.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.concepts.recipients import owners
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import SYSTEM, Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.db import insert_if_new
from marketplace.core.outbox import tell
from marketplace.matches.many import dismissed_pairs
from marketplace.matches.queries import RankedRow, rank_concepts, rank_needs
from marketplace.needs.awaited import takes_answers
from marketplace.needs.models import Need
from marketplace.needs.recipients import unit_people
from marketplace.needs.told import named
from marketplace.news import queries
from marketplace.news.models import NewText, ToldMatch, ToldNeed
from marketplace.news.states import NewsEvent, NewsTopic, ToldStrength
from marketplace.news.told import FollowedTold, MatchTold
from marketplace.pairings.queries import met_pairs

R = TypeVar("R", Need, Concept)

# ---------------------------------------------------------------- when it happens


def note_need(session: Session, _actor: Actor, need: Need) -> None:
    session.add(NewText(need_id=need.id))


def note_concept(session: Session, _actor: Actor, concept: Concept) -> None:
    if concept.state is ConceptState.PUBLISHED:
        session.add(NewText(concept_id=concept.id))


# ---------------------------------------------------------------- by the worker


def look_at(session: Session, row_id: int, _day: date) -> None:
    """Tell whom it concerns, unless it has been looked at since it was found."""
    new = queries.get_new_text(session, row_id)
    if new.looked_at is not None:
        return
    _settle(session, new)
    if new.need_id is not None:
        _look_at_need(session, new, new.need_id)
    elif new.concept_id is not None:
        _look_at_concept(session, new.concept_id)


def _settle(session: Session, new: NewText) -> None:
    """All that waits about the same, before it is read: what is noted later is looked at anew."""
    same = (NewText.need_id == new.need_id) if new.need_id else NewText.concept_id == new.concept_id
    waiting = update(NewText).where(same, NewText.looked_at.is_(None)).values(looked_at=now())
    session.execute(waiting)


def _look_at_need(session: Session, new: NewText, need_id: int) -> None:
    """Tell who owns concepts that answer it, and who follows; nobody closes it meanwhile."""
    held = select(Need).where(Need.id == need_id).with_for_update(of=Need, key_share=True)
    need = session.scalars(held.execution_options(populate_existing=True)).one()
    if not takes_answers(need):
        return
    matched = _tell_owners(session, need)
    _tell_followers(session, new, need, without=matched)


def _tell_owners(session: Session, need: Need) -> set[int]:
    """Who was told."""
    everybody: set[int] = set()
    met = met_pairs(session, need_id=need.id)
    for match, strength in _worth_telling(rank_concepts(session, need)):
        concept = queries.find_published_concept(session, match.row.id)
        if concept is None or (need.id, concept.id) in met:
            continue
        told = _take(session, need, concept, strength)
        if told is not None:
            people = owners(session, concept)
            _tell(session, NewsTopic.NEED_MATCHES, told, match.rank, people)
            everybody |= people
    return everybody


def _tell_followers(session: Session, new: NewText, need: Need, *, without: set[int]) -> None:
    """Whoever follows the unit or looks for such a need, once; the unit itself knows of it."""
    waiting = queries.followers_of_news(session, need) - without - unit_people(session, need)
    people = {who for who in sorted(waiting) if _is_first(session, who, need)}
    if not people:
        return
    event = record(session, SYSTEM, NewsEvent.FOLLOWERS_TOLD, new, extra={"need_id": need.id})
    told = FollowedTold(**named(need), unit=need.unit.name)
    tell(session, people, NewsTopic.NEED_FOLLOWED, event, told)


def _is_first(session: Session, person_id: int, need: Need) -> bool:
    return insert_if_new(session, ToldNeed, person_id=person_id, need_id=need.id, told_at=now())


def _look_at_concept(session: Session, concept_id: int) -> None:
    """Tell the units whose open needs it answers."""
    concept = queries.find_published_concept(session, concept_id)
    if concept is None:
        return
    matches = rank_needs(session, concept)
    left_out = met_pairs(session, concept_id=concept.id)
    left_out |= dismissed_pairs(session, [match.row.id for match in matches])
    for match, strength in _worth_telling(matches):
        need = match.row
        if not takes_answers(need) or (need.id, concept.id) in left_out:
            continue
        told = _take(session, need, concept, strength)
        if told is not None:
            people = unit_people(session, need)
            _tell(session, NewsTopic.CONCEPT_MATCHES, told, match.rank, people)


def _worth_telling(
    matches: Sequence[RankedRow[R]],
) -> Iterator[tuple[RankedRow[R], ToldStrength]]:
    """In the order of the ids, so that workers that tell of the same pairs do not block others."""
    worth = set(ToldStrength)
    for match in sorted(matches, key=lambda match: match.row.id):
        if match.strength.value in worth:
            yield match, ToldStrength(match.strength.value)


def _take(
    session: Session, need: Need, concept: Concept, strength: ToldStrength
) -> ToldMatch | None:
    """The row that says that people are told; None where they were, as strong or stronger."""
    pair = (need.id, concept.id)
    if queries.is_told_stronger(session, pair, strength):
        return None
    new = insert_if_new(
        session,
        ToldMatch,
        need_id=need.id,
        concept_id=concept.id,
        strength=strength,
        told_at=now(),
    )
    return queries.get_told(session, pair, strength) if new else None


def _tell(session: Session, topic: NewsTopic, told: ToldMatch, rank: int, people: set[int]) -> None:
    event = record(
        session, SYSTEM, NewsEvent.MATCH_TOLD, told, extra={"strength": str(told.strength)}
    )
    said = MatchTold(
        **named(told.need),
        concept_id=told.concept_id,
        concept=told.concept.title,
        strength=told.strength,
        rank=rank,
    )
    tell(session, people, topic, event, said)
