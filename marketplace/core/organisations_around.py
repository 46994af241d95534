"""Which organisations a message is about: whoever belongs to them is named in no mail.

The feature that has the row says so, by the name of its id in what messages carry.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.core.outbox import OutboxMessage
from marketplace.core.registry import Registry

FindPlaces = Callable[[Session, Sequence[int]], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Places:
    """`find` gives the ids of the organisations around the rows with these ids."""

    id_name: str
    subject_type: str
    find: FindPlaces


PLACES: Registry[Places] = Registry()


def places_of(session: Session, messages: Sequence[OutboxMessage]) -> set[int]:
    found: set[int] = set()
    for places in PLACES:
        if ids := _ids(messages, places):
            found.update(places.find(session, ids))
    return found


def _ids(messages: Sequence[OutboxMessage], places: Places) -> list[int]:
    """Of the rows that are told of, and of those that a message is about."""
    told = {m.payload.get(places.id_name) for m in messages}
    about = {m.subject_id for m in messages if m.subject_type == places.subject_type}
    return sorted(about | {row_id for row_id in told if isinstance(row_id, int)})
