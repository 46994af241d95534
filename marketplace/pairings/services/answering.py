"""The parties answer: yes, not like this, or no."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotNow
from marketplace.pairings import policies
from marketplace.pairings.models import Pairing
from marketplace.pairings.services.expectations import expect_move, say_yes
from marketplace.pairings.services.telling import tell_parties
from marketplace.pairings.states import (
    PAIRING_LIFECYCLE,
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
