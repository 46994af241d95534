"""What messages about news carry."""

from dataclasses import dataclass

from marketplace.needs.told import NeedTold
from marketplace.news.states import ToldStrength

PLACES = 1000
"""More than any ranking shows: strength comes first, and then the place in the ranking."""


@dataclass(frozen=True, kw_only=True)
class FollowedTold(NeedTold):
    unit: str


@dataclass(frozen=True, kw_only=True)
class MatchTold(NeedTold):
    """`rank` is the place among the matches of the text that was new."""

    concept_id: int
    concept: str
    strength: ToldStrength | None
    rank: int

    @property
    def worth(self) -> int:
        return PLACES * list(ToldStrength).index(self.strength) - self.rank if self.strength else 0
