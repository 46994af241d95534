"""Portfolios: what a coordinator can decide beforehand, audit events and refusals."""

from enum import StrEnum


class WishKind(StrEnum):
    """What a coordinator decides of a pair before the best set is chosen."""

    FORCED = "forced"
    BLOCKED = "blocked"


class Resting(StrEnum):
    """Why a decided pair does not count now."""

    NOT_PUBLISHED = "not_published"
    ALREADY_PROPOSED = "already_proposed"


class PortfolioEvent(StrEnum):
    PLAN_CHANGED = "portfolio.plan_changed"
    CAPACITY_LIMITED = "portfolio.capacity_limited"
    LIMIT_UNDONE = "portfolio.limit_undone"
    PAIR_FORCED = "portfolio.pair_forced"
    PAIR_BLOCKED = "portfolio.pair_blocked"
    PAIR_UNDONE = "portfolio.pair_undone"


class PortfolioRefusal(StrEnum):
    COORDINATORS_ONLY = "coordinators_only"
    TESTS_PER_NEED_OUTSIDE = "tests_per_need_outside"
    TOLERANCE_OUTSIDE = "tolerance_outside"
    LIMIT_NEGATIVE = "limit_negative"
    LIMIT_ABOVE_FREE = "limit_above_free"
    CONCEPT_NOT_PUBLISHED = "concept_not_published"
    NEED_NOT_PUBLISHED = "need_not_published"
    KIND_MISSING = "kind_missing"
    TEXT_MISSING = "text_missing"
    ALREADY_FORCED = "already_forced"
    ALREADY_BLOCKED = "already_blocked"
    ALREADY_PROPOSED = "already_proposed"
    DISMISSED_OR_DECLINED = "dismissed_or_declined"
    ALREADY_UNDONE = "already_undone"
