"""Reads what an address carries after its «?»; what is no known choice filters nothing."""

from enum import StrEnum
from typing import TypeVar

from flask import request

from marketplace.core.cleaning import clean_line

LONGEST_WORDS = 200
LARGEST_ROW_NUMBER = 2**31 - 1
MOST_DIGITS = 10
E = TypeVar("E", bound=StrEnum)


def chosen(options: type[E], value: str | None) -> E | None:
    return options(value) if value in set(options) else None


def searched_words(name: str = "q") -> str:
    """The words that are searched for, written as those of a text that is stored."""
    return clean_line(request.args.get(name, "")[:LONGEST_WORDS])


def page_number(name: str = "page") -> int:
    """The page of a list that is asked for; the list itself knows which is its last."""
    return max(1, request.args.get(name, 1, type=int))


def asked_row(name: str) -> int | None:
    """The row that a link names, where it can be one."""
    return row_number(request.args.get(name))


def row_number(value: object) -> int | None:
    """A number that a row can have: nothing beyond what the database counts to."""
    text = str(value)
    number = int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
    return number if 0 < number <= LARGEST_ROW_NUMBER else None
