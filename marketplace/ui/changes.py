"""What a change in the audit trail was about, from what to what, in words.

A feature names the columns that it tells of and how their stored values are read. What is not
named is not told: who may read the history may not read every column.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from marketplace.core.audit import PastEvent
from marketplace.ui.filters import kroner, norwegian_date, number
from marketplace.ui.labels import Wording, label


@dataclass(frozen=True, slots=True)
class Told:
    """What a column is called, and how what is stored of it is read."""

    name: Wording
    read: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class Change:
    name: str
    before: str
    after: str


def money(name: Wording) -> Told:
    return Told(name, kroner)


def amount(name: Wording) -> Told:
    return Told(name, number)


def day(name: Wording) -> Told:
    return Told(name, lambda stored: norwegian_date(date.fromisoformat(stored)))


def word(name: Wording, words: type[StrEnum]) -> Told:
    return Told(name, lambda stored: label(words(stored)))


def changes_of(past: PastEvent, told: Mapping[str, Told]) -> tuple[Change, ...]:
    """In the order of the table; what was not there before, or is not any more, says so."""
    changed = {name for name in told if past.before.get(name) != past.after.get(name)}
    return tuple(
        Change(str(each.name), _read(each, past.before, name), _read(each, past.after, name))
        for name, each in told.items()
        if name in changed
    )


def _read(each: Told, stored: Mapping[str, Any], name: str) -> str:
    return each.read(stored[name]) if name in stored else _("ikke satt")
