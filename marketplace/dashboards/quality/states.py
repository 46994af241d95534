"""What the clock does for the report."""

from enum import StrEnum


class QualityWork(StrEnum):
    NEEDS_COUNTED = "quality.needs_counted"
