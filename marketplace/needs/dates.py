"""The last days for questions and interests, for calendars."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from marketplace.core.actor import UNIT_ROLES, Actor
from marketplace.core.calendar import CalendarDate, Changed, only
from marketplace.core.registry import Registry
from marketplace.needs import queries
from marketplace.needs.models import Need
from marketplace.needs.states import NeedDate, NeedState

FollowedBy = Callable[[Actor], ColumnElement[bool]]
FOLLOWED: Registry[FollowedBy] = Registry()
"""A later feature says which needs a person follows: those they have answered or asked about."""


def find_deadlines(session: Session, actor: Actor, row_id: int | None) -> Iterator[CalendarDate]:
    statement = select(Need).where(queries.visible_to(actor), Need.state == NeedState.PUBLISHED)
    if row_id is None:
        statement = statement.where(_followed_by(actor))
    for need in session.scalars(only(statement, Need.id, row_id)):
        for kind, day in (
            (NeedDate.QUESTIONS_CLOSE, need.questions_close_on),
            (NeedDate.INTERESTS_CLOSE, need.interests_close_on),
        ):
            if day is not None:
                yield date_of_need(kind, need.id, (day, need.version - 1, need.updated_at), need)


def _followed_by(actor: Actor) -> ColumnElement[bool]:
    """Needs of the person's own units, those they have joined, and what later features say."""
    units = actor.unit_ids(*UNIT_ROLES)
    return or_(
        Need.unit_id.in_(sorted(units)),
        Need.id.in_(queries.joined_by(units)),
        *(followed_by(actor) for followed_by in FOLLOWED),
    )


def date_of_need(kind: StrEnum, row_id: int, changed: Changed, need: Need) -> CalendarDate:
    day, sequence, changed_at = changed
    return CalendarDate(
        kind=kind,
        row_id=row_id,
        day=day,
        sequence=sequence,
        changed_at=changed_at,
        path=f"/needs/{need.id}",
        need=need.title,
    )
