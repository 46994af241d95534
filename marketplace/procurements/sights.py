"""Who sees what is written about a purchase: a supplier sees what all suppliers may know."""

from datetime import date

from marketplace.core.clock import today
from marketplace.core.sight import EVERYONE, Reader, Sight, Stage
from marketplace.pairings.sights import CASE, INSIDE
from marketplace.procurements.models import Procurement
from marketplace.procurements.states import ProcurementState


def is_exempt(procurement: Procurement, day: date) -> bool:
    """Whether offers and protocol are withheld on that day."""
    until = procurement.exempt_until
    return procurement.exempt_paragraph is not None and (until is None or day < until)


def protocol_is_open(procurement: Procurement, day: date) -> bool:
    """Whether the entrepreneur of the case may read it too."""
    over = procurement.state is ProcurementState.CONTRACTED
    return over and not is_exempt(procurement, day)


def _exempt(procurement: Procurement) -> str:
    return "" if protocol_is_open(procurement, today()) else Stage.EXEMPT


def _unshared(procurement: Procurement) -> str:
    return "" if procurement.package_shared_at else Stage.UNSHARED


PROTOCOL = Sight(
    "procurement",
    ("object", "invited", "impartiality", "subcontractors", "reserved_reason", "award_reason"),
    CASE,
    {Stage.EXEMPT: INSIDE},
    stage_of=_exempt,
)
ROUTE = Sight("procurement", ("route_reason",), INSIDE)
OPEN = Sight(
    "procurement",
    ("cancel_reason", "exempt_paragraph", "notice_reference", "supplier_name"),
    CASE,
)
PACKAGE = Sight(
    "procurement",
    ("package_text",),
    EVERYONE,
    {Stage.UNSHARED: (Reader.CASE_ADVISER,)},
    stage_of=_unshared,
)
TEST = Sight("paid_test", ("reason",), INSIDE)
STEP = Sight("procurement_step", ("title",), CASE)
DIALOGUE = Sight("dialogue_entry", ("supplier", "summary"), INSIDE)
SHARED = Sight("dialogue_entry", ("shared",), CASE)
PURCHASE = Sight("purchase", ("supplier_name", "note"), INSIDE)
THRESHOLD = Sight(
    "threshold",
    ("paragraph", "source", "withdrawal_reason"),
    (Reader.ADMINISTRATORS, *INSIDE),
    at_most=True,
)
STEP_TEMPLATE = Sight("step_template", ("title",), (Reader.ADMINISTRATORS, *CASE), at_most=True)

SIGHTS = (
    ROUTE, TEST, PROTOCOL, OPEN, PACKAGE, STEP, DIALOGUE, SHARED, PURCHASE, THRESHOLD,
    STEP_TEMPLATE,
)  # fmt: skip
