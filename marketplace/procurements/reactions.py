"""How procurements answer to what happens earlier in the life of a case."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.reactions import react_to
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionEvent
from marketplace.procurements.services.planning import open_procurement


def open_what_was_decided(session: Session, actor: Actor, decision: Decision) -> None:
    open_procurement(session, actor, pairing=decision.pairing)


def register() -> None:
    react_to(DecisionEvent.BOUGHT)(open_what_was_decided)
