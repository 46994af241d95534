"""How questions answer to what happens to their need, and to the clock."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.reactions import react_to
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.needs.models import Need
from marketplace.needs.states import NeedEvent
from marketplace.questions import queries, services
from marketplace.questions.states import QuestionTimed


def turn_down_unanswered(session: Session, actor: Actor, need: Need) -> None:
    """Nobody answers on a need that is over; whoever asked is told why it was closed."""
    for question in queries.list_waiting_on(session, need):
        services.turn_down(session, actor, question, need.closing_reason or "")


def register() -> None:
    react_to(NeedEvent.CLOSED)(turn_down_unanswered)
    register_timed(TimedWork(QuestionTimed.DUE, queries.find_due, services.remind_unit))
    register_timed(
        TimedWork(QuestionTimed.OVERDUE, queries.find_overdue, services.remind_coordinators)
    )
