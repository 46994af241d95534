"""Dialogue, package, protocol, purchases and the dated tables. The refusals first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow, Stale
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.states import ProcurementRoute
from marketplace.pairings.states import PairingState
from marketplace.procurements import policies, queries
from marketplace.procurements.advice import months_before
from marketplace.procurements.models import DialogueEntry, Procurement, Purchase, Threshold
from marketplace.procurements.procurement_page import purchase_values
from marketplace.procurements.protocol import missing_points
from marketplace.procurements.queries import Supplier
from marketplace.procurements.services import records, tables
from marketplace.procurements.states import (
    DialogueChannel,
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementState,
    ProcurementTopic,
    ProtocolPoint,
    PurchaseKind,
    SumLevel,
    ThresholdKey,
    Track,
)
from tests.domain.procurement_cast import NOT_THE_ADVISER, Purchasing, make_purchasing
from tests.factories import make_concept, make_interest

TEXT = "Det lærte oss at kaffe hjelper."


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


def log(case: Purchasing, procurement: Procurement, name: str = "buyer", **values: Any) -> Any:
    given: dict[str, Any] = {
        "held_on": today(),
        "supplier": "Noen Andre AS",
        "channel": DialogueChannel.MEETING,
        "summary": "De spurte om verdien.",
        "shared": "Verdien er om lag 400 000 kr.",
    }
    return records.log_dialogue(
        case.session, case.actor(name), procurement=procurement, **(given | values)
    )


def write(case: Purchasing, procurement: Procurement, name: str = "buyer", **values: Any) -> None:
    given: dict[str, Any] = {"version": procurement.version, "text": TEXT}
    records.write_package(
        case.session, case.actor(name), procurement=procurement, **(given | values)
    )


def share(case: Purchasing, procurement: Procurement, name: str = "buyer", **values: Any) -> None:
    given: dict[str, Any] = {"version": procurement.version, "text": TEXT}
    records.share_package(
        case.session, case.actor(name), procurement=procurement, **(given | values)
    )


def protocol(case: Purchasing, row: Procurement, name: str = "buyer", **values: Any) -> None:
    given: dict[str, Any] = {
        "version": row.version,
        "texts": {"invited": "Fire leverandører.", "subcontractors": ""},
        "exempt_paragraph": "offentleglova § 13",
        "exempt_until": None,
    }
    records.write_protocol(case.session, case.actor(name), procurement=row, **(given | values))


def buy(case: Purchasing, _procurement: object, name: str = "buyer", **values: Any) -> Any:
    given: dict[str, Any] = {
        "unit_id": case.cast.unit.id,
        "kind": PurchaseKind.PILOT,
        "amount": 80_000,
        "bought_on": today(),
        "note": "",
    }
    return records.record_purchase(
        case.session, case.actor(name), pairing=case.pairing, **(given | values)
    )


Act = Callable[..., Any]


@pytest.mark.parametrize("act", [log, write, share, protocol, buy])
@pytest.mark.parametrize("name", NOT_THE_ADVISER)
def test_only_the_adviser_writes(case: Purchasing, act: Act, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        act(case, case.procurement(), name)
    assert refused.value.code is ProcurementRefusal.ADVISER_ONLY


@pytest.mark.parametrize("act", [log, write, share, protocol, buy])
def test_the_deputy_writes_too(case: Purchasing, act: Act) -> None:
    act(case, case.procurement(), "deputy")


@pytest.mark.parametrize("act", [write, share, protocol])
def test_a_stale_version_is_refused(case: Purchasing, act: Act) -> None:
    procurement = case.procurement()

    with pytest.raises(Stale):
        act(case, procurement, version=procurement.version - 1)


BAD: list[tuple[Callable[..., Any], dict[str, Any], str]] = [
    (log, {"held_on": None}, "held_on"),
    (log, {"held_on": today() + timedelta(days=900)}, "held_on"),
    (log, {"supplier": " "}, "supplier"),
    (log, {"channel": None}, "channel"),
    (log, {"summary": ""}, "summary"),
    (log, {"summary": "x" * 5001}, "summary"),
    (write, {"text": "  "}, "text"),
    (share, {"text": ""}, "text"),
    (share, {"text": "x" * 20_001}, "text"),
    (protocol, {"texts": {"invited": "x" * 5001}}, "invited"),
    (protocol, {"exempt_paragraph": "", "exempt_until": today()}, "exempt_paragraph"),
    (buy, {"unit_id": 0}, "unit_id"),
    (buy, {"kind": None}, "kind"),
    (buy, {"amount": None}, "amount"),
    (buy, {"amount": 0}, "amount"),
    (buy, {"amount": 2_000_000_001}, "amount"),
    (buy, {"amount": -1, "note": " "}, "note"),
    (buy, {"bought_on": today() + timedelta(days=900)}, "bought_on"),
]


@pytest.mark.parametrize(("act", "values", "field"), BAD)
def test_bad_input_names_its_field(
    case: Purchasing, act: Act, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        act(case, case.procurement(), **values)
    assert refused.value.field == field


# ---------------------------------------------------------------- dialogue


def test_a_talk_is_added_and_never_changed(case: Purchasing) -> None:
    procurement = case.procurement()

    entry = log(case, procurement)

    assert procurement.dialogue == [entry]
    assert entry.logged_by_id == case.person("buyer").id
    entry.summary = "Noe annet."
    with pytest.raises(RuntimeError, match="corrected by adding"):
        case.session.flush()


def test_a_talk_is_never_taken_away(case: Purchasing) -> None:
    case.session.delete(log(case, case.procurement()))

    with pytest.raises(RuntimeError, match="DialogueEntry"):
        case.session.flush()


def test_talks_may_be_added_after_the_contract(case: Purchasing) -> None:
    log(case, case.procurement(ProcurementState.CONTRACTED))

    assert case.session.scalar(select(func.count(DialogueEntry.id))) == 1


# ---------------------------------------------------------------- what the pilot taught


def test_a_draft_is_for_nobody_else(case: Purchasing) -> None:
    procurement = case.procurement()

    write(case, procurement)

    assert procurement.package_text == TEXT
    with pytest.raises(NotFound):
        queries.get_shared_package(case.session, case.pairing.id)


def test_sharing_tells_everybody_who_is_interested(case: Purchasing) -> None:
    concept = make_concept(case.session)
    make_interest(case.session, case.cast.need, concept)
    procurement = case.procurement()

    share(case, procurement)

    assert queries.get_shared_package(case.session, case.pairing.id) is procurement
    assert procurement.package_shared_by_id == case.person("buyer").id
    statement = select(OutboxMessage.person_id).where(
        OutboxMessage.topic == ProcurementTopic.PACKAGE_SHARED
    )
    told = set(case.session.scalars(statement))
    assert {concept.author_id, case.person("entrepreneur").id, case.person("leader").id} <= told


def test_a_change_of_what_is_shared_is_shared_too(case: Purchasing) -> None:
    procurement = case.procurement()
    share(case, procurement)
    first = procurement.package_shared_at

    with clock_at(now() + timedelta(days=1)):
        write(case, procurement, text="Te hjelper også.")

    assert procurement.package_text == "Te hjelper også."
    assert procurement.package_shared_at != first
    events = select(func.count()).where(AuditEvent.event == ProcurementEvent.PACKAGE_SHARED)
    assert case.session.scalar(events) == 2


# ---------------------------------------------------------------- the protocol


def test_the_protocol_says_what_is_missing(case: Purchasing) -> None:
    procurement = case.procurement(estimated_value=0)

    protocol(case, procurement)

    assert missing_points(procurement) == [
        ProtocolPoint.OBJECT,
        ProtocolPoint.VALUE,
        ProtocolPoint.IMPARTIALITY,
        ProtocolPoint.SUBCONTRACTORS,
        ProtocolPoint.WINNER,
    ]
    assert procurement.exempt_paragraph == "offentleglova § 13"


def test_nobody_asks_a_cancelled_procurement_for_a_winner(case: Purchasing) -> None:
    procurement = case.procurement(ProcurementState.CANCELLED, subcontractors="")

    assert missing_points(procurement) == []


@pytest.mark.parametrize(
    ("state", "paragraph", "days", "supplier_reads"),
    [
        (ProcurementState.PREPARING, "offentleglova § 23 (3)", None, False),
        (ProcurementState.PREPARING, None, None, False),
        (ProcurementState.CANCELLED, "offentleglova § 23 (3)", None, False),
        (ProcurementState.CONTRACTED, "offentleglova § 23 (3)", 0, True),
        (ProcurementState.CONTRACTED, "offentleglova § 13", None, False),
        (ProcurementState.CONTRACTED, "offentleglova § 13", 1, False),
        (ProcurementState.CONTRACTED, None, None, True),
    ],
)
def test_a_supplier_reads_the_protocol_when_nothing_withholds_it(
    case: Purchasing,
    state: ProcurementState,
    paragraph: str | None,
    days: int | None,
    supplier_reads: bool,
) -> None:
    until = None if days is None else today() + timedelta(days=days)
    procurement = case.procurement(state, exempt_paragraph=paragraph, exempt_until=until)

    def reads(name: str) -> bool:
        return policies.can_read_protocol(case.actor(name), procurement, today())

    assert reads("entrepreneur") is supplier_reads
    assert reads("leader")
    assert reads("coordinator")


# ---------------------------------------------------------------- purchases


def sum_now(case: Purchasing) -> int:
    organisation = case.cast.concept.organisation
    supplier = Supplier(organisation.id, organisation.name)
    return queries.sum_of_purchases(case.session, case.cast.unit.id, supplier, today())


def test_a_wrong_purchase_is_taken_back_by_another(case: Purchasing) -> None:
    wrong = buy(case, None)
    buy(case, None, amount=-80_000, note="Ført to ganger.")

    assert sum_now(case) == 0
    wrong.amount = 1
    with pytest.raises(RuntimeError, match="Purchase"):
        case.session.flush()


def test_a_late_bill_is_recorded_after_the_case_is_closed(case: Purchasing) -> None:
    closer_id = case.person("leader").id
    case.pairing.closed_by_id, case.pairing.closed_at = closer_id, now()
    case.pairing.closing_reason, case.pairing.state = "Ferdig.", PairingState.CLOSED

    buy(case, None)

    assert sum_now(case) == 80_000
    with pytest.raises(NotNow) as refused:
        log(case, case.procurement())
    assert refused.value.code is ProcurementRefusal.CASE_CLOSED


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
