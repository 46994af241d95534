"""What stands between an accepted pairing and its approval: one answer for page and service."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, NotNow, Refused
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.needs.queries import list_sites
from marketplace.needs.states import NeedState
from marketplace.pairings import queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import ASSIGNERS, deciding_refusal
from marketplace.pairings.role_map import empty_roles
from marketplace.pairings.states import PAIRING_LIFECYCLE, PairingMove, PairingRefusal


def obstacles_to_approval(session: Session, actor: Actor, pairing: Pairing) -> list[Refused]:
    """Everything that stands in the way, the person first, then the state, then the case."""
    return [
        *_in_the_person(actor, pairing),
        *_in_the_state(pairing),
        *_in_the_parts(pairing),
        *_in_the_capacity(session, pairing),
        *_in_the_role_map(pairing),
    ]


def _in_the_person(actor: Actor, pairing: Pairing) -> Iterator[Refused]:
    refusal = deciding_refusal(actor, pairing)
    if refusal is not None:
        yield NotAllowed(refusal)


def _in_the_state(pairing: Pairing) -> Iterator[Refused]:
    if not PAIRING_LIFECYCLE.allows(pairing.state, PairingMove.APPROVE):
        yield NotNow(LifecycleRefusal.WRONG_STATE, state=pairing.state, move=PairingMove.APPROVE)


def _in_the_parts(pairing: Pairing) -> Iterator[Refused]:
    if pairing.need.state is not NeedState.PUBLISHED:
        yield NotNow(PairingRefusal.NEED_NOT_PUBLISHED)
    if pairing.concept.state is not ConceptState.PUBLISHED:
        yield NotNow(PairingRefusal.CONCEPT_NOT_PUBLISHED)


def _in_the_capacity(session: Session, pairing: Pairing) -> Iterator[Refused]:
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


def _in_the_role_map(pairing: Pairing) -> Iterator[Refused]:
    for role in empty_roles(pairing):
        yield NotNow(PairingRefusal.ROLE_EMPTY, role=role, who=ASSIGNERS[role])
