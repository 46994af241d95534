"""Lessons: how a case went, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.actor import Role
from marketplace.pairings.states import Side

WRITERS: dict[Side, tuple[Role, ...]] = {
    Side.UNIT: (Role.UNIT_MEMBER, Role.UNIT_LEADER),
    Side.ENTREPRENEUR: (Role.ENTREPRENEUR,),
}
"""Each side writes its own; a coordinator is no party and writes none."""


class Outcome(StrEnum):
    """How a case went, as everyone may know; fixed, so that cases can be compared."""

    BOUGHT = "bought"
    PURCHASE_CANCELLED = "purchase_cancelled"
    NOT_BOUGHT = "not_bought"
    STOPPED = "stopped"
    EXTENSION_LAPSED = "extension_lapsed"
    NOT_TESTED = "not_tested"


class LessonEvent(StrEnum):
    WRITTEN = "lesson.written"
    CHANGED = "lesson.changed"
    PUBLISHED = "lesson.published"


class LessonTopic(StrEnum):
    OTHER_SIDE_WROTE = "lesson.other_side_wrote"
    BOTH_WROTE = "lesson.both_wrote"
    PUBLISHED = "lesson.published"


class LessonRefusal(StrEnum):
    PARTIES_ONLY = "parties_only"
    WROTE_FOR_OTHER_SIDE = "wrote_for_other_side"
    CASE_NOT_APPROVED = "case_not_approved"
    CASE_OVER = "case_over"
    PILOT_ONGOING = "pilot_ongoing"
    TEXT_MISSING = "text_missing"
    PERSONAL_DATA = "personal_data"
    LESSON_MISSING = "lesson_missing"
    DECISION_AWAITED = "decision_awaited"
    PROCUREMENT_ONGOING = "procurement_ongoing"
    STOP_REASON_MISSING = "stop_reason_missing"
    LEADER_OWNER_OR_COORDINATOR = "leader_owner_or_coordinator"


class LessonTask(StrEnum):
    """What waits for somebody."""

    UNIT = "lesson_unit"
    ENTREPRENEUR = "lesson_entrepreneur"
    CLOSE = "case_close"
