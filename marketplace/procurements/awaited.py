"""What procurements wait for: of one procurement or step, or in SQL (`core.rules`)."""

from marketplace.core.clock import today
from marketplace.core.rules import before, missing, one_of
from marketplace.pairings.awaited import is_approved
from marketplace.pairings.models import Pairing
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ONGOING, ProcurementState


def is_ongoing(procurement: Procurement) -> bool:
    return one_of(procurement.state, ONGOING)


def awaits_route(procurement: Procurement) -> bool:
    return (procurement.state == ProcurementState.PREPARING) & missing(procurement.route)


def stands(step: ProcurementStep) -> bool:
    """Of the route that was chosen last, or done before it; the others are dropped."""
    return missing(step.dropped_at)


def is_open(step: ProcurementStep) -> bool:
    return stands(step) & missing(step.done_on)


def is_awaited(pairing: Pairing, procurement: Procurement, step: ProcurementStep) -> bool:
    return is_approved(pairing) & is_ongoing(procurement) & is_open(step)


def is_due(pairing: Pairing, procurement: Procurement, step: ProcurementStep) -> bool:
    """From the day itself on."""
    return is_awaited(pairing, procurement, step) & (step.due_on <= today())


def is_late(procurement: Procurement, step: ProcurementStep) -> bool:
    """When its day has passed, as long as the procurement goes on."""
    return is_ongoing(procurement) & is_open(step) & before(step.due_on, today())
