"""What both sides have used, against what the agreement says.

Hours and money of each side are the sums of their reports at checkpoints and of the entries
between these. What the municipality pays for the test is part of the money it has agreed to. The
cost cap holds the money of both sides together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.agreements.models import Agreement
from marketplace.pairings.states import Side
from marketplace.pilots.states import CapLevel

NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Used:
    """One side's use of one thing; `agreed` is None where the agreement is silent."""

    used: int
    agreed: int | None

    @property
    def over(self) -> bool:
        return self.agreed is not None and self.used > self.agreed


@dataclass(frozen=True, slots=True)
class SideBudget:
    side: Side
    hours: Used
    money: Used


@dataclass(frozen=True, slots=True)
class Budget:
    sides: tuple[SideBudget, ...]
    hours: Used
    money: Used
    payment: int | None
    cap: int | None

    @property
    def level(self) -> CapLevel:
        return cap_level(self.money.used, self.cap)

    @property
    def share(self) -> float:
        """Of the cost cap, that is used; a cap of nothing is used up by anything."""
        if not self.cap:
            return 1.0 if self.money.used else 0.0
        return self.money.used / self.cap

    @property
    def near(self) -> int:
        return round(NEAR * (self.cap or 0))

    @property
    def left(self) -> int:
        return (self.cap or 0) - self.money.used


def cap_level(money: int, cap: int | None) -> CapLevel:
    if cap is None or money < NEAR * cap or money == 0:
        return CapLevel.BELOW
    return CapLevel.OVER if money > cap else CapLevel.NEAR


def budget_of(agreement: Agreement, sums: Mapping[Side, tuple[int, int]]) -> Budget:
    agreed = {
        Side.UNIT: (
            agreement.unit_hours,
            _plus(agreement.unit_money, agreement.payment),
        ),
        Side.ENTREPRENEUR: (agreement.entrepreneur_hours, agreement.entrepreneur_money),
    }
    sides = tuple(
        SideBudget(side, Used(sums[side][0], hours), Used(sums[side][1], money))
        for side, (hours, money) in agreed.items()
    )
    return Budget(
        sides=sides,
        hours=_together([s.hours for s in sides]),
        money=_together([s.money for s in sides]),
        payment=agreement.payment,
        cap=agreement.cost_cap,
    )


def _together(parts: list[Used]) -> Used:
    agreed: int | None = None
    for part in parts:
        agreed = _plus(agreed, part.agreed)
    return Used(sum(part.used for part in parts), agreed)


def _plus(first: int | None, second: int | None) -> int | None:
    return None if first is None and second is None else (first or 0) + (second or 0)
