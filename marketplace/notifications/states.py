"""What people can be told by mail, and how often."""

from enum import StrEnum

from marketplace.core.topics import TopicGroup


class Rhythm(StrEnum):
    """When a message goes by mail; in the application it is always shown at once."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


DEFAULT_RHYTHMS: dict[TopicGroup, Rhythm] = {
    TopicGroup.WAITING: Rhythm.AT_ONCE,
    TopicGroup.OUTCOMES: Rhythm.AT_ONCE,
    TopicGroup.MATCHES: Rhythm.DAILY,
    TopicGroup.FOLLOWED: Rhythm.DAILY,
    TopicGroup.ADMINISTRATION: Rhythm.DAILY,
}


class DigestTopic(StrEnum):
    """A digest is a message like any other, but for what it says: that others have come."""

    DAILY = "digest.daily"
    WEEKLY = "digest.weekly"


DIGESTS: dict[Rhythm, DigestTopic] = {
    Rhythm.DAILY: DigestTopic.DAILY,
    Rhythm.WEEKLY: DigestTopic.WEEKLY,
}


class TrailTopic(StrEnum):
    FAULT_FOUND = "trail.fault_found"


class NotificationEvent(StrEnum):
    DIGEST_MADE = "digest.made"
    CALENDAR_MADE = "calendar.made"
    CALENDAR_REVOKED = "calendar.revoked"
    TRAIL_FAULT_FOUND = "trail.did_not_hold"


class PreferenceRefusal(StrEnum):
    RHYTHM_MISSING = "rhythm_missing"
