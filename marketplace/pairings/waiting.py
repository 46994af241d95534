"""What an open pairing waits for, since when, and whose move it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, or_
from sqlalchemy.orm import Session, selectinload

from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.pairings import queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import deciding_refusal, missing_yes
from marketplace.pairings.states import UNDECIDED, Awaited, PairingState, Side


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of a list of what waits; `for_another`: another coordinator has to decide it."""

    pairing: Pairing
    awaited: Awaited
    since: datetime
    for_another: bool = False


_CHANGES = {
    Side.UNIT: Awaited.UNIT_CHANGES,
    Side.ENTREPRENEUR: Awaited.ENTREPRENEUR_CHANGES,
    Side.COORDINATOR: Awaited.COORDINATOR_CHANGES,
}
_YES = {
    frozenset({Side.UNIT}): Awaited.UNIT_YES,
    frozenset({Side.ENTREPRENEUR}): Awaited.ENTREPRENEUR_YES,
    frozenset({Side.UNIT, Side.ENTREPRENEUR}): Awaited.BOTH_YES,
}


def awaited(pairing: Pairing) -> Awaited | None:
    """The next step; None where the case is decided or withdrawn."""
    if pairing.state is PairingState.PROPOSED:
        return _YES[missing_yes(pairing)]
    if pairing.state is PairingState.NEEDS_CHANGES:
        return _CHANGES[pairing.proposed_by_side]
    return Awaited.DECISION if pairing.state is PairingState.ACCEPTED else None


def waiting_since(pairing: Pairing) -> datetime:
    if pairing.state is PairingState.NEEDS_CHANGES and pairing.changes_asked_at:
        return pairing.changes_asked_at
    answers = (pairing.unit_accepted_at, pairing.entrepreneur_accepted_at)
    if pairing.state is PairingState.ACCEPTED:
        return max(at for at in answers if at)
    return pairing.proposed_at


def waiting_for(session: Session, actor: Actor) -> list[Waiting]:
    """What waits for this person, oldest first.

    Proposals without their side's yes, changes that their side is asked for, and accepted
    pairings for a coordinator. Those that only another coordinator can decide come along, marked.
    """
    mine = or_(
        _waits_for_unit(actor), _waits_for_entrepreneur(actor), _waits_for_coordinator(actor)
    )
    return _rows(session, actor, mine)


def needs_attention(session: Session, actor: Actor) -> list[Waiting]:
    """All undecided pairings of a coordinator's municipalities, whoever they wait for."""
    coordinated = queries.of_municipalities(actor.organisation_ids(Role.COORDINATOR))
    return _rows(session, actor, and_(coordinated, Pairing.state.in_(UNDECIDED)))


def _rows(session: Session, actor: Actor, condition: ColumnElement[bool]) -> list[Waiting]:
    statement = (
        queries.with_case()
        .options(selectinload(Pairing.conflicts))
        .where(condition)
        .order_by(_since(), Pairing.id)
    )
    pairings: Sequence[Pairing] = session.scalars(statement).all()
    return [_row(actor, pairing) for pairing in pairings]


def _row(actor: Actor, pairing: Pairing) -> Waiting:
    step = awaited(pairing)
    if step is None:
        raise ValueError(f"pairing {pairing.id} waits for nothing")
    another = step is Awaited.DECISION and deciding_refusal(actor, pairing) is not None
    return Waiting(pairing, step, waiting_since(pairing), for_another=another)


def _since() -> ColumnElement[datetime]:
    last_yes = case(
        (
            Pairing.unit_accepted_at > Pairing.entrepreneur_accepted_at,
            Pairing.unit_accepted_at,
        ),
        else_=Pairing.entrepreneur_accepted_at,
    )
    return case(
        (Pairing.state == PairingState.NEEDS_CHANGES, Pairing.changes_asked_at),
        (Pairing.state == PairingState.ACCEPTED, last_yes),
        else_=Pairing.proposed_at,
    )


def _waits_for_unit(actor: Actor) -> ColumnElement[bool]:
    silent = Pairing.unit_accepted_at.is_(None)
    return and_(queries.of_units(actor.unit_ids(*UNIT_ROLES)), _waits(Side.UNIT, silent))


def _waits_for_entrepreneur(actor: Actor) -> ColumnElement[bool]:
    own = queries.of_entrepreneurs(actor.organisation_ids(Role.ENTREPRENEUR))
    return and_(own, _waits(Side.ENTREPRENEUR, Pairing.entrepreneur_accepted_at.is_(None)))


def _waits(side: Side, silent: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(
        and_(Pairing.state == PairingState.PROPOSED, silent),
        and_(Pairing.state == PairingState.NEEDS_CHANGES, Pairing.proposed_by_side == side),
    )


def _waits_for_coordinator(actor: Actor) -> ColumnElement[bool]:
    asked = and_(
        Pairing.state == PairingState.NEEDS_CHANGES,
        Pairing.proposed_by_side == Side.COORDINATOR,
        Pairing.proposed_by_id == actor.person_id,
    )
    coordinated = queries.of_municipalities(actor.organisation_ids(Role.COORDINATOR))
    return and_(coordinated, or_(Pairing.state == PairingState.ACCEPTED, asked))
