"""By when the steps of a procurement are due, for calendars."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from marketplace.core.actor import Actor
from marketplace.core.calendar import CalendarDate, only
from marketplace.core.rules import in_sql, of
from marketplace.pairings import queries as pairings
from marketplace.pairings.dates import TITLES, date_of_case
from marketplace.pairings.models import Pairing
from marketplace.procurements.awaited import is_awaited
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ProcurementDate


def find_steps(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    """The steps that the person has."""
    statement = (
        select(ProcurementStep)
        .join(ProcurementStep.procurement)
        .join(Procurement.pairing)
        .options(
            joinedload(ProcurementStep.procurement).joinedload(Procurement.pairing).options(*TITLES)
        )
        .where(
            pairings.visible_to(actor),
            ProcurementStep.owner_id == actor.person_id,
            in_sql(is_awaited(of(Pairing), of(Procurement), of(ProcurementStep))),
        )
    )
    for row in session.scalars(only(statement, ProcurementStep.id, row_id)):
        changed = (row.due_on, row.version - 1, row.created_at)
        pairing = row.procurement.pairing
        yield date_of_case(ProcurementDate.STEP, row.id, changed, pairing, "procurement", row.title)
