"""Whom a need or a concept is for: proposed from its text, and confirmed by who writes it.

Before somebody has confirmed it, it is only what a program has read, and says nothing of who is
left out.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    SQLColumnExpression,
    Text,
    and_,
    cast,
    literal,
    or_,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from matching.facets import AGE, GROUP, Facets, Group, Range, read_target_group

__all__ = ["YEARS", "ForPeople", "Group", "TargetGroup", "is_for", "proposed", "set_target"]

YEARS = 120
OF_AGE = (
    (Group.CHILDREN, 0, 12),
    (Group.YOUTH, 13, 25),
    (Group.OLDER_PEOPLE, 60, math.inf),
)
"""Who is meant where a text names nothing but an age."""


class SetOf(TypeDecorator[frozenset[Any]]):
    """Some of a kind, in one text: ",children,parents,", so that one can be looked for."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[Group] | type[int]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if isinstance(value, str):
            return value  # a part of it, that is looked for
        return f",{','.join(map(str, sorted(value)))}," if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Any]:
        return frozenset(self.kind(code) for code in (value or "").split(",") if code)


@dataclass(frozen=True, slots=True)
class TargetGroup:
    age_from: int | None = None
    age_to: int | None = None
    groups: frozenset[Group] = frozenset()

    def __post_init__(self) -> None:
        low, high = self.age_from or 0, YEARS if self.age_to is None else self.age_to
        if not 0 <= low <= high <= YEARS:
            raise ValueError(f"no ages: {self.age_from} to {self.age_to}")

    def __bool__(self) -> bool:
        return self != TargetGroup()

    def facets(self) -> Facets:
        """For everybody where it says nothing."""
        low = -math.inf if self.age_from is None else self.age_from
        high = math.inf if self.age_to is None else self.age_to
        aged = self.age_from is not None or self.age_to is not None
        groups = self.groups or (frozenset() if aged else frozenset({Group.EVERYONE}))
        return Facets({AGE: (Range(low, high),) if aged else (), GROUP: groups})


class ForPeople:
    """The columns of who a row is for; they hold a proposal until it is confirmed."""

    age_from: Mapped[int | None]
    age_to: Mapped[int | None]
    groups: Mapped[frozenset[Group]] = mapped_column(
        SetOf(Group), default=frozenset(), nullable=True
    )
    target_confirmed_at: Mapped[datetime | None]

    @property
    def target(self) -> TargetGroup:
        return TargetGroup(self.age_from, self.age_to, self.groups)

    @property
    def stated_facets(self) -> Facets:
        """Nothing before somebody has said it."""
        return self.target.facets() if self.target_confirmed_at else Facets()


def proposed(*texts: str | None, title: str | None = "") -> TargetGroup:
    """What the first text that says it tells of whom it is for: a range of ages and some groups."""
    read = [read_target_group(text or "") for text in texts]
    read.append(read_target_group(texts[-1] or "", title=title or ""))
    found = next((one for one in read if one.ages or one.groups), read[0])
    low = min((each.low for each in found.ages), default=-math.inf)
    high = max((each.high for each in found.ages), default=math.inf)
    of_age = (group for group, first, last in OF_AGE if first <= low and high <= last)
    return TargetGroup(_year(low), _year(high), found.groups or frozenset(of_age))


def _year(number: float) -> int | None:
    return None if math.isinf(number) else min(max(int(number), 0), YEARS)


def set_target(row: ForPeople, target: TargetGroup) -> None:
    row.age_from, row.age_to, row.groups = target.age_from, target.age_to, target.groups


def is_for(
    model: type[ForPeople],
    age: int | SQLColumnExpression[Any] | None,
    group: Group | SQLColumnExpression[Any] | None,
) -> Iterable[ColumnElement[bool]]:
    """Rows that may be for people of an age, or of a group: all that do not say otherwise.

    What is asked for may stand in a column too; where that is empty, every row will do.
    """
    if age is not None:
        fits = and_(_open_or(model.age_from, model.age_from <= age),
                    _open_or(model.age_to, model.age_to >= age))  # fmt: skip
        yield fits if isinstance(age, int) else or_(age.is_(None), fits)
    if group is not None:
        code = group if isinstance(group, Group) else cast(group, Text)
        named = or_(*(_names(model, each) for each in (code, Group.EVERYONE)))
        yield named if isinstance(group, Group) else or_(group.is_(None), named)


def _names(model: type[ForPeople], code: str | ColumnElement[str]) -> ColumnElement[bool]:
    if isinstance(code, str):
        return model.groups.contains(f",{code},")
    return model.groups.contains(literal(",", Text) + code + literal(",", Text))


def _open_or(end: InstrumentedAttribute[Any], fits: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(end.is_(None), fits)
