"""What messages about a procurement carry."""

from dataclasses import dataclass

from marketplace.core.told import Told
from marketplace.pairings.told import CaseTold


@dataclass(frozen=True, kw_only=True)
class StepTold(CaseTold):
    """`title` is that of the step."""

    title: str


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
