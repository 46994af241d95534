"""Agreements: states, moves, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move
from marketplace.pairings.states import CaseRole


class AgreementState(StrEnum):
    DRAFT = "draft"
    OFFERED = "offered"
    SIGNED = "signed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class AgreementMove(StrEnum):
    OFFER = "offer"
    SEND_BACK = "send_back"
    SIGN = "sign"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


OPEN = frozenset({AgreementState.DRAFT, AgreementState.OFFERED})
"""A version that is being written or waits for signatures; a case has one at most."""

AGREEMENT_LIFECYCLE: Lifecycle[AgreementState, AgreementMove] = Lifecycle(
    {
        AgreementMove.OFFER: Move(frozenset({AgreementState.DRAFT}), AgreementState.OFFERED),
        AgreementMove.SEND_BACK: Move(
            frozenset({AgreementState.OFFERED}), AgreementState.DRAFT, needs_reason=True
        ),
        AgreementMove.SIGN: Move(frozenset({AgreementState.OFFERED}), AgreementState.SIGNED),
        AgreementMove.SUPERSEDE: Move(
            frozenset({AgreementState.SIGNED}), AgreementState.SUPERSEDED
        ),
        AgreementMove.WITHDRAW: Move(OPEN, AgreementState.WITHDRAWN, needs_reason=True),
    }
)

NEEDED_ROLES: dict[AgreementMove, frozenset[CaseRole]] = {
    AgreementMove.OFFER: frozenset({CaseRole.UNIT_CONTACT, CaseRole.ENTREPRENEUR_CONTACT}),
    AgreementMove.SIGN: frozenset(CaseRole),
}
"""Roles without which a move does not open."""


class AgreementTrigger(StrEnum):
    """Why a version was begun."""

    FIRST = "first"
    RENEGOTIATION = "renegotiation"
    EXTENSION = "extension"


class AgreementRequirement(StrEnum):
    """What a version must say before it is offered."""

    PURPOSE = "purpose"
    UNIT_CONTRIBUTION = "unit_contribution"
    ENTREPRENEUR_CONTRIBUTION = "entrepreneur_contribution"
    HOURS = "hours"
    SITES = "sites"
    COST_CAP = "cost_cap"
    COST_CAP_COVERS_PAYMENT = "cost_cap_covers_payment"
    CRITERIA = "criteria"
    WEIGHTS_ADD_UP = "weights_add_up"
    TEST_PERIOD = "test_period"
    CHECKPOINTS = "checkpoints"
    CHECKPOINTS_IN_PERIOD = "checkpoints_in_period"
    DECISION_DATE = "decision_date"
    DECISION_AFTER_TEST = "decision_after_test"
    DATES_AHEAD = "dates_ahead"
    ON_YES = "on_yes"
    ON_NO = "on_no"
    DATA_PROTECTION = "data_protection"
    OWNERSHIP = "ownership"


class AgreementEvent(StrEnum):
    STARTED = "agreement.started"
    CHANGED = "agreement.changed"
    OFFERED = "agreement.offered"
    SENT_BACK = "agreement.sent_back"
    UNIT_SIGNED = "agreement.unit_signed"
    ENTREPRENEUR_SIGNED = "agreement.entrepreneur_signed"
    IN_FORCE = "agreement.in_force"
    SUPERSEDED = "agreement.superseded"
    WITHDRAWN = "agreement.withdrawn"
    TEMPLATE_CHANGED = "agreement.template_changed"


class AgreementTopic(StrEnum):
    STARTED = "agreement.started"
    OFFERED = "agreement.offered"
    SENT_BACK = "agreement.sent_back"
    SIGNED_BY_ONE = "agreement.signed_by_one"
    SIGNED = "agreement.signed"
    NEW_VERSION = "agreement.new_version"
    WITHDRAWN = "agreement.withdrawn"


class AgreementAwaited(StrEnum):
    """What the agreement of a case waits for: the next step in the words of the case page."""

    START = "start"
    OFFER = "offer"
    BOTH_SIGNATURES = "both_signatures"
    UNIT_SIGNATURE = "unit_signature"
    ENTREPRENEUR_SIGNATURE = "entrepreneur_signature"


class AgreementTask(StrEnum):
    """What waits for somebody."""

    MISSING = "agreement_missing"
    DRAFT = "agreement_draft"
    UNIT_SIGNATURE = "agreement_unit_signature"
    ENTREPRENEUR_SIGNATURE = "agreement_entrepreneur_signature"


class AgreementRefusal(StrEnum):
    PARTIES_ONLY = "parties_only"
    SIGNERS_ONLY = "signers_only"
    ALREADY_SIGNED = "already_signed"
    SIGNED_FOR_OTHER_SIDE = "signed_for_other_side"
    CASE_NOT_APPROVED = "case_not_approved"
    VERSION_OPEN = "version_open"
    NOTHING_IN_FORCE = "nothing_in_force"
    DATE_DECIDED = "date_decided"
    TEST_ENDED = "test_ended"
    ONLY_RENEGOTIATION_WITHDRAWN = "only_renegotiation_withdrawn"
    UNIT_OUTSIDE_MUNICIPALITY = "unit_outside_municipality"
    PLACE_UNKNOWN = "place_unknown"
    ROW_INCOMPLETE = "row_incomplete"
    ROW_TWICE = "row_twice"
    NOT_READY = "not_ready"
    LOCKED = "locked"
    DATES_PASSED = "dates_passed"
    ADMINISTRATORS_ONLY = "administrators_only"
    TEXT_MISSING = "text_missing"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
