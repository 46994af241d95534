"""What messages about a pilot carry beside what names the case."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marketplace.pairings.told import CaseTold
from marketplace.pilots.states import StopReason


@dataclass(frozen=True, kw_only=True)
class CheckpointTold(CaseTold):
    day: date | None


@dataclass(frozen=True, kw_only=True)
class StoppedTold(CaseTold):
    stop_reason: StopReason | None

    @property
    def fixed_reason(self) -> StrEnum | None:
        return self.stop_reason
