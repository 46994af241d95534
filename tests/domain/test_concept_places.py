"""In which municipalities a concept can be had: proposed from its text, confirmed, and kept to."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationState
from marketplace.concepts import queries, services
from marketplace.concepts.models import Concept
from marketplace.concepts.places import places_in
from marketplace.concepts.services import ConceptContent
from marketplace.concepts.states import ConceptEvent
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import NotFound
from marketplace.core.target_groups import TargetGroup
from marketplace.matches.queries import explain_pair, near_concepts, rank_concepts
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_need,
    make_organisation,
    make_unit,
)

NAMES = {1: "Fjordvik kommune", 2: "Ås", 3: "Nordre Follo"}


def confirm(session: Session, concept: Concept, *places: int) -> None:
    services.confirm_target(
        session, actor_for(concept.author), concept=concept, version=concept.version,
        target=TargetGroup(), places=frozenset(places),
    )  # fmt: skip
    session.flush()


@pytest.mark.parametrize("kind", ["entrepreneur", "pending", "nobody"])
def test_what_is_no_approved_municipality_is_refused(session: Session, kind: str) -> None:
    concept = make_concept(session)
    pending = make_organisation(session, state=OrganisationState.PENDING)
    place = {"entrepreneur": make_entrepreneur(session).id, "pending": pending.id, "nobody": 99_999}
    with pytest.raises(NotFound):
        confirm(session, concept, place[kind])
    assert concept.target_confirmed_at is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vi leverer bare i Fjordvik.", {1}), ("Kurs. Kun i Fjordvik kommune og Ås.", {1, 2}),
        ("Bare i Åsen barnehage i Fjordvikdalen", set()), ("Bare på en ås", set()),
        ("Berre Nordre Follo", {3}), ("", set()),
        ("Prøvd i Fjordvik i fjor. Bare for eldre.", set()),
    ],
)  # fmt: skip
def test_a_sentence_says_where_alone(text: str, found: set[int]) -> None:
    assert places_in(text, NAMES) == found


def test_a_draft_proposes_what_it_names_and_not_where_it_was_used(session: Session) -> None:
    here, there = (make_organisation(session, name=name) for name in ("Fjordvik", "Nesby"))
    owner = make_concept(session).author
    content = ConceptContent(title="Kurs", description="Bare i Fjordvik.", used_where="Bare Nesby")
    organisation_id = owner.memberships[0].organisation_id
    assert organisation_id
    concept = services.create_concept(
        session, actor_for(owner), organisation_id=organisation_id, content=content
    )
    assert concept.places == {here.id}
    assert concept.offered_in == frozenset()
    confirm(session, concept, there.id)
    assert queries.list_places(session, concept) == ["Nesby"]
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.event == ConceptEvent.TARGET_GROUP_CONFIRMED)
    ).one()
    assert (event.before["places"], event.after["places"]) == ([here.id], [there.id])


@pytest.fixture
def here(session: Session) -> Organisation:
    return make_organisation(session)


def test_what_is_offered_elsewhere_stands_last_and_says_so(
    session: Session, here: Organisation
) -> None:
    words = "Ukentlig kaffe og samtale mot ensomhet."
    elsewhere = make_concept(session, title="Kaffe mot ensomhet", description=words * 2)
    everywhere = make_concept(session, title="Treff", description=words)
    only_here = make_concept(session, title="Treff her", description=words)
    need = make_need(
        session, make_unit(session, here), title="Ensomme", target_group="",
        problem="Mange er ensomme og trenger samtale.",
    )  # fmt: skip
    confirm(session, elsewhere, make_organisation(session).id)
    confirm(session, only_here, here.id)
    session.commit()
    shown = [row.row.id for row in rank_concepts(session, need)]
    near = [row.row.id for row in near_concepts(session, need, 5)]
    assert {everywhere.id, only_here.id} <= set(shown)
    assert [*shown, *near][-1] == elsewhere.id
    told = {each.id: explain_pair(session, need, each) for each in (elsewhere, only_here)}
    assert told[elsewhere.id].facets["place"] == "does_not_meet"
    assert told[only_here.id].facets["place"] == "unknown"


def test_before_it_is_confirmed_it_keeps_nobody_out(session: Session, here: Organisation) -> None:
    concept = make_concept(session, places=frozenset({make_organisation(session).id}))
    need = make_need(session, make_unit(session, here))
    session.commit()
    assert "does_not_meet" not in explain_pair(session, need, concept).facets.values()
