"""What stands between an accepted pairing and its approval: one answer for page and service."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, NotNow, Refused
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.needs.states import NeedState
from marketplace.pairings.capacity import capacity_refusals
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import deciding_refusal
from marketplace.pairings.roles.policies import ASSIGNERS
from marketplace.pairings.roles.role_map import empty_roles
from marketplace.pairings.states import PAIRING_LIFECYCLE, PairingMove, PairingRefusal


def obstacles_to_approval(session: Session, actor: Actor, pairing: Pairing) -> list[Refused]:
    """Everything that stands in the way, the person first, then the state, then the case."""
    return [
        *_in_the_person(actor, pairing),
        *_in_the_state(pairing),
        *_in_the_parts(pairing),
        *capacity_refusals(session, pairing),
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


def _in_the_role_map(pairing: Pairing) -> Iterator[Refused]:
    for role in empty_roles(pairing):
        yield NotNow(PairingRefusal.ROLE_EMPTY, role=role, who=ASSIGNERS[role])
