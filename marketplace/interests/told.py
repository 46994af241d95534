"""What messages about interests carry."""

from dataclasses import dataclass

from marketplace.needs.told import NeedTold


@dataclass(frozen=True, kw_only=True)
class InterestTold(NeedTold):
    interest_id: int


@dataclass(frozen=True, kw_only=True)
class AnswersTold(NeedTold):
    """The titles of the concepts that have answered, and never whose they are."""

    concepts: tuple[str, ...]
