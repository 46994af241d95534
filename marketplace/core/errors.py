"""What a service raises when it will not do as asked.

A refusal carries a code (a StrEnum member of its feature) and the values its sentence needs;
the sentence itself is wording, and lives in the feature's labels.
"""

from collections.abc import Sequence
from enum import StrEnum


class Refused(Exception):
    """The base of every refusal that a person should be told about."""

    def __init__(self, code: StrEnum, **values: object) -> None:
        super().__init__(str(code))
        self.code = code
        self.values = values


class NotAllowed(Refused):
    """This person may not do it; the sentence says who may."""


class NotNow(Refused):
    """Nobody may do it in this state of things; the sentence says what has to come first."""


class Incomplete(Refused):
    """Something is missing; `missing` lists the codes of each point."""

    def __init__(self, code: StrEnum, missing: Sequence[StrEnum], **values: object) -> None:
        super().__init__(code, **values)
        self.missing = tuple(missing)


class InvalidField(Refused):
    """One field holds something that cannot be stored; `field` is its name in the form."""

    def __init__(self, field: str, code: StrEnum, **values: object) -> None:
        super().__init__(code, **values)
        self.field = field


class NotFound(Exception):
    """There is no such thing, or this person may not know that there is."""


class Stale(Exception):
    """Somebody changed the row after this person had opened it."""


class NotReady(Exception):
    """The database is not one to start on; the message tells the operator what to do."""
