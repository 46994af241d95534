"""What people and robots put into addresses never breaks a page."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from tests.factories import grant_role, make_entrepreneur, make_need, make_organisation, make_unit
from tests.web.client import Browser

LISTS = (
    "/",
    "/needs",
    "/needs/mine",
    "/needs/review",
    "/concepts",
    "/interests",
    "/pairings",
    "/notifications",
    "/attention",
    "/administration/organisations",
    "/administration/people",
)
BEYOND = 10**20
PAGES = (str(BEYOND), "-1", "0", "abc", "", "1.5", "9" * 5000, "%00")
ROWS = ("/needs", "/concepts", "/interests", "/pairings", "/organisations", "/units")


@pytest.fixture
def everybody(session: Session, signed_in: Callable[[Person], Browser]) -> Browser:
    """A browser of somebody who may open every list."""
    unit, person = make_unit(session), make_need(session).author
    for role in (Role.COORDINATOR, Role.LEADERSHIP):
        grant_role(session, person, role, make_organisation(session))
    grant_role(session, person, Role.UNIT_LEADER, unit)
    grant_role(session, person, Role.ENTREPRENEUR, make_entrepreneur(session))
    grant_role(session, person, Role.ADMINISTRATOR)
    return signed_in(person)


@pytest.mark.parametrize("path", LISTS)
def test_no_page_number_breaks_a_list(everybody: Browser, path: str) -> None:
    assert [everybody.get(f"{path}?page={page}").status for page in PAGES] == [200] * len(PAGES)


@pytest.mark.parametrize("path", LISTS)
def test_a_character_that_no_database_takes_breaks_no_list(everybody: Browser, path: str) -> None:
    names = ("q", "words", "state", "kind", "role", "unit", "area", "municipality", "sort")
    for name in names:
        assert everybody.get(f"{path}?{name}=a%00b").status == 200, name


def test_words_are_found_in_spite_of_it(everybody: Browser) -> None:
    assert "Ensomme eldre" in everybody.get("/needs?q=ens%00omme").text
    assert "Ingen behov passer" in everybody.get("/needs?q=kaff%00etrakter").text


@pytest.mark.parametrize("number", [2**31, 2**63, BEYOND])
def test_a_row_beyond_what_a_database_counts_to(everybody: Browser, number: int) -> None:
    assert [everybody.get(f"{path}/{number}").status for path in ROWS] == [404] * len(ROWS)
    assert everybody.get(f"/pairings/new?need={number}&concept={number}").status == 404
    assert everybody.get(f"/concepts/new?need={number}").status == 200
    assert everybody.get(f"/needs?municipality={number}").status == 200
    assert everybody.get(f"/attention?unit={number}").status == 200
    assert everybody.get(f"/attention.csv?unit={number}").status == 200


def test_a_list_keeps_only_its_own_filters(everybody: Browser, session: Session) -> None:
    unit = make_unit(session)
    for _ in range(21):
        make_need(session, unit)
    page = everybody.get("/needs?area=health_care&endpoint=x&_scheme=ftp&_external=1")
    following = page.soup.select_one(".pager a[rel=next]")
    assert following is not None
    assert following["href"] == "/needs?area=health_care&page=2"


@pytest.mark.parametrize("version", ["abc", "-1", "9" * 5000, str(BEYOND)])
def test_a_version_that_no_row_has_saves_nothing(everybody: Browser, version: str) -> None:
    page = everybody.get("/profile")
    changed = everybody.submit(page, name="Nytt navn", version=version)
    assert changed.refused
    assert "Last siden på nytt" in changed.text
