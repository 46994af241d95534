"""Reads the filters of a list from its address; what is no known choice filters nothing."""

from enum import StrEnum
from typing import TypeVar

from flask import request

LONGEST = 200
E = TypeVar("E", bound=StrEnum)


def chosen(options: type[E], value: str | None) -> E | None:
    return options(value) if value in set(options) else None


def searched_words() -> str:
    """The words that are searched for, without the one character that no database takes."""
    return request.args.get("q", "")[:LONGEST].replace("\x00", "").strip()
