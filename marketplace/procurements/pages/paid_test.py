"""What the payment for a test means as a purchase, on the pages of its agreement."""

from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.core.clock import today
from marketplace.needs.states import ServiceCategory
from marketplace.pairings.states import PairingState
from marketplace.procurements import paid_tests, policies, queries, thresholds
from marketplace.procurements.advice import advise
from marketplace.procurements.labels import ROUTE_MEANINGS, TRACK_MEANINGS
from marketplace.procurements.states import ThresholdKey
from marketplace.ui.context import current_actor, db_session


def payment_advice(agreement: Agreement, **_values: object) -> str:
    """Nothing where nothing is paid."""
    values = values_of(db_session(), agreement)
    return render_template("procurements/paid_test.html", **values) if values["advice"] else ""


def values_of(session: Session, agreement: Agreement) -> dict[str, Any]:
    found, actor = paid_tests.advice_of(session, agreement), current_actor()
    if found is None:
        return {"advice": None}
    rows, pairing = queries.list_thresholds(session), agreement.pairing
    asks = paid_tests.needs_route(found)
    offered = agreement.state is AgreementState.OFFERED and pairing.state is PairingState.APPROVED
    lines = {line.row.key: line for line in found.lines}
    return {
        "agreement": agreement,
        "advice": found,
        "direct": lines.get(ThresholdKey.ACT_APPLIES),
        "asks": asks,
        "paid": queries.find_paid_test(session, agreement) if asks else None,
        "may_confirm": asks and offered and policies.handles(actor, pairing),
        "inside": policies.can_see_inside(actor, pairing),
        "with_purchase": _with_purchase(session, agreement),
        "track_meanings": TRACK_MEANINGS,
        "route_meanings": ROUTE_MEANINGS,
        "last_checked": thresholds.last_checked(rows),
        "table_is_old": thresholds.is_old(rows, today()),
    }


def _with_purchase(session: Session, agreement: Agreement) -> Any:
    """What the need expects of test and purchase together, where that is more than the test."""
    need, value = agreement.pairing.need, paid_tests.value_of(agreement)
    if (need.estimated_value or 0) <= value:
        return None
    category = need.service_category or ServiceCategory.OTHER
    rows, day = queries.list_thresholds(session), paid_tests.day_of(agreement)
    return advise(rows, need.estimated_value or 0, category, day)
