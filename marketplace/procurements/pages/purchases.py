"""What a case has bought beside the limits that sums lead to, and all sums as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.core.clock import today
from marketplace.needs.states import ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.procurements import advice, queries
from marketplace.procurements.advice import LimitOfSum
from marketplace.procurements.awaited import is_ongoing
from marketplace.procurements.models import Procurement
from marketplace.procurements.queries import Supplier
from marketplace.procurements.services.moves import advice_for
from marketplace.procurements.states import PurchaseKind, SumLevel, Track
from marketplace.procurements.sums import PurchaseSum, Spent, list_spent
from marketplace.procurements.thresholds import ThresholdRow
from marketplace.ui.filters import norwegian_date
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_text


@dataclass(frozen=True, slots=True)
class SumOfCase:
    """What a unit, or the whole municipality, has bought from the supplier, and where it leads."""

    name: str
    tests: int
    purchases: int
    with_estimate: int
    limits: Sequence[LimitOfSum]
    whole: bool = False
    """Of all units: it is warned of where it is more than that of the unit alone."""

    @property
    def amount(self) -> int:
        return self.tests + self.purchases

    @property
    def warns(self) -> bool:
        return any(limit.level is not SumLevel.BELOW for limit in self.limits)


def purchase_values(
    session: Session, pairing: Pairing, procurement: Procurement | None
) -> dict[str, Any]:
    """The limits are those of the day on which the procurement starts."""
    supplier, category = _supplier_of(pairing, procurement), _category_of(pairing, procurement)
    spent = list_spent(session, pairing.municipality_id, supplier, category, today())
    limits = _Limits(
        queries.list_thresholds(session),
        category,
        procurement.starts_on if procurement is not None else today(),
    )
    ours, unit_id = _Planned(pairing, procurement), pairing.need.unit_id
    sums = [
        _sum(
            unit.name,
            [each for each in spent if each.unit_id == unit.id],
            ours if unit.id == unit_id else None,
            limits,
        )
        for unit in queries.list_units(session, pairing)
    ]
    whole = replace(_sum(_("Hele kommunen"), spent, ours, limits), whole=True)
    return {
        "supplier": supplier,
        "category": category,
        "purchases": queries.list_purchases(session, pairing),
        "sums": [*sums, whole],
        "raised_track": _raised_track(session, procurement, sums[0]),
        "sum_is_near": any(each.warns for each in [*sums, whole]),
    }


def _supplier_of(pairing: Pairing, procurement: Procurement | None) -> Supplier:
    """Who won, or until then the entrepreneur of the case."""
    if procurement is not None and procurement.supplier_name is not None:
        return Supplier(procurement.supplier_id, procurement.supplier_name)
    organisation = pairing.concept.organisation
    return Supplier(organisation.id, organisation.name)


def _category_of(pairing: Pairing, procurement: Procurement | None) -> ServiceCategory:
    of_need = pairing.need.service_category or ServiceCategory.OTHER
    return procurement.service_category if procurement is not None else of_need


@dataclass(frozen=True, slots=True)
class _Limits:
    rows: Sequence[ThresholdRow]
    category: ServiceCategory
    day: Any

    def of(self, amount: int) -> Sequence[LimitOfSum]:
        keys = advice.limits_of(self.category)
        return advice.sum_beside_limits(self.rows, keys, amount, self.day)


@dataclass(frozen=True, slots=True)
class _Planned:
    """What the case expects to buy: its estimate is of test and purchase together."""

    pairing: Pairing
    procurement: Procurement | None

    def beyond(self, spent: Iterable[Spent]) -> int:
        """How much of the estimate is left, until the contract itself counts."""
        if self.procurement is None or not is_ongoing(self.procurement):
            return 0
        own = (each for each in spent if each.pairing_id == self.pairing.id)
        tested = sum(each.amount for each in own if each.kind is PurchaseKind.PILOT)
        return max(0, self.procurement.estimated_value - tested)


def _sum(name: str, spent: Sequence[Spent], planned: _Planned | None, limits: _Limits) -> SumOfCase:
    tests = sum(each.amount for each in spent if each.kind is PurchaseKind.PILOT)
    bought = sum(each.amount for each in spent) - tests
    with_estimate = tests + bought + (planned.beyond(spent) if planned is not None else 0)
    return SumOfCase(name, tests, bought, with_estimate, limits.of(with_estimate))


def _raised_track(
    session: Session, procurement: Procurement | None, total: SumOfCase
) -> Track | None:
    """The stricter track that counts where earlier purchases are like this one (§ 5-4)."""
    if procurement is None or total.with_estimate <= procurement.estimated_value:
        return None
    alone = advice_for(session, procurement).track
    together = advice_for(session, procurement, total.with_estimate).track
    return together if together is not alone else None


# ---------------------------------------------------------------- all sums


@dataclass(frozen=True, slots=True)
class SumRow:
    """A sum and the limits that it, and the whole municipality's, are near or over."""

    sum: PurchaseSum
    of_unit: Sequence[LimitOfSum]
    of_whole: Sequence[LimitOfSum]

    @property
    def warns(self) -> bool:
        return bool(self.of_unit or self.of_whole)


def sum_row(rows: Sequence[ThresholdRow], each: PurchaseSum) -> SumRow:
    limits = _Limits(rows, each.category, each.starts_on)
    return SumRow(each, *(_warning(limits.of(amount)) for amount in (each.amount, each.whole)))


def _warning(limits: Iterable[LimitOfSum]) -> list[LimitOfSum]:
    return [limit for limit in limits if limit.level is not SumLevel.BELOW]


def sums_as_csv(rows: Iterable[tuple[SumRow, Sequence[str]]]) -> str:
    """One row for each unit, supplier and category, with what its sum is near or over."""
    heading = (
        _("Enhet"),
        _("Leverandør"),
        _("Type tjeneste"),
        _("Utprøvinger siste 12 måneder, kr uten mva."),
        _("Kjøp siste 12 måneder, kr uten mva."),
        _("Sum siste 12 måneder, kr uten mva."),
        _("Hele kommunen, kr uten mva."),
        _("Antall kjøp"),
        _("Siste kjøp"),
        _("Nær eller over"),
    )
    return csv_text(heading, (_values(row.sum, warnings) for row, warnings in rows))


def _values(row: PurchaseSum, warnings: Sequence[str]) -> tuple[str | int, ...]:
    return (
        row.unit_name,
        row.supplier_name,
        label(row.category),
        row.tests,
        row.purchases,
        row.amount,
        row.whole,
        row.count,
        norwegian_date(row.last_on),
        ", ".join(warnings),
    )
