"""What can wait, and for whom: code words."""

from enum import StrEnum


class Work(StrEnum):
    """The kinds of things that wait for somebody."""

    NEED_DRAFT = "need_draft"
    NEED_CHANGES = "need_changes"
    NEED_ENDORSEMENT = "need_endorsement"
    NEED_REVIEW = "need_review"
    NEED_WITHOUT_PAIRING = "need_without_pairing"
    CONCEPT_DRAFT = "concept_draft"
    INTEREST_NEW = "interest_new"
    PAIRING_UNIT_YES = "pairing_unit_yes"
    PAIRING_ENTREPRENEUR_YES = "pairing_entrepreneur_yes"
    PAIRING_CHANGES = "pairing_changes"
    PAIRING_DECISION = "pairing_decision"
    PAIRING_ADVISER = "pairing_adviser"
    ORGANISATION_PENDING = "organisation_pending"


QUEUE = (
    Work.NEED_CHANGES,
    Work.NEED_ENDORSEMENT,
    Work.NEED_REVIEW,
    Work.NEED_WITHOUT_PAIRING,
    Work.INTEREST_NEW,
    Work.PAIRING_UNIT_YES,
    Work.PAIRING_ENTREPRENEUR_YES,
    Work.PAIRING_CHANGES,
    Work.PAIRING_DECISION,
)
"""What a coordinator follows: cases of the municipality, not what people have not sent in yet."""


class Party(StrEnum):
    """Whom something waits for."""

    AUTHOR = "author"
    UNIT = "waits_for_unit"
    UNIT_LEADER = "waits_for_unit_leader"
    ENTREPRENEUR = "waits_for_entrepreneur"
    COORDINATOR = "waits_for_coordinator"
    ADVISER = "waits_for_adviser"
    ADMINISTRATOR = "waits_for_administrator"


class ProgrammeStage(StrEnum):
    """How far a case has come, as a programme counts it."""

    PREPARED = "prepared"
    RUNNING = "running"
    AWAITING_DECISION = "awaiting_decision"
    BOUGHT = "bought"
    STOPPED = "stopped"
    STOPPED_BY_ONE = "stopped_by_one"
    ENDED_WITHOUT_DECISION = "ended_without_decision"


DONE = frozenset({ProgrammeStage.BOUGHT, ProgrammeStage.STOPPED})
"""Stages of tests that reached a decision."""
