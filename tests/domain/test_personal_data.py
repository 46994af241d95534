"""Needs and concepts: a draft keeps what was typed, and nothing of it about one person is shown."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.concepts import queries as concepts
from marketplace.concepts import services as concept_services
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptRefusal, ConceptRequirement, ConceptState
from marketplace.core.errors import Incomplete, InvalidField
from marketplace.core.personal_data import PersonalData
from marketplace.needs.checklist import checklist_of
from marketplace.needs.models import Need
from marketplace.needs.requirements import TEXTS
from marketplace.needs.services import closing, writing
from marketplace.needs.states import NeedOutcome, NeedRefusal, NeedState, PublishRequirement
from tests.domain.pool_cast import cast_for_pool
from tests.domain.test_concepts import content_of, owner_of
from tests.factories import actor_for, make_concept
from tests.needs import Cast, publish, submit

IDENTITY_NUMBER = "01019012345"
ADDENDUM = f"Bruker {IDENTITY_NUMBER} bor i Storgata 1. Ring 91234567."
PERSONAL = [ADDENDUM, "Ring 91234567.", "Skriv til kari@firma.example."]
POINT = PublishRequirement.NO_PERSONAL_DATA


# ---------------------------------------------------------------- needs


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_of_a_need_is_sent_in_or_published_with_it(
    name: str, session: Session, people: Cast
) -> None:
    values: dict[str, Any] = {name: ADDENDUM}
    sent = people.need(session, NeedState.DRAFT, **values)
    with pytest.raises(Incomplete) as refused:
        submit(session, actor_for(people.member), sent)
    assert (refused.value.code, refused.value.missing) == (NeedRefusal.NOT_FOR_REVIEW, (POINT,))
    waiting = people.need(session, NeedState.IN_REVIEW, **values)
    with pytest.raises(Incomplete) as refused:
        publish(session, actor_for(people.coordinator), waiting)
    assert (refused.value.code, refused.value.missing) == (NeedRefusal.NOT_READY, (POINT,))
    assert (sent.state, waiting.state) == (NeedState.DRAFT, NeedState.IN_REVIEW)


def test_a_draft_of_a_need_keeps_it_and_the_checklist_leads_there(
    session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.DRAFT)
    writing.save_need(
        session,
        actor_for(people.member),
        need=need,
        version=need.version,
        fields={"contribution": ADDENDUM},
    )
    assert need.contribution == ADDENDUM
    point = next(point for point in checklist_of(need) if point.requirement is POINT)
    assert (point.done, point.step, point.stops_review) == (False, 3, True)


def add(session: Session, people: Cast, need: Need, text: str) -> None:
    member = actor_for(people.member)
    writing.add_addendum(session, member, need=need, version=need.version, text=text)


@pytest.mark.parametrize("text", PERSONAL)
def test_no_addendum_holds_it(text: str, session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    with pytest.raises(InvalidField) as refused:
        add(session, people, need, text)
    assert (refused.value.field, refused.value.code) == ("text", NeedRefusal.PERSONAL_DATA)
    assert need.addenda == []


def test_the_refusal_names_the_words_that_have_to_go(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    with pytest.raises(InvalidField) as refused:
        add(session, people, need, f"Bruker {IDENTITY_NUMBER} bor i Storgata 1.")
    expected = {"what": PersonalData.IDENTITY_NUMBER, "words": IDENTITY_NUMBER}
    assert refused.value.values == expected


def test_no_reason_for_closing_a_need_holds_it(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    with pytest.raises(InvalidField) as refused:
        closing.close_need(
            session,
            actor_for(people.leader),
            need=need,
            version=need.version,
            outcome=NeedOutcome.MET,
            reason=ADDENDUM,
        )
    assert (refused.value.field, refused.value.code) == ("reason", NeedRefusal.PERSONAL_DATA)
    assert need.state is NeedState.PUBLISHED


@pytest.mark.parametrize("name", ["site", "contribution"])
def test_no_unit_joins_a_need_with_it(name: str, session: Session) -> None:
    share: dict[str, Any] = {name: ADDENDUM}
    with pytest.raises(InvalidField) as refused:
        cast_for_pool(session).ask("joining_member", **share)
    assert (refused.value.field, refused.value.code) == (name, NeedRefusal.PERSONAL_DATA)


# ---------------------------------------------------------------- concepts


def save(session: Session, concept: Concept, **changed: Any) -> None:
    concept_services.save_concept(
        session,
        owner_of(concept),
        concept=concept,
        version=concept.version,
        content=content_of(concept, **changed),
    )


@pytest.mark.parametrize("name", concepts.TEXTS)
def test_a_draft_of_a_concept_keeps_it_and_is_not_published(name: str, session: Session) -> None:
    concept = make_concept(session, state=ConceptState.DRAFT)
    save(session, concept, **{name: f"Ring {IDENTITY_NUMBER}"})
    assert IDENTITY_NUMBER in getattr(concept, name)
    assert concepts.missing_points(concept) == [ConceptRequirement.NO_PERSONAL_DATA]
    with pytest.raises(InvalidField) as refused:
        concept_services.publish_concept(
            session, owner_of(concept), concept=concept, version=concept.version
        )
    assert (refused.value.field, refused.value.code) == (name, ConceptRefusal.PERSONAL_DATA)
    assert concept.state is ConceptState.DRAFT


@pytest.mark.parametrize("text", PERSONAL)
def test_a_published_concept_may_not_get_it(text: str, session: Session) -> None:
    concept = make_concept(session)
    with pytest.raises(InvalidField) as refused:
        save(session, concept, evidence=text)
    assert (refused.value.field, refused.value.code) == ("evidence", ConceptRefusal.PERSONAL_DATA)
