"""Messages: each topic that people are told of has one row, which says all about it.

A feature declares its rows in `messages` and registers them with its other hooks. Whatever tells
somebody of a topic (`core.outbox.tell`) hands over what the row reads (`told`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from flask_babel import lazy_gettext as _l

from marketplace.core.told import Told
from marketplace.core.topics import AT_ONCE, TopicGroup, put_in_group
from marketplace.ui.filters import norwegian_date
from marketplace.ui.labels import Wording, label

T = TypeVar("T", bound=Told)

REASON = _l("Begrunnelse:")
UNTITLED = _l("Uten tittel")


@dataclass(frozen=True, slots=True)
class Message(Generic[T]):
    """A heading, what happened, what the receiver can do now, and where.

    A sentence names what it is about by what is told (`%(title)s`), or by one of `sentences`,
    which is made of it and may be empty. The heading never does: it is the subject of a mail too.
    The link may name the id of the row that it is about (`{subject_id}`), or one that is told.
    `AT_ONCE` instead of a group goes by mail at once, whatever people have chosen.
    """

    topic: StrEnum
    group: TopicGroup | None
    told: type[T]
    link: str
    heading: Wording
    text: Wording
    what_to_do: Wording
    written: Wording = REASON
    """Over what somebody has typed or chosen."""
    sentences: Mapping[str, Callable[[T], str]] = field(default_factory=dict)


Messages = Sequence[Message[Any]]


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in the language that is active."""

    heading: str
    text: str
    fixed_reason: str
    written_reason: str
    what_to_do: str
    path: str
    about: str
    written: str = ""
    worth: int = 0

    @property
    def reason(self) -> str:
        """The fixed reason, where one was chosen, and then what was written."""
        return ". ".join(filter(None, (self.fixed_reason, self.written_reason)))


class AnyTopic(StrEnum):
    UNKNOWN = "unknown"


NEWS = Message(
    AnyTopic.UNKNOWN,
    AT_ONCE,
    Told,
    "/",
    heading=_l("Det har skjedd noe i en sak"),
    text=_l("Det er noe nytt i en sak du er med i."),
    what_to_do=_l("Åpne saken for å se hva det er."),
)
"""What is said of a topic that another version of the application has told of."""

_messages: dict[str, Message[Any]] = {}


def register_messages(messages: Messages) -> None:
    for each in messages:
        if _messages.setdefault(str(each.topic), each) is not each:
            raise ValueError(f"{each.topic} has two messages")
        if each.group is not None:
            put_in_group(each.topic, each.group)


def registered_messages() -> Mapping[str, Message[Any]]:
    return _messages


def put_in_words(topic: str, payload: Mapping[str, Any], subject_id: int) -> Worded:
    message = _messages.get(topic, NEWS)
    told = message.told.read(payload)
    said = {name: _readable(value) for name, value in told.said().items()}
    said |= {name: make(told) for name, make in message.sentences.items()}
    return Worded(
        heading=str(message.heading),
        text=(str(message.text) % said).strip(),
        fixed_reason=label(told.fixed_reason),
        written_reason=told.reason or "",
        what_to_do=(str(message.what_to_do) % said).strip(),
        path=message.link.format(subject_id=subject_id, **vars(told)),
        about=told.about,
        written=str(message.written),
        worth=told.worth,
    )


def _readable(value: object) -> str:
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, date):
        return norwegian_date(value)
    return "" if value is None else str(value) or str(UNTITLED)
