"""A pairing that is not approved is withdrawn: by a party, or because its need is closed."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.needs.models import Need
from marketplace.pairings import policies, queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.services.expectations import expect_move
from marketplace.pairings.services.telling import tell_parties
from marketplace.pairings.states import (
    PAIRING_LIFECYCLE,
    UNDECIDED,
    PairingEvent,
    PairingMove,
    PairingTopic,
    Side,
)
from marketplace.pairings.told import FallenTold, named


def withdraw_pairing(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> None:
    """By either party before the decision (turning down is this too), or by its coordinator."""
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.WITHDRAW)
    withdraw(session, actor, pairing, reason, policies.withdrawing_side(actor, pairing))


def withdraw(
    session: Session, actor: Actor, pairing: Pairing, reason: str, side: Side | None
) -> None:
    """The move itself, also when the case falls with what it rests on."""
    PAIRING_LIFECYCLE.make(pairing, PairingMove.WITHDRAW, reason=reason)
    pairing.withdrawn_by_id, pairing.withdrawn_at = actor.person_id, now()
    pairing.withdrawn_by_side, pairing.withdrawal_reason = side, reason.strip()
    event = record(
        session, actor, PairingEvent.WITHDRAWN, pairing, reason=pairing.withdrawal_reason
    )
    told = FallenTold(**named(pairing), reason=event.reason, fallen=pairing.fallen)
    tell_parties(session, pairing, PairingTopic.WITHDRAWN, event, outcome=True, told=told)


def withdraw_undecided(session: Session, actor: Actor, need: Need) -> None:
    """What was not approved falls with the need, with its closing reason; all are told."""
    statement = queries.with_case().where(Pairing.need_id == need.id, Pairing.state.in_(UNDECIDED))
    for pairing in session.scalars(statement.order_by(Pairing.id)).all():
        withdraw(session, actor, pairing, need.closing_reason or "", None)
