"""Reminders of a procurement's steps, on the day they are due."""

from datetime import date

from sqlalchemy.orm import Session

from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from marketplace.core.outbox import tell
from marketplace.pairings.told import named
from marketplace.procurements import queries
from marketplace.procurements.models import ProcurementStep
from marketplace.procurements.services.expectations import adviser_id
from marketplace.procurements.states import ProcurementEvent, ProcurementTopic
from marketplace.procurements.told import StepTold


def remind_of_step(session: Session, step_id: int, due_on: date) -> None:
    """Whoever has the step is told, once; where nobody does any more, the adviser."""
    if (step_id, due_on) not in queries.find_due_steps(session):
        return
    step = session.get_one(ProcurementStep, step_id)
    pairing = step.procurement.pairing
    in_use = step.owner_id if step.owner is not None and step.owner.active else None
    person_id = in_use or adviser_id(pairing)
    event = record(session, SYSTEM, ProcurementEvent.STEP_REMINDED, step)
    if person_id is not None:
        told = StepTold(**named(pairing), title=step.title)
        tell(session, {person_id}, ProcurementTopic.STEP_DUE, event, told)
