"""Concepts: code words, moves, audit events and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move


class ConceptState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class ConceptMove(StrEnum):
    PUBLISH = "publish"
    ARCHIVE = "archive"
    REOPEN = "reopen"


CONCEPT_LIFECYCLE: Lifecycle[ConceptState, ConceptMove] = Lifecycle(
    {
        ConceptMove.PUBLISH: Move(frozenset({ConceptState.DRAFT}), ConceptState.PUBLISHED),
        ConceptMove.ARCHIVE: Move(
            frozenset({ConceptState.DRAFT, ConceptState.PUBLISHED}), ConceptState.ARCHIVED
        ),
        ConceptMove.REOPEN: Move(
            frozenset({ConceptState.PUBLISHED, ConceptState.ARCHIVED}), ConceptState.DRAFT
        ),
    }
)

EDITABLE = frozenset({ConceptState.DRAFT, ConceptState.PUBLISHED})


class EvidenceLevel(StrEnum):
    IDEA = "idea"
    TESTED = "tested"
    DOCUMENTED = "documented"


class ConceptRequirement(StrEnum):
    """What must be filled in before a concept is published."""

    TITLE = "title"
    DESCRIPTION = "description"
    TARGET_GROUP = "target_group"
    EVIDENCE_LEVEL = "evidence_level"
    EVIDENCE = "evidence"
    USED_WHERE = "used_where"
    PRICE_INDICATION = "price_indication"
    CAPACITY = "capacity"
    NEEDS_FROM_MUNICIPALITY = "needs_from_municipality"
    LEGAL_FORM = "legal_form"
    NO_PERSONAL_DATA = "no_personal_data"


class ConceptEvent(StrEnum):
    CREATED = "concept.created"
    CHANGED = "concept.changed"
    TARGET_GROUP_CONFIRMED = "concept.target_group_confirmed"
    PUBLISHED = "concept.published"
    ARCHIVED = "concept.archived"
    REOPENED = "concept.reopened"


class ConceptRefusal(StrEnum):
    OWNERS_ONLY = "owners_only"
    ORGANISATION_NOT_APPROVED = "organisation_not_approved"
    NOT_EDITABLE = "not_editable"
    NOT_READY = "not_ready"
    PERSONAL_DATA = "personal_data"
    IN_OPEN_PAIRING = "in_open_pairing"


class ConceptTask(StrEnum):
    """What waits for somebody."""

    DRAFT = "concept_draft"
