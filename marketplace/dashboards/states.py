"""What can wait, and for whom: code words."""

from enum import StrEnum


class Work(StrEnum):
    """The kinds of things that wait for somebody."""

    NEED_DRAFT = "need_draft"
    NEED_CHANGES = "need_changes"
    NEED_ENDORSEMENT = "need_endorsement"
    PARTICIPATION_ENDORSEMENT = "participation_endorsement"
    NEED_REVIEW = "need_review"
    NEED_WITHOUT_PAIRING = "need_without_pairing"
    CONCEPT_DRAFT = "concept_draft"
    INTEREST_NEW = "interest_new"
    PAIRING_UNIT_YES = "pairing_unit_yes"
    PAIRING_ENTREPRENEUR_YES = "pairing_entrepreneur_yes"
    PAIRING_CHANGES = "pairing_changes"
    PAIRING_DECISION = "pairing_decision"
    PAIRING_ADVISER = "pairing_adviser"
    QUESTION = "question"
    AGREEMENT_MISSING = "agreement_missing"
    AGREEMENT_DRAFT = "agreement_draft"
    AGREEMENT_UNIT_SIGNATURE = "agreement_unit_signature"
    AGREEMENT_ENTREPRENEUR_SIGNATURE = "agreement_entrepreneur_signature"
    PILOT_START = "pilot_start"
    PILOT_END = "pilot_end"
    CHECKPOINT_UNIT = "checkpoint_unit"
    CHECKPOINT_ENTREPRENEUR = "checkpoint_entrepreneur"
    STOP_REASON_UNIT = "stop_reason_unit"
    STOP_REASON_ENTREPRENEUR = "stop_reason_entrepreneur"
    DECISION = "decision"
    PROCUREMENT_ROUTE = "procurement_route"
    PROCUREMENT_STEP = "procurement_step"
    LESSON_UNIT = "lesson_unit"
    LESSON_ENTREPRENEUR = "lesson_entrepreneur"
    CASE_CLOSE = "case_close"
    ORGANISATION_PENDING = "organisation_pending"


OWNERS_OWN = frozenset(
    {Work.NEED_DRAFT, Work.CONCEPT_DRAFT, Work.PAIRING_ADVISER, Work.ORGANISATION_PENDING}
)
QUEUE = tuple(work for work in Work if work not in OWNERS_OWN)
"""What a coordinator follows: cases of the municipality, not what people have not sent in yet."""


class Party(StrEnum):
    """Whom something waits for."""

    AUTHOR = "author"
    UNIT = "waits_for_unit"
    UNIT_LEADER = "waits_for_unit_leader"
    ENTREPRENEUR = "waits_for_entrepreneur"
    COORDINATOR = "waits_for_coordinator"
    ADVISER = "waits_for_adviser"
    CASE_ADVISER = "waits_for_case_adviser"
    DECISION_MAKER = "waits_for_decision_maker"
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


class FlowStep(StrEnum):
    """How far a need has come on its way to a purchase."""

    PUBLISHED = "published"
    ANSWERED = "answered"
    PAIRED = "paired"
    APPROVED = "approved"
    AGREED = "agreed"
    TESTED = "tested"
    DECIDED = "decided"
    BOUGHT = "bought"


class Passage(StrEnum):
    """A part of the way whose days are counted, in the order of the way."""

    TO_PROPOSAL = "to_proposal"
    TO_APPROVAL = "to_approval"
    TO_AGREEMENT = "to_agreement"
    TO_START = "to_start"
    TEST = "test"
    TO_DECISION = "to_decision"
    TO_CONTRACT = "to_contract"
