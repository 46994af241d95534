"""All texts whose meaning counts: those that are found, and those that others are found for."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.core.clock import now
from marketplace.core.revision import Collection
from marketplace.matches.index import (
    ROWS_AT_A_TIME,
    Change,
    Loader,
    changed_concepts,
    changed_needs,
    need_document,
    whole_need_document,
)
from marketplace.matches.texts import TEXTS, changed_texts
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC, NeedState

WRITTEN = frozenset(NeedState) - PUBLIC
RESTED = 30
"""Seconds without a change, after which a need that is being written is read for its writer."""


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    collection: Collection | None
    """None where the texts have no revisions: then the time of the last change stands for one."""
    changes_since: Loader
    by_sentences: bool = False
    """Whether people are shown which sentence means what is asked."""


def text_sources() -> Iterator[Source]:
    yield Source("concepts", Collection.CONCEPTS, changed_concepts, by_sentences=True)
    yield Source("needs", Collection.NEEDS, changed_needs(need_document, *PUBLIC))
    yield Source("whole needs", Collection.NEEDS, changed_needs(whole_need_document, *PUBLIC))
    for collection in TEXTS:
        yield Source(collection.value, collection, changed_texts(collection))
    yield Source("needs that are written", None, rested_needs)


def rested_at() -> int:
    """The moment before which what was changed has rested, in seconds; it moves on in steps."""
    return int(now().timestamp()) // RESTED * RESTED - RESTED


def rested_needs(session: Session, seconds: int) -> Generator[Change, None, None]:
    """Those that are not public, and were changed since, as their unit's own people rank by them.

    What they mean is stored like what others mean, and says not whose it is. Nobody finds them.
    """
    since, until = (datetime.fromtimestamp(each, UTC) for each in (seconds, rested_at()))
    statement = (
        select(Need)
        .where(Need.state.in_(WRITTEN), Need.updated_at >= since, Need.updated_at < until)
        .options(selectinload(Need.addenda), joinedload(Need.unit))
        .execution_options(yield_per=ROWS_AT_A_TIME)
    )
    with session.scalars(statement) as rows:
        for need in rows:
            yield Change(need.id, int(need.updated_at.timestamp()), need_document(need))
