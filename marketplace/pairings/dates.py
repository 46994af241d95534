"""Dates of a case, for calendars: later features find theirs with these parts."""

from enum import StrEnum

from sqlalchemy.orm import joinedload

from marketplace.core.calendar import CalendarDate, Changed
from marketplace.pairings.models import Pairing

TITLES = joinedload(Pairing.need), joinedload(Pairing.concept)


def date_of_case(
    kind: StrEnum, row_id: int, changed: Changed, pairing: Pairing, page: str, title: str = ""
) -> CalendarDate:
    day, sequence, changed_at = changed
    return CalendarDate(
        kind=kind,
        row_id=row_id,
        day=day,
        sequence=sequence,
        changed_at=changed_at,
        path=f"/pairings/{pairing.id}/{page}",
        need=pairing.need.title,
        concept=pairing.concept.title,
        title=title,
    )
