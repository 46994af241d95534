"""The sentences of messages about lessons."""

from enum import StrEnum

from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {}
