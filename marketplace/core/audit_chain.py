"""The chain of the audit trail: each event is sealed with a hash over it and over the one before.

Events get their places when their transaction is about to commit: nothing is locked after that,
so no two transactions wait for each other in a ring, and the end of a chain is held only for the
commit itself. The end is locked by asking for the place after it, which is unique: who wants the
same place waits for the first to commit, and then stands in line for the next.

What an event tells (before, after, reason) is in the hash by its own salted hash alone. So it can
be removed where it has to be, and the chain still holds.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from marketplace.core.audit_rows import AuditEvent, AuditLink
from marketplace.core.db import insert_if_new, stand_in_line

NO_MUNICIPALITY = 0
"""The chain of events that belong to no municipality."""

LINES = 1_096_107_081
"""Tells our advisory locks from those of others; the number itself means nothing."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last place of a chain that is taken, and its hash."""

    chain: int
    sequence: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    event_id: int
    chain: int
    sequence: int
    salt: str
    contents_hash: str
    hash: str


def canonical(value: object) -> bytes:
    """One way to write it. Read back first: keys that are numbers become texts in the database."""
    plain = json.loads(json.dumps(value))
    return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode("ascii")


def hash_contents(event: AuditEvent, salt: str) -> str:
    return hashlib.sha256(canonical([salt, event.before, event.after, event.reason])).hexdigest()


def hash_event(event: AuditEvent, before: Head, contents_hash: str) -> str:
    """The hash of an event that stands in the place after `before`."""
    told = [
        before.hash,
        before.chain,
        before.sequence + 1,
        event.id,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.event,
        event.subject_type,
        event.subject_id,
        contents_hash,
    ]
    return hashlib.sha256(canonical(told)).hexdigest()


def seal(session: Session, places: Iterable[tuple[AuditEvent, int]]) -> None:
    """Give each event its place in the chain beside it; chains in their order, against rings."""
    chains: dict[int, list[AuditEvent]] = {}
    for event, chain in places:
        chains.setdefault(chain, []).append(event)
    for chain in sorted(chains):
        _append(session, chain, chains[chain])


def _append(session: Session, chain: int, events: Sequence[AuditEvent]) -> None:
    links = _links_after(head_of(session, chain), events)
    while not _take(session, links[0]):
        stand_in_line(session, LINES, chain)
        links = _links_after(head_of(session, chain), events)
    if links[1:]:
        session.execute(insert(AuditLink), [asdict(link) for link in links[1:]])


def head_of(session: Session, chain: int) -> Head:
    statement = (
        select(AuditLink.sequence, AuditLink.hash)
        .where(AuditLink.chain == chain)
        .order_by(AuditLink.sequence.desc())
        .limit(1)
    )
    last = session.execute(statement).one_or_none()
    return Head(chain, *last) if last else Head(chain)


def _links_after(head: Head, events: Sequence[AuditEvent]) -> list[Link]:
    links = []
    for event in events:
        salt = secrets.token_hex(16)
        contents = hash_contents(event, salt)
        sealed = hash_event(event, head, contents)
        head = Head(head.chain, head.sequence + 1, sealed)
        links.append(Link(event.id, head.chain, head.sequence, salt, contents, sealed))
    return links


def _take(session: Session, link: Link) -> bool:
    """Take the place, after whoever is just taking it; False where they have it now."""
    place = AuditLink.chain, AuditLink.sequence
    return insert_if_new(session, AuditLink, *place, **asdict(link))
