"""The rows of the timeline component, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from marketplace.core.audit import PastEvent
from marketplace.ui.changes import Change, Told, changes_of
from marketplace.ui.labels import label


class Happened(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def event(self) -> str: ...
    @property
    def who(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class TimelineRow:
    at: datetime
    text: str
    who: str | None
    reason: str | None
    changes: tuple[Change, ...] = ()
    """What was changed, from what to what."""


def timeline_rows(happened: Iterable[Happened], events: type[StrEnum]) -> list[TimelineRow]:
    """Each event of the audit trail as a sentence, by the labels of its feature."""
    return [TimelineRow(h.at, label(events(h.event)), h.who, h.reason) for h in happened]


def told_changes(
    happened: Iterable[PastEvent], events: type[StrEnum], change: StrEnum, told: Mapping[str, Told]
) -> list[TimelineRow]:
    """The same, and of each change what it was about."""
    return [
        TimelineRow(
            past.at,
            label(events(past.event)),
            past.who,
            past.reason,
            changes_of(past, told) if past.event == change else (),
        )
        for past in happened
    ]
