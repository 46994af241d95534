"""How pairings answer to what happens to the need, the concept and the interest they rest on."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptRefusal
from marketplace.core.actor import Actor
from marketplace.core.errors import NotNow
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestRefusal
from marketplace.needs.models import Need, NeedParticipation
from marketplace.pairings import queries, services
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import OPEN, UNDECIDED, PairingRefusal


def withdraw_undecided(session: Session, actor: Actor, need: Need) -> None:
    """What was not approved falls with the need, with its closing reason; all are told."""
    statement = queries.with_case().where(Pairing.need_id == need.id, Pairing.state.in_(UNDECIDED))
    for pairing in session.scalars(statement.order_by(Pairing.id)).all():
        services.withdraw(session, actor, pairing, need.closing_reason or "")


def keep_concept_of_open_pairing(session: Session, _actor: Actor, concept: Concept) -> None:
    statement = select(Pairing.id).where(Pairing.concept_id == concept.id, Pairing.state.in_(OPEN))
    if session.scalar(statement.limit(1)) is not None:
        raise NotNow(ConceptRefusal.IN_OPEN_PAIRING)


def keep_interest_of_open_pairing(session: Session, _actor: Actor, interest: Interest) -> None:
    if queries.find_open_pairing(session, interest.need_id, interest.concept_id) is not None:
        raise NotNow(InterestRefusal.IN_OPEN_PAIRING)


def keep_capacity_of_joined_unit(
    session: Session, _actor: Actor, participation: NeedParticipation
) -> None:
    """A unit that joins a need in the middle of a test takes that test on: it must have room."""
    unit = participation.unit
    under_way = select(Pairing.id).where(
        queries.takes_capacity(), Pairing.need_id == participation.need_id
    )
    if session.scalar(under_way.limit(1)) is None:
        return
    count = queries.count_approved_of_unit(session, unit.id)
    if count > unit.capacity:
        raise NotNow(PairingRefusal.JOINED_UNIT_AT_CAPACITY, unit=unit.name, capacity=unit.capacity)
