"""By when a decision is to be made, for calendars."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from marketplace.agreements.awaited import is_in_force
from marketplace.agreements.models import Agreement
from marketplace.core.actor import Actor
from marketplace.core.calendar import CalendarDate, only
from marketplace.core.rules import in_sql, of
from marketplace.decisions.awaited import is_awaited
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionDate, DecisionState
from marketplace.pairings import queries as pairings
from marketplace.pairings.awaited import is_approved
from marketplace.pairings.dates import TITLES, date_of_case
from marketplace.pairings.models import Pairing


def find_awaited(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    statement = (
        select(Decision)
        .join(Decision.pairing)
        .options(joinedload(Decision.pairing).options(*TITLES))
        .where(pairings.visible_to(actor), in_sql(is_awaited(of(Decision))))
    )
    for row in session.scalars(only(statement, Decision.id, row_id)):
        changed = (row.due_on, row.version - 1, row.awaited_since)
        yield date_of_case(DecisionDate.AWAITED, row.id, changed, row.pairing, "decision")


def find_agreed(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    """Until the clock runs the agreement in force says when; after an extension the new one."""
    settled = select(Decision.id).where(
        Decision.pairing_id == Agreement.pairing_id,
        or_(Decision.state != DecisionState.EXTEND, Decision.due_on >= Agreement.decision_on),
    )
    statement = (
        select(Agreement)
        .join(Agreement.pairing)
        .options(joinedload(Agreement.pairing).options(*TITLES))
        .where(
            pairings.visible_to(actor),
            in_sql(is_approved(of(Pairing))),
            in_sql(is_in_force(of(Agreement))),
            ~settled.exists(),
        )
    )
    for row in session.scalars(only(statement, Agreement.pairing_id, row_id)):
        if row.decision_on is not None:
            changed = (row.decision_on, row.number - 1, row.updated_at)
            # Named by the case, so that a new version moves the date instead of adding one.
            kind = DecisionDate.AGREED
            yield date_of_case(kind, row.pairing_id, changed, row.pairing, "agreement")
