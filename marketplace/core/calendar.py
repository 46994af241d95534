"""The dates that somebody may want in a calendar: each feature finds those of its own rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.registry import Registry

Row = TypeVar("Row")
Changed = tuple[date, int, datetime]
"""A day, how often the row behind it has been changed, and when it was last."""


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One whole day. `sequence` grows when the row behind it is changed, at `changed_at`."""

    kind: StrEnum
    row_id: int
    day: date
    sequence: int
    changed_at: datetime
    path: str
    need: str
    concept: str = ""
    title: str = ""


FindDates = Callable[[Session, Actor, int | None], Iterator[CalendarDate]]
"""What concerns this person; or the one row, whether or not it would be in their own calendar."""


@dataclass(frozen=True, slots=True)
class DatesOf:
    """One kind of date. `summary` is a lazy text: what a calendar shows of it."""

    kind: StrEnum
    find: FindDates
    summary: object


DATES: Registry[DatesOf] = Registry()


def only(
    statement: Select[Row], column: InstrumentedAttribute[int], row_id: int | None
) -> Select[Row]:
    return statement if row_id is None else statement.where(column == row_id)


def list_dates(session: Session, actor: Actor) -> list[CalendarDate]:
    """What concerns this person, in the order of the days."""
    finders = dict.fromkeys(dates.find for dates in DATES)
    found = [each for find in finders for each in find(session, actor, None)]
    return sorted(found, key=lambda each: (each.day, each.kind, each.row_id))


def get_date(session: Session, actor: Actor, kind: str, row_id: int) -> CalendarDate:
    """One date that the person may see."""
    found = get_dates_of(kind).find(session, actor, row_id)
    date_ = next((each for each in found if each.kind == kind), None)
    if date_ is None:
        raise NotFound
    return date_


def get_dates_of(kind: str) -> DatesOf:
    dates = next((dates for dates in DATES if dates.kind == kind), None)
    if dates is None:
        raise NotFound
    return dates
