"""The coordinator decides: approval, decline, and who may not because of a conflict."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import Incomplete, InvalidField, NotNow
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.texts import expect_text
from marketplace.pairings import policies
from marketplace.pairings.approval import obstacles_to_approval
from marketplace.pairings.locks import hold_for_approval
from marketplace.pairings.models import ConflictDeclaration, Pairing
from marketplace.pairings.services.expectations import expect_coordinator, expect_move
from marketplace.pairings.services.telling import tell_parties
from marketplace.pairings.states import (
    PAIRING_LIFECYCLE,
    UNDECIDED,
    ApprovalPoint,
    DeclineReason,
    PairingEvent,
    PairingMove,
    PairingRefusal,
    PairingTopic,
)
from marketplace.pairings.told import DeclinedTold, named


def approve_pairing(
    session: Session,
    actor: Actor,
    *,
    pairing: Pairing,
    version: int,
    points: Collection[ApprovalPoint],
    no_conflict: bool,
) -> None:
    hold_for_approval(session, pairing)
    pairing.expect_version(version)
    for obstacle in obstacles_to_approval(session, actor, pairing):
        raise obstacle
    _expect_all_ticked(points, no_conflict=no_conflict)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.APPROVE)
    pairing.decided_by_id, pairing.decided_at = actor.person_id, now()
    pairing.no_conflict_declared = True
    ticked = {"checklist": [point.value for point in ApprovalPoint]}
    event = record(session, actor, PairingEvent.APPROVED, pairing, extra=ticked)
    tell_parties(session, pairing, PairingTopic.APPROVED, event, outcome=True)


def _expect_all_ticked(points: Collection[ApprovalPoint], *, no_conflict: bool) -> None:
    """Everything that is not ticked is told at once."""
    missing: list[StrEnum] = [point for point in ApprovalPoint if point not in points]
    if missing:
        conflict = [] if no_conflict else [PairingRefusal.NO_CONFLICT_UNDECLARED]
        raise Incomplete(PairingRefusal.CHECKLIST_INCOMPLETE, [*missing, *conflict])
    if not no_conflict:
        raise InvalidField("no_conflict", PairingRefusal.NO_CONFLICT_UNDECLARED)


def decline_pairing(
    session: Session,
    actor: Actor,
    *,
    pairing: Pairing,
    version: int,
    decline_reason: DeclineReason | None,
    reason: str,
) -> None:
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.DECLINE)
    if decline_reason is None:
        raise InvalidField("decline_reason", PairingRefusal.DECLINE_REASON_MISSING)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.DECLINE, reason=reason)
    pairing.decided_by_id, pairing.decided_at = actor.person_id, now()
    pairing.decline_reason, pairing.decline_note = decline_reason, reason.strip()
    event = record(session, actor, PairingEvent.DECLINED, pairing, reason=pairing.decline_note)
    told = DeclinedTold(**named(pairing), reason=event.reason, decline_reason=decline_reason)
    tell_parties(session, pairing, PairingTopic.DECLINED, event, outcome=True, told=told)


def declare_conflict(session: Session, actor: Actor, *, pairing: Pairing, reason: str) -> None:
    """A coordinator's own word that they cannot handle this case; it is not taken back."""
    expect_may_declare_conflict(actor, pairing)
    note = expect_text("reason", reason, PairingRefusal.TEXT_MISSING)
    pairing.conflicts.append(ConflictDeclaration(person_id=person_of(actor), note=note))
    record(session, actor, PairingEvent.CONFLICT_DECLARED, pairing, reason=note)


def expect_may_declare_conflict(actor: Actor, pairing: Pairing) -> None:
    expect_coordinator(actor, pairing)
    if policies.has_conflict(actor, pairing):
        raise NotNow(PairingRefusal.CONFLICT_DECLARED)
    if pairing.state not in UNDECIDED:
        raise NotNow(LifecycleRefusal.WRONG_STATE, state=pairing.state)
