"""What is written down of a procurement: dialogue, package, the protocol's words, purchases."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import record
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField
from marketplace.core.outbox import tell
from marketplace.core.personal_data import expect_no_personal_data
from marketplace.interests.recipients import interested_people
from marketplace.pairings.models import Pairing
from marketplace.pairings.told import CaseTold, named
from marketplace.procurements import queries
from marketplace.procurements.models import DialogueEntry, Procurement, Purchase
from marketplace.procurements.queries import Supplier
from marketplace.procurements.services.expectations import (
    LARGEST_AMOUNT,
    SHORT,
    everybody,
    expect_adviser,
    expect_bookkeeper,
    expect_fitting_text,
    expect_past_day,
    fitting_text,
)
from marketplace.procurements.states import (
    DialogueChannel,
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementTopic,
    PurchaseKind,
)

PACKAGE_LENGTH = 20_000
PROTOCOL_TEXTS = ("object", "invited", "impartiality", "subcontractors", "reserved_reason")

# ---------------------------------------------------------------- dialogue


def log_dialogue(
    session: Session,
    actor: Actor,
    *,
    procurement: Procurement,
    held_on: date | None,
    supplier: str,
    channel: DialogueChannel | None,
    summary: str,
    shared: str,
) -> DialogueEntry:
    """One talk with a supplier. It is not changed afterwards; what was wrong gets a new entry."""
    expect_adviser(actor, procurement.pairing)
    if channel is None:
        raise InvalidField("channel", ProcurementRefusal.TEXT_MISSING)
    entry = DialogueEntry(
        procurement_id=procurement.id,
        held_on=expect_past_day("held_on", held_on),
        supplier=expect_fitting_text("supplier", supplier, SHORT),
        channel=channel,
        summary=expect_fitting_text("summary", summary),
        shared=fitting_text("shared", shared),
        logged_by_id=person_of(actor),
        logged_at=now(),
    )
    session.add(entry)
    record(session, actor, ProcurementEvent.DIALOGUE_LOGGED, entry)
    session.expire(procurement, ["dialogue"])
    return entry


# ---------------------------------------------------------------- what the pilot taught


def write_package(
    session: Session, actor: Actor, *, procurement: Procurement, version: int, text: str
) -> None:
    """A draft of what others may know; once it is shared, a change is shared too."""
    procurement.expect_version(version)
    expect_adviser(actor, procurement.pairing)
    if procurement.package_shared_at is not None:
        share_package(session, actor, procurement=procurement, version=version, text=text)
        return
    procurement.package_text = expect_fitting_text("text", text, PACKAGE_LENGTH)
    record(session, actor, ProcurementEvent.PACKAGE_WRITTEN, procurement)


def share_package(
    session: Session, actor: Actor, *, procurement: Procurement, version: int, text: str
) -> None:
    """To everybody on a public page; whoever is interested in the need is told of it."""
    procurement.expect_version(version)
    pairing = procurement.pairing
    expect_adviser(actor, pairing)
    procurement.package_text = _expect_public_text(text)
    procurement.package_shared_by_id, procurement.package_shared_at = actor.person_id, now()
    event = record(session, actor, ProcurementEvent.PACKAGE_SHARED, procurement)
    told = everybody(session, pairing) | interested_people(session, pairing.need)
    tell(session, told, ProcurementTopic.PACKAGE_SHARED, event, CaseTold(**named(pairing)))


def _expect_public_text(text: str) -> str:
    """Everybody reads it, so nothing in it may surely be about one person."""
    said = expect_fitting_text("text", text, PACKAGE_LENGTH)
    expect_no_personal_data("text", said, ProcurementRefusal.PERSONAL_DATA)
    return said


# ---------------------------------------------------------------- the protocol


def write_protocol(
    session: Session,
    actor: Actor,
    *,
    procurement: Procurement,
    version: int,
    texts: Mapping[str, str],
    exempt_paragraph: str,
    exempt_until: date | None,
) -> None:
    """The words of § 10-5 that are not known elsewhere, and what is withheld until when."""
    procurement.expect_version(version)
    expect_adviser(actor, procurement.pairing)
    for name in PROTOCOL_TEXTS:
        setattr(procurement, name, fitting_text(name, texts.get(name, "")))
    paragraph = fitting_text("exempt_paragraph", exempt_paragraph, 100)
    if exempt_until is not None and not paragraph:
        raise InvalidField("exempt_paragraph", ProcurementRefusal.TEXT_MISSING)
    procurement.exempt_paragraph, procurement.exempt_until = paragraph or None, exempt_until
    record(session, actor, ProcurementEvent.PROTOCOL_CHANGED, procurement)


# ---------------------------------------------------------------- purchases


def record_purchase(
    session: Session,
    actor: Actor,
    *,
    pairing: Pairing,
    unit_id: int,
    kind: PurchaseKind | None,
    amount: int | None,
    bought_on: date | None,
    note: str,
    supplier: Supplier | None = None,
) -> Purchase:
    """From the entrepreneur, or whom the case has bought from. A wrong one is taken back by one
    below zero: also for a unit or a supplier that has no part in the case any more."""
    expect_bookkeeper(actor, pairing)
    taken_back = (amount or 0) < 0
    fitting = queries.list_units_to_book(session, pairing, taken_back=taken_back)
    if unit_id not in {unit.id for unit in fitting}:
        raise InvalidField("unit_id", ProcurementRefusal.UNIT_DOES_NOT_FIT)
    known = queries.list_suppliers(session, pairing)
    seller = supplier or known[0]
    if seller not in known:
        raise InvalidField("supplier", ProcurementRefusal.SUPPLIER_DOES_NOT_FIT)
    if kind is None:
        raise InvalidField("kind", ProcurementRefusal.TEXT_MISSING)
    if not amount or abs(amount) > LARGEST_AMOUNT:
        raise InvalidField("amount", ProcurementRefusal.NUMBER_OUT_OF_RANGE)
    if amount < 0:
        said = expect_fitting_text("note", note, 1000, ProcurementRefusal.CORRECTION_UNEXPLAINED)
        _expect_correction(session, pairing, unit_id, seller, amount)
    else:
        said = fitting_text("note", note, 1000)
    return add_purchase(
        session,
        actor,
        Purchase(
            pairing_id=pairing.id,
            unit_id=unit_id,
            supplier_id=seller.id,
            supplier_name=seller.name,
            kind=kind,
            amount=amount,
            bought_on=expect_past_day("bought_on", bought_on),
            note=said,
        ),
    )


def _expect_correction(
    session: Session, pairing: Pairing, unit_id: int, supplier: Supplier, amount: int
) -> None:
    """It takes back no more than the case has recorded: the sum warns of limits."""
    recorded = sum(
        purchase.amount
        for purchase in queries.list_purchases(session, pairing)
        if purchase.unit_id == unit_id and queries.supplier_of(purchase) == supplier
    )
    if recorded + amount < 0:
        raise InvalidField("amount", ProcurementRefusal.CORRECTION_TOO_LARGE, recorded=recorded)


def record_contract_as_purchase(
    session: Session, actor: Actor, procurement: Procurement, supplier: Supplier
) -> None:
    """The whole value of the contract counts from the day it is made."""
    add_purchase(
        session,
        actor,
        Purchase(
            pairing_id=procurement.pairing_id,
            unit_id=procurement.pairing.need.unit_id,
            supplier_id=supplier.id,
            supplier_name=supplier.name,
            kind=PurchaseKind.FOLLOW_UP,
            amount=procurement.contract_value,
            bought_on=today(),
        ),
    )


def add_purchase(session: Session, actor: Actor, purchase: Purchase) -> Purchase:
    purchase.recorded_by_id, purchase.recorded_at = person_of(actor), now()
    session.add(purchase)
    record(session, actor, ProcurementEvent.PURCHASE_RECORDED, purchase)
    return purchase
