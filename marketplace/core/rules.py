"""Rules that are said once, and hold for a row as well as in SQL.

A rule is a function of rows. Asked of models instead (`of(Need)`), the same function is a condition
on their tables (`in_sql`). It is made of `==`, `<`, `&`, `|` and the words below, which both know.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, case
from sqlalchemy.sql.operators import ColumnOperators

R = TypeVar("R")


def of(model: type[R]) -> R:
    """The columns of a model, or of an alias, where a rule asks for a row."""
    return cast("R", model)


def in_sql(rule: bool | None) -> ColumnElement[bool]:
    return cast("ColumnElement[bool]", rule)


def _is_sql(value: object) -> bool:
    return isinstance(value, ColumnOperators)


def missing(value: Any) -> bool:
    return cast("bool", value == None)  # noqa: E711  SQL makes IS NULL of it


def given(value: Any) -> bool:
    return cast("bool", value != None)  # noqa: E711  SQL makes IS NOT NULL of it


def one_of(value: Any, options: Collection[Any]) -> bool:
    return value.in_(options) if _is_sql(value) else value in options


def before(value: Any, day: date) -> bool:
    """Whether there is a date and it lies before the day; without one, it does not."""
    return given(value) & (value < day) if _is_sql(value) else value is not None and value < day


def reached(value: Any, day: date) -> bool:
    """Whether there is a date and it has come by the day; without one, it has not."""
    return given(value) & (value <= day) if _is_sql(value) else value is not None and value <= day


def same(value: Any, other: object) -> bool:
    """Whether both are there and equal: an empty column is not an empty person."""
    return given(value) & cast("bool", value == other)


def opposite(rule: Any) -> bool:
    return ~rule if _is_sql(rule) else not rule


def some(related: Any, model: type[R], holds: Callable[[R], bool]) -> bool:
    """Whether the rule holds for one of the rows that belong to a row."""
    if _is_sql(related):
        return cast("bool", related.any(holds(of(model))))
    return any(holds(row) for row in related)


def later(first: Any, second: Any) -> Any:
    """The later of two moments that are both there."""
    return case((first > second, first), else_=second) if _is_sql(first) else max(first, second)
