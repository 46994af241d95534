"""A concept's owner is invited to answer a need: audit events, topics and refusals."""

from enum import StrEnum


class InvitationEvent(StrEnum):
    SENT = "invitation.sent"


class InvitationTopic(StrEnum):
    RECEIVED = "invitation.received"


class InvitationRefusal(StrEnum):
    UNIT_AND_COORDINATORS_ONLY = "unit_and_coordinators_only"
    NEED_NOT_OPEN = "need_not_open"
    CONCEPT_NOT_PUBLISHED = "concept_not_published"
    LEFT_OUT = "left_out"
    ALREADY_INVITED = "already_invited"
    ALREADY_ANSWERED = "already_answered"
    LINE_MISSING = "line_missing"
    PERSONAL_DATA = "personal_data"
