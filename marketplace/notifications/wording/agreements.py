"""The sentences of messages about agreements."""

from enum import StrEnum

from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {}
