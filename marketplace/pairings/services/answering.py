"""The parties answer: yes, not like this, or no."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotNow
from marketplace.needs.models import Need
from marketplace.pairings import policies, queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.services.parts import expect_move, say_yes
from marketplace.pairings.services.telling import tell_parties
from marketplace.pairings.states import (
    PAIRING_LIFECYCLE,
    UNDECIDED,
    PairingEvent,
    PairingMove,
    PairingRefusal,
    PairingTopic,
    Side,
)


def accept_pairing(session: Session, actor: Actor, *, pairing: Pairing, version: int) -> None:
    """Say yes for one's side; with both yeses the case goes to the coordinators."""
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.ACCEPT)
    side = policies.side_to_accept(actor, pairing)
    if side is None:
        raise NotNow(PairingRefusal.ALREADY_ACCEPTED)
    say_yes(actor, pairing, side)
    accepted = not policies.missing_yes(pairing)
    if accepted:
        PAIRING_LIFECYCLE.make(pairing, PairingMove.ACCEPT)
    event = record(session, actor, _ACCEPTED[side], pairing)
    if accepted:
        tell_parties(session, pairing, PairingTopic.ACCEPTED, event, coordinators=True)


_ACCEPTED = {
    Side.UNIT: PairingEvent.UNIT_ACCEPTED,
    Side.ENTREPRENEUR: PairingEvent.ENTREPRENEUR_ACCEPTED,
}


def ask_for_changes(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> None:
    """By the party that did not propose, or by a coordinator who could decide."""
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.ASK_FOR_CHANGES)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.ASK_FOR_CHANGES, reason=reason)
    pairing.change_request = reason.strip()
    pairing.changes_asked_by_id, pairing.changes_asked_at = actor.person_id, now()
    event = record(
        session, actor, PairingEvent.CHANGES_ASKED, pairing, reason=pairing.change_request
    )
    tell_parties(session, pairing, PairingTopic.CHANGES_ASKED, event)


def withdraw_pairing(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> None:
    """By either party before the decision (turning down is this too), or by its coordinator."""
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.WITHDRAW)
    withdraw(session, actor, pairing, reason)


def withdraw(session: Session, actor: Actor, pairing: Pairing, reason: str) -> None:
    """The move itself, also when the case falls with what it rests on."""
    PAIRING_LIFECYCLE.make(pairing, PairingMove.WITHDRAW, reason=reason)
    pairing.withdrawn_by_id, pairing.withdrawn_at = actor.person_id, now()
    pairing.withdrawal_reason = reason.strip()
    event = record(
        session, actor, PairingEvent.WITHDRAWN, pairing, reason=pairing.withdrawal_reason
    )
    tell_parties(session, pairing, PairingTopic.WITHDRAWN, event, outcome=True)


def withdraw_undecided(session: Session, actor: Actor, need: Need) -> None:
    """What was not approved falls with the need, with its closing reason; all are told."""
    statement = queries.with_case().where(Pairing.need_id == need.id, Pairing.state.in_(UNDECIDED))
    for pairing in session.scalars(statement.order_by(Pairing.id)).all():
        withdraw(session, actor, pairing, need.closing_reason or "")
