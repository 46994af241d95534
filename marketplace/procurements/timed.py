"""Reminders of a procurement's steps, on the day they are due."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from marketplace.core.clock import today
from marketplace.core.outbox import tell
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.pairings.told import named
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.services.common import adviser_id
from marketplace.procurements.states import (
    ONGOING,
    ProcurementEvent,
    ProcurementTopic,
)
from marketplace.procurements.told import StepTold


def find_due_steps(session: Session) -> Iterable[tuple[int, date]]:
    statement = (
        select(ProcurementStep.id, ProcurementStep.due_on)
        .join(ProcurementStep.procurement)
        .join(Procurement.pairing)
        .where(
            ProcurementStep.done_on.is_(None),
            ProcurementStep.dropped_at.is_(None),
            ProcurementStep.due_on <= today(),
            Procurement.state.in_(ONGOING),
            Pairing.state == PairingState.APPROVED,
        )
        .order_by(ProcurementStep.id)
    )
    return [(step_id, due_on) for step_id, due_on in session.execute(statement)]


def remind_of_step(session: Session, step_id: int, due_on: date) -> None:
    """Whoever has the step is told, once; where nobody does any more, the adviser."""
    if (step_id, due_on) not in find_due_steps(session):
        return
    step = session.get_one(ProcurementStep, step_id)
    pairing = step.procurement.pairing
    in_use = step.owner_id if step.owner is not None and step.owner.active else None
    person_id = in_use or adviser_id(pairing)
    event = record(session, SYSTEM, ProcurementEvent.STEP_REMINDED, step)
    if person_id is not None:
        told = StepTold(**named(pairing), title=step.title)
        tell(session, {person_id}, ProcurementTopic.STEP_DUE, event, told)
