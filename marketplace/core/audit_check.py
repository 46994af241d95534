"""Checking the audit trail: every chain from its first event on, and against the anchors."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.audit_anchors import Anchors
from marketplace.core.audit_chain import Head, hash_contents, hash_event
from marketplace.core.audit_rows import AuditEvent, AuditLink

PORTION = 1000


class FaultKind(StrEnum):
    MISSING = "missing"
    CHANGED = "changed"
    OUTSIDE = "outside"
    EMPTIED = "emptied"
    CUT_OFF = "cut off"
    REWRITTEN = "rewritten"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Fault:
    kind: FaultKind
    says: str


@dataclass(slots=True)
class Result:
    events: int = 0
    chains: int = 0
    anchors: int = 0
    emptied: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def check_trail(session: Session, anchors: Anchors) -> Result:
    """Read the anchors first: what is added to the trail meanwhile is then beyond them."""
    result = Result(anchors=len(anchors.heads))
    result.faults += [
        Fault(FaultKind.UNREADABLE, f"line {line} of the anchors cannot be read")
        for line in anchors.unreadable
    ]
    _check_links(session, anchors, result)
    result.faults += _outside(session)
    return result


def _check_links(session: Session, anchors: Anchors, result: Result) -> None:
    rows = session.execute(
        select(AuditLink, AuditEvent)
        .outerjoin(AuditEvent, AuditEvent.id == AuditLink.event_id)
        .order_by(AuditLink.chain, AuditLink.sequence)
        .execution_options(yield_per=PORTION)
    )
    ends: dict[int, int] = {}
    head = Head(chain=-1)
    for link, event in rows:
        if link.chain != head.chain:
            head = Head(link.chain)
        result.faults += _faults_of(link, event, head, anchors)
        result.events += 1
        if link.salt is None:
            result.emptied.append(link.event_id)
        head = Head(link.chain, link.sequence, link.hash)
        ends[link.chain] = link.sequence
    result.chains = len(ends)
    result.faults += _cut_off(ends, anchors)


def _faults_of(
    link: AuditLink, event: AuditEvent | None, head: Head, anchors: Anchors
) -> Iterator[Fault]:
    """What is wrong with one place, where `head` is the place before it."""
    where = f"chain {link.chain}, place {link.sequence}"
    if link.sequence != head.sequence + 1:
        gone = f"{head.sequence + 1} to {link.sequence - 1}"
        yield Fault(FaultKind.MISSING, f"chain {link.chain}: the places {gone} are missing")
    if event is None:
        yield Fault(FaultKind.MISSING, f"{where}: event {link.event_id} is missing")
    else:
        yield from _contents(link, event, where, anchors)
        fits = hash_event(event, head, link.contents_hash) == link.hash
        if link.sequence == head.sequence + 1 and not fits:
            says = f"{where}: event {event.id} is changed, inserted or not in its place"
            yield Fault(FaultKind.CHANGED, says)
    if link.hash not in anchors.heads.get((link.chain, link.sequence), {link.hash}):
        says = f"{where}: not what was anchored; the chain has been written anew"
        yield Fault(FaultKind.REWRITTEN, says)


def _contents(link: AuditLink, event: AuditEvent, where: str, anchors: Anchors) -> Iterator[Fault]:
    """What the event tells is as it was, or is gone and the anchors say why."""
    if link.salt is not None:
        if hash_contents(event, link.salt) != link.contents_hash:
            yield Fault(FaultKind.CHANGED, f"{where}: what event {event.id} tells is changed")
    elif event.before or event.after or event.reason is not None:
        yield Fault(FaultKind.CHANGED, f"{where}: what event {event.id} tells cannot be proven")
    elif event.id not in anchors.emptied:
        says = f"{where}: event {event.id} is emptied, and the anchors do not say so"
        yield Fault(FaultKind.EMPTIED, says)


def _cut_off(ends: dict[int, int], anchors: Anchors) -> Iterator[Fault]:
    for chain, reached in sorted(anchors.furthest().items()):
        if (end := ends.get(chain, 0)) < reached:
            says = f"chain {chain} ends at place {end}, and was anchored at {reached}"
            yield Fault(FaultKind.CUT_OFF, says)


def _outside(session: Session) -> Iterator[Fault]:
    """Events that were not written by the application: they have no place in any chain."""
    linked = select(AuditLink.event_id).where(AuditLink.event_id == AuditEvent.id).exists()
    for event_id in session.scalars(select(AuditEvent.id).where(~linked).order_by(AuditEvent.id)):
        yield Fault(FaultKind.OUTSIDE, f"event {event_id} stands outside of the chains")
