"""The sums of purchases, and the dated tables. The refusals first."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.agreements.states import AgreementState
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField, NotAllowed, Stale
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.pairings.states import PairingState
from marketplace.procurements import queries, sums
from marketplace.procurements.models import Procurement, Purchase, Threshold
from marketplace.procurements.pages.purchases import purchase_values, sum_row
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
from marketplace.procurements.sums import Spent
from marketplace.procurements.thresholds import months_before
from tests.domain.agreement_cast import make_agreement
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


def spent(case: Purchasing, supplier: Supplier | None = None, **values: Any) -> list[Spent]:
    organisation = case.cast.concept.organisation
    given: dict[str, Any] = {
        "municipality_id": case.cast.municipality.id,
        "supplier": supplier or Supplier(organisation.id, organisation.name),
        "category": case.pairing.need.service_category,
        "day": today(),
    }
    return list(sums.list_spent(case.session, **(given | values)))


def sum_now(case: Purchasing, **values: Any) -> int:
    """Of the need's own unit."""
    own = case.cast.unit.id
    return sum(each.amount for each in spent(case, **values) if each.unit_id == own)


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

    assert sum_now(case, supplier=Supplier(None, "Noen Andre AS")) == 5


# ---------------------------------------------------------------- what an agreement pays


@pytest.mark.parametrize("state", [AgreementState.OFFERED, AgreementState.SUPERSEDED])
def test_what_is_not_in_force_does_not_count(case: Purchasing, state: AgreementState) -> None:
    make_agreement(case.session, case.pairing, state)

    assert sum_now(case) == 0


@pytest.mark.parametrize(("paid", "counted"), [(0, 90_000), (60_000, 90_000), (95_000, 95_000)])
def test_what_a_signed_agreement_pays_counts_whether_it_is_paid_or_not(
    case: Purchasing, paid: int, counted: int
) -> None:
    make_agreement(case.session, case.pairing, AgreementState.SIGNED)
    if paid:
        case.add_purchase(paid)

    assert sum_now(case) == counted


def test_what_is_paid_for_a_purchase_is_not_paid_for_the_test(case: Purchasing) -> None:
    make_agreement(case.session, case.pairing, AgreementState.SIGNED)
    case.add_purchase(100_000, kind=PurchaseKind.FOLLOW_UP)

    assert {(each.kind, each.amount) for each in spent(case)} == {
        (PurchaseKind.PILOT, 90_000),
        (PurchaseKind.FOLLOW_UP, 100_000),
    }


def test_a_test_of_more_than_a_year_ago_does_not_count(case: Purchasing) -> None:
    long_ago = {"test_starts_on": months_before(today(), 12)}
    make_agreement(case.session, case.pairing, AgreementState.SIGNED, **long_ago)

    assert sum_now(case) == 0


def test_another_category_is_summed_for_itself(case: Purchasing) -> None:
    case.add_purchase(10)
    assert sum_now(case, category=ServiceCategory.OTHER) == 0
    case.procurement(service_category=ServiceCategory.OTHER)

    assert sum_now(case) == 0
    assert sum_now(case, category=ServiceCategory.OTHER) == 10


# ---------------------------------------------------------------- near and over a limit


def levels(case: Purchasing, procurement: Procurement, which: int = 0) -> list[SumLevel]:
    values = purchase_values(case.session, case.pairing, procurement)
    return [limit.level for limit in values["sums"][which].limits]


def test_a_case_warns_near_and_over_a_limit_with_its_own_estimate(case: Purchasing) -> None:
    procurement = case.procurement(route=ProcurementRoute.DIRECT_PURCHASE)

    assert levels(case, procurement) == [SumLevel.NEAR, SumLevel.BELOW, SumLevel.BELOW]
    case.add_purchase(100_000, kind=PurchaseKind.FOLLOW_UP)
    assert levels(case, procurement) == [SumLevel.OVER, SumLevel.BELOW, SumLevel.BELOW]
    values = purchase_values(case.session, case.pairing, procurement)
    assert values["raised_track"] is Track.PART_I


def test_the_estimate_is_of_test_and_purchase_together(case: Purchasing) -> None:
    make_agreement(case.session, case.pairing, AgreementState.SIGNED, payment=150_000)
    procurement = case.procurement(route=ProcurementRoute.DIRECT_PURCHASE)

    values = purchase_values(case.session, case.pairing, procurement)

    assert [each.with_estimate for each in values["sums"]] == [400_000, 400_000]
    assert (values["sums"][0].tests, values["raised_track"]) == (150_000, None)


def test_the_limits_are_those_of_the_day_on_which_the_procurement_starts(
    case: Purchasing,
) -> None:
    before_the_change = date(2026, 6, 30)
    procurement = case.procurement(
        route=ProcurementRoute.DIRECT_PURCHASE, starts_on=before_the_change
    )

    assert levels(case, procurement)[0] is SumLevel.OVER, "the act applied from 100 000"


def test_the_whole_municipality_is_summed_beside_the_unit(case: Purchasing) -> None:
    procurement = case.procurement(estimated_value=100_000)
    there = case.person("other_unit").memberships[0].unit_id
    case.add_purchase(450_000, unit_id=there, kind=PurchaseKind.FOLLOW_UP)

    assert levels(case, procurement)[0] is SumLevel.BELOW
    assert levels(case, procurement, -1)[0] is SumLevel.OVER
    rows = [
        sum_row(queries.list_thresholds(case.session), each)
        for each in sums.list_all_sums(case.session, case.actor(), today())
    ]
    assert [(row.sum.amount, row.sum.whole) for row in rows] == [(450_000, 450_000)]


@pytest.mark.parametrize(
    ("category", "keys"),
    [
        (ServiceCategory.HEALTH_SOCIAL, {ThresholdKey.ACT_APPLIES, ThresholdKey.NATIONAL}),
        (
            ServiceCategory.OTHER,
            {
                ThresholdKey.ACT_APPLIES,
                ThresholdKey.NATIONAL,
                ThresholdKey.EEA_GOODS_SERVICES,
            },
        ),
    ],
)
def test_a_sum_is_held_against_the_limits_of_its_category(
    case: Purchasing, category: ServiceCategory, keys: set[ThresholdKey]
) -> None:
    case.pairing.need.service_category = category
    case.add_purchase(2_600_000)

    (each,) = sums.list_all_sums(case.session, case.actor(), today())
    row = sum_row(queries.list_thresholds(case.session), each)

    assert {limit.row.key for limit in row.of_unit} == keys


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

    page = sums.list_sums(case.session, case.actor(name), today())

    assert [(row.amount, row.count) for row in page.rows] == [(420_000, 2), (50_000, 1)]
    assert page.total == 2


@pytest.mark.parametrize("name", ["other_municipality", "leader", "entrepreneur"])
def test_the_list_is_not_for_others(case: Purchasing, name: str) -> None:
    case.add_purchase(300_000)

    assert sums.list_sums(case.session, case.actor(name), today()).total == 0


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
