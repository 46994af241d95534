"""By when the steps of a procurement are due, for calendars."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from marketplace.core.actor import Actor
from marketplace.core.calendar import CalendarDate, only
from marketplace.core.rules import in_sql, of
from marketplace.pairings import queries as pairings
from marketplace.pairings.dates import TITLES, date_of_case
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.roles.role_map import is_held_by
from marketplace.pairings.states import CaseRole
from marketplace.procurements.awaited import is_awaited, is_somebodys_own
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
            or_(ProcurementStep.owner_id == actor.person_id, _advises_without_owner(actor)),
            in_sql(is_awaited(of(Pairing), of(Procurement), of(ProcurementStep))),
        )
    )
    for row in session.scalars(only(statement, ProcurementStep.id, row_id)):
        changed = (row.due_on, row.version - 1, row.created_at)
        pairing = row.procurement.pairing
        yield date_of_case(ProcurementDate.STEP, row.id, changed, pairing, "procurement", row.title)


def _advises_without_owner(actor: Actor) -> ColumnElement[bool]:
    """A step that is nobody's own is the adviser's, whoever that is today."""
    advises = exists().where(
        CaseRoleHolder.pairing_id == Procurement.pairing_id,
        CaseRoleHolder.role == CaseRole.PROCUREMENT_ADVISER,
        in_sql(is_held_by(actor.person_id, of(CaseRoleHolder))),
    )
    return and_(~is_somebodys_own(), advises)
