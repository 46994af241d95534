"""The sums of purchases, and the dated tables. The refusals first."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField, NotAllowed, Stale
from marketplace.needs.states import ProcurementRoute
from marketplace.pairings.states import PairingState
from marketplace.procurements import queries
from marketplace.procurements.models import Purchase, Threshold
from marketplace.procurements.pages.purchases import purchase_values
from marketplace.procurements.queries import Supplier
from marketplace.procurements.services import records, tables
from marketplace.procurements.states import (
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementState,
    PurchaseKind,
    SumLevel,
    ThresholdKey,
    Track,
)
from marketplace.procurements.thresholds import months_before
from tests.domain.procurement_cast import Purchasing, make_purchasing
from tests.engines import decided_in_python


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


def buy(case: Purchasing, **values: Any) -> Purchase:
    given: dict[str, Any] = {
        "unit_id": case.cast.unit.id,
        "kind": PurchaseKind.PILOT,
        "amount": 80_000,
        "bought_on": today(),
        "note": "",
    }
    return records.record_purchase(
        case.session, case.actor(), pairing=case.pairing, **(given | values)
    )


# ---------------------------------------------------------------- purchases


def sum_now(case: Purchasing) -> int:
    organisation = case.cast.concept.organisation
    supplier = Supplier(organisation.id, organisation.name)
    return queries.sum_of_purchases(case.session, case.cast.unit.id, supplier, today())


def test_a_wrong_purchase_is_taken_back_by_another(case: Purchasing) -> None:
    wrong = buy(case)
    buy(case, amount=-80_000, note="Ført to ganger.")

    assert sum_now(case) == 0
    wrong.amount = 1
    with pytest.raises(RuntimeError, match="Purchase"):
        case.session.flush()


def test_a_purchase_is_taken_back_also_when_its_unit_is_no_longer_a_site(case: Purchasing) -> None:
    former = case.person("other_unit").memberships[0].unit_id
    with pytest.raises(InvalidField) as refused:
        buy(case, unit_id=former)
    assert refused.value.code is ProcurementRefusal.UNIT_DOES_NOT_FIT
    case.add_purchase(70_000, unit_id=former)
    with pytest.raises(InvalidField):
        buy(case, unit_id=former)

    buy(case, unit_id=former, amount=-70_000, note="Enheten var ikke med.")

    with pytest.raises(InvalidField) as refused:
        buy(case, unit_id=former, amount=-1, note="En gang til.")
    assert refused.value.code is ProcurementRefusal.CORRECTION_TOO_LARGE


def test_what_was_booked_on_another_supplier_is_taken_back_from_it(case: Purchasing) -> None:
    other = Supplier(None, "Noen Andre AS")
    with pytest.raises(InvalidField) as refused:
        buy(case, supplier=other, amount=-5, note="Feil.")
    assert refused.value.code is ProcurementRefusal.SUPPLIER_DOES_NOT_FIT
    case.add_purchase(390_000, supplier_id=None, supplier_name=other.name)
    buy(case)

    taken = buy(case, supplier=other, amount=-390_000, note="Kontrakten ble hevet.")

    assert (taken.supplier_id, taken.supplier_name) == (None, other.name)
    assert sum_now(case) == 80_000


def test_no_more_is_taken_back_than_the_case_has_recorded(case: Purchasing) -> None:
    buy(case)

    with pytest.raises(InvalidField) as refused:
        buy(case, amount=-80_001, note="Feil.")

    assert refused.value.code is ProcurementRefusal.CORRECTION_TOO_LARGE
    assert refused.value.values == {"recorded": 80_000}
    assert sum_now(case) == 80_000


def test_a_late_bill_is_recorded_after_the_case_is_closed(case: Purchasing) -> None:
    closer_id = case.person("leader").id
    case.pairing.closed_by_id, case.pairing.closed_at = closer_id, now()
    case.pairing.closing_reason, case.pairing.state = "Ferdig.", PairingState.CLOSED

    buy(case)

    assert sum_now(case) == 80_000


def test_the_sum_is_of_twelve_months_one_unit_and_one_supplier(case: Purchasing) -> None:
    year_ago = months_before(today(), 12)
    case.add_purchase(1, year_ago)
    case.add_purchase(10, year_ago + timedelta(days=1))
    case.add_purchase(100, today())
    case.add_purchase(1_000, today() + timedelta(days=1))
    case.add_purchase(10_000, supplier_id=None, supplier_name="Noen Andre AS")
    other_unit = case.person("other_unit").memberships[0].unit_id
    case.add_purchase(100_000, unit_id=other_unit)

    assert sum_now(case) == 110


def test_the_sum_of_a_supplier_by_name(case: Purchasing) -> None:
    case.add_purchase(5, supplier_id=None, supplier_name="Noen Andre AS")
    case.add_purchase(7, supplier_id=None, supplier_name="Enda Andre AS")

    found = queries.sum_of_purchases(
        case.session, case.cast.unit.id, Supplier(None, "Noen Andre AS"), today()
    )

    assert found == 5


def test_a_case_warns_near_and_over_a_limit_with_its_own_estimate(case: Purchasing) -> None:
    procurement = case.procurement(route=ProcurementRoute.DIRECT_PURCHASE)

    def levels() -> list[SumLevel]:
        values = purchase_values(case.session, case.pairing, procurement)
        return [limit.level for limit in values["sums"][0].limits]

    assert levels() == [SumLevel.NEAR, SumLevel.BELOW, SumLevel.BELOW]
    case.add_purchase(100_000)
    assert levels() == [SumLevel.OVER, SumLevel.BELOW, SumLevel.BELOW]
    values = purchase_values(case.session, case.pairing, procurement)
    assert values["raised_track"] is Track.PART_I


def test_a_contract_is_not_counted_twice(case: Purchasing) -> None:
    procurement = case.procurement(ProcurementState.CONTRACTED)
    case.add_purchase(390_000, kind=PurchaseKind.FOLLOW_UP)

    values = purchase_values(case.session, case.pairing, procurement)

    assert values["sums"][0].with_estimate == 390_000


@pytest.mark.parametrize("name", ["buyer", "adviser", "coordinator", "leadership"])
def test_the_list_shows_the_sums_of_the_municipality(case: Purchasing, name: str) -> None:
    case.add_purchase(300_000)
    case.add_purchase(120_000)
    case.add_purchase(50_000, supplier_id=None, supplier_name="Noen Andre AS")

    page = queries.list_sums(case.session, case.actor(name), today())
    near = queries.list_sums(case.session, case.actor(name), today(), least=400_000)

    assert [(row.amount, row.count) for row in page.rows] == [(420_000, 2), (50_000, 1)]
    assert [row.amount for row in near.rows] == [420_000]
    assert (page.total, near.total) == (2, 1)


@pytest.mark.parametrize("name", ["other_municipality", "leader", "entrepreneur"])
def test_the_list_is_not_for_others(case: Purchasing, name: str) -> None:
    case.add_purchase(300_000)

    assert queries.list_sums(case.session, case.actor(name), today()).total == 0


# ---------------------------------------------------------------- the dated tables


def add_threshold(case: Purchasing, name: str = "administrator", **values: Any) -> Threshold:
    given: dict[str, Any] = {
        "key": ThresholdKey.NATIONAL,
        "amount": 1_500_000,
        "valid_from": today(),
        "paragraph": "§ 5-1 (2)",
        "source": "Lovdata",
        "checked_on": today(),
    }
    return tables.add_threshold(case.session, case.actor(name), **(given | values))


@decided_in_python
@pytest.mark.parametrize("name", ["buyer", "coordinator", "leadership", "leader", "entrepreneur"])
def test_only_an_administrator_changes_the_tables(case: Purchasing, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        add_threshold(case, name)
    assert refused.value.code is ProcurementRefusal.ADMINISTRATORS_ONLY
    with pytest.raises(NotAllowed):
        tables.change_steps(
            case.session,
            case.actor(name),
            route=ProcurementRoute.OPEN_TENDER,
            version=1,
            steps=[("Kunngjør", 3)],
        )


def test_a_new_row_stands_beside_the_old_ones(case: Purchasing) -> None:
    row = add_threshold(case)

    rows = [r for r in queries.list_thresholds(case.session) if r.key is ThresholdKey.NATIONAL]
    assert [r.amount for r in rows] == [1_500_000, 1_300_000]
    assert row.added_by_id == case.person("administrator").id
    statement = select(AuditEvent).where(AuditEvent.event == ProcurementEvent.THRESHOLD_ADDED)
    assert case.session.scalars(statement).one().after["amount"] == 1_500_000


def test_no_row_is_overwritten(case: Purchasing) -> None:
    row = add_threshold(case)

    with pytest.raises(InvalidField) as refused:
        add_threshold(case, amount=1_600_000)
    assert (refused.value.field, refused.value.code) == (
        "valid_from",
        ProcurementRefusal.DAY_TAKEN,
    )
    row.amount = 1
    with pytest.raises(RuntimeError, match="Threshold"):
        case.session.flush()


@decided_in_python
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", 0),
        ("paragraph", " "),
        ("source", ""),
        ("checked_on", None),
        ("checked_on", today() + timedelta(days=900)),
    ],
)
def test_a_row_is_whole(case: Purchasing, field: str, value: Any) -> None:
    with pytest.raises(InvalidField) as refused:
        add_threshold(case, **{field: value})
    assert refused.value.field == field


def test_reading_an_empty_table_gives_what_is_shipped_and_writes_nothing(case: Purchasing) -> None:
    assert len(queries.list_thresholds(case.session)) == 8
    assert queries.list_step_templates(case.session, ProcurementRoute.OPEN_TENDER)
    assert case.session.scalar(select(func.count(Threshold.id))) == 0


def change_steps(case: Purchasing, version: int, *steps: tuple[str, int]) -> None:
    tables.change_steps(
        case.session,
        case.actor("administrator"),
        route=ProcurementRoute.OPEN_TENDER,
        version=version,
        steps=steps,
    )


def test_the_steps_of_a_route_are_replaced_for_later_procurements(case: Purchasing) -> None:
    route = ProcurementRoute.OPEN_TENDER
    change_steps(case, 1, ("Kunngjør", 3), ("Skriv under", 7))

    found = queries.list_step_templates(case.session, route)
    assert [(row.title, row.days) for row in found] == [("Kunngjør", 3), ("Skriv under", 7)]
    assert len(queries.list_step_templates(case.session, ProcurementRoute.LIMITED_TENDER)) == 9
    with pytest.raises(Stale):
        change_steps(case, 1, ("Noe annet", 3))
    change_steps(case, found[0].version, ("Kunngjør", 3), ("Vent", 30), ("Skriv under", 7))
    assert len(queries.list_step_templates(case.session, route)) == 3


@decided_in_python
@pytest.mark.parametrize("steps", [[], [("", 3)], [("Kunngjør", 0)], [("Kunngjør", 1001)]])
def test_a_route_has_steps_with_titles_and_days(
    case: Purchasing, steps: list[tuple[str, int]]
) -> None:
    with pytest.raises(InvalidField) as refused:
        change_steps(case, 1, *steps)
    assert refused.value.field == "steps"


def test_a_purchase_names_a_supplier_that_has_no_account(case: Purchasing) -> None:
    case.add_purchase(5, supplier_id=None, supplier_name="Noen Andre AS")

    assert case.session.scalars(select(Purchase)).one().supplier is None
