"""Offering a version to be signed, sending it back, and giving it up.

Offered, it waits for a signature of each side; sent back, it is a draft again and what was signed
lapses.
"""

from sqlalchemy.orm import Session

from marketplace.agreements import policies
from marketplace.agreements.models import Agreement
from marketplace.agreements.requirements import missing_for_offering
from marketplace.agreements.services.expectations import expect_move, forget_signers, tell_parties
from marketplace.agreements.states import (
    AGREEMENT_LIFECYCLE,
    NEEDED_ROLES,
    AgreementEvent,
    AgreementMove,
    AgreementRefusal,
    AgreementTopic,
)
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import Incomplete, NotNow
from marketplace.core.reactions import run_reactions
from marketplace.pairings.roles import role_map


def offer_version(session: Session, actor: Actor, *, agreement: Agreement, version: int) -> None:
    agreement.expect_version(version)
    expect_move(session, actor, agreement, AgreementMove.OFFER)
    missing = missing_for_offering(agreement)
    if missing:
        raise Incomplete(AgreementRefusal.NOT_READY, missing)
    role_map.expect_filled(agreement.pairing, NEEDED_ROLES[AgreementMove.OFFER])
    AGREEMENT_LIFECYCLE.make(agreement, AgreementMove.OFFER)
    agreement.offered_by_id, agreement.offered_at = actor.person_id, now()
    agreement.sent_back_reason = None
    event = record(session, actor, AgreementEvent.OFFERED, agreement)
    tell_parties(session, agreement, AgreementTopic.OFFERED, event)
    run_reactions(session, actor, AgreementEvent.OFFERED, agreement)


def send_back(
    session: Session, actor: Actor, *, agreement: Agreement, version: int, reason: str
) -> None:
    """A draft again; what one side may have signed lapses."""
    agreement.expect_version(version)
    expect_move(session, actor, agreement, AgreementMove.SEND_BACK)
    AGREEMENT_LIFECYCLE.make(agreement, AgreementMove.SEND_BACK, reason=reason)
    agreement.sent_back_reason = reason.strip()
    agreement.offered_by_id = agreement.offered_at = None
    _lapse_signatures(agreement)
    event = record(
        session, actor, AgreementEvent.SENT_BACK, agreement, reason=agreement.sent_back_reason
    )
    forget_signers(session, agreement)
    tell_parties(session, agreement, AgreementTopic.SENT_BACK, event)


def withdraw_version(
    session: Session, actor: Actor, *, agreement: Agreement, version: int, reason: str
) -> None:
    """Give up a new version: the one in force goes on."""
    agreement.expect_version(version)
    expect_may_withdraw(session, actor, agreement)
    AGREEMENT_LIFECYCLE.make(agreement, AgreementMove.WITHDRAW, reason=reason)
    agreement.withdrawn_by_id, agreement.withdrawn_at = actor.person_id, now()
    agreement.withdrawal_reason = reason.strip()
    _lapse_signatures(agreement)
    event = record(
        session, actor, AgreementEvent.WITHDRAWN, agreement, reason=agreement.withdrawal_reason
    )
    forget_signers(session, agreement)
    tell_parties(session, agreement, AgreementTopic.WITHDRAWN, event)
    run_reactions(session, actor, AgreementEvent.WITHDRAWN, agreement)


def expect_may_withdraw(session: Session, actor: Actor, agreement: Agreement) -> None:
    expect_move(session, actor, agreement, AgreementMove.WITHDRAW)
    if not policies.can_withdraw(agreement):
        raise NotNow(AgreementRefusal.ONLY_RENEGOTIATION_WITHDRAWN)


def _lapse_signatures(agreement: Agreement) -> None:
    agreement.unit_signed_by_id = agreement.unit_signed_at = None
    agreement.entrepreneur_signed_by_id = agreement.entrepreneur_signed_at = None
    agreement.roles_at_signing = None
