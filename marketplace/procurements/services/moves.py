"""The moves of a procurement: announced, contracted, or cancelled."""

import re

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now, today
from marketplace.core.errors import Incomplete, InvalidField, NotNow
from marketplace.core.reactions import run_reactions
from marketplace.pairings.roles.role_map import expect_filled
from marketplace.procurements import queries
from marketplace.procurements.advice import PROTOCOL_TRACKS, Advice, advise
from marketplace.procurements.models import Procurement
from marketplace.procurements.protocol import missing_before_contract
from marketplace.procurements.queries import Supplier
from marketplace.procurements.services.expectations import (
    SHORT,
    expect_adviser,
    expect_amount,
    expect_fitting_text,
)
from marketplace.procurements.services.records import record_contract_as_purchase
from marketplace.procurements.services.telling import Topics, tell_how_it_goes
from marketplace.procurements.sights import is_exempt
from marketplace.procurements.states import (
    ANNOUNCED_ROUTES,
    NEEDED_ROLES,
    PROCUREMENT_LIFECYCLE,
    UNTIL_SUPPLIER_IS_CHOSEN,
    ProcurementEvent,
    ProcurementMove,
    ProcurementRefusal,
    ProcurementState,
    ProcurementTopic,
)
from marketplace.programmes.states import ProgrammeTopic

NOTICE_NUMBER = re.compile(r"\d{4,}")
"""Numbers on Doffin and in TED have a year in them; a word alone is no number."""


ANNOUNCED = Topics(ProcurementTopic.ANNOUNCED, ProcurementTopic.ANNOUNCED_TO_OTHERS)
CONTRACTED = Topics(
    ProcurementTopic.CONTRACTED,
    ProcurementTopic.CONTRACTED_TO_OTHERS,
    ProgrammeTopic.CASE_CONTRACTED,
)
CANCELLED = Topics(
    ProcurementTopic.CANCELLED,
    ProcurementTopic.CANCELLED_TO_OTHERS,
    ProgrammeTopic.CASE_PURCHASE_CANCELLED,
)


def expect_move(actor: Actor, procurement: Procurement, move: ProcurementMove) -> None:
    """Refuse the wrong person, then the wrong moment, then an empty role or a wrong route."""
    expect_adviser(actor, procurement.pairing)
    PROCUREMENT_LIFECYCLE.check(procurement.state, move)
    expect_filled(procurement.pairing, NEEDED_ROLES)
    if move is ProcurementMove.CANCEL:
        return
    if procurement.route is None:
        raise NotNow(ProcurementRefusal.ROUTE_MISSING)
    announced = procurement.route in ANNOUNCED_ROUTES
    if move is ProcurementMove.ANNOUNCE and not announced:
        raise NotNow(ProcurementRefusal.NO_NOTICE_ON_ROUTE, route=procurement.route)
    waits = announced and procurement.state is ProcurementState.PREPARING
    if move is ProcurementMove.CONTRACT and waits:
        raise NotNow(ProcurementRefusal.MUST_ANNOUNCE, route=procurement.route)


def announce(
    session: Session, actor: Actor, *, procurement: Procurement, version: int, reference: str
) -> None:
    """The notice itself is posted on Doffin by hand; its number is stored here."""
    procurement.expect_version(version)
    expect_move(actor, procurement, ProcurementMove.ANNOUNCE)
    number = expect_fitting_text("reference", reference, 100)
    if not NOTICE_NUMBER.search(number):
        raise InvalidField("reference", ProcurementRefusal.NOTICE_NUMBER_UNREADABLE)
    PROCUREMENT_LIFECYCLE.make(procurement, ProcurementMove.ANNOUNCE)
    procurement.notice_reference = number
    procurement.announced_by_id, procurement.announced_at = actor.person_id, now()
    event = record(session, actor, ProcurementEvent.ANNOUNCED, procurement)
    tell_how_it_goes(session, procurement, ANNOUNCED, event)
    run_reactions(session, actor, ProcurementEvent.ANNOUNCED, procurement)


def contract(
    session: Session,
    actor: Actor,
    *,
    procurement: Procurement,
    version: int,
    other_supplier: str | None,
    value: int | None,
    reason: str,
) -> None:
    """With the entrepreneur of the case, or with another supplier by name."""
    procurement.expect_version(version)
    expect_move(actor, procurement, ProcurementMove.CONTRACT)
    supplier = _supplier(procurement, other_supplier)
    amount = expect_amount("value", value)
    _expect_value_explained(session, procurement, amount)
    PROCUREMENT_LIFECYCLE.make(procurement, ProcurementMove.CONTRACT, reason=reason)
    procurement.supplier_id, procurement.supplier_name = supplier.id, supplier.name
    procurement.contract_value = amount
    procurement.award_reason = expect_fitting_text("reason", reason)
    procurement.contracted_by_id, procurement.contracted_at = actor.person_id, now()
    if procurement.exempt_paragraph == UNTIL_SUPPLIER_IS_CHOSEN:
        procurement.exempt_until = min(procurement.exempt_until or today(), today())
    event = record(
        session, actor, ProcurementEvent.CONTRACTED, procurement, reason=procurement.award_reason
    )
    record_contract_as_purchase(session, actor, procurement, supplier)
    open_reason = None if is_exempt(procurement, today()) else procurement.award_reason
    tell_how_it_goes(session, procurement, CONTRACTED, event, open_reason)
    run_reactions(session, actor, ProcurementEvent.CONTRACTED, procurement)


def cancel(
    session: Session, actor: Actor, *, procurement: Procurement, version: int, reason: str
) -> None:
    procurement.expect_version(version)
    expect_move(actor, procurement, ProcurementMove.CANCEL)
    PROCUREMENT_LIFECYCLE.make(procurement, ProcurementMove.CANCEL, reason=reason)
    procurement.cancelled_by_id, procurement.cancelled_at = actor.person_id, now()
    procurement.cancel_reason = expect_fitting_text("reason", reason)
    event = record(
        session, actor, ProcurementEvent.CANCELLED, procurement, reason=procurement.cancel_reason
    )
    tell_how_it_goes(session, procurement, CANCELLED, event, procurement.cancel_reason)
    run_reactions(session, actor, ProcurementEvent.CANCELLED, procurement)


# ---------------------------------------------------------------- parts of the moves


def _supplier(procurement: Procurement, other: str | None) -> Supplier:
    if other is not None:
        missing = ProcurementRefusal.SUPPLIER_MISSING
        return Supplier(None, expect_fitting_text("other_supplier", other, SHORT, missing))
    organisation = procurement.pairing.concept.organisation
    return Supplier(organisation.id, organisation.name)


def _expect_value_explained(session: Session, procurement: Procurement, value: int) -> None:
    """What the contract comes to must fit the route as well as the estimate did."""
    advice = advice_for(session, procurement, value)
    if procurement.route not in advice.routes and not procurement.route_reason:
        raise InvalidField("value", ProcurementRefusal.VALUE_UNEXPLAINED)
    missing = missing_before_contract(procurement)
    if advice.track in PROTOCOL_TRACKS and missing:
        raise Incomplete(ProcurementRefusal.PROTOCOL_INCOMPLETE, missing)


def advice_for(session: Session, procurement: Procurement, value: int | None = None) -> Advice:
    """By the table on the day the procurement started, for its estimate or another value."""
    return advise(
        queries.list_thresholds(session),
        procurement.estimated_value if value is None else value,
        procurement.service_category,
        procurement.starts_on,
    )
