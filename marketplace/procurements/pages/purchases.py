"""What a case has bought beside the limits that sums lead to, and all sums as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.core.clock import today
from marketplace.pairings.models import Pairing
from marketplace.procurements import advice, queries
from marketplace.procurements.advice import LimitOfSum
from marketplace.procurements.awaited import is_ongoing
from marketplace.procurements.models import Procurement
from marketplace.procurements.queries import PurchaseSum, Supplier
from marketplace.procurements.services.moves import advice_for
from marketplace.procurements.states import SumLevel, Track
from marketplace.procurements.thresholds import ThresholdRow
from marketplace.ui.filters import norwegian_date
from marketplace.ui.spreadsheet import csv_text


@dataclass(frozen=True, slots=True)
class UnitSum:
    """What one unit has bought from the case's supplier in twelve months, and where it leads."""

    unit: Unit
    amount: int
    with_estimate: int
    limits: Sequence[LimitOfSum]

    @property
    def warns(self) -> bool:
        return any(limit.level is not SumLevel.BELOW for limit in self.limits)


def purchase_values(
    session: Session, pairing: Pairing, procurement: Procurement | None
) -> dict[str, Any]:
    supplier = _supplier_of(pairing, procurement)
    rows = queries.list_thresholds(session)
    sums = [
        _sum_of(session, rows, pairing, procurement, supplier, unit)
        for unit in queries.list_units(session, pairing)
    ]
    return {
        "supplier": supplier,
        "purchases": queries.list_purchases(session, pairing),
        "sums": sums,
        "raised_track": _raised_track(session, procurement, sums[0]),
        "sum_is_near": any(each.warns for each in sums),
    }


def _supplier_of(pairing: Pairing, procurement: Procurement | None) -> Supplier:
    """Who won, or until then the entrepreneur of the case."""
    if procurement is not None and procurement.supplier_name is not None:
        return Supplier(procurement.supplier_id, procurement.supplier_name)
    organisation = pairing.concept.organisation
    return Supplier(organisation.id, organisation.name)


def _sum_of(
    session: Session,
    rows: Sequence[ThresholdRow],
    pairing: Pairing,
    procurement: Procurement | None,
    supplier: Supplier,
    unit: Unit,
) -> UnitSum:
    """The estimate counts for the unit of the need, until the contract itself does."""
    amount = queries.sum_of_purchases(session, unit.id, supplier, today())
    ongoing = procurement is not None and is_ongoing(procurement)
    counts = procurement is not None and ongoing and unit.id == pairing.need.unit_id
    planned = amount + (procurement.estimated_value if procurement and counts else 0)
    category = pairing.need.service_category if procurement is None else None
    kind = procurement.service_category if procurement is not None else category
    keys = advice.limits_of(kind) if kind is not None else ()
    return UnitSum(unit, amount, planned, advice.sum_beside_limits(rows, keys, planned, today()))


def _raised_track(
    session: Session, procurement: Procurement | None, total: UnitSum
) -> Track | None:
    """The stricter track that counts where earlier purchases are like this one (§ 5-4)."""
    if procurement is None or total.with_estimate <= procurement.estimated_value:
        return None
    alone = advice_for(session, procurement).track
    together = advice_for(session, procurement, total.with_estimate).track
    return together if together is not alone else None


# ---------------------------------------------------------------- the file


def sums_as_csv(sums: Iterable[tuple[PurchaseSum, Sequence[str]]]) -> str:
    """One row for each unit and supplier, with the limits that the sum is near or over."""
    heading = (
        _("Enhet"),
        _("Leverandør"),
        _("Sum siste 12 måneder, kr uten mva."),
        _("Antall kjøp"),
        _("Siste kjøp"),
        _("Nær eller over"),
    )
    return csv_text(heading, (_values(row, warnings) for row, warnings in sums))


def _values(row: PurchaseSum, warnings: Sequence[str]) -> tuple[str | int, ...]:
    last = norwegian_date(row.last_on)
    return row.unit_name, row.supplier_name, row.amount, row.count, last, ", ".join(warnings)
