"""What messages about lessons carry beside what names the case."""

from dataclasses import dataclass

from marketplace.lessons.states import Outcome
from marketplace.pairings.told import CaseTold


@dataclass(frozen=True, kw_only=True)
class PublishedTold(CaseTold):
    case_outcome: Outcome | None
