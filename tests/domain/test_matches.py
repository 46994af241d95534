"""Matches: fresh after each change, without what is blocked or dismissed; judgements and guards."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.accounts.services.units import Readiness, change_unit
from marketplace.accounts.states import AccountEvent
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core import search
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.reactions import REACTIONS
from marketplace.core.revision import Collection, next_revision
from marketplace.matches import blocking, policies, queries
from marketplace.matches.index import WEIGHTS, concept_document, need_document
from marketplace.matches.models import Judgement
from marketplace.matches.services import judging
from marketplace.matches.states import DismissalReason, MatchRefusal, Verdict
from marketplace.needs.models import Need
from marketplace.needs.queries import NeedFilter, list_needs
from marketplace.needs.services import renaming
from marketplace.needs.states import NeedState
from matching import MatchIndex
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)

Text = dict[str, Any]

LONELY: Text = {
    "title": "Ensomme eldre i helgene",
    "problem": "Eldre som bor alene, er ensomme i helgene når dagsenteret er stengt.",
    "target_group": "Hjemmeboende over 80 år",
}
ABSENCE: Text = {
    "title": "Skolefravær på ungdomstrinnet",
    "problem": "Elever på ungdomstrinnet er borte fra skolen i flere uker.",
    "target_group": "Ungdom 13 til 16 år",
    "wanted_effect": "Elevene er tilbake i klasserommet.",
}
DINNER: Text = {
    "title": "Bordfellesskap",
    "description": "Vi lager middag for ensomme eldre i helgene, så de som bor alene, får selskap.",
    "target_group": "Eldre som bor alene",
}
TUTOR: Text = {
    "title": "Los for skoleelever",
    "description": "Vi følger elever med høyt fravær tilbake til skolen på ungdomstrinnet.",
    "target_group": "Ungdom med skolefravær",
}
WATER: Text = {
    "title": "Regnbed",
    "description": "Vi bygger regnbed som tar unna overvann fra asfalterte plasser.",
    "target_group": "Gater med overvann",
}


@pytest.fixture
def unit(session: Session) -> Unit:
    return make_unit(session)


@pytest.fixture
def need(session: Session, unit: Unit) -> Need:
    return make_need(session, unit, **LONELY)


@pytest.fixture
def concepts(session: Session) -> dict[str, Concept]:
    texts = {"dinner": DINNER, "tutor": TUTOR, "water": WATER}
    return {name: make_concept(session, **text) for name, text in texts.items()}


def change(session: Session, concept: Concept, **values: object) -> None:
    for name, value in values.items():
        setattr(concept, name, value)
    concept.revision = next_revision(session, Collection.CONCEPTS)
    session.flush()


def ranked_concepts(session: Session, need: Need) -> list[str]:
    return [match.row.title for match in queries.rank_concepts(session, need)]


class TestRanking:
    def test_the_concept_that_answers_comes_first(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        first = queries.rank_concepts(session, need)[0]
        assert first.row is concepts["dinner"]
        assert first.rank == 1
        words = {w for term in first.explanation.shared_terms for w in term.query_words}
        assert any(word.startswith("ensom") for word in words)
        assert first.explanation.passage

    def test_an_unrelated_concept_is_not_a_match(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        assert concepts["water"].title not in ranked_concepts(session, need)

    def test_the_order_is_the_same_when_asked_again(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        assert concepts
        assert ranked_concepts(session, need) == ranked_concepts(session, need)

    def test_a_new_concept_is_in_the_next_answer(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        ranked_concepts(session, need)
        late = make_concept(session, **(DINNER | {"title": "Helgemat"}))
        assert concepts["dinner"].title in ranked_concepts(session, need)
        assert late.title in ranked_concepts(session, need)

    def test_a_changed_concept_is_ranked_by_its_new_text(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        assert concepts["dinner"].title in ranked_concepts(session, need)
        change(session, concepts["dinner"], **(WATER | {"title": "Noe annet"}))
        assert "Noe annet" not in ranked_concepts(session, need)

    def test_reasons_are_those_of_the_new_text_also_when_they_were_shown_before(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        dinner = concepts["dinner"]
        before = queries.explain_pair(session, need, dinner)
        assert queries.explain_pair(session, need, dinner) == before
        change(session, dinner, description="Ensomme eldre får besøk i helgene.")
        made = MatchIndex.from_documents(map(concept_document, concepts.values()), WEIGHTS)
        fresh = made.explain(need_document(need), str(dinner.id))
        assert queries.explain_pair(session, need, dinner) == fresh != before

    def test_only_what_asks_is_left_unanswered(self, session: Session) -> None:
        """Whom a need is for tells what to look for, and asks for nothing."""
        need = make_need(
            session, title="Ensomme", problem="Mange er ensomme i helgene.",
            target_group="Personer som kommer fra Nordstrand sykehjem.",
            wanted_effect="De får besøk hver søndag.",
        )  # fmt: skip
        concept = make_concept(session, description="Vi lapper sykler.", title="Sykler")
        said = " ".join(queries.explain_pair(session, need, concept).unanswered)
        assert "ensomme i helgene" in said
        assert "besøk hver søndag" in said
        assert "sykehjem" not in said

    def test_reasons_change_when_another_concept_does(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        before = queries.explain_pair(session, need, concepts["dinner"])
        change(session, concepts["water"], **DINNER)
        assert queries.explain_pair(session, need, concepts["dinner"]).score != before.score

    @pytest.mark.parametrize("state", [ConceptState.ARCHIVED, ConceptState.DRAFT])
    def test_a_concept_taken_back_is_gone_from_the_next_answer(
        self, session: Session, need: Need, concepts: dict[str, Concept], state: ConceptState
    ) -> None:
        assert concepts["dinner"].title in ranked_concepts(session, need)
        change(session, concepts["dinner"], state=state)
        assert concepts["dinner"].title not in ranked_concepts(session, need)

    def test_only_published_needs_are_ranked_for_a_concept(
        self, session: Session, unit: Unit, need: Need, concepts: dict[str, Concept]
    ) -> None:
        for state in (NeedState.DRAFT, NeedState.IN_REVIEW, NeedState.CLOSED):
            make_need(session, unit, state, **LONELY)
        make_need(session, unit, **ABSENCE)
        found = queries.rank_needs(session, concepts["dinner"])
        assert [match.row for match in found] == [need]

    def test_many_concepts_get_the_needs_that_each_gets(
        self, session: Session, unit: Unit, need: Need, concepts: dict[str, Concept]
    ) -> None:
        absence = make_need(session, unit, **ABSENCE)
        several = list(concepts.values())
        found = queries.rank_needs_for_each(session, several, limit=5)
        assert found == [queries.rank_needs(session, each, limit=5) for each in several]
        assert [[match.row for match in each] for each in found] == [[need], [absence], []]

    def test_the_entrepreneur_sees_what_the_concept_leaves_unanswered(
        self, session: Session, unit: Unit, concepts: dict[str, Concept]
    ) -> None:
        text = LONELY["problem"] + " Badstua må males."
        make_need(session, unit, **(LONELY | {"problem": text}))
        match = queries.rank_needs(session, concepts["dinner"])[0]
        assert any("Badstua" in sentence for sentence in match.explanation.unanswered)

    def test_nothing_good_enough_is_no_match(self, session: Session, unit: Unit) -> None:
        make_concept(session, **WATER)
        make_concept(session, **TUTOR)
        need = make_need(
            session,
            unit,
            title="Gravlunder mangler tolk",
            problem="Pårørende får ikke tolk ved seremonier på kvelden.",
            target_group="Etterlatte",
            wanted_effect="Tolk ved seremonier",
            tried="Telefontolk",
        )
        assert queries.rank_concepts(session, need) == []

    def test_equal_concepts_share_a_place(self, session: Session, need: Need) -> None:
        for _ in range(2):
            make_concept(session, **DINNER)
        make_concept(session, **TUTOR)
        first, second = queries.rank_concepts(session, need)[:2]
        assert (first.rank, second.rank) == (1, 1)
        assert first.tied
        assert second.tied

    def test_blocked_concepts_are_left_out(
        self,
        session: Session,
        need: Need,
        concepts: dict[str, Concept],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        dinner = concepts["dinner"]
        pair = (need.id, dinner.id)
        blocker = blocking.Blocker(
            lambda _s, _n: {dinner.id}, lambda _s, _c: {need.id}, lambda _s, _n: {pair}
        )
        monkeypatch.setattr(blocking, "BLOCKERS", [blocker])
        assert dinner.title not in ranked_concepts(session, need)
        assert queries.rank_needs(session, dinner) == []


class TestSimilarNeedsAndSearch:
    def test_published_and_closed_needs_are_similar(
        self, session: Session, unit: Unit, need: Need
    ) -> None:
        closed = make_need(session, unit, NeedState.CLOSED, **LONELY)
        make_need(session, unit, NeedState.DRAFT, **LONELY)
        make_need(session, unit, **ABSENCE)
        draft = make_need(session, unit, NeedState.DRAFT, **LONELY)
        assert {n.id for n in queries.similar_needs(session, draft)} == {need.id, closed.id}

    def test_a_need_is_not_similar_to_itself(self, session: Session, need: Need) -> None:
        assert need not in queries.similar_needs(session, need)

    def test_search_finds_parts_of_words(self, session: Session, unit: Unit, need: Need) -> None:
        absence = make_need(session, unit, **ABSENCE)
        assert queries.search_needs(session, "fravær", 10) == [absence.id]
        assert queries.search_needs(session, "ensomhet", 10) == [need.id]
        assert queries.search_needs(session, "xyzzy", 10) == []

    def test_search_finds_one_that_others_would_hide(
        self, session: Session, unit: Unit, need: Need, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """So many elsewhere answer better that the one that is wanted is not among the first."""
        monkeypatch.setattr(search, "SEARCH_LIMIT", 3)
        monkeypatch.setitem(search.SEARCHERS, Collection.NEEDS, queries.search_needs)
        elsewhere = make_unit(session)
        for _ in range(5):
            make_need(session, elsewhere, title="Ensomhet ensomhet", problem="Ensomhet.")
        make_need(session, elsewhere, NeedState.CLOSED, title="Ensomhet", problem="Ensomhet.")
        here = NeedFilter(words="ensomhet", municipality_id=unit.organisation_id)
        assert [row.id for row in list_needs(session, here, 1).rows] == [need.id]
        everywhere = list_needs(session, NeedFilter(words="ensomhet"), 1)
        assert need.id not in {row.id for row in everywhere.rows}
        assert everywhere.total == 3

    def test_a_need_is_found_by_the_new_name_of_its_unit(
        self, session: Session, unit: Unit, need: Need
    ) -> None:
        REACTIONS[AccountEvent.UNIT_CHANGED].add(renaming.let_indexes_know)
        assert queries.search_needs(session, "Solbakken", 10) == []
        readiness = Readiness(unit.capacity, unit.contact_name, unit.contact_email)
        change_unit(
            session, actor_for(make_member(session, Role.ADMINISTRATOR)), unit=unit,
            version=unit.version, name="Solbakken", area=unit.area, readiness=readiness,
        )  # fmt: skip
        session.commit()
        assert queries.search_needs(session, "Solbakken", 10) == [need.id]

    def test_search_looks_through_all_that_a_reader_sees(
        self, session: Session, unit: Unit
    ) -> None:
        need = make_need(session, unit, **(ABSENCE | {"effect_measure": "Loggbok om søvn"}))
        make_need(session, unit, **LONELY)
        assert queries.search_needs(session, "søvn", 10) == [need.id]


class TestJudgements:
    def test_shortlisting_is_stored_with_its_place(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        actor = actor_for(need.author)
        judgement = judging.shortlist_concept(session, actor, need=need, concept=concepts["dinner"])
        assert judgement.verdict is Verdict.SHORTLISTED
        assert judgement.rank_shown == 1
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert event
        assert (event.event, event.actor_id) == ("match.shortlisted", need.author_id)

    def test_a_dismissed_concept_leaves_the_ranking_until_undone(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        actor, dinner = actor_for(need.author), concepts["dinner"]
        judging.dismiss_concept(
            session, actor, need=need, concept=dinner, reason=DismissalReason.TOO_EXPENSIVE
        )
        assert dinner.title not in ranked_concepts(session, need)
        judging.undo_judgement(session, actor, need=need, concept=dinner)
        assert dinner.title in ranked_concepts(session, need)
        kept = session.scalars(select(Judgement)).one()
        assert kept.undone_by_id == need.author_id

    def test_dismissing_what_was_shortlisted_replaces_the_judgement(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        actor, dinner = actor_for(need.author), concepts["dinner"]
        judging.shortlist_concept(session, actor, need=need, concept=dinner)
        judging.dismiss_concept(
            session, actor, need=need, concept=dinner, reason=DismissalReason.ALREADY_TRIED
        )
        standing = queries.standing_judgement(session, need.id, dinner.id)
        assert standing
        assert standing.verdict is Verdict.DISMISSED

    def test_the_same_judgement_twice_is_refused(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        actor, dinner = actor_for(need.author), concepts["dinner"]
        judging.shortlist_concept(session, actor, need=need, concept=dinner)
        with pytest.raises(NotNow) as refused:
            judging.shortlist_concept(session, actor, need=need, concept=dinner)
        assert refused.value.code is MatchRefusal.ALREADY_JUDGED

    def test_two_standing_judgements_of_a_pair_are_impossible(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        for _ in range(2):
            session.add(
                Judgement(
                    need_id=need.id,
                    concept_id=concepts["dinner"].id,
                    person_id=need.author_id,
                    verdict=Verdict.SHORTLISTED,
                    matcher_version="1",
                )
            )
        with pytest.raises(IntegrityError):
            session.flush()

    def test_other_must_be_explained(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        with pytest.raises(InvalidField) as refused:
            judging.dismiss_concept(
                session,
                actor_for(need.author),
                need=need,
                concept=concepts["dinner"],
                reason=DismissalReason.OTHER,
                note="  ",
            )
        assert refused.value.field == "note"

    def test_nothing_to_undo_is_said(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        with pytest.raises(NotNow) as refused:
            judging.undo_judgement(
                session, actor_for(need.author), need=need, concept=concepts["water"]
            )
        assert refused.value.code is MatchRefusal.NOTHING_TO_UNDO

    def test_only_published_pairs_are_judged(
        self, session: Session, unit: Unit, concepts: dict[str, Concept]
    ) -> None:
        closed = make_need(session, unit, NeedState.CLOSED)
        with pytest.raises(NotNow) as refused:
            judging.shortlist_concept(
                session, actor_for(closed.author), need=closed, concept=concepts["dinner"]
            )
        assert refused.value.code is MatchRefusal.NEED_NOT_PUBLISHED
        need = make_need(session, unit)
        change(session, concepts["tutor"], state=ConceptState.DRAFT)
        with pytest.raises(NotNow) as refused:
            judging.shortlist_concept(
                session, actor_for(need.author), need=need, concept=concepts["tutor"]
            )
        assert refused.value.code is MatchRefusal.CONCEPT_NOT_PUBLISHED

    @pytest.mark.parametrize(
        "role", [Role.COORDINATOR, Role.PROCUREMENT_ADVISER, Role.LEADERSHIP, Role.ENTREPRENEUR]
    )
    def test_only_the_unit_judges(
        self, session: Session, need: Need, concepts: dict[str, Concept], role: Role
    ) -> None:
        where = need.unit.organisation
        if role is Role.ENTREPRENEUR:
            where = concepts["dinner"].organisation
        stranger = actor_for(make_member(session, role, where))
        with pytest.raises(NotAllowed) as refused:
            judging.shortlist_concept(session, stranger, need=need, concept=concepts["dinner"])
        assert refused.value.code is MatchRefusal.UNIT_MEMBERS_ONLY

    def test_people_of_another_unit_do_not_judge(
        self, session: Session, need: Need, concepts: dict[str, Concept]
    ) -> None:
        other = make_unit(session, need.unit.organisation)
        neighbour = actor_for(make_member(session, Role.UNIT_LEADER, other))
        with pytest.raises(NotAllowed):
            judging.undo_judgement(session, neighbour, need=need, concept=concepts["dinner"])


class TestWhoSeesWhat:
    def test_the_unit_and_its_municipality_see_the_concepts(
        self, session: Session, need: Need
    ) -> None:
        municipality, elsewhere = need.unit.organisation, make_organisation(session)
        sees = {
            (role, organisation is municipality): policies.can_see_concepts_for(
                actor_for(make_member(session, role, organisation)), need
            )
            for role in (Role.COORDINATOR, Role.PROCUREMENT_ADVISER, Role.LEADERSHIP)
            for organisation in (municipality, elsewhere)
        }
        assert {key for key, seen in sees.items() if seen} == {
            (Role.COORDINATOR, True),
            (Role.PROCUREMENT_ADVISER, True),
        }
        assert policies.can_see_concepts_for(actor_for(need.author), need)

    def test_only_owners_see_the_needs_of_a_concept(
        self, session: Session, concepts: dict[str, Concept]
    ) -> None:
        dinner = concepts["dinner"]
        rival = make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session))
        assert policies.can_see_needs_for(actor_for(dinner.author), dinner)
        assert not policies.can_see_needs_for(actor_for(rival), dinner)
