"""The groups of topics: what a person chooses by when they choose what comes by mail."""

from enum import StrEnum


class TopicGroup(StrEnum):
    """Topics that are as urgent as each other."""

    WAITING = "waiting"
    OUTCOMES = "outcomes"
    MATCHES = "new_matches"
    FOLLOWED = "followed"
    ADMINISTRATION = "administration"


AT_ONCE = None
"""Instead of a group: without these nobody gets in or is warned, or they are what people have asked
to get instead, or somebody may be hiding what they did."""

MOST_IN_A_DIGEST = {TopicGroup.MATCHES: 10}
"""Of groups that may bring much at once a digest tells the best, and how many more there are."""

_groups: dict[str, TopicGroup] = {}


def put_in_group(topic: StrEnum, group: TopicGroup) -> None:
    _groups[str(topic)] = group


def group_of(topic: str) -> TopicGroup | None:
    """The group of a topic; None for what always goes at once, and for what is not known here."""
    return _groups.get(topic)


def topics_in(group: TopicGroup) -> list[str]:
    return [topic for topic, its in _groups.items() if its is group]
