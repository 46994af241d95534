"""Concepts in the browser: writing, publishing, and who gets to read them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationState
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState, EvidenceLevel
from marketplace.core.actor import MUNICIPAL_ROLES, Role
from marketplace.interests.states import InterestState
from tests.factories import (
    grant_role,
    make_concept,
    make_entrepreneur,
    make_interest,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)
from tests.queries import count_queries
from tests.web.client import Browser, PageView, error_points

SignedIn = Callable[[Person], Browser]

WRITTEN: dict[str, Any] = {
    "title": "Turvenn",
    "description": "Vi går tur med dem som sjelden kommer ut.",
    "target_group": "Voksne",
    "evidence_level": "tested",
    "evidence": "Prøvd i ett år.",
    "used_where": "To kommuner",
    "price_indication": "3 000 kr per deltaker",
    "capacity": "3",
    "needs_from_municipality": "En kontaktperson",
    "legal_form": "AS",
}


def rows(page: PageView) -> list[str]:
    return [cell.get_text(strip=True) for cell in page.soup.select("main tbody th a")]


def buttons(page: PageView) -> set[str]:
    found = page.soup.select("main .buttons button, main .buttons a")
    return {element.get_text(strip=True) for element in found}


# ---------------------------------------------------------------- the list


def test_the_list_is_ones_own_with_states(signed_in: SignedIn, session: Session) -> None:
    draft = make_concept(
        session,
        state=ConceptState.DRAFT,
        title="",
        updated_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
    make_concept(session, draft.organisation, title="Vårt")
    make_concept(session, title="De andres")
    page = signed_in(draft.author).get("/concepts")
    assert page.heading == "Mine konsepter"
    assert rows(page) == ["Vårt", "Uten tittel"]
    tags = [tag.get_text(strip=True) for tag in page.soup.select("main tbody .ds-tag")]
    assert tags == ["Publisert", "Utkast"]


def test_an_empty_list_says_what_to_do(signed_in: SignedIn, session: Session) -> None:
    person = make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session))
    page = signed_in(person).get("/concepts")
    assert page.soup.select_one('main .empty-state a[href="/concepts/new"]')


def test_a_long_list_comes_in_pages(signed_in: SignedIn, session: Session) -> None:
    first = make_concept(session)
    for _ in range(20):
        make_concept(session, first.organisation, author=first.author)
    browser = signed_in(first.author)
    assert len(rows(browser.get("/concepts"))) == 20
    assert len(rows(browser.get("/concepts?page=2"))) == 1


def test_queries_do_not_grow_with_the_list(signed_in: SignedIn, session: Session) -> None:
    organisation = make_entrepreneur(session)
    person = make_member(session, Role.ENTREPRENEUR, organisation)
    browser, counts = signed_in(person), []
    for more in (3, 9):
        for _ in range(more):
            make_concept(session, organisation)
        with count_queries(session) as counter:
            browser.get("/concepts")
        counts.append(counter.count)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.ENTREPRENEUR])
def test_there_is_no_catalogue(signed_in: SignedIn, session: Session, role: Role) -> None:
    make_concept(session)
    page = signed_in(person_with(session, role)).get("/concepts")
    assert page.status == 403
    assert "Nabokaffe" not in page.text


def person_with(session: Session, role: Role) -> Person:
    unit = make_unit(session)
    places: dict[Role, Any] = {
        Role.UNIT_MEMBER: unit,
        Role.UNIT_LEADER: unit,
        Role.ENTREPRENEUR: make_entrepreneur(session),
        Role.PARTNER: make_organisation(session),
        Role.ADMINISTRATOR: None,
    }
    return make_member(session, role, places.get(role, unit.organisation))


# ---------------------------------------------------------------- writing


def test_a_draft_is_written_and_published(signed_in: SignedIn, session: Session) -> None:
    organisation = make_entrepreneur(session, legal_form="Stiftelse")
    browser = signed_in(make_member(session, Role.ENTREPRENEUR, organisation))
    new = browser.get("/concepts/new")
    assert new.form().select_one('[name="legal_form"]')["value"] == "Stiftelse"  # type: ignore[index]  # the field is there
    page = browser.follow(browser.submit(new, title="Turvenn"))
    assert page.heading == "Turvenn"
    assert "mangler" in page.text
    assert "Publiser" not in buttons(page)
    edit = browser.get(str(page.response.request.path) + "/edit")
    page = browser.follow(browser.submit(edit, **WRITTEN))
    assert "mangler" not in page.text
    published = browser.follow(browser.submit(page, page.response.request.path + "/publish"))
    assert "Konseptet er publisert." in published.text
    concept = session.scalars(select(Concept)).one()
    assert (concept.state, concept.capacity) == (ConceptState.PUBLISHED, 3)
    assert concept.evidence_level is EvidenceLevel.TESTED
    assert (concept.title, concept.organisation_id) == ("Turvenn", organisation.id)


def test_every_field_has_a_label(signed_in: SignedIn, session: Session) -> None:
    concept = make_concept(session)
    form = signed_in(concept.author).get(f"/concepts/{concept.id}/edit").form()
    named = [f for f in form.select("input, textarea, select") if f.get("type") != "hidden"]
    assert named
    for field in named:
        assert form.select_one(f'label[for="{field["id"]}"]'), field["name"]


def test_what_was_typed_is_kept_when_something_is_wrong(
    signed_in: SignedIn, session: Session
) -> None:
    concept = make_concept(session, state=ConceptState.DRAFT)
    browser = signed_in(concept.author)
    edit = browser.get(f"/concepts/{concept.id}/edit")
    page = browser.submit(edit, title="Nytt navn", capacity="mange", description="x" * 5001)
    assert page.refused
    assert page.form().select_one('[name="title"]')["value"] == "Nytt navn"  # type: ignore[index]  # the field is there
    assert "Skriv bare tall, for eksempel 250 000." in error_points(page)
    assert "Skriv kortere: det er plass til 5000 tegn." in error_points(page)
    assert session.scalars(select(Concept.title)).one() == "Nabokaffe"


def test_a_published_concept_may_not_become_incomplete(
    signed_in: SignedIn, session: Session
) -> None:
    concept = make_concept(session)
    browser = signed_in(concept.author)
    edit = browser.get(f"/concepts/{concept.id}/edit")
    page = browser.submit(edit, description="", title="Nytt navn")
    assert page.refused
    assert "Hva dere gjør" in error_points(page)
    assert page.form().select_one('[name="title"]')["value"] == "Nytt navn"  # type: ignore[index]  # the field is there
    session.expire_all()
    assert session.get_one(Concept, concept.id).title == "Nabokaffe"


def test_somebody_else_was_first(signed_in: SignedIn, session: Session) -> None:
    concept = make_concept(session)
    browser = signed_in(concept.author)
    edit = browser.get(f"/concepts/{concept.id}/edit")
    browser.submit(edit, title="Først")
    page = browser.submit_from_another_window(edit, title="Sist")
    assert page.refused
    assert "Først" in page.text
    assert page.form().select_one('[name="title"]')["value"] == "Sist"  # type: ignore[index]  # the field is there
    assert session.get_one(Concept, concept.id).title == "Først"


def test_with_two_organisations_one_chooses(signed_in: SignedIn, session: Session) -> None:
    first, second = make_entrepreneur(session), make_entrepreneur(session)
    person = make_member(session, Role.ENTREPRENEUR, first)
    grant_role(session, person, Role.ENTREPRENEUR, second)
    browser = signed_in(person)
    browser.submit(browser.get("/concepts/new"), organisation_id=str(second.id), title="Turvenn")
    assert session.scalars(select(Concept.organisation_id)).one() == second.id


def test_nobody_writes_for_an_organisation_of_others(signed_in: SignedIn, session: Session) -> None:
    person = make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session))
    rival = make_entrepreneur(session)
    browser = signed_in(person)
    page = browser.submit(browser.get("/concepts/new"), organisation_id=str(rival.id))
    assert page.refused
    assert session.scalars(select(Concept)).all() == []


def test_a_pending_organisation_is_told_that_publishing_waits(
    signed_in: SignedIn, session: Session
) -> None:
    organisation = make_entrepreneur(session, state=OrganisationState.PENDING)
    concept = make_concept(session, organisation, state=ConceptState.DRAFT)
    browser = signed_in(concept.author)
    for path in ("/concepts", "/concepts/new", f"/concepts/{concept.id}"):
        assert "venter på godkjenning" in browser.get(path).text
    assert "Publiser" not in buttons(browser.get(f"/concepts/{concept.id}"))
    page = browser.post(f"/concepts/{concept.id}/publish", {"version": concept.version})
    assert page.status == 409
    assert "må være godkjent" in page.text


# ---------------------------------------------------------------- moves


def test_a_finished_text_of_a_pending_organisation_is_not_called_ready(
    signed_in: SignedIn, session: Session
) -> None:
    concept = make_concept(session, state=ConceptState.DRAFT)
    browser, path = signed_in(concept.author), f"/concepts/{concept.id}"
    assert "Klart til publisering" in browser.get(path).text
    concept.organisation.state = OrganisationState.PENDING
    concept.organisation.decided_at = None
    session.flush()
    page = browser.get(path)
    assert "Klart til publisering" not in page.text
    waits = "Teksten er klar. Den kan publiseres når organisasjonen er godkjent."
    assert waits in page.text


def test_archive_and_reopen(signed_in: SignedIn, session: Session) -> None:
    concept = make_concept(session)
    browser, path = signed_in(concept.author), f"/concepts/{concept.id}"
    page = browser.get(path)
    assert buttons(page) == {"Rediger", "Gjør til utkast igjen", "Arkiver"}
    look = browser.get(f"{path}/archive")
    assert concept.title in look.text
    archived = browser.follow(browser.submit(look))
    assert buttons(archived) == {"Gjør til utkast igjen"}
    assert browser.get(f"{path}/edit").status == 409
    draft = browser.follow(browser.submit(archived, f"{path}/reopen"))
    assert buttons(draft) == {"Publiser", "Rediger", "Arkiver"}
    lines = [line.get_text(strip=True) for line in draft.soup.select(".timeline strong")]
    assert lines == ["Konseptet ble gjort til utkast igjen", "Konseptet ble arkivert"]


@pytest.mark.parametrize("move", ["publish", "archive", "reopen"])
def test_a_move_needs_the_version_and_the_owner(
    signed_in: SignedIn, session: Session, move: str
) -> None:
    concept = make_concept(session)
    path = f"/concepts/{concept.id}/{move}"
    owner = signed_in(concept.author)
    for version in (None, "old", str(concept.version + 1)):
        stale = owner.post(path, {"version": version} if version else {})
        assert stale.status == 409 or stale.refused
    rival = make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session))
    assert signed_in(rival).post(path, {"version": concept.version}).status == 404
    leader = make_member(session, Role.UNIT_LEADER, make_unit(session))
    assert signed_in(leader).post(path, {"version": concept.version}).status == 403
    session.expire_all()
    assert session.get_one(Concept, concept.id).state is ConceptState.PUBLISHED


# ---------------------------------------------------------------- who reads


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(ConceptState))
def test_who_reads_the_page(
    signed_in: SignedIn, session: Session, role: Role, state: ConceptState
) -> None:
    concept = make_concept(session, state=state)
    page = signed_in(person_with(session, role)).get(f"/concepts/{concept.id}")
    readable = role in MUNICIPAL_ROLES and state is ConceptState.PUBLISHED
    assert page.status == (200 if readable else 404)
    if readable:
        assert buttons(page) == set()
        assert page.soup.select_one(".timeline") is None


@pytest.mark.parametrize("state", list(ConceptState))
def test_a_unit_reads_what_it_has_received_in_any_state(
    signed_in: SignedIn, session: Session, state: ConceptState
) -> None:
    need, concept = make_need(session), make_concept(session, state=state)
    make_interest(session, need, concept, state=InterestState.REGISTERED)
    path = f"/concepts/{concept.id}"
    assert signed_in(need.author).get(path).status == 200
    elsewhere = signed_in(make_need(session).author).get(path)
    assert elsewhere.status == (200 if state is ConceptState.PUBLISHED else 404)


def test_the_public_is_asked_to_sign_in_and_learns_nothing(
    browser: Browser, session: Session
) -> None:
    concept = make_concept(session)
    there, not_there = browser.get(f"/concepts/{concept.id}"), browser.get("/concepts/999999")
    assert there.status == not_there.status == 302
    assert there.location.partition("?")[0] == not_there.location.partition("?")[0]
    assert "Nabokaffe" not in there.text


def test_a_reader_finds_back_to_the_need(signed_in: SignedIn, session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    browser = signed_in(need.author)
    page = browser.get(f"/concepts/{concept.id}?need={need.id}")
    assert page.soup.select_one(f'main a[href="/needs/{need.id}"]')
    for number in ("999999", "x"):
        page = browser.get(f"/concepts/{concept.id}?need={number}")
        assert page.status == 200
        assert "Tilbake til behovet" not in page.text


def test_what_people_type_is_escaped(signed_in: SignedIn, session: Session) -> None:
    concept = make_concept(session, title="<b>Fet</b>", description="<script>x()</script>")
    page = signed_in(concept.author).get(f"/concepts/{concept.id}")
    assert page.heading == "<b>Fet</b>"
    assert page.soup.select_one("main script, main h1 b") is None
