"""What a message carries: typed where it is told, JSON in the outbox, typed again where it is read.

The names of the fields are the keys of the stored rows, so they must not change. A row that was
stored by an older version, or by a newer one, is read all the same: what it lacks is empty.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, Self, get_args, get_origin


@dataclass(frozen=True, kw_only=True)
class Told:
    """`reason` is what somebody has typed: in a mail, what points to a person is taken out of it.

    A feature adds fields of str, int and tuple[str, ...], and of dates, code words and texts
    that may be missing: `date | None`, `StrEnum | None`, `str | None`.
    """

    reason: str | None = None

    @property
    def fixed_reason(self) -> StrEnum | None:
        """What was chosen from a list."""
        return None

    @property
    def about(self) -> str:
        """The title of what it is about, the same for all messages about the same."""
        return ""

    @property
    def worth(self) -> int:
        """What comes first where a digest has not room for all."""
        return 0

    def said(self) -> dict[str, object]:
        """What sentences may name, by the name that they use."""
        return vars(self)

    def stored(self) -> dict[str, Any]:
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _as_json(value) for name, value in said.items() if value is not None}

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> Self:
        return cls(**{each.name: _read(each.type, payload.get(each.name)) for each in fields(cls)})


def _as_json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _read(kind: Any, value: Any) -> Any:
    if kind is str:
        return str(value or "")
    if kind is int:
        return value if isinstance(value, int) else 0
    if get_origin(kind) is tuple:
        return tuple(map(str, value)) if isinstance(value, list) else ()
    (present,) = set(get_args(kind)) - {NoneType}
    if value is None:
        return None
    with suppress(TypeError, ValueError):  # a code word, it may be, that is not known here
        return present.fromisoformat(value) if issubclass(present, date) else present(value)
    return None
