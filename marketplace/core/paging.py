"""Pages of a list, counted and cut in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, case, func, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql import ColumnElement

T = TypeVar("T")
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    rows: Sequence[T]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)


def paginate(session: Session, statement: Select[T], number: int, size: int = PAGE_SIZE) -> Page[T]:
    """Cut page `number` (from 1) out of an ordered statement; a number beyond gives the last.

    The page is found among the ids alone: to sort and pass over whole rows, long texts and all,
    takes most of the time where there are many.
    """
    mapper = inspect(statement.column_descriptions[0]["entity"])
    (key,) = mapper.primary_key
    ids = statement.with_only_columns(key, maintain_column_froms=True)
    counted = select(func.count()).select_from(ids.order_by(None).subquery())
    total = session.scalar(counted) or 0
    number = min(max(1, number), max(1, -(-total // size)))
    found = session.scalars(ids.limit(size).offset((number - 1) * size)).all()
    whole = session.scalars(statement.order_by(None).where(key.in_(found))) if found else ()
    by_id = {mapper.primary_key_from_instance(row)[0]: row for row in whole}
    # A row that somebody has taken away since is left out.
    rows = [by_id[row_id] for row_id in found if row_id in by_id]
    return Page(rows=rows, number=number, total=total, size=size)


def in_order_of(column: InstrumentedAttribute[int], ids: Sequence[int]) -> ColumnElement[Any]:
    """An ORDER BY that follows the order of `ids`, for results that were ranked outside SQL."""
    return case({row_id: position for position, row_id in enumerate(ids)}, value=column)
