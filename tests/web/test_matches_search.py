"""A search of concepts within a need: who may, what comes first, and what is left out."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Role
from marketplace.core.revision import Collection, next_revision
from marketplace.matches import queries
from marketplace.matches.search import FOUND_ON_PAGE
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
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]
WORDS = {"q": "gruppe for pårørende"}


@pytest.fixture
def need(session: Session) -> Need:
    return make_need(
        session,
        title="Slitne pårørende til hjemmeboende med demens",
        problem="Ektefeller til personer med demens er slitne og får aldri fri.",
        wanted_effect="Ektefellene får avlastning og noen å snakke med.",
    )


@pytest.fixture
def concepts(session: Session) -> dict[str, Concept]:
    texts = {
        "addiction": "Gruppe for pårørende til unge som ruser seg. Vi møtes på kveldstid.",
        "dementia": "Gruppe for pårørende. Ektefeller til personer med demens får avlastning.",
        "rain": "Vi bygger regnbed mot overvann i gater.",
        "day": "Dagsenter med gåtur for personer med demens.",
    }
    return {name: make_concept(session, title=name, description=d) for name, d in texts.items()}


def found(page: PageView) -> list[str]:
    """The titles of the cards, in their order."""
    return [card.get_text() for card in page.soup.select("#found ~ ol.cards > li h3 a")]


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.UNIT_LEADER, Role.ENTREPRENEUR])
def test_strangers_search_within_no_need(
    signed_in: SignedIn,
    session: Session,
    need: Need,
    concepts: dict[str, Concept],  # noqa: ARG001 - there is something to find
    role: Role,
) -> None:
    places: dict[Role, Organisation | Unit] = {
        Role.COORDINATOR: make_organisation(session),
        Role.UNIT_LEADER: make_unit(session),
        Role.ENTREPRENEUR: make_entrepreneur(session),
    }
    stranger = signed_in(make_member(session, role, places[role]))
    answer = stranger.get(f"/needs/{need.id}/matches", query_string=WORDS)
    assert answer.status == (403 if role is Role.ENTREPRENEUR else 404)
    assert "dementia" not in answer.text


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.IN_REVIEW, NeedState.CLOSED])
def test_only_within_a_published_need(
    signed_in: SignedIn, session: Session, state: NeedState
) -> None:
    need = make_need(session, state=state)
    answer = signed_in(need.author).get(f"/needs/{need.id}/matches", query_string=WORDS)
    assert answer.status == 404


def test_what_is_not_published_is_not_found(
    signed_in: SignedIn, session: Session, need: Need, concepts: dict[str, Concept]
) -> None:
    make_concept(
        session, title="draft", description="Gruppe for pårørende.", state=ConceptState.DRAFT
    )
    member, path = signed_in(need.author), f"/needs/{need.id}/matches"
    assert found(member.get(path, query_string=WORDS)) == ["dementia", "addiction"]
    concepts["addiction"].state = ConceptState.ARCHIVED
    concepts["addiction"].revision = next_revision(session, Collection.CONCEPTS)
    session.flush()
    assert found(member.get(path, query_string=WORDS)) == ["dementia"]


def test_what_the_unit_has_dismissed_is_not_found_again(
    signed_in: SignedIn, need: Need, concepts: dict[str, Concept]
) -> None:
    member, path = signed_in(need.author), f"/needs/{need.id}/matches"
    dismiss = f"{path}/{concepts['dementia'].id}/dismiss"
    shown = member.get(f"{path}/{concepts['dementia'].id}")
    member.submit(shown, dismiss, reason="too_expensive")
    page = member.get(path, query_string=WORDS)
    assert found(page) == ["addiction"]
    assert page.has_form(f"{path}/{concepts['dementia'].id}/undo")


# ---------------------------------------------------------------- what is found


def test_what_answers_the_words_comes_in_the_order_of_the_need(
    signed_in: SignedIn, session: Session, need: Need, concepts: dict[str, Concept]
) -> None:
    member, path = signed_in(need.author), f"/needs/{need.id}/matches"
    page = member.get(path, query_string=WORDS)
    assert found(page) == ["dementia", "addiction"]
    assert "2 konsepter svarer på «gruppe for pårørende»" in page.text
    ranked = [each.row.title for each in queries.rank_concepts(session, need)]
    assert ranked.index("dementia") == 0
    assert page.soup.select_one("#ranked") is None
    assert page.has_form(f"{path}/{concepts['dementia'].id}/shortlist")


def test_what_answers_few_of_the_words_comes_last(
    signed_in: SignedIn, session: Session, need: Need, concepts: dict[str, Concept]
) -> None:
    concepts["day"].description = "Gruppe. Ektefeller til personer med demens får avlastning."
    concepts["day"].revision = next_revision(session, Collection.CONCEPTS)
    session.flush()
    words = {"q": "pårørende til unge som ruser seg, gruppe"}
    page = signed_in(need.author).get(f"/needs/{need.id}/matches", query_string=words)
    assert found(page)[0] == "addiction"


def test_what_has_nothing_to_do_with_the_need_is_found_and_called_so(
    signed_in: SignedIn,
    need: Need,
    concepts: dict[str, Concept],  # noqa: ARG001 - among which it is found
) -> None:
    page = signed_in(need.author).get(f"/needs/{need.id}/matches", query_string={"q": "regnbed"})
    assert found(page) == ["rain"]
    (card,) = page.soup.select("#found ~ ol.cards > li")
    assert "Ikke et sikkert treff for behovet" in card.get_text()
    assert card.select_one("meter") is None


def test_a_search_is_offered_where_nothing_matches_and_says_what_it_did_not_find(
    signed_in: SignedIn, need: Need
) -> None:
    member, path = signed_in(need.author), f"/needs/{need.id}/matches"
    page = member.get(path)
    assert "Ingen gode treff ennå" in page.text
    assert page.soup.select_one("form[role=search] input[name=q]")
    page = member.get(path, query_string={"q": "<b>ridning</b>"})
    assert "Ingen konsepter svarer på «<b>ridning</b>»" in page.soup.get_text()
    assert "Prøv andre eller færre ord." in page.text
    field = page.soup.select_one("form[role=search] input[name=q]")
    assert field
    assert field["value"] == "<b>ridning</b>"


def test_no_words_are_no_search(
    signed_in: SignedIn,
    need: Need,
    concepts: dict[str, Concept],  # noqa: ARG001 - which match
) -> None:
    page = signed_in(need.author).get(f"/needs/{need.id}/matches", query_string={"q": "  "})
    assert page.soup.select_one("#ranked")
    assert page.soup.select_one("#found") is None


def test_much_that_is_found_comes_on_several_pages(
    signed_in: SignedIn, session: Session, need: Need
) -> None:
    for number in range(FOUND_ON_PAGE + 2):
        make_concept(session, title=f"Gruppe {number}", description="Gruppe for pårørende.")
    member, path = signed_in(need.author), f"/needs/{need.id}/matches"
    first, second = (member.get(path, query_string={**WORDS, "page": n}) for n in (1, 2))
    assert (len(found(first)), len(found(second))) == (FOUND_ON_PAGE, 2)
    assert not set(found(first)) & set(found(second))
    last = first.soup.select_one("nav.pager a[rel=next]")
    assert last
    assert "q=gruppe" in str(last["href"])
    assert found(member.get(path, query_string={**WORDS, "page": 99})) == found(second)


def test_the_number_of_queries_does_not_grow(
    signed_in: SignedIn, session: Session, need: Need
) -> None:
    member, counts = signed_in(need.author), []
    for number in (2, 5):
        for _ in range(number):
            make_concept(session, description=f"Gruppe for pårørende. {number}")
        queries.rank_concepts(session, need)
        with count_queries(session) as counter:
            page = member.get(f"/needs/{need.id}/matches", query_string=WORDS)
        counts.append(counter.count)
        assert len(found(page)) >= number
    assert counts[0] == counts[1]
