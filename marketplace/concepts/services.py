"""The only place that changes concepts."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.accounts.awaited import is_approved
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import Language
from marketplace.concepts import policies, queries
from marketplace.concepts.models import Concept
from marketplace.concepts.places import places_in
from marketplace.concepts.states import (
    CONCEPT_LIFECYCLE,
    EDITABLE,
    ConceptEvent,
    ConceptMove,
    ConceptRefusal,
    ConceptState,
    EvidenceLevel,
)
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.db import get_or_404
from marketplace.core.errors import Incomplete, NotAllowed, NotFound, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.personal_data import expect_no_personal_data
from marketplace.core.reactions import run_reactions
from marketplace.core.revision import Collection, next_revision
from marketplace.core.target_groups import TargetGroup, proposed, set_target


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptContent:
    """Everything that a person writes about a concept."""

    title: str = ""
    description: str = ""
    target_group: str = ""
    evidence_level: EvidenceLevel | None = None
    evidence: str = ""
    used_where: str = ""
    price_indication: str = ""
    capacity: int | None = None
    needs_from_municipality: str = ""
    legal_form: str = ""
    language: Language = Language.BOKMAL


def create_concept(
    session: Session, actor: Actor, *, organisation_id: int, content: ConceptContent
) -> Concept:
    """Begin a draft. It may be incomplete; the legal form is the organisation's until changed."""
    if not policies.can_write_for(actor, organisation_id):
        raise NotAllowed(ConceptRefusal.OWNERS_ONLY)
    refuse_too_many(session, actor, ConceptEvent.CREATED)
    organisation = get_or_404(session, Organisation, organisation_id)
    values = asdict(content)
    values["legal_form"] = content.legal_form or organisation.legal_form or ""
    concept = Concept(organisation_id=organisation.id, author_id=actor.person_id, **values)
    _propose_target(session, concept)
    session.add(concept)
    record(session, actor, ConceptEvent.CREATED, concept)
    return concept


def save_concept(
    session: Session, actor: Actor, *, concept: Concept, version: int, content: ConceptContent
) -> None:
    """Change the text of a draft or of a published concept.

    A published concept is changed where it stands, so that mending a word does not take it out of
    every ranking; in return it may not become incomplete.
    """
    concept.expect_version(version)
    expect_owner(actor, concept)
    check_editable(concept)
    if not _apply(session, concept, content):
        return
    concept.updated_at = now()
    if concept.state is ConceptState.PUBLISHED:
        _require_complete(concept)
        concept.revision = next_revision(session, Collection.CONCEPTS)
    record(session, actor, ConceptEvent.CHANGED, concept)
    run_reactions(session, actor, ConceptEvent.CHANGED, concept)


def confirm_target(
    session: Session,
    actor: Actor,
    *,
    concept: Concept,
    version: int,
    target: TargetGroup,
    places: frozenset[int] = frozenset(),
) -> None:
    """Say whom the concept is for, and in which municipalities it can be had if not in all."""
    concept.expect_version(version)
    expect_owner(actor, concept)
    check_editable(concept)
    if places - queries.municipalities(session).keys():
        raise NotFound
    set_target(concept, target)
    concept.places = places
    concept.target_confirmed_at = concept.updated_at = now()
    if concept.state is ConceptState.PUBLISHED:
        concept.revision = next_revision(session, Collection.CONCEPTS)
    record(session, actor, ConceptEvent.TARGET_GROUP_CONFIRMED, concept)
    run_reactions(session, actor, ConceptEvent.CHANGED, concept)


def check_editable(concept: Concept) -> None:
    """Refuse before a form is filled in for nothing, and again when it is saved."""
    if concept.state not in EDITABLE:
        raise NotNow(ConceptRefusal.NOT_EDITABLE)


def publish_concept(session: Session, actor: Actor, *, concept: Concept, version: int) -> None:
    concept.expect_version(version)
    expect_owner(actor, concept)
    CONCEPT_LIFECYCLE.check(concept.state, ConceptMove.PUBLISH)
    if not is_approved(concept.organisation):
        raise NotNow(ConceptRefusal.ORGANISATION_NOT_APPROVED)
    _require_complete(concept)
    concept.published_at = now()
    _move(session, actor, concept, ConceptMove.PUBLISH, ConceptEvent.PUBLISHED)


def archive_concept(session: Session, actor: Actor, *, concept: Concept, version: int) -> None:
    """Take the concept out of use; a later stage refuses while a case needs it."""
    concept.expect_version(version)
    expect_owner(actor, concept)
    _move(session, actor, concept, ConceptMove.ARCHIVE, ConceptEvent.ARCHIVED)


def expect_archivable(concept: Concept) -> None:
    CONCEPT_LIFECYCLE.check(concept.state, ConceptMove.ARCHIVE)


def reopen_concept(session: Session, actor: Actor, *, concept: Concept, version: int) -> None:
    """Back to a draft: out of every ranking until it is published again."""
    concept.expect_version(version)
    expect_owner(actor, concept)
    _move(session, actor, concept, ConceptMove.REOPEN, ConceptEvent.REOPENED)


def expect_owner(actor: Actor, concept: Concept) -> None:
    if not policies.can_write(actor, concept):
        raise NotAllowed(ConceptRefusal.OWNERS_ONLY)


def _require_complete(concept: Concept) -> None:
    """Nothing is missing, and nothing stands there that is not for others to read."""
    for name in queries.TEXTS:
        expect_no_personal_data(name, getattr(concept, name), ConceptRefusal.PERSONAL_DATA)
    missing = queries.missing_points(concept)
    if missing:
        raise Incomplete(ConceptRefusal.NOT_READY, missing)


def _apply(session: Session, concept: Concept, content: ConceptContent) -> bool:
    """Set what differs; say whether anything did."""
    changed = {
        name: value for name, value in asdict(content).items() if getattr(concept, name) != value
    }
    for name, value in changed.items():
        setattr(concept, name, value)
    if changed:
        _propose_target(session, concept)
    return bool(changed)


def read_target(session: Session, content: ConceptContent) -> tuple[TargetGroup, list[str]]:
    """Whom a text that is being written seems to be for, and where alone it can be had."""
    concept = Concept(**asdict(content))
    concept.places = _places_in(session, concept)
    return _target_in(concept), queries.list_places(session, concept)


def _target_in(concept: Concept) -> TargetGroup:
    return proposed(concept.target_group, queries.text_of(concept), title=concept.title)


def _propose_target(session: Session, concept: Concept) -> None:
    if concept.target_confirmed_at is None:
        set_target(concept, _target_in(concept))
        concept.places = _places_in(session, concept)


def _places_in(session: Session, concept: Concept) -> frozenset[int]:
    said = f"{concept.title}\n{concept.description}\n{concept.target_group}"
    return places_in(said, queries.municipalities(session))


def _move(
    session: Session, actor: Actor, concept: Concept, move: ConceptMove, event: StrEnum
) -> None:
    CONCEPT_LIFECYCLE.make(concept, move)
    concept.updated_at = now()
    concept.revision = next_revision(session, Collection.CONCEPTS)
    record(session, actor, event, concept)
    run_reactions(session, actor, event, concept)
