"""Checkpoints, for calendars."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.core.actor import Actor
from marketplace.core.calendar import CalendarDate, only
from marketplace.core.rules import in_sql, of
from marketplace.pairings import queries as pairings
from marketplace.pairings.dates import TITLES, date_of_case
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import sides_of
from marketplace.pairings.states import PARTIES
from marketplace.pilots.awaited import is_ahead, is_silent
from marketplace.pilots.models import Checkpoint, Pilot
from marketplace.pilots.states import PilotDate


def find_checkpoints(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    statement = (
        select(Checkpoint)
        .join(Checkpoint.pilot)
        .join(Pilot.pairing)
        .options(
            joinedload(Checkpoint.pilot).joinedload(Pilot.pairing).options(*TITLES),
            selectinload(Checkpoint.reports),
        )
        .where(
            pairings.visible_to(actor),
            in_sql(is_ahead(of(Pairing), of(Pilot))),
            or_(*(in_sql(is_silent(of(Checkpoint), side)) for side in PARTIES)),
        )
    )
    for row in session.scalars(only(statement, Checkpoint.id, row_id)):
        if row_id is not None or _is_awaited(actor, row):
            changed = (row.due_on, row.version - 1, row.created_at)
            pairing = row.pilot.pairing
            yield date_of_case(PilotDate.CHECKPOINT, row.id, changed, pairing, "pilot")


def _is_awaited(actor: Actor, checkpoint: Checkpoint) -> bool:
    """Whether a side that this person speaks for is silent; for others, either of them."""
    own = sides_of(actor, checkpoint.pilot.pairing)
    sides = [side for side in PARTIES if side in own] or PARTIES
    return any(is_silent(checkpoint, side) for side in sides)
