"""A paid test is a purchase: which rules it follows, and whether its route has been confirmed."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from marketplace.agreements.models import Agreement
from marketplace.core.clock import NORWAY
from marketplace.core.errors import NotNow, Refused
from marketplace.needs.states import ServiceCategory
from marketplace.procurements import queries
from marketplace.procurements.advice import Advice, advise
from marketplace.procurements.states import ProcurementRefusal, Track
from marketplace.procurements.thresholds import ThresholdRow


def value_of(agreement: Agreement) -> int:
    """What the test may come to; nothing where nobody is paid for it."""
    payment = agreement.payment or 0
    return max(payment, agreement.cost_cap or 0) if payment else 0


def day_of(agreement: Agreement) -> date:
    """The purchase of a test starts when its version is begun."""
    return agreement.created_at.astimezone(NORWAY).date()


def advice_of(session: Session, agreement: Agreement) -> Advice | None:
    """As of a purchase; None where nothing is paid."""
    return advice_by(queries.list_thresholds(session), agreement)


def advice_by(rows: Sequence[ThresholdRow], agreement: Agreement) -> Advice | None:
    value = value_of(agreement)
    category = agreement.pairing.need.service_category or ServiceCategory.OTHER
    return advise(rows, value, category, day_of(agreement)) if value else None


def needs_route(advice: Advice | None) -> bool:
    """Above the limit for direct purchase, or where the table does not tell."""
    return advice is not None and advice.track is not Track.OUTSIDE_ACT


def is_confirmed(session: Session, agreement: Agreement) -> bool:
    paid = queries.find_paid_test(session, agreement)
    return paid is not None and paid.confirmed_at is not None


def route_obstacle(session: Session, agreement: Agreement) -> Refused | None:
    """Nobody signs before the adviser has confirmed how the test is bought."""
    if not needs_route(advice_of(session, agreement)) or is_confirmed(session, agreement):
        return None
    return NotNow(ProcurementRefusal.TEST_ROUTE_UNCONFIRMED, value=value_of(agreement))
