"""The pages of pairings: who finds them, and what they show to whom."""

from collections.abc import Callable
from enum import StrEnum

import pytest
from flask import Flask

from marketplace.accounts.models import Person
from marketplace.pairings import states
from marketplace.pairings.roles import services
from marketplace.pairings.services import answering, deciding, proposing
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.ui.labels import label
from tests.domain.pairing_cast import NO_PART_IN_IT, Cast
from tests.factories import make_concept, make_interest, make_need, make_pairing
from tests.queries import count_queries
from tests.web.client import Browser, links

SignedIn = Callable[[Person], Browser]
INSIDE = ("member", "leader", "entrepreneur", "colleague", "coordinator", "adviser", "leadership")


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize("name", INSIDE)
def test_the_list_shows_ones_pairings(cast: Cast, signed_in: SignedIn, name: str) -> None:
    pairing = cast.pairing()
    make_pairing(cast.session)

    page = signed_in(cast.person(name)).get("/pairings")

    assert page.status == 200
    assert page.heading == "Koblinger"
    rows = page.soup.select("tbody tr")
    assert len(rows) == 1
    assert rows[0].select_one(f'a[href="/pairings/{pairing.id}"]')
    assert "Foreslått" in rows[0].get_text()


def test_the_menu_leads_to_the_list(cast: Cast, signed_in: SignedIn) -> None:
    for name in ("member", "entrepreneur", "coordinator", "adviser"):
        page = signed_in(cast.person(name)).get("/pairings")
        assert page.soup.select_one('header a[href="/pairings"][aria-current="page"]')


def test_an_empty_list_says_what_to_do(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.person("member")).get("/pairings")

    assert "Foreslå kobling" in page.text
    assert "/needs" in links(page)


def test_a_search_without_result_offers_the_whole_list(cast: Cast, signed_in: SignedIn) -> None:
    cast.pairing()

    page = signed_in(cast.person("member")).get("/pairings?words=romferd&state=approved")

    assert "Ingen koblinger passer" in page.text
    assert "/pairings" in links(page)
    assert page.soup.select_one("#words[value=romferd]")
    assert page.soup.select_one('#state option[value="approved"][selected]')


@pytest.mark.parametrize("query", ["state=tull", "page=0", "page=999", "page=x", "words=%25"])
def test_a_strange_address_still_gives_a_list(cast: Cast, signed_in: SignedIn, query: str) -> None:
    cast.pairing()

    assert signed_in(cast.person("member")).get(f"/pairings?{query}").status == 200


def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.person("coordinator"))

    def statements(path: str) -> int:
        cast.session.expire_all()
        with count_queries(cast.session) as counter:
            assert browser.get(path).status == 200
        return counter.count

    counts = []
    for _ in range(2):
        for _ in range(5):
            make_pairing(cast.session, cast.need, make_concept(cast.session))
        counts.append(statements("/pairings"))
    assert counts[0] == counts[1]


def test_somebody_without_a_part_has_no_list(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.person("administrator")).get("/pairings").status == 403


def test_nobody_sees_pairings_without_signing_in(cast: Cast, browser: Browser) -> None:
    pairing = cast.pairing()

    for path in ("/pairings", f"/pairings/{pairing.id}", f"/pairings/{pairing.id}/approve"):
        assert "Kobling" not in browser.get(path).heading


# ---------------------------------------------------------------- the case


@pytest.mark.parametrize("name", INSIDE)
@pytest.mark.parametrize("state", list(PairingState))
def test_the_case_is_shown_in_every_state(
    cast: Cast, signed_in: SignedIn, state: PairingState, name: str
) -> None:
    pairing = cast.pairing(state)

    page = signed_in(cast.person(name)).get(f"/pairings/{pairing.id}")

    assert page.status == 200
    assert len(page.soup.select("h1")) == 1
    assert cast.concept.title in page.heading
    assert cast.need.title in page.heading
    assert pairing.motivation in page.text
    assert {f"/needs/{cast.need.id}", f"/concepts/{cast.concept.id}"} <= links(page)


@pytest.mark.parametrize("name", NO_PART_IN_IT)
def test_the_case_is_not_there_for_others(cast: Cast, signed_in: SignedIn, name: str) -> None:
    pairing = cast.pairing()

    expected = 403 if name == "administrator" else 404
    assert signed_in(cast.person(name)).get(f"/pairings/{pairing.id}").status == expected


NEXT = [
    (PairingState.PROPOSED, "Venter på: at entreprenøren sier ja eller nei"),
    (PairingState.ACCEPTED, "Venter på: at en koordinator godkjenner eller avslår"),
    (PairingState.NEEDS_CHANGES, "Venter på: at tjenesteenheten endrer forslaget"),
]


