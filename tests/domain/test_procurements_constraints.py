"""What the database refuses by itself, whoever writes to it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.core.clock import now, today
from marketplace.core.db import Base
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.procurements.models import (
    Procurement,
    ProcurementStep,
    Purchase,
    StepTemplate,
    Threshold,
)
from marketplace.procurements.states import ProcurementState, PurchaseKind, ThresholdKey
from tests.domain.procurement_cast import Purchasing, make_purchasing

TENDER = ProcurementRoute.OPEN_TENDER


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


def row(case: Purchasing, **values: Any) -> dict[str, Any]:
    """A contract with nothing wrong with it, but for `values`."""
    given = {
        "pairing_id": case.pairing.id,
        "state": ProcurementState.CONTRACTED,
        "estimated_value": 400_000,
        "service_category": ServiceCategory.HEALTH_SOCIAL,
        "starts_on": today(),
        "route": ProcurementRoute.DIRECT_PURCHASE,
        "contracted_by_id": case.person("buyer").id,
        "contracted_at": now(),
        "contract_value": 390_000,
        "award_reason": "Beste tilbud.",
        "supplier_name": "Kaffe AS",
        "version": 1,
    }
    return given | values


def write(case: Purchasing, model: type[Base], values: dict[str, Any]) -> None:
    case.session.execute(insert(model).values(**values))


def refused(case: Purchasing, model: type[Base], values: dict[str, Any]) -> str:
    with pytest.raises(IntegrityError) as error, case.session.begin_nested():
        write(case, model, values)
    return str(error.value.orig)


def test_a_sound_row_is_taken(case: Purchasing) -> None:
    write(case, Procurement, row(case))


NO_CONTRACT = {
    "contracted_by_id": None,
    "contracted_at": None,
    "contract_value": None,
    "award_reason": None,
    "supplier_name": None,
}
PREPARING = {"state": ProcurementState.PREPARING, **NO_CONTRACT}
BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "contracted by nobody": ("contract_names_who_when_and_why", {"contracted_by_id": None}),
    "contracted at no time": ("contract_names_who_when_and_why", {"contracted_at": None}),
    "contracted for nothing": ("contract_names_who_when_and_why", {"contract_value": None}),
    "contracted without why": ("contract_names_who_when_and_why", {"award_reason": None}),
    "contracted with nobody": ("contract_names_who_when_and_why", {"supplier_name": None}),
    "prepared with a winner": (
        "contract_names_who_when_and_why",
        {**PREPARING, "supplier_name": "Kaffe AS"},
    ),
    "a contract worth nothing": ("contract_value_positive", {"contract_value": 0}),
    "contracted without a route": ("route_is_chosen", {"route": None}),
    "an undecided route": (
        "route_is_chosen",
        {**PREPARING, "route": ProcurementRoute.UNDECIDED},
    ),
    "a tender nobody announced": ("notice_belongs_to_the_route", {"route": TENDER}),
    "a direct purchase on Doffin": (
        "notice_belongs_to_the_route",
        {**NO_CONTRACT, "state": ProcurementState.ANNOUNCED, "announced_at": now(),
         "announced_by_id": 1, "notice_reference": "2026-1"},
    ),
    "announced without a number": (
        "announcing_names_who_when_and_the_notice",
        {**NO_CONTRACT, "state": ProcurementState.ANNOUNCED, "route": TENDER},
    ),
    "a number without a time": (
        "announcing_names_who_when_and_the_notice",
        {"notice_reference": "2026-1"},
    ),
    "cancelled without why": (
        "cancelling_names_who_when_and_why",
        {**NO_CONTRACT, "state": ProcurementState.CANCELLED, "cancelled_at": now(),
         "cancelled_by_id": 1},
    ),
    "a value below zero": ("value_not_negative", {"estimated_value": -1}),
    "shared by nobody": ("sharing_names_who_and_when", {"package_shared_at": now()}),
    "nothing shared": (
        "sharing_names_who_and_when",
        {"package_shared_at": now(), "package_shared_by_id": 1, "package_text": ""},
    ),
    "withheld without a paragraph": ("exemption_has_a_paragraph", {"exempt_until": today()}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_procurement_is_refused(case: Purchasing, name: str) -> None:
    constraint, values = BROKEN[name]
    given = {
        column: case.person("buyer").id if column.endswith("_by_id") and value else value
        for column, value in values.items()
    }

    assert constraint in refused(case, Procurement, row(case, **given))


def test_a_case_has_one_procurement(case: Purchasing) -> None:
    case.procurement()

    assert "pairing_id" in refused(case, Procurement, row(case))


def test_a_step_that_is_done_names_who_and_began_before(case: Purchasing) -> None:
    step = {
        "procurement_id": case.procurement().id,
        "position": 1,
        "title": "Be om tilbud",
        "due_on": today(),
        "started_on": today(),
        "version": 1,
    }
    done = {"done_on": today(), "done_by_id": case.person("buyer").id}

    write(case, ProcurementStep, step | done)
    assert "done_names_who_and_when" in refused(case, ProcurementStep, step | {"done_on": today()})
    early = done | {"done_on": today() - timedelta(days=1)}
    assert "done_after_it_began" in refused(case, ProcurementStep, step | early)
    dropped = done | {"dropped_at": now()}
    assert "what_was_done_is_not_dropped" in refused(case, ProcurementStep, step | dropped)


def test_a_purchase_has_an_amount_and_a_correction_a_note(case: Purchasing) -> None:
    purchase = {
        "pairing_id": case.pairing.id,
        "unit_id": case.cast.unit.id,
        "supplier_name": "Kaffe AS",
        "kind": PurchaseKind.PILOT,
        "amount": 1,
        "bought_on": today(),
        "note": "",
        "recorded_by_id": case.person("buyer").id,
    }

    write(case, Purchase, purchase)
    assert "amount_says_something" in refused(case, Purchase, purchase | {"amount": 0})
    assert "correction_says_why" in refused(case, Purchase, purchase | {"amount": -1})


def test_a_threshold_is_positive_and_alone_on_its_day(case: Purchasing) -> None:
    threshold = {
        "key": ThresholdKey.NATIONAL,
        "amount": 1_300_000,
        "valid_from": date(2018, 4, 6),
        "paragraph": "§ 5-1",
        "source": "Lovdata",
        "checked_on": today(),
    }

    write(case, Threshold, threshold)
    assert "valid_from" in refused(case, Threshold, threshold | {"amount": 2})
    other = threshold | {"key": ThresholdKey.ACT_APPLIES, "amount": 0}
    assert "amount_positive" in refused(case, Threshold, other)


def test_a_step_of_a_route_takes_days_and_its_own_place(case: Purchasing) -> None:
    step = {"route": TENDER, "position": 1, "title": "Kunngjør", "days": 3, "version": 1}

    write(case, StepTemplate, step)
    assert "position" in refused(case, StepTemplate, step)
    assert "days_positive" in refused(case, StepTemplate, step | {"position": 2, "days": 0})
