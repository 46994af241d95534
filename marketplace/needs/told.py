"""What messages about a need carry."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from marketplace.core.told import Told
from marketplace.needs.models import Need
from marketplace.needs.states import NeedOutcome


class NeedNamed(TypedDict):
    need_id: int
    title: str


def named(need: Need) -> NeedNamed:
    """What every message about a need carries."""
    return {"need_id": need.id, "title": need.title}


@dataclass(frozen=True, kw_only=True)
class NeedTold(Told):
    need_id: int
    title: str

    @property
    def about(self) -> str:
        return self.title


@dataclass(frozen=True, kw_only=True)
class ClosedTold(NeedTold):
    outcome: NeedOutcome | None

    @property
    def fixed_reason(self) -> StrEnum | None:
        return self.outcome


@dataclass(frozen=True, kw_only=True)
class JoiningTold(NeedTold):
    unit: str