@pytest.mark.parametrize(("state", "words"), NEXT)
def test_the_next_step_is_said_in_words(
    cast: Cast, signed_in: SignedIn, state: PairingState, words: str
) -> None:
    pairing = cast.pairing(state)

    assert words in signed_in(cast.person("member")).get(f"/pairings/{pairing.id}").text


@pytest.mark.parametrize("name", ["member", "entrepreneur"])
def test_both_sides_read_why_it_was_declined(cast: Cast, signed_in: SignedIn, name: str) -> None:
    pairing = cast.pairing(PairingState.DECLINED)

    page = signed_in(cast.person(name)).get(f"/pairings/{pairing.id}")

    assert "Kommunen har ikke kapasitet nå" in page.text
    assert "Fullt i år." in page.text
    assert "Venter på" not in page.text


def test_the_reason_of_a_withdrawal_and_of_changes_is_shown(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.person("entrepreneur"))
    withdrawn = cast.pairing(PairingState.WITHDRAWN)
    changed = cast.pairing(PairingState.NEEDS_CHANGES)

    assert "Vi fant en annen vei." in browser.get(f"/pairings/{withdrawn.id}").text
    assert str(changed.change_request) in browser.get(f"/pairings/{changed.id}").text


def test_an_entrepreneur_sees_only_the_name_of_the_units_contact(
    cast: Cast, signed_in: SignedIn
) -> None:
    for name, person in cast.people.items():
        person.name = f"Navn {name.replace('_', '-').upper()}"
    cast.session.flush()
    pairing = cast.pairing(PairingState.ACCEPTED, proposed_by=cast.person("leader"))
    actor = cast.actor("coordinator")
    deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Gift med styrelederen.")

    theirs = signed_in(cast.person("entrepreneur")).get(f"/pairings/{pairing.id}")
    ours = signed_in(cast.person("member")).get(f"/pairings/{pairing.id}")

    for hidden in ("Navn LEADER", "Navn COORDINATOR", "Gift med styrelederen."):
        assert hidden not in theirs.text
        assert hidden in ours.text
    assert "Navn MEMBER" in theirs.text
    assert "kommunen" in theirs.text
    assert "En koordinator har meldt seg inhabil" in theirs.text


def test_an_empty_role_says_who_can_fill_it(cast: Cast, signed_in: SignedIn) -> None:
    pairing = proposing.propose_pairing(
        cast.session,
        cast.actor("member"),
        need=cast.need,
        concept=cast.concept,
        motivation="Det treffer.",
    )

    page = signed_in(cast.person("member")).get(f"/pairings/{pairing.id}")
    row = next(r for r in page.soup.select("tr") if "Innkjøpsrådgiver" in r.get_text())
    assert "Ikke valgt ennå" in row.get_text()
    assert "Velges av koordinator." in " ".join(row.get_text().split())
    assert f"/pairings/{pairing.id}/roles/procurement_adviser" not in links(page)

    page = signed_in(cast.person("coordinator")).get(f"/pairings/{pairing.id}")
    assert f"/pairings/{pairing.id}/roles/procurement_adviser" in links(page)


