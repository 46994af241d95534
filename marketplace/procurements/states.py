"""Procurements: states, moves, thresholds, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move
from marketplace.needs.states import ProcurementRoute
from marketplace.pairings.states import CaseRole


class ProcurementState(StrEnum):
    PREPARING = "preparing"
    ANNOUNCED = "announced"
    CONTRACTED = "contracted"
    CANCELLED = "cancelled"


class ProcurementMove(StrEnum):
    ANNOUNCE = "announce"
    CONTRACT = "contract"
    CANCEL = "cancel"


PROCUREMENT_LIFECYCLE: Lifecycle[ProcurementState, ProcurementMove] = Lifecycle(
    {
        ProcurementMove.ANNOUNCE: Move(
            frozenset({ProcurementState.PREPARING}), ProcurementState.ANNOUNCED
        ),
        # A direct purchase is not announced.
        ProcurementMove.CONTRACT: Move(
            frozenset({ProcurementState.PREPARING, ProcurementState.ANNOUNCED}),
            ProcurementState.CONTRACTED,
            needs_reason=True,
        ),
        ProcurementMove.CANCEL: Move(
            frozenset({ProcurementState.PREPARING, ProcurementState.ANNOUNCED}),
            ProcurementState.CANCELLED,
            needs_reason=True,
        ),
    }
)

ONGOING = frozenset({ProcurementState.PREPARING, ProcurementState.ANNOUNCED})

NEEDED_ROLES: frozenset[CaseRole] = frozenset(
    {CaseRole.PROCUREMENT_ADVISER, CaseRole.DECISION_MAKER}
)

ROUTES = tuple(route for route in ProcurementRoute if route is not ProcurementRoute.UNDECIDED)
ANNOUNCED_ROUTES = frozenset(
    {
        ProcurementRoute.OPEN_TENDER,
        ProcurementRoute.LIMITED_TENDER,
        ProcurementRoute.INNOVATION_PARTNERSHIP,
        ProcurementRoute.NOTICE_OF_INTENT,
    }
)
"""Routes that go through a notice on Doffin; a contract by them needs one first."""

UNTIL_SUPPLIER_IS_CHOSEN = "offentleglova § 23 (3)"
"""The exemption that every procurement begins with; it lapses with the contract."""


class ThresholdKey(StrEnum):
    """What an amount decides; see the dated table."""

    ACT_APPLIES = "act_applies"
    NATIONAL = "national"
    EEA_GOODS_SERVICES = "eea_goods_services"
    EEA_WORKS = "eea_works"
    HEALTH_SOCIAL = "health_social"


class Track(StrEnum):
    """Which part of the regulation applies."""

    OUTSIDE_ACT = "outside_act"
    PART_I = "part_i"
    PART_II = "part_ii"
    PART_III = "part_iii"
    PART_IV = "part_iv"


class Announcing(StrEnum):
    """Where a notice is a duty."""

    NOWHERE = "nowhere"
    DOFFIN = "doffin"
    DOFFIN_AND_TED = "doffin_and_ted"


class SumLevel(StrEnum):
    """How near a sum of purchases has come to a limit."""

    BELOW = "below"
    NEAR = "near"
    OVER = "over"


class ProtocolPoint(StrEnum):
    """What the protocol has to tell (§ 10-5)."""

    OBJECT = "object"
    VALUE = "value"
    INVITED = "invited"
    IMPARTIALITY = "impartiality"
    SUBCONTRACTORS = "subcontractors"
    WINNER = "winner"
    RESERVED = "reserved"
    CANCELLED = "cancelled"


class PurchaseKind(StrEnum):
    PILOT = "pilot"
    FOLLOW_UP = "follow_up"


class DialogueChannel(StrEnum):
    MEETING = "meeting"
    PHONE = "phone"
    EMAIL = "email"
    EVENT = "event"
    OTHER = "other"


class ProcurementEvent(StrEnum):
    OPENED = "procurement.opened"
    PLANNED = "procurement.planned"
    STEP_DONE = "procurement.step_done"
    STEP_REOPENED = "procurement.step_reopened"
    STEP_CHANGED = "procurement.step_changed"
    STEP_ADDED = "procurement.step_added"
    STEP_REMINDED = "procurement.step_reminded"
    DIALOGUE_LOGGED = "procurement.dialogue_logged"
    PACKAGE_WRITTEN = "procurement.package_written"
    PACKAGE_SHARED = "procurement.package_shared"
    PROTOCOL_CHANGED = "procurement.protocol_changed"
    ANNOUNCED = "procurement.announced"
    CONTRACTED = "procurement.contracted"
    CANCELLED = "procurement.cancelled"
    PURCHASE_RECORDED = "procurement.purchase_recorded"
    THRESHOLD_ADDED = "procurement.threshold_added"
    THRESHOLD_WITHDRAWN = "procurement.threshold_withdrawn"
    ADVICE_CHANGED = "procurement.advice_changed"
    TEST_ROUTE_ASKED = "procurement.test_route_asked"
    TEST_ROUTE_CONFIRMED = "procurement.test_route_confirmed"
    STEP_TEMPLATE_CHANGED = "procurement.step_template_changed"


class ProcurementTopic(StrEnum):
    OPENED = "procurement.opened"
    ANNOUNCED = "procurement.announced"
    CONTRACTED = "procurement.contracted"
    CANCELLED = "procurement.cancelled"
    ANNOUNCED_TO_OTHERS = "procurement.announced_to_others"
    CONTRACTED_TO_OTHERS = "procurement.contracted_to_others"
    CANCELLED_TO_OTHERS = "procurement.cancelled_to_others"
    STEP_DUE = "procurement.step_due"
    PACKAGE_SHARED = "procurement.package_shared"
    THRESHOLD_ADDED = "procurement.threshold_added"
    THRESHOLD_WITHDRAWN = "procurement.threshold_withdrawn"
    TEST_ROUTE_ASKED = "procurement.test_route_asked"
    TEST_ROUTE_CONFIRMED = "procurement.test_route_confirmed"


class ProcurementRefusal(StrEnum):
    ADVISER_ONLY = "adviser_only"
    SPEAKS_FOR_ENTREPRENEUR = "speaks_for_entrepreneur"
    ADMINISTRATORS_ONLY = "administrators_only"
    ROUTE_MISSING = "route_missing"
    ROUTE_FIXED = "route_fixed"
    DEPARTURE_UNEXPLAINED = "departure_unexplained"
    NO_NOTICE_ON_ROUTE = "no_notice_on_route"
    MUST_ANNOUNCE = "must_announce"
    PROTOCOL_INCOMPLETE = "protocol_incomplete"
    VALUE_UNEXPLAINED = "value_unexplained"
    WITHHELD = "withheld"
    OVER = "over"
    CASE_CLOSED = "case_closed"
    STEP_DONE = "step_done"
    STEP_OPEN = "step_open"
    STEP_OF_ANOTHER = "step_of_another"
    OWNER_DOES_NOT_FIT = "owner_does_not_fit"
    UNIT_DOES_NOT_FIT = "unit_does_not_fit"
    SUPPLIER_DOES_NOT_FIT = "supplier_does_not_fit"
    DAY_AHEAD = "day_ahead"
    DAY_TAKEN = "day_taken"
    ORDER_IMPOSSIBLE = "order_impossible"
    JUMP_UNCONFIRMED = "jump_unconfirmed"
    TEST_ROUTE_UNCONFIRMED = "test_route_unconfirmed"
    TEST_NOT_OFFERED = "test_not_offered"
    TEST_NEEDS_NO_ROUTE = "test_needs_no_route"
    TEST_SIGNED = "test_signed"
    TEST_ROUTE_KNOWN = "test_route_known"
    NOTICE_NUMBER_UNREADABLE = "notice_number_unreadable"
    DAY_MISSING = "day_missing"
    DAY_BEFORE_OPENING = "day_before_opening"
    TEXT_MISSING = "text_missing"
    SUPPLIER_MISSING = "supplier_missing"
    CORRECTION_UNEXPLAINED = "correction_unexplained"
    CORRECTION_TOO_LARGE = "correction_too_large"
    PERSONAL_DATA = "personal_data"
    TEXT_TOO_LONG = "text_too_long"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"


class ProcurementWork(StrEnum):
    """What becomes due by the clock."""

    STEP_DUE = "procurement.step_due"


class ProcurementDate(StrEnum):
    """What a calendar may show."""

    STEP = "step"


class ProcurementTask(StrEnum):
    """What waits for somebody."""

    TEST_ROUTE = "procurement_test_route"
    ROUTE = "procurement_route"
    STEP = "procurement_step"
    OWN_STEP = "procurement_own_step"
