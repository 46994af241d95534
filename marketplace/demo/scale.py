"""Filling the demo up with made-up needs and concepts, to measure with.

The rows are written many at a time and not through the services, but they are what the services
would have left behind: people, dates, events and revisions included.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptEvent, ConceptState, EvidenceLevel
from marketplace.core.audit import AuditEvent, put_in_chain
from marketplace.core.clock import now, today
from marketplace.core.engine import Database
from marketplace.core.revision import Collection, take_revisions
from marketplace.demo.crowd import Crowd, gather_crowd
from marketplace.demo.made_up import Writer, concept_texts, need_texts
from marketplace.needs.models import Need
from marketplace.needs.states import (
    BudgetStatus,
    NeedEvent,
    NeedState,
    ProcurementRoute,
    RaisedBy,
    ServiceCategory,
)

CHUNK = 2_000
DAYS_BACK = 700
"""Published at some moment of so many days."""

Values = dict[str, Any]
Event = tuple[datetime, int, StrEnum, StrEnum | None]
"""When, by whom, what, and the state it led to."""


class NotTheDemo(Exception):
    """A database that holds other data than the demo's."""


@dataclass(frozen=True, slots=True)
class Counts:
    needs: int
    concepts: int


def fill_up(database: Database, size: int) -> Counts:
    """Add what is missing to `size` published needs and as many concepts; say what was added.

    Each chunk is committed by itself: after an interruption the next call goes on.
    """
    with database.writing() as session:
        if not session.scalar(select(Person.id).where(Person.demo_order.is_not(None)).limit(1)):
            raise NotTheDemo
        before = count_published(session)
        crowd = gather_crowd(session)
        session.commit()
    _add(database, range(before.needs, size), crowd, _add_needs)
    _add(database, range(before.concepts, size), crowd, _add_concepts)
    with database.writing() as session:
        # A database plans its queries by what it knows of the tables, and this is news to it.
        session.execute(text("ANALYZE"))
        session.commit()
    return Counts(max(0, size - before.needs), max(0, size - before.concepts))


def count_published(session: Session) -> Counts:
    def counted(state: InstrumentedAttribute[Any], published: StrEnum) -> int:
        return session.scalar(select(func.count()).where(state == published)) or 0

    return Counts(
        counted(Need.state, NeedState.PUBLISHED), counted(Concept.state, ConceptState.PUBLISHED)
    )


def _add(
    database: Database,
    numbers: range,
    crowd: Crowd,
    add_chunk: Callable[[Session, Crowd, range], None],
) -> None:
    for first in range(0, len(numbers), CHUNK):
        with database.writing() as session:
            add_chunk(session, crowd, numbers[first : first + CHUNK])
            session.commit()


# ---------------------------------------------------------------- needs


def _add_needs(session: Session, crowd: Crowd, numbers: range) -> None:
    revisions = take_revisions(session, Collection.NEEDS, len(numbers))
    rows = [_need(crowd, *pair) for pair in zip(numbers, revisions, strict=True)]
    ids = session.scalars(insert(Need).returning(Need.id, sort_by_parameter_order=True), rows)
    stories = [_need_story(row) for row in rows]
    _tell_stories(session, Need.__name__, crowd.municipality_id, ids.all(), stories)


def _need(crowd: Crowd, number: int, revision: int) -> Values:
    writer = Writer("need", number)
    texts = need_texts(writer)
    random = writer.random
    home = random.choice(crowd.homes)
    published = _moment(writer)
    closing = today() + timedelta(days=random.choice((*range(1, 90), *range(-30, 0))))
    return {
        **texts,
        "version": 5,
        "revision": revision,
        "state": NeedState.PUBLISHED,
        "language": writer.language,
        "unit_id": home.unit_id,
        "author_id": home.member_id,
        "contact_id": home.member_id,
        "decision_maker_id": home.leader_id,
        "target_count": random.randint(5, 500),
        "contribution_hours": 10 * random.randint(2, 30),
        "estimated_value": 10_000 * random.randint(5, 300),
        "budget_status": random.choice(list(BudgetStatus)),
        "service_category": random.choice(list(ServiceCategory)),
        "intended_route": random.choice(list(ProcurementRoute)),
        "raised_by": random.choice(list(RaisedBy)),
        "questions_close_on": closing - timedelta(days=14),
        "interests_close_on": closing,
        "created_at": published - timedelta(days=8),
        "submitted_at": published - timedelta(days=4),
        "endorsed_at": published - timedelta(days=3),
        "endorsed_by_id": home.leader_id,
        "published_at": published,
        "published_by_id": crowd.coordinator_id,
        "updated_at": published,
    }


def _need_story(row: Values) -> list[Event]:
    return [
        (row["created_at"], row["author_id"], NeedEvent.CREATED, NeedState.DRAFT),
        (row["submitted_at"], row["author_id"], NeedEvent.SUBMITTED, NeedState.IN_REVIEW),
        (row["endorsed_at"], row["endorsed_by_id"], NeedEvent.ENDORSED, None),
        (row["published_at"], row["published_by_id"], NeedEvent.PUBLISHED, NeedState.PUBLISHED),
    ]


# ---------------------------------------------------------------- concepts


def _add_concepts(session: Session, crowd: Crowd, numbers: range) -> None:
    revisions = take_revisions(session, Collection.CONCEPTS, len(numbers))
    rows = [_concept(crowd, *pair) for pair in zip(numbers, revisions, strict=True)]
    statement = insert(Concept).returning(Concept.id, sort_by_parameter_order=True)
    ids = session.scalars(statement, rows)
    stories = [_concept_story(row) for row in rows]
    _tell_stories(session, Concept.__name__, None, ids.all(), stories)


def _concept(crowd: Crowd, number: int, revision: int) -> Values:
    writer = Writer("concept", number)
    texts = concept_texts(writer)
    owner = writer.random.choice(crowd.owners)
    published = _moment(writer)
    return {
        **texts,
        "version": 2,
        "revision": revision,
        "state": ConceptState.PUBLISHED,
        "language": writer.language,
        "organisation_id": owner.organisation_id,
        "author_id": owner.person_id,
        "legal_form": owner.legal_form,
        "evidence_level": writer.random.choice(list(EvidenceLevel)),
        "capacity": writer.random.randint(1, 5),
        "created_at": published - timedelta(days=2),
        "published_at": published,
        "updated_at": published,
    }


def _concept_story(row: Values) -> list[Event]:
    author = row["author_id"]
    return [
        (row["created_at"], author, ConceptEvent.CREATED, ConceptState.DRAFT),
        (row["published_at"], author, ConceptEvent.PUBLISHED, ConceptState.PUBLISHED),
    ]


# ---------------------------------------------------------------- shared


def _moment(writer: Writer) -> datetime:
    return now() - timedelta(seconds=writer.random.randint(1, DAYS_BACK * 24 * 3600))


def _tell_stories(
    session: Session,
    subject_type: str,
    municipality_id: int | None,
    ids: Sequence[int],
    stories: Sequence[list[Event]],
) -> None:
    for subject_id, story in zip(ids, stories, strict=True):
        for at, actor_id, event, state in story:
            told = AuditEvent(
                at=at,
                actor_id=actor_id,
                event=str(event),
                subject_type=subject_type,
                subject_id=subject_id,
                before={},
                after={"state": str(state)} if state else {},
            )
            session.add(told)
            put_in_chain(session, told, municipality_id)