def test_the_timeline_tells_the_story(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()
    answering.accept_pairing(
        cast.session,
        cast.actor("entrepreneur"),
        pairing=pairing,
        version=pairing.version,
    )
    services.assign_role(
        cast.session,
        cast.actor("coordinator"),
        pairing=pairing,
        role=CaseRole.PROCUREMENT_ADVISER,
        person_id=cast.person("adviser").id,
    )

    page = signed_in(cast.person("leader")).get(f"/pairings/{pairing.id}")

    events = [" ".join(e.get_text().split()) for e in page.soup.select(".timeline strong")]
    adviser = cast.person("adviser").name
    assert events[0].startswith(f"{adviser} fikk rollen «Innkjøpsrådgiver»")
    assert events[1:] == ["Entreprenøren sa ja"]


def test_what_people_write_is_escaped(cast: Cast, signed_in: SignedIn) -> None:
    cast.need.title = "<script>alert(1)</script>"
    pairing = cast.pairing(motivation="<b>nå</b>")
    browser = signed_in(cast.person("member"))

    for path in ("/pairings", f"/pairings/{pairing.id}"):
        page = browser.get(path)
        assert "<script>alert" not in page.response.text
        assert "<b>nå" not in page.response.text


# ---------------------------------------------------------------- on other pages


def test_a_need_shows_its_pairings_to_those_of_the_case(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()
    path, link = f"/needs/{cast.need.id}", f"/pairings/{pairing.id}"

    for name in ("member", "entrepreneur", "coordinator"):
        assert link in links(signed_in(cast.person(name)).get(path))
    for name in ("other_municipality", "other_organisation"):
        page = signed_in(cast.person(name)).get(path)
        assert page.status == 200
        assert link not in links(page)


def test_a_concept_shows_its_pairings_to_its_owner(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()

    page = signed_in(cast.person("entrepreneur")).get(f"/concepts/{cast.concept.id}")

    assert f"/pairings/{pairing.id}" in links(page)


def test_an_archived_concept_stays_readable_from_its_case(cast: Cast, signed_in: SignedIn) -> None:
    from marketplace.concepts.states import ConceptState

    cast.pairing(PairingState.DECLINED)
    cast.concept.state = ConceptState.ARCHIVED
    path = f"/concepts/{cast.concept.id}"

    assert signed_in(cast.person("member")).get(path).status == 200
    assert signed_in(cast.person("other_unit")).get(path).status == 404


def test_an_interest_can_be_answered_with_a_proposal(cast: Cast, signed_in: SignedIn) -> None:
    interest = make_interest(cast.session, cast.need, cast.concept)

    page = signed_in(cast.person("member")).get(f"/interests/{interest.id}")

    assert f"/pairings/new?need={cast.need.id}&concept={cast.concept.id}" in links(page)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (PairingState.PROPOSED, "Koblingen venter på at entreprenøren sier ja eller nei."),
        (PairingState.ACCEPTED, "Koblingen venter på at en koordinator godkjenner eller avslår."),
        (PairingState.APPROVED, "Koblingen er godkjent."),
    ],
)
def test_an_interest_leads_to_its_pairing(
    cast: Cast, signed_in: SignedIn, state: PairingState, text: str
) -> None:
    interest = make_interest(cast.session, cast.need, cast.concept)
    pairing = cast.pairing(state)

    for name in ("entrepreneur", "member", "coordinator", "adviser"):
        page = signed_in(cast.person(name)).get(f"/interests/{interest.id}")
        assert text in page.text
        assert f"/pairings/{pairing.id}" in links(page)
        assert not any(link.startswith("/pairings/new") for link in links(page))


@pytest.mark.parametrize(
    ("state", "came_of_it"),
    [
        (PairingState.PROPOSED, True),
        (PairingState.APPROVED, True),
        (PairingState.CLOSED, True),
        (PairingState.DECLINED, False),
    ],
)
def test_an_entrepreneur_reads_what_came_of_the_interest(
    cast: Cast, signed_in: SignedIn, state: PairingState, came_of_it: bool
) -> None:
    interest = make_interest(
        cast.session, cast.need, cast.concept, person=cast.person("entrepreneur")
    )
    pairing = cast.pairing(state)
    browser = signed_in(cast.person("entrepreneur"))

    for path in ("/interests", f"/interests/{interest.id}"):
        page = browser.get(path)
        words = f"Det er blitt en kobling med status «{label(state)}»."
        assert (words in page.text) is came_of_it
        assert ("Avslått av koordinator" in page.text) is not came_of_it
        assert f"/pairings/{pairing.id}" in links(page)


def test_a_match_leads_to_its_pairing(cast: Cast, signed_in: SignedIn) -> None:
    path = f"/needs/{cast.need.id}/matches/{cast.concept.id}"
    browser = signed_in(cast.person("member"))
    new = f"/pairings/new?need={cast.need.id}&concept={cast.concept.id}"
    assert new in links(browser.get(path))

    pairing = cast.pairing()

    page = browser.get(path)
    assert new not in links(page)
    assert f"/pairings/{pairing.id}" in links(page)


def test_a_need_of_another_unit_offers_no_proposal(cast: Cast, signed_in: SignedIn) -> None:
    other = make_need(cast.session)
    path = f"/pairings/new?need={other.id}&concept={cast.concept.id}"

    page = signed_in(cast.person("member")).get(path)

    assert page.status == 403
    assert "Bare enheten bak behovet" in page.text


ENUMS = [
    enum
    for enum in vars(states).values()
    if isinstance(enum, type)
    and issubclass(enum, StrEnum)
    and enum is not StrEnum
    and not enum.__name__.endswith("Topic")  # said by messages, not by labels
]


@pytest.mark.parametrize("enum", ENUMS)
def test_every_code_word_has_words_of_its_own(app: Flask, enum: type[StrEnum]) -> None:
    with app.test_request_context():
        words = [label(member) for member in enum]
    assert all(words)
    assert len(set(words)) == len(words)


# ---------------------------------------------------------------- the answer that it rests on


def test_leadership_is_not_shown_the_answer(cast: Cast, signed_in: SignedIn) -> None:
    interest = make_interest(cast.session, cast.need, cast.concept)
    pairing = cast.pairing(interest=interest)
    for name in ("member", "leader", "coordinator", "adviser", "entrepreneur", "colleague"):
        page = signed_in(cast.person(name)).get(f"/pairings/{pairing.id}")
        assert interest.meets_problem in page.text, name
    page = signed_in(cast.person("leadership")).get(f"/pairings/{pairing.id}")
    assert page.status == 200
    assert "Slik svarer entreprenøren på behovet" not in page.text
    assert interest.meets_problem not in page.text
