"""Needs: code words, moves, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move


class NeedState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    NEEDS_CHANGES = "needs_changes"
    PUBLISHED = "published"
    CLOSED = "closed"


class NeedMove(StrEnum):
    SUBMIT = "submit"
    ASK_FOR_CHANGES = "ask_for_changes"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    PUBLISH = "publish"
    CLOSE = "close"


NEED_LIFECYCLE: Lifecycle[NeedState, NeedMove] = Lifecycle(
    {
        NeedMove.SUBMIT: Move(
            frozenset({NeedState.DRAFT, NeedState.NEEDS_CHANGES}), NeedState.IN_REVIEW
        ),
        NeedMove.ASK_FOR_CHANGES: Move(
            frozenset({NeedState.IN_REVIEW}), NeedState.NEEDS_CHANGES, needs_reason=True
        ),
        NeedMove.REFUSE: Move(
            frozenset({NeedState.IN_REVIEW}), NeedState.NEEDS_CHANGES, needs_reason=True
        ),
        NeedMove.TAKE_BACK: Move(
            frozenset({NeedState.IN_REVIEW}), NeedState.NEEDS_CHANGES, needs_reason=True
        ),
        NeedMove.PUBLISH: Move(frozenset({NeedState.IN_REVIEW}), NeedState.PUBLISHED),
        NeedMove.CLOSE: Move(frozenset({NeedState.PUBLISHED}), NeedState.CLOSED, needs_reason=True),
    }
)

EDITABLE = frozenset({NeedState.DRAFT, NeedState.NEEDS_CHANGES})
PUBLIC = frozenset({NeedState.PUBLISHED, NeedState.CLOSED})
ENDORSABLE = EDITABLE | {NeedState.IN_REVIEW}
"""A leader may say yes before or after the unit has sent the need to review."""
REVIEWED = PUBLIC | {NeedState.IN_REVIEW, NeedState.NEEDS_CHANGES}
"""What has left the unit at least once; the municipality's own people may read it."""


class SentBack(StrEnum):
    """Who put a need back into its unit's hands."""

    COORDINATOR = "coordinator"
    LEADER = "leader"
    UNIT = "unit"


class ParticipationState(StrEnum):
    """How far another unit has come in joining a need."""

    ASKED = "asked"
    ENDORSED = "endorsed"
    WITHDRAWN = "withdrawn"


class ParticipationMove(StrEnum):
    ENDORSE = "endorse"
    WITHDRAW = "withdraw"


PARTICIPATION_LIFECYCLE: Lifecycle[ParticipationState, ParticipationMove] = Lifecycle(
    {
        ParticipationMove.ENDORSE: Move(
            frozenset({ParticipationState.ASKED}), ParticipationState.ENDORSED
        ),
        ParticipationMove.WITHDRAW: Move(
            frozenset({ParticipationState.ASKED, ParticipationState.ENDORSED}),
            ParticipationState.WITHDRAWN,
            needs_reason=True,
        ),
    }
)

JOINABLE = frozenset({NeedState.IN_REVIEW, NeedState.PUBLISHED})
"""When other units may join: from when the text is fixed until the need is over."""


class NeedOutcome(StrEnum):
    MET = "met"
    WITHDRAWN = "withdrawn"
    NO_MATCH = "no_match"


class BudgetStatus(StrEnum):
    FUNDED = "funded"
    APPLIED = "applied"
    UNFUNDED = "unfunded"


class ServiceCategory(StrEnum):
    HEALTH_SOCIAL = "health_social"
    SPECIAL = "special"
    OTHER = "other"


class ProcurementRoute(StrEnum):
    DIRECT_PURCHASE = "direct_purchase"
    MINI_COMPETITION = "mini_competition"
    OPEN_TENDER = "open_tender"
    LIMITED_TENDER = "limited_tender"
    INNOVATION_PARTNERSHIP = "innovation_partnership"
    RESEARCH_DEVELOPMENT = "research_development"
    NOTICE_OF_INTENT = "notice_of_intent"
    UNDECIDED = "undecided"


class RaisedBy(StrEnum):
    USER = "user"
    RELATIVE = "relative"
    EMPLOYEE = "employee"
    LEADER = "leader"
    LEADERSHIP = "leadership"
    OTHER = "other"


