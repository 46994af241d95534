"""What messages about a case carry."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from marketplace.core.told import Told
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole, DeclineReason, Fallen
from marketplace.programmes.told import case_title


class CaseNamed(TypedDict):
    pairing_id: int
    need_id: int
    need_title: str
    concept_title: str


def named(pairing: Pairing) -> CaseNamed:
    """What every message about a case carries."""
    return {
        "pairing_id": pairing.id,
        "need_id": pairing.need_id,
        "need_title": pairing.need.title,
        "concept_title": pairing.concept.title,
    }


@dataclass(frozen=True, kw_only=True)
class CaseTold(Told):
    pairing_id: int
    need_id: int
    need_title: str
    concept_title: str

    def said(self) -> dict[str, object]:
        return {**super().said(), "need": self.need_title, "concept": self.concept_title}

    @property
    def about(self) -> str:
        return case_title(self.concept_title, self.need_title)


@dataclass(frozen=True, kw_only=True)
class RoleTold(CaseTold):
    role: CaseRole | None


@dataclass(frozen=True, kw_only=True)
class DeclinedTold(CaseTold):
    decline_reason: DeclineReason | None

    @property
    def fixed_reason(self) -> StrEnum | None:
        return self.decline_reason


@dataclass(frozen=True, kw_only=True)
class FallenTold(CaseTold):
    fallen: Fallen | None

    @property
    def fixed_reason(self) -> StrEnum | None:
        return self.fallen


@dataclass(frozen=True, kw_only=True)
class ProgrammeChosenTold(CaseTold):
    """`title` is the name of the programme."""

    title: str
