"""Pages of a list, counted and cut in SQL."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Session

from marketplace.core.db import among
from marketplace.core.engine import database_of
from marketplace.core.revision import Collection, revision_of

T = TypeVar("T")
PAGE_SIZE = 20
MOST_PAGES = 100_000
"""What is asked for beyond is the last one, and the database need not count so far."""
TOTALS_KEPT = 500


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
    def near(self) -> list[int]:
        """The pages that a reader may go to: the first, the last and those beside this one."""
        beside = range(max(1, self.number - 2), min(self.count, self.number + 2) + 1)
        return sorted({1, self.count, *beside})

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)


@dataclass(frozen=True, slots=True)
class SameForAll:
    """A list that everybody sees alike, and that changes with the collection's revision alone.

    So each process keeps how many there are: to count them takes longer than to find a page.
    """

    collection: Collection
    key: Hashable


def paginate(
    session: Session,
    statement: Select[T],
    number: int,
    size: int = PAGE_SIZE,
    *,
    ranked: Sequence[int] = (),
    same_for_all: SameForAll | None = None,
) -> Page[T]:
    """Cut page `number` (from 1) out of an ordered statement; a number beyond gives the last.

    The page is found among the ids alone: to sort and pass over whole rows, long texts and all,
    takes most of the time where there are many. `ranked` are the ids that the statement is limited
    to, in an order that was made outside SQL; it takes the place of the statement's own.
    """
    mapper = inspect(statement.column_descriptions[0]["entity"])
    (key,) = mapper.primary_key
    ids = statement.with_only_columns(key, maintain_column_froms=True)
    number = min(max(1, number), MOST_PAGES)
    if ranked:
        found, total = _cut_ranked(session, ids, ranked, number, size)
    else:
        found, total = _cut_in_sql(session, ids, number, size, same_for_all)
    last = max(1, -(-total // size))
    if number > last:
        return paginate(session, statement, last, size, ranked=ranked, same_for_all=same_for_all)
    whole = session.scalars(statement.order_by(None).where(among(key, found))) if found else ()
    by_id = {mapper.primary_key_from_instance(row)[0]: row for row in whole}
    # A row that somebody has taken away since is left out.
    rows = [by_id[row_id] for row_id in found if row_id in by_id]
    return Page(rows=rows, number=number, total=total, size=size)


def _cut_in_sql(
    session: Session, ids: Select[int], number: int, size: int, same: SameForAll | None
) -> tuple[Sequence[int], int]:
    """The ids of a page, and how many there are in all."""
    page = ids.limit(size).offset((number - 1) * size)
    if same is None:
        rows = session.execute(page.add_columns(func.count().over())).all()
        total = rows[0][1] if rows else _counted(session, ids) if number > 1 else 0
        return [row[0] for row in rows], total
    rows = session.execute(page.add_columns(revision_of(same.collection).scalar_subquery())).all()
    if not rows:
        return (), _counted(session, ids) if number > 1 else 0
    return [row[0] for row in rows], _kept_total(session, ids, same, rows[0][1])


def _kept_total(session: Session, ids: Select[int], same: SameForAll, revision: int) -> int:
    totals: dict[Hashable, int] = database_of(session).local.setdefault("totals", {})
    key = (same, revision)
    if key not in totals:
        if len(totals) >= TOTALS_KEPT:
            totals.clear()
        totals[key] = _counted(session, ids)
    return totals[key]


def _counted(session: Session, ids: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(ids.order_by(None).subquery())) or 0


def _cut_ranked(
    session: Session, ids: Select[int], ranked: Sequence[int], number: int, size: int
) -> tuple[Sequence[int], int]:
    there = set(session.scalars(ids.order_by(None)))
    in_order = [row_id for row_id in ranked if row_id in there]
    return in_order[(number - 1) * size : number * size], len(in_order)