class PublishRequirement(StrEnum):
    """What must be in place before a need is published: the checklist beside the form."""

    TITLE = "title"
    PROBLEM = "problem"
    TARGET_GROUP = "target_group"
    TARGET_COUNT = "target_count"
    TRIED = "tried"
    WANTED_EFFECT = "wanted_effect"
    EFFECT_MEASURE = "effect_measure"
    CONTRIBUTION_HOURS = "contribution_hours"
    CONTRIBUTION = "contribution"
    CONTACT = "contact"
    DECISION_MAKER = "decision_maker"
    BUDGET_STATUS = "budget_status"
    ESTIMATED_VALUE = "estimated_value"
    SERVICE_CATEGORY = "service_category"
    INTENDED_ROUTE = "intended_route"
    QUESTIONS_CLOSE_ON = "questions_close_on"
    INTERESTS_CLOSE_ON = "interests_close_on"
    DATES_IN_ORDER = "dates_in_order"
    DATES_AHEAD = "dates_ahead"
    RAISED_BY = "raised_by"
    NO_PERSONAL_DATA = "no_personal_data"
    ENDORSEMENT = "endorsement"


class NeedEvent(StrEnum):
    CREATED = "need.created"
    CHANGED = "need.changed"
    TARGET_GROUP_CONFIRMED = "need.target_group_confirmed"
    SUBMITTED = "need.submitted"
    ENDORSED = "need.endorsed"
    ENDORSEMENT_LAPSED = "need.endorsement_lapsed"
    CHANGES_ASKED = "need.changes_asked"
    REFUSED = "need.refused"
    TAKEN_BACK = "need.taken_back"
    PUBLISHED = "need.published"
    ADDENDUM_ADDED = "need.addendum_added"
    INTERESTS_CLOSED = "need.interests_closed"
    PERSON_REPLACED = "need.person_replaced"
    CLOSED = "need.closed"


class NeedTopic(StrEnum):
    SUBMITTED = "need.submitted"
    ENDORSEMENT_ASKED = "need.endorsement_asked"
    ENDORSED = "need.endorsed"
    CHANGES_ASKED = "need.changes_asked"
    REFUSED = "need.refused"
    TAKEN_BACK = "need.taken_back"
    PUBLISHED = "need.published"
    ADDENDUM_ADDED = "need.addendum_added"
    TOOK_OVER = "need.took_over"
    CLOSED = "need.closed"


SENT_BACK = (NeedEvent.CHANGES_ASKED, NeedEvent.REFUSED, NeedEvent.TAKEN_BACK)
"""From each of them on, the unit is to change the need and to send it again."""


class ParticipationEvent(StrEnum):
    ASKED = "participation.asked"
    ENDORSED = "participation.endorsed"
    WITHDRAWN = "participation.withdrawn"


class ParticipationTopic(StrEnum):
    ENDORSEMENT_ASKED = "participation.endorsement_asked"
    JOINED = "participation.joined"
    WITHDRAWN = "participation.withdrawn"


class ParticipationRefusal(StrEnum):
    UNIT_MEMBERS_ONLY = "unit_members_only"
    UNIT_LEADERS_ONLY = "unit_leaders_only"
    OWN_UNIT_OR_COORDINATORS = "own_unit_or_coordinators"
    LEADERS_AND_COORDINATORS_ONLY = "leaders_and_coordinators_only"
    NOT_JOINABLE = "not_joinable"
    OWN_NEED = "own_need"
    OTHER_MUNICIPALITY = "other_municipality"
    ALREADY_JOINED = "already_joined"
    CONTACT_OUTSIDE_UNIT = "contact_outside_unit"
    TEXT_MISSING = "text_missing"
    NUMBER_OUTSIDE = "number_outside"


class NeedRefusal(StrEnum):
    UNIT_MEMBERS_ONLY = "unit_members_only"
    UNIT_LEADERS_ONLY = "unit_leaders_only"
    COORDINATORS_ONLY = "coordinators_only"
    OWN_NEED = "own_need"
    LOCKED_IN_REVIEW = "locked_in_review"
    LOCKED_PUBLISHED = "locked_published"
    LOCKED_CLOSED = "locked_closed"
    NOT_FOR_REVIEW = "not_for_review"
    NOT_READY = "not_ready"
    ALREADY_ENDORSED = "already_endorsed"
    PERSON_OUTSIDE_MUNICIPALITY = "person_outside_municipality"
    OUTCOME_MISSING = "outcome_missing"
    TEXT_MISSING = "text_missing"
    PERSONAL_DATA = "personal_data"
    LEADERS_AND_COORDINATORS_ONLY = "leaders_and_coordinators_only"
    NOT_PUBLISHED = "not_published"
    NOT_ENDORSABLE = "not_endorsable"


class NeedTask(StrEnum):
    """What waits for somebody."""

    DRAFT = "need_draft"
    CHANGES = "need_changes"
    ENDORSEMENT = "need_endorsement"
    JOINING = "participation_endorsement"
    REVIEW = "need_review"


class NeedDate(StrEnum):
    """What a calendar may show."""

    QUESTIONS_CLOSE = "questions_close"
    INTERESTS_CLOSE = "interests_close"
