"""A paid test above the limit for direct purchase: the adviser confirms how it is bought."""

from sqlalchemy.orm import Session

from marketplace.agreements.awaited import lacks_signature
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotNow
from marketplace.core.outbox import tell
from marketplace.needs.states import ProcurementRoute
from marketplace.pairings import recipients
from marketplace.pairings.states import PARTIES
from marketplace.pairings.told import CaseTold, named
from marketplace.procurements import paid_tests, queries
from marketplace.procurements.models import PaidTest
from marketplace.procurements.services.expectations import (
    adviser_id,
    expect_adviser,
    expect_fitting_text,
)
from marketplace.procurements.states import (
    ROUTES,
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementTopic,
)


def ask_for_route(session: Session, actor: Actor, agreement: Agreement) -> None:
    """When a version is offered; a payment that was confirmed in this case is not asked again."""
    if paid_tests.route_obstacle(session, agreement) is None:
        return
    paid = queries.find_paid_test(session, agreement) or _add(session, agreement)
    event = record(session, actor, ProcurementEvent.TEST_ROUTE_ASKED, paid)
    person_id = adviser_id(agreement.pairing)
    _tell(session, set() if person_id is None else {person_id}, paid, event)


def confirm_route(
    session: Session,
    actor: Actor,
    *,
    agreement: Agreement,
    version: int,
    route: ProcurementRoute | None,
    reason: str,
) -> PaidTest:
    """`version` is that of the agreement: it is for the payment that the adviser has seen."""
    agreement.expect_version(version)
    expect_confirmable(session, actor, agreement)
    if route not in ROUTES:
        raise InvalidField("route", ProcurementRefusal.ROUTE_MISSING)
    why = expect_fitting_text("reason", reason)
    paid = queries.find_paid_test(session, agreement) or _add(session, agreement)
    if (paid.route, paid.reason) == (route, why):
        raise NotNow(ProcurementRefusal.TEST_ROUTE_KNOWN)
    paid.route, paid.reason = route, why
    paid.confirmed_by_id, paid.confirmed_at = actor.person_id, now()
    event = record(session, actor, ProcurementEvent.TEST_ROUTE_CONFIRMED, paid, reason=why)
    session.expire(paid, ["confirmed_by"])
    _tell(session, recipients.parties(session, agreement.pairing), paid, event)
    return paid


def expect_confirmable(session: Session, actor: Actor, agreement: Agreement) -> None:
    """By the adviser, of an offered version, until somebody has signed what was confirmed."""
    expect_adviser(actor, agreement.pairing)
    if agreement.state is not AgreementState.OFFERED:
        raise NotNow(ProcurementRefusal.TEST_NOT_OFFERED)
    if not paid_tests.needs_route(paid_tests.advice_of(session, agreement)):
        raise NotNow(ProcurementRefusal.TEST_NEEDS_NO_ROUTE)
    signed = not all(lacks_signature(agreement, side) for side in PARTIES)
    if signed and paid_tests.is_confirmed(session, agreement):
        raise NotNow(ProcurementRefusal.TEST_SIGNED)


def _add(session: Session, agreement: Agreement) -> PaidTest:
    paid = PaidTest(
        pairing_id=agreement.pairing_id,
        pairing=agreement.pairing,
        payment=agreement.payment,
        cost_cap=agreement.cost_cap,
        asked_at=now(),
    )
    session.add(paid)
    session.flush()
    return paid


def _tell(session: Session, people: set[int], paid: PaidTest, event: AuditEvent) -> None:
    """The reason is the municipality's own, so nobody is told it."""
    asked = paid.confirmed_at is None
    topic = ProcurementTopic.TEST_ROUTE_ASKED if asked else ProcurementTopic.TEST_ROUTE_CONFIRMED
    tell(session, people, topic, event, CaseTold(**named(paid.pairing)))
