"""Reads the filters of a list from its address; what is no known choice filters nothing."""

from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


def chosen(options: type[E], value: str | None) -> E | None:
    return options(value) if value in set(options) else None
