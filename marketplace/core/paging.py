"""Pages of a list, counted and cut in SQL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Session

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


def paginate(
    session: Session,
    statement: Select[T],
    number: int,
    size: int = PAGE_SIZE,
    *,
    ranked: Sequence[int] = (),
) -> Page[T]:
    """Cut page `number` (from 1) out of an ordered statement; a number beyond gives the last.

    The page is found among the ids alone: to sort and pass over whole rows, long texts and all,
    takes most of the time where there are many. `ranked` are the ids that the statement is limited
    to, in an order that was made outside SQL; it takes the place of the statement's own.
    """
    mapper = inspect(statement.column_descriptions[0]["entity"])
    (key,) = mapper.primary_key
    ids = statement.with_only_columns(key, maintain_column_froms=True)
    cut = _cut_ranked(session, ids, ranked) if ranked else _cut_in_sql(session, ids)
    total = cut.total
    number = min(max(1, number), max(1, -(-total // size)))
    found = cut.slice((number - 1) * size, size)
    whole = session.scalars(statement.order_by(None).where(key.in_(found))) if found else ()
    by_id = {mapper.primary_key_from_instance(row)[0]: row for row in whole}
    # A row that somebody has taken away since is left out.
    rows = [by_id[row_id] for row_id in found if row_id in by_id]
    return Page(rows=rows, number=number, total=total, size=size)


@dataclass(frozen=True, slots=True)
class _Ids:
    """How many there are, and how to get some of them in their order."""

    total: int
    slice: Callable[[int, int], Sequence[int]]


def _cut_in_sql(session: Session, ids: Select[int]) -> _Ids:
    counted = select(func.count()).select_from(ids.order_by(None).subquery())
    return _Ids(
        session.scalar(counted) or 0,
        lambda start, size: session.scalars(ids.limit(size).offset(start)).all(),
    )


def _cut_ranked(session: Session, ids: Select[int], ranked: Sequence[int]) -> _Ids:
    there = set(session.scalars(ids.order_by(None)))
    in_order = [row_id for row_id in ranked if row_id in there]
    return _Ids(len(in_order), lambda start, size: in_order[start : start + size])
