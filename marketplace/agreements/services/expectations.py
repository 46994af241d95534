"""What the moves expect of the person, the moment and the case, and do alike."""

from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.agreements import policies
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AGREEMENT_LIFECYCLE, AgreementMove, AgreementRefusal
from marketplace.agreements.told import AgreementTold
from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.core.outbox import tell
from marketplace.pairings import recipients
from marketplace.pairings.locks import hold
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.pairings.told import named


def expect_may_start(session: Session, actor: Actor, pairing: Pairing) -> None:
    if not policies.is_party(actor, pairing):
        raise NotAllowed(AgreementRefusal.PARTIES_ONLY)
    expect_approved(session, pairing)


def expect_move(session: Session, actor: Actor, agreement: Agreement, move: AgreementMove) -> None:
    """Refuse the wrong person, then a case that is over, then the wrong moment."""
    expect_mover(actor, agreement, move)
    refusal = policies.refusal(actor, agreement, move)
    expect_approved(session, agreement.pairing)
    AGREEMENT_LIFECYCLE.check(agreement.state, move)
    if refusal is AgreementRefusal.SIGNED_FOR_OTHER_SIDE:
        raise NotAllowed(refusal)
    if refusal is not None:
        raise NotNow(refusal)


def expect_mover(actor: Actor, agreement: Agreement, move: AgreementMove) -> None:
    refusal = policies.refusal(actor, agreement, move)
    if refusal in {AgreementRefusal.PARTIES_ONLY, AgreementRefusal.SIGNERS_ONLY}:
        raise NotAllowed(refusal)


def expect_approved(session: Session, pairing: Pairing) -> None:
    """On a row that nobody closes before this commits."""
    hold(session, pairing)
    if pairing.state is not PairingState.APPROVED:
        raise NotNow(AgreementRefusal.CASE_NOT_APPROVED)


def forget_signers(session: Session, agreement: Agreement) -> None:
    session.expire(agreement, ["unit_signed_by", "entrepreneur_signed_by"])


def tell_parties(
    session: Session,
    agreement: Agreement,
    topic: StrEnum,
    event: AuditEvent,
    *,
    besides: set[int] | None = None,
) -> None:
    pairing = agreement.pairing
    people = recipients.parties(session, pairing) | (besides or set())
    told = AgreementTold(**named(pairing), number=agreement.number, reason=event.reason)
    tell(session, people, topic, event, told)
