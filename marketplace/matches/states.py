"""What a unit makes of a match: code words, audit events and refusals."""

from enum import StrEnum


class Verdict(StrEnum):
    SHORTLISTED = "shortlisted"
    DISMISSED = "dismissed"


class DismissalReason(StrEnum):
    WRONG_PROBLEM = "wrong_problem"
    WRONG_TARGET_GROUP = "wrong_target_group"
    ALREADY_TRIED = "already_tried"
    TOO_EXPENSIVE = "too_expensive"
    TOO_EARLY = "too_early"
    OTHER = "other"


class RankingWay(StrEnum):
    """As we rank, or without one of the parts."""

    WHOLE = "whole"
    WITHOUT_MEANING = "without_meaning"
    WITHOUT_VOCABULARY = "without_vocabulary"
    WITHOUT_FACETS = "without_facets"


class WhyNone(StrEnum):
    """Why a need got no concept in the best set of pairings."""

    NO_MATCH = "no_match"
    NEED_FULL = "need_full"
    UNIT_FULL = "unit_full"
    UNIT_USED = "unit_used"
    CONCEPTS_FULL = "concepts_full"
    CONCEPTS_USED = "concepts_used"
    ALL_BLOCKED = "all_blocked"


class JudgementEvent(StrEnum):
    SHORTLISTED = "match.shortlisted"
    DISMISSED = "match.dismissed"
    UNDONE = "match.judgement_undone"


class MatchRefusal(StrEnum):
    UNIT_MEMBERS_ONLY = "unit_members_only"
    NEED_NOT_PUBLISHED = "need_not_published"
    CONCEPT_NOT_PUBLISHED = "concept_not_published"
    ALREADY_JUDGED = "already_judged"
    NOTHING_TO_UNDO = "nothing_to_undo"
    EXPLAIN_OTHER = "explain_other"
