"""What the message about an invitation carries; the personal line is its reason."""

from dataclasses import dataclass

from marketplace.needs.told import NeedTold


@dataclass(frozen=True, kw_only=True)
class InvitedTold(NeedTold):
    concept_id: int
    concept: str
    unit: str
