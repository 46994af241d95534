"""Rows of every combination, also of those that no case can come to.

They stand in tables without constraints, which hide the real ones until the end of the test.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from marketplace.core.clock import now, today
from marketplace.core.db import Base
from marketplace.core.rules import in_sql

DAY = timedelta(days=1)
Values = Mapping[str, Sequence[Any]]
ME = 7


def days() -> list[Any]:
    return [None, today() - DAY, today(), today() + DAY]


def moments() -> list[Any]:
    return [None, now()]


# ---------------------------------------------------------------- rows without constraints


@dataclass
class Rows:
    """Made-up rows, in memory and in the database."""

    session: Session

    def hide(self, *models: type[Base]) -> None:
        for model in models:
            name = model.__tablename__
            self.session.execute(
                text(f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM {name} WHERE 1 = 0")  # noqa: S608  names of tables
            )

    def add(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self.session.execute(insert(model.__table__), list(rows))  # type: ignore[arg-type]  # a table

    def found(self, *models: type[Base], rule: bool) -> set[tuple[int, ...]]:
        """By the numbers of the rows; the rows of several models that have the same are joined."""
        first, *others = [model.__table__.c.id for model in models]
        statement = select(first).where(in_sql(rule), *(first == other for other in others))
        return set(self.session.scalars(statement))


@pytest.fixture
def rows(session: Session) -> Iterator[Rows]:
    yield Rows(session)
    session.rollback()


def combinations(**values: Sequence[Any]) -> list[dict[str, Any]]:
    every = product(*values.values())
    return [dict(zip(values, each, strict=True), id=n) for n, each in enumerate(every, 1)]


def part(row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """The values of one of the models that a combination is about."""
    own = {k.removeprefix(prefix): v for k, v in row.items() if k.startswith(prefix)}
    return {"id": row["id"], **own}
