"""How decisions answer to what happens to the test they follow."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.reactions import react_to
from marketplace.decisions import services
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import PilotEvent


def start_clock(session: Session, actor: Actor, pilot: Pilot) -> None:
    services.await_decision(session, actor, pilot)


def register() -> None:
    react_to(PilotEvent.COMPLETED)(start_clock)
