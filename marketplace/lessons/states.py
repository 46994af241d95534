"""Lessons: audit events, topics and refusals."""

from enum import StrEnum


class LessonEvent(StrEnum):
    WRITTEN = "lesson.written"
    CHANGED = "lesson.changed"
    PUBLISHED = "lesson.published"


class LessonTopic(StrEnum):
    OTHER_SIDE_WROTE = "lesson.other_side_wrote"
    PUBLISHED = "lesson.published"


class LessonRefusal(StrEnum):
    PARTIES_ONLY = "parties_only"
    CASE_NOT_TESTED = "case_not_tested"
    PUBLISHED = "published"
    TEXT_MISSING = "text_missing"
    PERSONAL_DATA = "personal_data"
    BOTH_SIDES_NEEDED = "both_sides_needed"
    DECISION_MISSING = "decision_missing"
    PROCUREMENT_ONGOING = "procurement_ongoing"
    STOP_REASON_MISSING = "stop_reason_missing"
    OWNERS_AND_COORDINATORS_ONLY = "owners_and_coordinators_only"
