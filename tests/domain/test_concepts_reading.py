"""Concepts: who reads which, and what is searched in."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.concepts import queries
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import ANONYMOUS, Actor, Role
from marketplace.core.errors import NotFound
from tests.domain.test_concepts import owner_of
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)


def seen_by(session: Session, actor: Actor, concept: Concept) -> bool:
    try:
        return queries.get_concept(session, actor, concept.id) is concept
    except NotFound:
        return False


MUNICIPAL = {
    Role.UNIT_MEMBER,
    Role.UNIT_LEADER,
    Role.COORDINATOR,
    Role.PROCUREMENT_ADVISER,
    Role.LEADERSHIP,
}


def in_role(session: Session, role: Role) -> Actor:
    unit = make_unit(session)
    places: dict[Role, Any] = {
        Role.UNIT_MEMBER: unit,
        Role.UNIT_LEADER: unit,
        Role.ENTREPRENEUR: make_entrepreneur(session),
        Role.PARTNER: make_organisation(session),
        Role.ADMINISTRATOR: None,
    }
    return actor_for(make_member(session, role, places.get(role, unit.organisation)))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(ConceptState))
def test_who_reads_a_concept(session: Session, role: Role, state: ConceptState) -> None:
    concept = make_concept(session, state=state)
    expected = state is ConceptState.PUBLISHED and role in MUNICIPAL
    assert seen_by(session, in_role(session, role), concept) is expected
    assert seen_by(session, owner_of(concept), concept)
    assert not seen_by(session, ANONYMOUS, concept)


def test_the_list_holds_only_ones_own_newest_first(session: Session) -> None:
    first = make_concept(session, state=ConceptState.ARCHIVED)
    second = make_concept(session, first.organisation, state=ConceptState.DRAFT)
    make_concept(session)
    assert list(queries.list_own_concepts(session, owner_of(first), 1).rows) == [second, first]


def test_only_ones_own_published_concepts_answer_a_need(session: Session) -> None:
    concept = make_concept(session)
    make_concept(session, concept.organisation, state=ConceptState.DRAFT)
    make_concept(session)
    assert list(queries.list_own_published(session, owner_of(concept))) == [concept]
    unit_member = actor_for(make_need(session).author)
    assert list(queries.list_own_published(session, unit_member)) == []


def test_own_organisations(session: Session) -> None:
    concept = make_concept(session)
    make_entrepreneur(session)
    found = queries.list_own_organisations(session, owner_of(concept))
    assert [row.id for row in found] == [concept.organisation_id]
    assert all(isinstance(row, Organisation) for row in found)


def test_the_searchable_text_says_what_is_offered_and_not_the_terms(session: Session) -> None:
    concept = make_concept(
        session, used_where="", price_indication="Femti kroner", legal_form="Samvirke"
    )
    searched = queries.text_of(concept)
    for part in (concept.description, concept.target_group, concept.evidence):
        assert part in searched
    assert "Femti" not in searched
    assert "Samvirke" not in searched
    assert "\n\n" not in searched
