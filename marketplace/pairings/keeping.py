"""What an open pairing rests on stays as it is: its concept, and the interest behind it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptRefusal
from marketplace.core.actor import Actor
from marketplace.core.errors import NotNow
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestRefusal
from marketplace.pairings import queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import OPEN


def holds_concept(session: Session, concept: Concept) -> bool:
    statement = select(Pairing.id).where(Pairing.concept_id == concept.id, Pairing.state.in_(OPEN))
    return session.scalar(statement.limit(1)) is not None


def keep_concept_of_open_pairing(session: Session, _actor: Actor, concept: Concept) -> None:
    if holds_concept(session, concept):
        raise NotNow(ConceptRefusal.IN_OPEN_PAIRING)


def holds_interest(session: Session, interest: Interest) -> bool:
    return queries.find_open_pairing(session, interest.need_id, interest.concept_id) is not None


def keep_interest_of_open_pairing(session: Session, _actor: Actor, interest: Interest) -> None:
    if holds_interest(session, interest):
        raise NotNow(InterestRefusal.IN_OPEN_PAIRING)
