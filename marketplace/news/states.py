"""What people are told that is new to them: code words, work, audit events and topics."""

from enum import StrEnum


class ToldStrength(StrEnum):
    """How well a match must answer for people to be told of it; a possible one is no news."""

    GOOD = "good"
    STRONG = "strong"


class NewsWork(StrEnum):
    """What becomes due by the clock."""

    LOOKED_AT = "news.looked_at"


class NewsEvent(StrEnum):
    MATCH_TOLD = "news.match_told"


class NewsTopic(StrEnum):
    NEED_MATCHES = "news.need_matches"
    CONCEPT_MATCHES = "news.concept_matches"
