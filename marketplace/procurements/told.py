"""What messages about a procurement carry."""

from dataclasses import dataclass
from datetime import date

from marketplace.core.told import Told
from marketplace.pairings.told import CaseTold
from marketplace.procurements.states import ThresholdKey


@dataclass(frozen=True, kw_only=True)
class StepTold(CaseTold):
    """`title` is that of the step."""

    title: str


@dataclass(frozen=True, kw_only=True)
class ThresholdTold(Told):
    """`reason` is why a row was withdrawn."""

    key: ThresholdKey | None
    amount: int
    valid_from: date | None


@dataclass(frozen=True, kw_only=True)
class OtherSuppliersTold(Told):
    """The need alone: whose concept was tested is not for other suppliers to know."""

    need_id: int
    need_title: str

    def said(self) -> dict[str, object]:
        return {**super().said(), "need": self.need_title}

    @property
    def about(self) -> str:
        return self.need_title
