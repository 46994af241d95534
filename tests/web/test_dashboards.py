"""The first page, and «my work», as people see them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.accounts.states import OrganisationKind, OrganisationState
from marketplace.concepts.states import ConceptState
from marketplace.config import Settings, load_settings
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.awaited import AWAITED, Party
from marketplace.core.clock import now
from marketplace.needs.states import NeedState
from marketplace.pairings.states import PairingState
from marketplace.ui.tasks import task_of
from tests.factories import (
    make_concept,
    make_entrepreneur,
    make_interest,
    make_member,
    make_need,
    make_organisation,
    make_pairing,
    make_unit,
)
from tests.queries import count_queries
from tests.web.client import Browser, PageView, links, menu

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def unit(session: Session) -> Unit:
    return make_unit(session, name="Hjemmetjenesten")


@pytest.fixture
def coordinator(session: Session, unit: Unit) -> Person:
    return make_member(session, Role.COORDINATOR, unit.organisation)


# ---------------------------------------------------------------- signed out


def test_the_public_is_told_what_it_is_and_how_to_get_in(browser: Browser) -> None:
    page = browser.get("/")
    assert page.status == 200
    assert len(page.soup.select("h1")) == 1
    assert {"/sign-in", "/register"} <= links(page)
    assert len(page.soup.select("main ol > li")) == 4
    assert "Ingen behov er publisert ennå" in page.text
    assert "Mitt arbeid" not in menu(page)


def test_the_start_page_shows_the_five_newest_needs(session: Session, browser: Browser) -> None:
    for day in range(7):
        make_need(session, title=f"Behov {day}", published_at=now() - timedelta(days=day))
    make_need(session, state=NeedState.IN_REVIEW, title="Ikke ute ennå")
    page = browser.get("/")
    titles = [h.get_text(strip=True) for h in page.soup.select("main h3")]
    assert titles == [f"Behov {day}" for day in range(5)]
    assert "/needs" in links(page)


def test_only_a_demo_leads_to_the_demo(browser: Browser, app: Flask) -> None:
    demo: Settings = app.extensions["settings"]
    assert ("/demo" in links(browser.get("/"))) == demo.demo
    assert load_settings({"DEMO": "0", "INSTANCE_DIR": str(demo.instance_dir)}).demo is False


# ---------------------------------------------------------------- my work


def empty_page_of(signed_in: SignedIn, person: Person) -> PageView:
    page = signed_in(person).get("/")
    assert page.heading == "Mitt arbeid"
    assert "Ingenting venter på deg" in page.text
    assert menu(page)[0] == "Mitt arbeid"
    return page


NEXT = [
    (Role.UNIT_MEMBER, "/needs/new"),
    (Role.UNIT_LEADER, "/needs/mine"),
    (Role.COORDINATOR, "/attention"),
    (Role.PROCUREMENT_ADVISER, "/pairings"),
    (Role.LEADERSHIP, "/needs"),
]


@pytest.mark.parametrize(("role", "path"), NEXT)
def test_people_of_a_municipality_are_told_what_to_do_next(
    session: Session, signed_in: SignedIn, unit: Unit, role: Role, path: str
) -> None:
    where: Unit | Organisation = unit if role in UNIT_ROLES else unit.organisation
    assert path in links(empty_page_of(signed_in, make_member(session, role, where)))


def test_an_entrepreneur_is_told_what_to_do_next(session: Session, signed_in: SignedIn) -> None:
    person = make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session))
    assert {"/concepts/new", "/matches"} <= links(empty_page_of(signed_in, person))


def test_an_administrator_and_a_partner_are_told_what_to_do_next(
    session: Session, signed_in: SignedIn
) -> None:
    investor = make_organisation(session, OrganisationKind.PARTNER)
    partner = make_member(session, Role.PARTNER, investor)
    assert "/needs" in links(empty_page_of(signed_in, partner))
    administrator = make_member(session, Role.ADMINISTRATOR)
    assert "/administration/organisations" in links(empty_page_of(signed_in, administrator))


def test_what_waits_says_what_to_do_and_for_how_long(
    session: Session, signed_in: SignedIn, unit: Unit
) -> None:
    member = make_member(session, Role.UNIT_MEMBER, unit)
    need = make_need(session, unit, title="Ensomme eldre")
    concept = make_concept(session, title="Nabokaffe")
    since = now() - timedelta(days=3)
    interest = make_interest(session, need, concept, registered_at=since)
    page = signed_in(member).get("/")
    (card,) = page.soup.select("main ol > li.ds-card")
    text = " ".join(card.get_text(" ").split())
    assert "Interesse uten svar" in text
    assert "3 dager" in text
    assert "Ensomme eldre" in text
    assert "Konsept: Nabokaffe" in text
    assert "Foreslå en kobling hvis det passer." in text
    assert f"/interests/{interest.id}" in links(page)


def test_an_entrepreneur_sees_what_others_have_to_do(session: Session, signed_in: SignedIn) -> None:
    concept = make_concept(session)
    make_interest(session, concept=concept, registered_at=now() - timedelta(days=1))
    page = signed_in(concept.author).get("/")
    assert "Venter på andre" in page.text
    assert "Enheten har ikke svart ennå." in page.text
    assert "1 dag)" in page.text
    assert "Ingenting venter på deg" in page.text


def test_a_coordinator_is_told_that_another_one_decides(
    session: Session, signed_in: SignedIn, unit: Unit, coordinator: Person
) -> None:
    make_pairing(
        session, make_need(session, unit), state=PairingState.ACCEPTED, proposed_by=coordinator
    )
    page = signed_in(coordinator).get("/")
    assert "Den venter på en annen koordinator." in page.text


def test_an_organisation_that_waits_is_opened_where_it_is_decided(
    session: Session, signed_in: SignedIn
) -> None:
    company = make_entrepreneur(session, state=OrganisationState.PENDING, name="Ny AS")
    owner = make_member(session, Role.ENTREPRENEUR, company)
    administrator = make_member(session, Role.ADMINISTRATOR)
    page = signed_in(administrator).get("/")
    assert f"/administration/organisations/{company.id}" in links(page)
    page = signed_in(owner).get("/")
    assert f"/organisations/{company.id}" in links(page)
    assert "ikke godkjent organisasjonen ennå" in page.text


def test_an_adviser_is_shown_their_cases_though_nothing_waits(
    session: Session, signed_in: SignedIn, unit: Unit
) -> None:
    adviser = make_member(session, Role.PROCUREMENT_ADVISER, unit.organisation)
    pairing = make_pairing(session, make_need(session, unit), state=PairingState.ACCEPTED)
    holder = next(h for h in pairing.roles if h.role == "procurement_adviser")
    holder.person_id = adviser.id
    session.flush()
    page = signed_in(adviser).get("/")
    assert "Ingenting venter på deg" in page.text
    section = page.soup.select_one('section[aria-labelledby="advised"]')
    assert section is not None
    assert "Saker du er innkjøpsrådgiver for" in section.get_text()
    assert section.select_one(f'a[href="/pairings/{pairing.id}"]')


def test_a_coordinator_is_told_that_the_adviser_is_missing(
    session: Session, signed_in: SignedIn, unit: Unit, coordinator: Person
) -> None:
    pairing = make_pairing(session, make_need(session, unit), state=PairingState.ACCEPTED)
    assert "Godkjenn koblingen, eller avslå den." in signed_in(coordinator).get("/").text
    session.delete(next(h for h in pairing.roles if h.role == "procurement_adviser"))
    session.flush()
    page = signed_in(coordinator).get("/")
    assert "innkjøpsrådgiver mangler" in page.text
    assert "Én sak venter." in page.text


def test_every_kind_can_be_opened_by_whom_it_waits_for(
    session: Session, signed_in: SignedIn, unit: Unit, coordinator: Person
) -> None:
    """Follows every link of a page of work of each of the three sides."""
    leader = make_member(session, Role.UNIT_LEADER, unit)
    company = make_entrepreneur(session)
    owner = make_member(session, Role.ENTREPRENEUR, company)
    old = now() - timedelta(days=2)
    make_need(session, unit, NeedState.DRAFT, author=leader, updated_at=old)
    make_need(session, unit, NeedState.NEEDS_CHANGES)
    make_need(session, unit, NeedState.IN_REVIEW, endorsed_by=None, endorsed_at=None)
    make_need(session, unit, NeedState.IN_REVIEW)
    make_concept(session, company, ConceptState.DRAFT)
    make_interest(session, make_need(session, unit), make_concept(session, company))
    for state in (PairingState.PROPOSED, PairingState.ACCEPTED):
        make_pairing(session, make_need(session, unit), make_concept(session, company), state)
    for person, number in ((leader, 4), (owner, 4), (coordinator, 2)):
        browser = signed_in(person)
        paths = [str(a["href"]) for a in browser.get("/").soup.select("main ol > li.ds-card h3 a")]
        assert len(paths) == number
        assert [browser.get(path).status for path in paths] == [200] * number


def test_every_kind_has_its_words_and_its_page(app: Flask) -> None:
    for each in AWAITED:
        task, advised = task_of(each.kind), each.waits_for is Party.ADVISER
        assert bool(task.to_do) is not advised
        assert bool(task.others_do) is (advised or bool(each.followed_by))
        pages = (task.page, task.desk or task.page)
        assert {endpoint for endpoint, _ in pages} <= set(app.view_functions)


def test_my_work_has_pages_and_a_constant_number_of_queries(
    session: Session, signed_in: SignedIn, unit: Unit
) -> None:
    member = make_member(session, Role.UNIT_MEMBER, unit)
    browser, counted = signed_in(member), []
    for number in (3, 9, 12):
        for _ in range(number):
            make_need(session, unit, NeedState.NEEDS_CHANGES, author=member)
        with count_queries(session) as counter:
            browser.get("/")
        counted.append(counter.count)
    assert len(set(counted)) == 1
    assert len(browser.get("/").soup.select("main ol > li.ds-card")) == 20
    assert len(browser.get("/?page=2").soup.select("main ol > li.ds-card")) == 4
    assert browser.get("/?page=x&others=" + "9" * 30).status == 200


def test_the_leadership_sees_where_cases_stand(
    session: Session, signed_in: SignedIn, unit: Unit
) -> None:
    make_need(session, unit)
    page = signed_in(make_member(session, Role.LEADERSHIP, unit.organisation)).get("/")
    rows = {
        row.th.get_text(strip=True): row.td.get_text(strip=True)
        for row in page.soup.select("main tbody tr")
        if row.th and row.td
    }
    assert rows["Publisert"] == "1"
    assert "Slik står det til i kommunen" in page.text
    other = make_member(session, Role.UNIT_MEMBER, unit)
    assert "Slik står det til" not in signed_in(other).get("/").text


def test_a_title_is_escaped_and_carries_its_language(
    session: Session, signed_in: SignedIn, unit: Unit
) -> None:
    member = make_member(session, Role.UNIT_MEMBER, unit)
    make_need(session, unit, NeedState.NEEDS_CHANGES, title="<i>x</i>", language="nn")
    page = signed_in(member).get("/")
    link = page.soup.select_one("main h3 a[lang=nn]")
    assert link is not None
    assert link.get_text() == "<i>x</i>"


def test_a_draft_without_a_title_can_be_opened(
    session: Session, signed_in: SignedIn, unit: Unit
) -> None:
    member = make_member(session, Role.UNIT_MEMBER, unit)
    old = now() - timedelta(days=2)
    make_need(session, unit, NeedState.DRAFT, author=member, title="", updated_at=old)
    assert "Uten tittel" in signed_in(member).get("/").text
