"""Matches as the unit, the coordinator and the entrepreneur see them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.accounts.states import Language
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState, EvidenceLevel
from marketplace.core.actor import Role
from marketplace.core.revision import Collection, next_revision
from marketplace.matches import queries
from marketplace.matches.routes import CONCEPTS_AT_A_TIME
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from tests.factories import (
    make_concept,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)
from tests.queries import count_queries
from tests.web.client import Browser

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def need(session: Session) -> Need:
    return make_need(
        session,
        title="Ensomme eldre i helgene",
        problem="Eldre som bor alene, er ensomme i helgene når dagsenteret er stengt.",
        wanted_effect="Flere eldre treffer noen i helgene. Taket på låven blir tett.",
    )


@pytest.fixture
def concept(session: Session) -> Concept:
    """A concept that answers, among others that do not."""
    make_concept(session, title="Regnbed", description="Vi bygger regnbed mot overvann i gater.")
    make_concept(session, title="Los", description="Vi følger elever med fravær til skolen.")
    return make_concept(
        session,
        title="Bordfellesskap <b>",
        description="Vi lager middag i helgene for eldre som bor alene og er ensomme.",
    )


def test_the_unit_sees_the_concept_with_its_reasons(
    signed_in: SignedIn, need: Need, concept: Concept
) -> None:
    page = signed_in(need.author).get(f"/needs/{need.id}/matches")
    assert page.status == 200
    card = page.soup.select_one("ol.cards > li")
    assert card
    assert "Bordfellesskap <b>" in card.get_text()
    assert concept.organisation.name in card.get_text()
    assert "ensomme" in {mark.get_text() for mark in card.select("mark")}
    assert "Felles ord" in card.get_text()
    assert "Taket på låven" in card.select_one("details").get_text()  # type: ignore[union-attr]  # fails the test if missing


def test_nothing_is_counted_that_only_reading_tells(
    signed_in: SignedIn, need: Need, concept: Concept
) -> None:
    member = signed_in(need.author)
    for path in (f"/needs/{need.id}/matches", f"/needs/{need.id}/matches/{concept.id}"):
        text = member.get(path).text
        assert "Fant vi ikke igjen i teksten" in text
        assert "svarer konseptet ikke på" not in text
        assert not re.search(r"\d+ av \d+ setning", text)


def test_the_reckoning_is_one_click_away(signed_in: SignedIn, need: Need, concept: Concept) -> None:
    page = signed_in(need.author).get(f"/needs/{need.id}/matches/{concept.id}")
    (reckoning,) = (d for d in page.soup.select("details") if "regnestykket" in d.get_text())
    assert "%" in reckoning.get_text()
    reckoning.decompose()
    assert "Del av treffet" not in page.soup.get_text()


def test_a_card_tells_of_evidence_price_and_use(
    signed_in: SignedIn, session: Session, need: Need
) -> None:
    make_concept(
        session,
        title="Middagsbord",
        description=need.problem,
        evidence_level=EvidenceLevel.TESTED,
        price_indication="900 kr for en kveld",
        used_where="Nes kommune",
    )
    page = signed_in(need.author).get(f"/needs/{need.id}/matches")
    (card,) = (c for c in page.soup.select("ol.cards > li") if "Middagsbord" in c.get_text())
    for said in ("Prøvd ut i praksis", "900 kr for en kveld", "Nes kommune"):
        assert said in card.get_text()


def test_without_a_match_the_nearest_stand_there_as_what_they_are(
    signed_in: SignedIn, session: Session
) -> None:
    need = make_need(session, title="Fravær på ungdomsskolen", problem="Elever uteblir fra skolen.")
    for number in range(5):
        make_concept(
            session,
            title=f"Hagearbeid {number}",
            description=f"Vi steller hager for borettslag. Etter skolen kommer {number} til.",
        )
    member = signed_in(need.author)
    page = member.get(f"/needs/{need.id}/matches")
    assert page.soup.select_one("#ranked") is None
    assert "Ingen av disse er et sikkert treff" in page.text
    cards = page.soup.select("ol.cards > li")
    assert len(cards) == 3
    assert all(card.select_one("meter") is None for card in cards)
    assert "Vis inntil 20 svakere treff" in page.text
    more = member.get(f"/needs/{need.id}/matches?weaker=1")
    assert "svakere treff" not in more.text
    assert len(more.soup.select("ol.cards > li")) == 5


def test_the_need_page_shows_the_best_matches_to_the_unit_only(
    signed_in: SignedIn, browser: Browser, need: Need, concept: Concept
) -> None:
    path = f"/needs/{need.id}"
    assert concept.title in signed_in(need.author).get(path).text
    assert concept.title not in browser.get(path).text
    assert concept.title not in signed_in(concept.author).get(path).text


def test_shortlisting_and_undoing(signed_in: SignedIn, need: Need, concept: Concept) -> None:
    member = signed_in(need.author)
    base = f"/needs/{need.id}/matches"
    shortlist = f"{base}/{concept.id}/shortlist"
    page = member.follow(member.submit(member.get(base), shortlist))
    assert "På kortlisten" in page.text
    assert not page.has_form(shortlist)
    page = member.follow(member.submit(page, f"{base}/{concept.id}/undo"))
    assert page.has_form(shortlist)


def test_dismissing_asks_for_a_reason_and_keeps_what_was_typed(
    signed_in: SignedIn, need: Need, concept: Concept
) -> None:
    member = signed_in(need.author)
    dismiss = f"/needs/{need.id}/matches/{concept.id}/dismiss"
    page = member.get(f"/needs/{need.id}/matches/{concept.id}")
    refused = member.submit(page, dismiss, note="For langt unna")
    assert refused.refused
    assert "Velg en grunn" in refused.text
    assert refused.form(dismiss).select_one("textarea").get_text().strip() == "For langt unna"  # type: ignore[union-attr]  # fails the test if missing
    refused = member.submit(refused, dismiss, reason="other", note="")
    assert "Skriv kort hvorfor" in refused.text
    page = member.follow(member.submit(refused, dismiss, reason="other", note="For langt unna"))
    assert concept.title not in [heading.get_text() for heading in page.soup.select("h3")]
    assert "For langt unna" in page.text


def test_no_good_match_is_said_plainly(signed_in: SignedIn, session: Session) -> None:
    need = make_need(
        session,
        title="Natteravnene mangler refleksvester",
        problem="Foreldre går natteravn uten refleks.",
        target_group="Foresatte",
        wanted_effect="Synlige ravner",
        tried="Loddsalg",
        contribution="Kopimaskin",
    )
    make_concept(session, title="Regnbed", description="Vi graver regnbed mot overvann.")
    page = signed_in(need.author).get(f"/needs/{need.id}/matches")
    assert "Ingen gode treff ennå" in page.text


def test_the_explanation_is_about_both_texts(
    signed_in: SignedIn, need: Need, concept: Concept
) -> None:
    page = signed_in(need.author).get(f"/needs/{need.id}/matches/{concept.id}")
    shares = [cell.get_text() for cell in page.soup.select("table tbody td:last-child")]
    assert shares
    assert all(share.endswith("%") for share in shares)
    assert "Taket på låven blir tett." in page.text


def test_a_coordinator_sees_but_does_not_judge(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    coordinator = signed_in(make_member(session, Role.COORDINATOR, need.unit.organisation))
    page = coordinator.get(f"/needs/{need.id}/matches/{concept.id}")
    assert page.status == 200
    shortlist = f"/needs/{need.id}/matches/{concept.id}/shortlist"
    assert not page.has_form(shortlist)
    assert coordinator.post(shortlist).status == 403


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.UNIT_LEADER, Role.ENTREPRENEUR])
def test_strangers_find_no_matches(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept, role: Role
) -> None:
    elsewhere: Organisation | Unit = concept.organisation
    if role is Role.COORDINATOR:
        elsewhere = make_organisation(session)
    if role is Role.UNIT_LEADER:
        elsewhere = make_unit(session)
    stranger = signed_in(make_member(session, role, elsewhere))
    expected = 403 if role is Role.ENTREPRENEUR else 404
    assert stranger.get(f"/needs/{need.id}/matches").status == expected
    assert stranger.get(f"/needs/{need.id}/matches/{concept.id}").status == expected


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.IN_REVIEW, NeedState.CLOSED])
def test_only_published_needs_have_matches(
    signed_in: SignedIn, session: Session, state: NeedState
) -> None:
    need = make_need(session, state=state)
    assert signed_in(need.author).get(f"/needs/{need.id}/matches").status == 404


def test_the_entrepreneur_sees_needs_for_their_own_concepts_only(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    owner = signed_in(concept.author)
    page = owner.get(f"/concepts/{concept.id}/matches")
    assert need.title in page.text
    assert "Taket på låven" in page.text
    assert need.title in owner.get("/matches").text
    rival = signed_in(make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)))
    assert rival.get(f"/concepts/{concept.id}/matches").status == 404
    assert "Ingen publiserte konsepter" in rival.get("/matches").text


def test_without_a_match_the_owner_sees_the_nearest_needs_and_their_words(
    signed_in: SignedIn, session: Session
) -> None:
    concept = _lonely_concept(session)
    for place in ("Nes", "Vik", "Dal", "Bø"):
        make_need(session, title=f"Skoleveien i {place}", **SCHOOL)
    owner, path = signed_in(concept.author), f"/concepts/{concept.id}/matches"
    page = owner.get(path)
    assert "Ingen gode treff ennå" in page.text
    assert "Ingen av disse er et sikkert treff; de ligner mest." in page.text
    cards = page.soup.select("#near ~ ol.cards > li")
    assert len(cards) == 3
    assert all("Skoleveien" in card.get_text() for card in cards)
    assert all(card.select_one("meter") is None for card in cards)
    words = page.soup.select_one("#words ~ ul")
    assert words
    assert "der dere skriver «school»" in words.get_text()
    assert page.soup.select_one(f"a[href='/concepts/{concept.id}/edit']")
    (area,) = {need.unit.area for need in session.scalars(select(Need))}
    assert page.soup.select_one(f"a[href='/needs?area={area.value}']")
    for elsewhere in ("/matches", f"/concepts/{concept.id}"):
        assert owner.get(elsewhere).soup.select_one(f"main a[href='{path}']")


@pytest.mark.parametrize(
    "state", [NeedState.DRAFT, NeedState.IN_REVIEW, NeedState.NEEDS_CHANGES, NeedState.CLOSED]
)
def test_no_word_comes_from_a_need_that_takes_no_answers(
    signed_in: SignedIn, session: Session, state: NeedState
) -> None:
    concept = _lonely_concept(session)
    make_need(session, title="Skoleveien", state=state, **SCHOOL)
    page = signed_in(concept.author).get(f"/concepts/{concept.id}/matches")
    assert "Ingen gode treff ennå" in page.text
    assert "kolevei" not in page.text
    assert page.soup.select_one("#words") is None
    assert page.soup.select_one("#near") is None


SCHOOL: dict[str, Any] = {
    "problem": "Elevene går langs en smal vei til skolen. Bilene kjører fort om morgenen.",
    "target_group": "Elever i første klasse",
    "wanted_effect": "Færre nestenulykker.",
}


def _lonely_concept(session: Session) -> Concept:
    """It shares a word with the needs of a school, and no more."""
    return make_concept(
        session,
        title="Choir of grandmothers",
        description="Every spring we sing old shanties in the harbour. Once we sang in a school.",
        target_group="Audiences of all kinds",
        evidence="",
        used_where="",
        needs_from_municipality="A stage",
    )


def test_matches_for_many_concepts_come_on_several_pages(
    signed_in: SignedIn, session: Session
) -> None:
    owner = make_entrepreneur(session)
    author = make_member(session, Role.ENTREPRENEUR, owner)
    for number in range(CONCEPTS_AT_A_TIME + 1):
        make_concept(session, owner, author=author, title=f"Konsept {number}")
    browser = signed_in(author)
    first, second = (browser.get("/matches", query_string={"page": n}) for n in (1, 2))
    assert len(first.soup.select("main section h2")) == CONCEPTS_AT_A_TIME
    assert [h.get_text() for h in second.soup.select("main section h2")] == [
        f"Konsept {CONCEPTS_AT_A_TIME}"
    ]
    assert first.soup.select_one("nav.pager a[rel=next]")


def test_only_its_owner_is_told_that_a_text_holds_a_list(
    signed_in: SignedIn, need: Need, session: Session
) -> None:
    words = " ".join(f"ord{number}" for number in range(51))
    plain = make_concept(session, description="Vi går tur med eldre, og de går tur med oss.")
    listed = make_concept(session, plain.organisation, description=words, state=ConceptState.DRAFT)
    told = "en lang liste med ord"
    assert told in signed_in(listed.author).get(f"/concepts/{listed.id}").text
    assert told not in signed_in(plain.author).get(f"/concepts/{plain.id}").text
    listed.state, listed.published_at = ConceptState.PUBLISHED, plain.published_at
    session.flush()
    assert told not in signed_in(need.author).get(f"/concepts/{listed.id}").text


def test_a_concept_that_is_no_longer_published_has_no_matches(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    owner = signed_in(concept.author)
    assert need.title in owner.get(f"/concepts/{concept.id}/matches").text
    concept.state = ConceptState.DRAFT
    concept.revision = next_revision(session, Collection.CONCEPTS)
    session.flush()
    assert need.title not in owner.get(f"/concepts/{concept.id}/matches").text
    assert owner.get(f"/concepts/{concept.id}").status == 200
    member = signed_in(need.author)
    assert member.get(f"/needs/{need.id}/matches/{concept.id}").status == 404


def test_similar_needs_are_shown_while_writing(
    signed_in: SignedIn, session: Session, need: Need
) -> None:
    draft = make_need(
        session,
        make_unit(session),
        NeedState.DRAFT,
        title="Ensomme i helgene",
        problem="Eldre er ensomme i helgene.",
        language=Language.BOKMAL,
    )
    page = signed_in(draft.author).get(f"/needs/{draft.id}/edit/1")
    assert need.title in page.text


def test_the_number_of_queries_does_not_grow(
    signed_in: SignedIn, session: Session, need: Need
) -> None:
    member, counts = signed_in(need.author), []
    for number in (3, 9):
        for _ in range(number):
            make_concept(session, description=f"Vi møter ensomme eldre i helgene. {number}")
        queries.rank_concepts(session, need)
        with count_queries(session) as counter:
            page = member.get(f"/needs/{need.id}/matches")
        counts.append(counter.count)
        assert len(page.soup.select("ol.cards > li")) >= number
    assert counts[0] == counts[1]


def test_how_matches_are_found_is_explained_to_anyone(browser: Browser) -> None:
    page = browser.get("/help/matches")
    assert page.status == 200
    assert page.heading == "Slik finner vi treff"


# ---------------------------------------------------------------- while a need is written

NOTHING_YET: dict[str, Any] = {"problem": "", "target_group": "", "wanted_effect": ""}


def test_who_writes_a_need_sees_what_may_fit_it(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    need.state = NeedState.DRAFT
    session.flush()
    page = signed_in(need.author).get(f"/needs/{need.id}/edit/1")
    panel = page.soup.select_one("section[aria-labelledby=while-writing]")
    assert panel
    assert concept.title in panel.get_text()
    assert panel.select_one(f"a[href='/concepts/{concept.id}']")


def test_a_title_is_enough(signed_in: SignedIn, session: Session, concept: Concept) -> None:
    title = "Eldre som bor alene er ensomme i helgene"
    need = make_need(session, state=NeedState.DRAFT, title=title, **NOTHING_YET)
    for path in (f"/needs/{need.id}/edit/1", f"/needs/{need.id}/aside", f"/needs/{need.id}"):
        panel = (
            signed_in(need.author)
            .get(path)
            .soup.select_one("section[aria-labelledby=while-writing]")
        )
        assert panel
        assert concept.title in panel.get_text()


def test_its_writer_sees_them_while_others_read_the_need(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    need.state = NeedState.IN_REVIEW
    session.flush()
    path, reviewer = (
        f"/needs/{need.id}",
        make_member(session, Role.COORDINATOR, need.unit.organisation),
    )
    assert concept.title in signed_in(need.author).get(path).text
    for page in (path, f"{path}/review"):
        assert concept.title not in signed_in(reviewer).get(page).text


def test_beside_a_draft_that_nothing_matches_stands_what_is_nearest(
    signed_in: SignedIn, session: Session
) -> None:
    need = make_need(
        session,
        state=NeedState.DRAFT,
        title="Fravær på ungdomsskolen",
        problem="Elever uteblir fra skolen.",
    )
    for number in range(5):
        make_concept(
            session,
            title=f"Hagearbeid {number}",
            description=f"Vi steller hager for borettslag. Etter skolen kommer {number} til.",
        )
    panel = (
        signed_in(need.author)
        .get(f"/needs/{need.id}/edit/1")
        .soup.select_one("section[aria-labelledby=while-writing]")
    )
    assert panel
    assert "Ingen av disse er et sikkert treff; de ligner mest." in panel.get_text()
    assert len(panel.select("li")) == 3
    assert panel.select_one(".ds-tag") is None


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.NEEDS_CHANGES, NeedState.IN_REVIEW])
def test_nobody_else_is_shown_the_matches_of_a_draft(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept, state: NeedState
) -> None:
    need.state = state
    session.flush()
    colleague = make_member(session, Role.COORDINATOR, need.unit.organisation)
    for path in (f"/needs/{need.id}", f"/needs/{need.id}/edit/1", f"/needs/{need.id}/matches"):
        assert concept.title not in signed_in(colleague).get(path).text


def test_the_first_words_find_nothing_and_say_what_to_do(
    signed_in: SignedIn, session: Session
) -> None:
    need = make_need(session, state=NeedState.DRAFT, title="Nytt", **NOTHING_YET)
    page = signed_in(need.author).get(f"/needs/{need.id}/edit/1")
    assert "Når du har beskrevet problemet, ser du her hva som kan passe." in page.text
