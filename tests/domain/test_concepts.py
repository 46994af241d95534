"""Concepts: who writes, when, what has to be in place, and what every change leaves behind."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.states import OrganisationState
from marketplace.concepts import queries, services
from marketplace.concepts.models import Concept
from marketplace.concepts.services import ConceptContent
from marketplace.concepts.states import (
    ConceptEvent,
    ConceptRefusal,
    ConceptRequirement,
    ConceptState,
    EvidenceLevel,
)
from marketplace.core.actor import ANONYMOUS, SYSTEM, Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import Incomplete, NotAllowed, NotNow, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.reactions import REACTIONS
from marketplace.core.revision import START, Collection, standing
from tests.engines import decided_in_python
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_member,
    make_unit,
)

COMPLETE = ConceptContent(
    title="Turvenn",
    description="Vi går tur med dem som sjelden kommer ut.",
    target_group="Voksne med psykiske lidelser",
    evidence_level=EvidenceLevel.DOCUMENTED,
    evidence="Evaluert av et forskningsmiljø.",
    used_where="Tre kommuner",
    price_indication="3 000 kr per deltaker",
    capacity=3,
    needs_from_municipality="En kontaktperson",
    legal_form="AS",
)
MOVES = [services.publish_concept, services.archive_concept, services.reopen_concept]


def owner_of(concept: Concept) -> Actor:
    return actor_for(concept.author)


def content_of(concept: Concept, **changed: Any) -> ConceptContent:
    names = asdict(COMPLETE)
    return ConceptContent(**{name: getattr(concept, name) for name in names} | changed)


def last_event(session: Session, concept: Concept) -> AuditEvent:
    about = (AuditEvent.subject_type == "Concept", AuditEvent.subject_id == concept.id)
    return session.scalars(select(AuditEvent).where(*about).order_by(AuditEvent.id)).all()[-1]


# ---------------------------------------------------------------- writing


def test_a_draft_may_be_incomplete_and_takes_the_organisations_legal_form(
    session: Session,
) -> None:
    organisation = make_entrepreneur(session, legal_form="Stiftelse")
    actor = actor_for(make_member(session, Role.ENTREPRENEUR, organisation))
    concept = services.create_concept(
        session, actor, organisation_id=organisation.id, content=ConceptContent(title="Turvenn")
    )
    assert (concept.state, concept.title) == (ConceptState.DRAFT, "Turvenn")
    assert (concept.legal_form, concept.author_id) == ("Stiftelse", actor.person_id)
    event = last_event(session, concept)
    assert (event.event, event.actor_id) == (ConceptEvent.CREATED, actor.person_id)
    assert event.after["organisation_id"] == organisation.id


def test_a_legal_form_that_was_written_is_kept(session: Session) -> None:
    organisation = make_entrepreneur(session, legal_form="Stiftelse")
    actor = actor_for(make_member(session, Role.ENTREPRENEUR, organisation))
    concept = services.create_concept(
        session, actor, organisation_id=organisation.id, content=COMPLETE
    )
    assert concept.legal_form == "AS"


def outsiders(session: Session, concept: Concept) -> dict[str, Actor]:
    unit = make_unit(session)
    rival = make_entrepreneur(session)
    return {
        "rival": actor_for(make_member(session, Role.ENTREPRENEUR, rival)),
        "unit leader": actor_for(make_member(session, Role.UNIT_LEADER, unit)),
        "coordinator": actor_for(make_member(session, Role.COORDINATOR, unit.organisation)),
        "administrator": actor_for(make_member(session, Role.ADMINISTRATOR)),
        "partner in the same house": actor_for(
            make_member(session, Role.PARTNER, concept.organisation)
        ),
        "nobody": ANONYMOUS,
        "system": SYSTEM,
    }


def test_nobody_else_creates_for_an_organisation(session: Session) -> None:
    concept = make_concept(session)
    for who, actor in outsiders(session, concept).items():
        with pytest.raises(NotAllowed) as refused:
            services.create_concept(
                session, actor, organisation_id=concept.organisation_id, content=COMPLETE
            )
        assert refused.value.code is ConceptRefusal.OWNERS_ONLY, who


def test_nobody_else_changes_or_moves_a_concept(session: Session) -> None:
    concept = make_concept(session)
    for who, actor in outsiders(session, concept).items():
        with pytest.raises(NotAllowed) as refused:
            services.save_concept(
                session, actor, concept=concept, version=concept.version, content=COMPLETE
            )
        assert refused.value.code is ConceptRefusal.OWNERS_ONLY, who
        for move in MOVES:
            with pytest.raises(NotAllowed) as refused:
                move(session, actor, concept=concept, version=concept.version)
            assert refused.value.code is ConceptRefusal.OWNERS_ONLY, who
    assert concept.state is ConceptState.PUBLISHED


def test_a_colleague_may_write_too(session: Session) -> None:
    concept = make_concept(session)
    colleague = actor_for(make_member(session, Role.ENTREPRENEUR, concept.organisation))
    services.save_concept(
        session, colleague, concept=concept, version=concept.version, content=COMPLETE
    )
    assert concept.title == "Turvenn"


def test_a_published_concept_is_changed_where_it_stands(session: Session) -> None:
    concept = make_concept(session)
    actor, revision = owner_of(concept), concept.revision
    services.save_concept(
        session, actor, concept=concept, version=concept.version, content=COMPLETE
    )
    assert concept.state is ConceptState.PUBLISHED
    assert concept.revision == standing(session, Collection.CONCEPTS, START)[0] > revision
    event = last_event(session, concept)
    assert event.event == ConceptEvent.CHANGED
    assert (event.before["title"], event.after["title"]) == ("Nabokaffe", "Turvenn")


def test_a_draft_may_be_saved_incomplete_without_a_new_revision(session: Session) -> None:
    concept = make_concept(session, state=ConceptState.DRAFT)
    actor, revision = owner_of(concept), standing(session, Collection.CONCEPTS, START)[0]
    empty = ConceptContent()
    services.save_concept(session, actor, concept=concept, version=concept.version, content=empty)
    assert (concept.title, concept.capacity) == ("", None)
    assert standing(session, Collection.CONCEPTS, START)[0] == revision


def test_a_published_concept_may_not_become_incomplete(session: Session) -> None:
    concept = make_concept(session)
    gap = content_of(concept, evidence="", capacity=None)
    with pytest.raises(Incomplete) as refused:
        services.save_concept(
            session, owner_of(concept), concept=concept, version=concept.version, content=gap
        )
    assert refused.value.code is ConceptRefusal.NOT_READY
    assert refused.value.missing == (ConceptRequirement.EVIDENCE, ConceptRequirement.CAPACITY)


def test_saving_what_already_stands_changes_nothing(session: Session) -> None:
    concept = make_concept(session)
    before = concept.version
    services.save_concept(
        session,
        owner_of(concept),
        concept=concept,
        version=before,
        content=content_of(concept),
    )
    session.flush()
    assert concept.version == before
    assert session.scalar(select(AuditEvent.id).where(AuditEvent.subject_id == concept.id)) is None


def test_an_archived_concept_is_not_changed(session: Session) -> None:
    concept = make_concept(session, state=ConceptState.ARCHIVED)
    with pytest.raises(NotNow) as refused:
        services.save_concept(
            session, owner_of(concept), concept=concept, version=concept.version, content=COMPLETE
        )
    assert refused.value.code is ConceptRefusal.NOT_EDITABLE


# ---------------------------------------------------------------- moves


@pytest.mark.parametrize(
    ("start", "service", "target", "event"),
    [
        (
            ConceptState.DRAFT,
            services.publish_concept,
            ConceptState.PUBLISHED,
            ConceptEvent.PUBLISHED,
        ),
        (
            ConceptState.DRAFT,
            services.archive_concept,
            ConceptState.ARCHIVED,
            ConceptEvent.ARCHIVED,
        ),
        (
            ConceptState.PUBLISHED,
            services.archive_concept,
            ConceptState.ARCHIVED,
            ConceptEvent.ARCHIVED,
        ),
        (
            ConceptState.PUBLISHED,
            services.reopen_concept,
            ConceptState.DRAFT,
            ConceptEvent.REOPENED,
        ),
        (
            ConceptState.ARCHIVED,
            services.reopen_concept,
            ConceptState.DRAFT,
            ConceptEvent.REOPENED,
        ),
    ],
)
def test_each_move_is_made_and_recorded(
    session: Session,
    start: ConceptState,
    service: Callable[..., None],
    target: ConceptState,
    event: ConceptEvent,
) -> None:
    concept = make_concept(session, state=start)
    actor, revision = owner_of(concept), concept.revision
    service(session, actor, concept=concept, version=concept.version)
    session.refresh(concept)
    assert concept.state is target
    assert concept.revision > revision
    recorded = last_event(session, concept)
    assert (recorded.event, recorded.actor_id) == (event, actor.person_id)
    assert (recorded.before["state"], recorded.after["state"]) == (start, target)


@decided_in_python
@pytest.mark.parametrize(
    ("state", "service"),
    [
        (ConceptState.PUBLISHED, services.publish_concept),
        (ConceptState.ARCHIVED, services.publish_concept),
        (ConceptState.ARCHIVED, services.archive_concept),
        (ConceptState.DRAFT, services.reopen_concept),
    ],
)
def test_no_other_move_is_possible(
    session: Session, state: ConceptState, service: Callable[..., None]
) -> None:
    concept = make_concept(session, state=state)
    with pytest.raises(NotNow) as refused:
        service(session, owner_of(concept), concept=concept, version=concept.version)
    assert refused.value.code is LifecycleRefusal.WRONG_STATE


@pytest.mark.parametrize("service", MOVES)
def test_a_stale_version_moves_nothing(session: Session, service: Callable[..., None]) -> None:
    concept = make_concept(session)
    with pytest.raises(Stale):
        service(session, owner_of(concept), concept=concept, version=concept.version + 1)


def test_a_stale_version_saves_nothing(session: Session) -> None:
    concept = make_concept(session)
    with pytest.raises(Stale):
        services.save_concept(
            session,
            owner_of(concept),
            concept=concept,
            version=concept.version - 1,
            content=COMPLETE,
        )


@pytest.mark.parametrize("state", [OrganisationState.PENDING, OrganisationState.REJECTED])
def test_publishing_waits_for_the_organisation(session: Session, state: OrganisationState) -> None:
    organisation = make_entrepreneur(session, state=state)
    concept = make_concept(session, organisation, state=ConceptState.DRAFT)
    with pytest.raises(NotNow) as refused:
        services.publish_concept(
            session, owner_of(concept), concept=concept, version=concept.version
        )
    assert refused.value.code is ConceptRefusal.ORGANISATION_NOT_APPROVED


@decided_in_python
@pytest.mark.parametrize(
    "point", [p for p in ConceptRequirement if p is not ConceptRequirement.NO_PERSONAL_DATA]
)
def test_publishing_names_what_is_missing(session: Session, point: ConceptRequirement) -> None:
    concept = make_concept(session, state=ConceptState.DRAFT)
    empty = None if point.value in {"capacity", "evidence_level"} else ""
    setattr(concept, point.value, empty)
    with pytest.raises(Incomplete) as refused:
        services.publish_concept(
            session, owner_of(concept), concept=concept, version=concept.version
        )
    assert refused.value.missing == (point,)


@pytest.mark.parametrize(
    ("level", "asked"),
    [(None, False), (EvidenceLevel.IDEA, False), (EvidenceLevel.TESTED, True)],
)
def test_where_it_was_used_is_asked_of_what_has_been_tried(
    session: Session, level: EvidenceLevel | None, asked: bool
) -> None:
    concept = make_concept(session, state=ConceptState.DRAFT, evidence_level=level)
    points = set(queries.required_points(concept))
    assert (ConceptRequirement.USED_WHERE in points) is asked
    assert points >= set(ConceptRequirement) - {ConceptRequirement.USED_WHERE}


def test_an_idea_need_not_have_been_used_anywhere(session: Session) -> None:
    concept = make_concept(
        session, state=ConceptState.DRAFT, evidence_level=EvidenceLevel.IDEA, used_where=""
    )
    services.publish_concept(session, owner_of(concept), concept=concept, version=concept.version)
    assert concept.state is ConceptState.PUBLISHED


@pytest.mark.parametrize(
    ("event", "service"),
    [
        (ConceptEvent.ARCHIVED, services.archive_concept),
        (ConceptEvent.REOPENED, services.reopen_concept),
    ],
)
def test_a_later_stage_may_refuse_a_move(
    session: Session, event: ConceptEvent, service: Callable[..., None]
) -> None:
    concept = make_concept(session)

    def refuse(_session: Session, _actor: Actor, subject: Concept) -> None:
        if subject is concept:
            raise NotNow(ConceptRefusal.IN_OPEN_PAIRING)

    REACTIONS[event].add(refuse)
    with pytest.raises(NotNow) as refused:
        service(session, owner_of(concept), concept=concept, version=concept.version)
    assert refused.value.code is ConceptRefusal.IN_OPEN_PAIRING


# ---------------------------------------------------------------- the database has the last word


@pytest.mark.parametrize(
    "change",
    ["published_at = NULL", "capacity = 0", "capacity = -1", "state = 'sold'"],
)
def test_the_database_refuses_what_no_service_would_write(session: Session, change: str) -> None:
    make_concept(session)
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE concept SET {change}"))  # noqa: S608  words of this test
