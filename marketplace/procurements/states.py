"""Procurements: states, moves, thresholds, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move
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
    DIALOGUE_LOGGED = "procurement.dialogue_logged"
    PACKAGE_SHARED = "procurement.package_shared"
    PROTOCOL_CHANGED = "procurement.protocol_changed"
    ANNOUNCED = "procurement.announced"
    CONTRACTED = "procurement.contracted"
    CANCELLED = "procurement.cancelled"
    PURCHASE_RECORDED = "procurement.purchase_recorded"
    THRESHOLD_ADDED = "procurement.threshold_added"
    STEP_TEMPLATE_CHANGED = "procurement.step_template_changed"


class ProcurementTopic(StrEnum):
    OPENED = "procurement.opened"
    ANNOUNCED = "procurement.announced"
    CONTRACTED = "procurement.contracted"
    CANCELLED = "procurement.cancelled"
    STEP_DUE = "procurement.step_due"
    PACKAGE_SHARED = "procurement.package_shared"


class ProcurementRefusal(StrEnum):
    ADVISER_ONLY = "adviser_only"
    ADMINISTRATORS_ONLY = "administrators_only"
    NOT_BOUGHT = "not_bought"
    ROUTE_MISSING = "route_missing"
    NOTICE_MISSING = "notice_missing"
    NO_NOTICE_ON_ROUTE = "no_notice_on_route"
    MUST_ANNOUNCE = "must_announce"
    STEPS_LEFT = "steps_left"
    PROTOCOL_INCOMPLETE = "protocol_incomplete"
    OVER = "over"
    TEXT_MISSING = "text_missing"
    DATE_EARLIER_THAN_LAST = "date_earlier_than_last"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
