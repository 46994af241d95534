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
    FOLLOWERS_TOLD = "news.followers_told"
    FOLLOWED = "news.followed"
    FOLLOW_ENDED = "news.follow_ended"
    SEARCH_SAVED = "news.search_saved"
    SEARCH_ENDED = "news.search_ended"


class NewsTopic(StrEnum):
    NEED_MATCHES = "news.need_matches"
    CONCEPT_MATCHES = "news.concept_matches"
    NEED_FOLLOWED = "news.need_followed"


class NewsRefusal(StrEnum):
    SIGN_IN_FIRST = "sign_in_first"
    NEED_NOT_OPEN = "need_not_open"
    ALREADY_FOLLOWED = "already_followed"
    NOTHING_SEARCHED = "nothing_searched"
    ALREADY_SAVED = "already_saved"
    TOO_MANY_SEARCHES = "too_many_searches"
