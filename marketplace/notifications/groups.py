"""Which group a topic belongs to: every topic of every feature has one, or goes out at once."""

from collections.abc import Mapping
from enum import StrEnum

from marketplace.accounts.states import AccountTopic
from marketplace.agreements.states import AgreementTopic
from marketplace.decisions.states import DecisionTopic
from marketplace.interests.states import InterestTopic
from marketplace.lessons.states import LessonTopic
from marketplace.needs.states import NeedTopic, ParticipationTopic
from marketplace.notifications.states import DigestTopic, TopicGroup, TrailTopic
from marketplace.pairings.states import PairingTopic
from marketplace.pilots.states import PilotTopic
from marketplace.procurements.states import ProcurementTopic
from marketplace.programmes.states import ProgrammeTopic
from marketplace.questions.states import QuestionTopic
from marketplace.wishes.states import WishTopic

AT_ONCE: frozenset[str] = frozenset(
    map(
        str,
        (
            AccountTopic.INVITED,
            AccountTopic.REOPENED,
            AccountTopic.REGISTERED,
            AccountTopic.ROLE_OFFERED,
            AccountTopic.RESET,
            AccountTopic.ADDRESS,
            AccountTopic.ADDRESS_ASKED,
            AccountTopic.ADDRESS_KNOWN,
            *DigestTopic,
            *TrailTopic,
        ),
    )
)
"""Without these nobody gets in or is warned, or they are what people have asked to get instead, or
somebody may be hiding what they did."""

_TOPICS: dict[TopicGroup, tuple[StrEnum, ...]] = {
    TopicGroup.WAITING: (
        AccountTopic.ORGANISATION_WAITING,
        NeedTopic.SUBMITTED,
        NeedTopic.ENDORSEMENT_ASKED,
        NeedTopic.CHANGES_ASKED,
        NeedTopic.TOOK_OVER,
        ParticipationTopic.ENDORSEMENT_ASKED,
        QuestionTopic.ASKED,
        QuestionTopic.DUE,
        QuestionTopic.OVERDUE,
        WishTopic.RAISED_TO_YOU,
        InterestTopic.REGISTERED,
        InterestTopic.DEADLINE_PASSED,
        PairingTopic.PROPOSED,
        PairingTopic.ACCEPTED,
        PairingTopic.CHANGES_ASKED,
        PairingTopic.PROPOSED_AGAIN,
        PairingTopic.ROLE_ASSIGNED,
        PairingTopic.DEPUTY_ASSIGNED,
        PairingTopic.TOOK_OVER,
        AgreementTopic.STARTED,
        AgreementTopic.OFFERED,
        AgreementTopic.SENT_BACK,
        AgreementTopic.SIGNED_BY_ONE,
        AgreementTopic.NEW_VERSION,
        PilotTopic.RENEGOTIATION_ASKED,
        PilotTopic.STOP_REASON_ASKED,
        PilotTopic.CHECKPOINT_NEAR,
        PilotTopic.CHECKPOINT_OVERDUE,
        PilotTopic.CHECKPOINT_LONG_OVERDUE,
        PilotTopic.OVER_COST_CAP,
        DecisionTopic.AWAITED,
        DecisionTopic.DUE_SOON,
        DecisionTopic.DUE_TODAY,
        DecisionTopic.OVERDUE,
        DecisionTopic.FAR_OVERDUE,
        ProcurementTopic.STEP_DUE,
        LessonTopic.OTHER_SIDE_WROTE,
        LessonTopic.BOTH_WROTE,
    ),
    TopicGroup.OUTCOMES: (
        AccountTopic.ORGANISATION_APPROVED,
        AccountTopic.ORGANISATION_REJECTED,
        NeedTopic.ENDORSED,
        NeedTopic.PUBLISHED,
        NeedTopic.CLOSED,
        ParticipationTopic.JOINED,
        ParticipationTopic.WITHDRAWN,
        QuestionTopic.YOURS_ANSWERED,
        QuestionTopic.TURNED_DOWN,
        WishTopic.TAKEN_ON,
        WishTopic.UNIT_SAID_NO,
        WishTopic.NEED_PUBLISHED,
        WishTopic.WITHDRAWN,
        InterestTopic.WITHDRAWN,
        PairingTopic.PROPOSED_IN_POOL,
        PairingTopic.PROPOSED_ALREADY_YES,
        PairingTopic.PROPOSED_AGAIN_ALREADY_YES,
        PairingTopic.APPROVED,
        PairingTopic.DECLINED,
        PairingTopic.WITHDRAWN,
        PairingTopic.ROLE_LOST,
        PairingTopic.DEPUTY_REMOVED,
        PairingTopic.PERSON_REPLACED,
        PairingTopic.CLOSED,
        AgreementTopic.SIGNED,
        AgreementTopic.WITHDRAWN,
        PilotTopic.STARTED,
        PilotTopic.REPORTED,
        PilotTopic.COMPLETED,
        PilotTopic.STOPPED,
        PilotTopic.STOP_REASON_GIVEN,
        PilotTopic.RESUMED,
        DecisionTopic.BOUGHT,
        DecisionTopic.EXTENDED,
        DecisionTopic.STOPPED,
        ProcurementTopic.OPENED,
        ProcurementTopic.ANNOUNCED,
        ProcurementTopic.CONTRACTED,
        ProcurementTopic.CANCELLED,
        ProcurementTopic.ANNOUNCED_TO_OTHERS,
        ProcurementTopic.CONTRACTED_TO_OTHERS,
        ProcurementTopic.CANCELLED_TO_OTHERS,
        ProgrammeTopic.CASE_BOUGHT,
        ProgrammeTopic.CASE_EXTENDED,
        ProgrammeTopic.CASE_NOT_BOUGHT,
        ProgrammeTopic.CASE_STOPPED,
        ProgrammeTopic.CASE_CONTRACTED,
        ProgrammeTopic.CASE_PURCHASE_CANCELLED,
    ),
    TopicGroup.FOLLOWED: (
        NeedTopic.ADDENDUM_ADDED,
        QuestionTopic.ANSWERED,
        QuestionTopic.ANSWER_ADDED_TO,
        ProcurementTopic.PACKAGE_SHARED,
        LessonTopic.PUBLISHED,
    ),
    TopicGroup.ADMINISTRATION: (
        ProgrammeTopic.CREATED,
        ProgrammeTopic.CHANGED,
        ProgrammeTopic.PARTNER_LEFT,
        ProgrammeTopic.FUNDS_USED,
        PairingTopic.PROGRAMME_CHOSEN,
        PairingTopic.PROGRAMME_LEFT,
        WishTopic.RAISED,
    ),
}

GROUPS: Mapping[str, TopicGroup] = {
    str(topic): group for group, topics in _TOPICS.items() for topic in topics
}


def group_of(topic: str) -> TopicGroup | None:
    """The group of a topic; None for what always goes at once, and for what is not known here."""
    return GROUPS.get(topic)
