"""Signing for one's side.

With both signatures the version is in force, and the version before it is superseded in the same
transaction.
"""

from sqlalchemy.orm import Session

from marketplace.agreements import policies, queries
from marketplace.agreements.content import roles_now
from marketplace.agreements.models import Agreement
from marketplace.agreements.requirements import obstacles_to_signing
from marketplace.agreements.services.expectations import expect_move, forget_signers, tell_parties
from marketplace.agreements.states import (
    AGREEMENT_LIFECYCLE,
    AgreementEvent,
    AgreementMove,
    AgreementRefusal,
    AgreementTopic,
)
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotNow
from marketplace.core.reactions import run_reactions
from marketplace.pairings import recipients
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.states import Side


def sign_version(session: Session, actor: Actor, *, agreement: Agreement, version: int) -> bool:
    """Sign for one's side; with both signatures the version is in force. Says whether it is."""
    agreement.expect_version(version)
    expect_may_sign(session, actor, agreement)
    side = policies.side_to_sign(actor, agreement)
    if side is None:
        raise NotNow(AgreementRefusal.ALREADY_SIGNED)
    last = policies.missing_signatures(agreement) == {side}
    if last:
        _bring_into_force(session, actor, agreement, side)
    else:
        _sign(actor, agreement, side)
        event = record(session, actor, _SIGNED[side], agreement)
        tell_parties(session, agreement, AgreementTopic.SIGNED_BY_ONE, event)
    forget_signers(session, agreement)
    return last


def expect_may_sign(session: Session, actor: Actor, agreement: Agreement) -> None:
    expect_move(session, actor, agreement, AgreementMove.SIGN)
    for obstacle in obstacles_to_signing(session, agreement):
        raise obstacle


_SIGNED = {
    Side.UNIT: AgreementEvent.UNIT_SIGNED,
    Side.ENTREPRENEUR: AgreementEvent.ENTREPRENEUR_SIGNED,
}


def _sign(actor: Actor, agreement: Agreement, side: Side) -> None:
    if side is Side.UNIT:
        agreement.unit_signed_by_id, agreement.unit_signed_at = actor.person_id, now()
    else:
        agreement.entrepreneur_signed_by_id = actor.person_id
        agreement.entrepreneur_signed_at = now()


def _bring_into_force(session: Session, actor: Actor, agreement: Agreement, side: Side) -> None:
    """The last signature and the new state in one write, as the database asks for both.

    The earlier version makes room first: two rows in force, even for one flush, are refused.
    """
    _supersede_earlier(session, actor, agreement)
    _sign(actor, agreement, side)
    agreement.roles_at_signing = roles_now(agreement.pairing)
    AGREEMENT_LIFECYCLE.make(agreement, AgreementMove.SIGN)
    record(session, actor, _SIGNED[side], agreement)
    event = record(session, actor, AgreementEvent.IN_FORCE, agreement)
    told = recipients.deciders(session, agreement.pairing) | _role_holders(agreement.pairing)
    tell_parties(session, agreement, AgreementTopic.SIGNED, event, besides=told)
    run_reactions(session, actor, AgreementEvent.IN_FORCE, agreement)


def _supersede_earlier(session: Session, actor: Actor, agreement: Agreement) -> None:
    earlier = queries.find_in_force(session, agreement.pairing_id)
    if earlier is not None:
        AGREEMENT_LIFECYCLE.make(earlier, AgreementMove.SUPERSEDE)
        earlier.superseded_at = now()
        record(session, actor, AgreementEvent.SUPERSEDED, earlier)


def _role_holders(pairing: Pairing) -> set[int]:
    acting = (role_map.acting(holder) for holder in pairing.roles)
    return {person.id for person in acting if person is not None}
