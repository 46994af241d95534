"""Dialogue, package, protocol and purchases: who writes what. The refusals first."""

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
from marketplace.pairings.states import PairingState
from marketplace.procurements import policies, queries
from marketplace.procurements.models import DialogueEntry, Procurement
from marketplace.procurements.protocol import missing_points
from marketplace.procurements.services import records
from marketplace.procurements.states import (
    DialogueChannel,
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementState,
    ProcurementTopic,
    ProtocolPoint,
    PurchaseKind,
)
from tests.domain.procurement_cast import NOT_THE_ADVISER, Purchasing, make_purchasing
from tests.engines import decided_in_python
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


@decided_in_python
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
    (buy, {"amount": -1, "note": "Feil."}, "amount"),
    (buy, {"bought_on": today() + timedelta(days=900)}, "bought_on"),
]


@decided_in_python
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


@decided_in_python
@pytest.mark.parametrize("act", [log, write, share, protocol])
def test_a_closed_case_is_left_alone(case: Purchasing, act: Act) -> None:
    procurement = case.procurement()
    closer_id = case.person("leader").id
    case.pairing.closed_by_id, case.pairing.closed_at = closer_id, now()
    case.pairing.closing_reason, case.pairing.state = "Ferdig.", PairingState.CLOSED

    with pytest.raises(NotNow) as refused:
        act(case, procurement)
    assert refused.value.code is ProcurementRefusal.CASE_CLOSED


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


@pytest.mark.parametrize("act", [share, write])
@pytest.mark.parametrize("words", ["kari@fjordvik.no", "912 34 567", "010190 12345"])
def test_what_everybody_reads_points_to_nobody(
    case: Purchasing, act: Callable[..., None], words: str
) -> None:
    procurement = case.procurement()
    share(case, procurement)

    with pytest.raises(InvalidField) as refused:
        act(case, procurement, text=f"Spør {words}.")
    assert (refused.value.field, refused.value.code) == ("text", ProcurementRefusal.PERSONAL_DATA)
    assert refused.value.values["words"] == words
    assert procurement.package_text == TEXT


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
