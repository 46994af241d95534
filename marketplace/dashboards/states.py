"""How far programmes, needs and cases have come: code words."""

from enum import StrEnum


class ProgrammeStage(StrEnum):
    """How far a case has come, as a programme counts it."""

    PREPARED = "prepared"
    READY = "ready"
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


class QuarterCount(StrEnum):
    """What is counted of a quarter."""

    PUBLISHED = "published"
    APPROVED = "approved"
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
