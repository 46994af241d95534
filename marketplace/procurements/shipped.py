"""The thresholds and steps that come with the application, as data."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from marketplace.needs.states import ProcurementRoute
from marketplace.procurements.states import ThresholdKey

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class ShippedThreshold:
    """A row that is in no database: shipped, or about to be added."""

    key: ThresholdKey
    amount: int
    valid_from: date
    paragraph: str
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class ShippedStep:
    route: ProcurementRoute
    position: int
    title: str
    days: int


@lru_cache(maxsize=1)
def shipped_thresholds() -> Sequence[ShippedThreshold]:
    rows = _read("thresholds.toml")["threshold"]
    return tuple(ShippedThreshold(**(row | {"key": ThresholdKey(row["key"])})) for row in rows)


@lru_cache(maxsize=1)
def shipped_steps() -> Sequence[ShippedStep]:
    return tuple(
        ShippedStep(ProcurementRoute(route["code"]), position, title, days)
        for route in _read("steps.toml")["route"]
        for position, (title, days) in enumerate(route["steps"], start=1)
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
