"""How many tests a unit and a concept have room for."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.errors import NotNow, Refused
from marketplace.needs.models import NeedParticipation
from marketplace.needs.sites import list_sites
from marketplace.pairings import queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingRefusal


def capacity_refusals(session: Session, pairing: Pairing) -> Iterator[Refused]:
    """Every unit of a pooled need must have room, not only the one that owns it.

    A joined unit runs the test at its own site with its own people; were its capacity left out, a
    unit could be in more tests than it said it can carry. The refusal names the unit that is full:
    it can withdraw from the need, or raise its capacity, and the others are not held up for long.
    """
    for site in list_sites(session, pairing.need):
        unit, of_unit = site.unit, queries.count_approved_of_unit(session, site.unit.id)
        if of_unit >= unit.capacity:
            yield NotNow(
                PairingRefusal.UNIT_AT_CAPACITY,
                unit=unit.name,
                count=of_unit,
                capacity=unit.capacity,
            )
    concept = pairing.concept
    of_concept, room = queries.count_approved_of_concept(session, concept.id), concept.capacity or 0
    if of_concept >= room:
        yield NotNow(
            PairingRefusal.CONCEPT_AT_CAPACITY,
            concept=concept.title,
            count=of_concept,
            capacity=room,
        )


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
