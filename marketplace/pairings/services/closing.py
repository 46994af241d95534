"""After the approval: the test ends, and the case is closed."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.pairings.models import Pairing
from marketplace.pairings.services.telling import tell_parties
from marketplace.pairings.states import PAIRING_LIFECYCLE, PairingEvent, PairingMove, PairingTopic


def end_test(pairing: Pairing) -> None:
    """The test takes no capacity any more; part of what ends it, so without an event of its own."""
    pairing.test_ended_at = now()


def resume_test(pairing: Pairing) -> None:
    pairing.test_ended_at = None


def close_case(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> None:
    """The move itself; the stage that closes a case has asked who may and what is missing."""
    pairing.expect_version(version)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.CLOSE, reason=reason)
    pairing.closed_by_id, pairing.closed_at = actor.person_id, now()
    pairing.closing_reason = reason.strip()
    pairing.test_ended_at = pairing.test_ended_at or now()
    event = record(session, actor, PairingEvent.CLOSED, pairing, reason=pairing.closing_reason)
    tell_parties(session, pairing, PairingTopic.CLOSED, event, outcome=True)
