"""The page that shows how far needs come, and its file."""

import csv
import io
from collections.abc import Callable

import pytest

from marketplace.accounts.models import Person
from tests.domain.pairing_cast import Cast
from tests.web.client import Browser, links

SignedIn = Callable[[Person], Browser]


@pytest.mark.parametrize("name", ["leadership", "coordinator"])
def test_the_way_is_shown_as_numbers(cast: Cast, signed_in: SignedIn, name: str) -> None:
    page = signed_in(cast.person(name)).get("/flow")
    tables = page.soup.select("table")
    first = [cell.get_text(strip=True) for cell in tables[0].select("tbody tr")[0].select("th, td")]
    assert first[:2] == ["Publisert", "1"]
    assert first[2].endswith("100\u202f%")
    assert len(tables[1].select("tbody tr")) == 7


def test_a_municipality_without_needs_is_told_what_comes(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.person("other_municipality")).get("/flow")
    assert page.soup.select_one(".empty-state") is not None
    assert page.soup.select("table") == []


def test_the_numbers_come_as_a_file(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.person("leadership")).get("/flow.csv")
    rows = list(csv.reader(io.StringIO(page.response.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["Del", "Hva", "Tall", "Verdi"]
    assert rows[1] == ["Steg", "Publisert", "Behov", "1"]
    assert ["Dager", "Fra publisert behov til første foreslåtte kobling", "Venter", "1"] in rows
    assert ["3. kvartal 2026", "Publiserte behov", "Antall", "1"] in rows
    assert len(rows) == 1 + 8 + 7 * 5 + 8 * 5


def test_the_quarters_are_drawn_and_told(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.person("leadership")).get("/flow")
    charts = page.soup.select("figure svg")
    assert len(charts) == 5
    assert str(charts[0]["aria-label"]).endswith("3. kvartal 2026: 1")
    last = page.soup.select("section[aria-labelledby=quarters] tbody tr")[-1]
    assert [cell.get_text() for cell in last.select("th, td")][:2] == ["3. kvartal 2026", "1"]


@pytest.mark.parametrize(
    "query", ["?unit=0", "?unit=x&category=x", "?first=2026-13-40", "?last=99999-01-01"]
)
def test_what_cannot_be_read_limits_nothing(cast: Cast, signed_in: SignedIn, query: str) -> None:
    page = signed_in(cast.person("leadership")).get(f"/flow{query}")
    assert page.status == 200
    assert "Publisert" in page.text
    assert page.soup.select_one("section[aria-labelledby=reached]") is not None


def test_a_choice_without_needs_says_so_and_stands_in_the_file(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.person("leadership"))
    empty = browser.get("/flow?last=2001-01-01")
    assert "Ingen behov passer til det du valgte" in empty.text
    page = browser.get(f"/flow?unit={cast.unit.id}&first=2000-01-01")
    file = next(href for href in links(page) if href.startswith("/flow.csv"))
    assert f"unit={cast.unit.id}" in file
    assert browser.get(file).status == 200


@pytest.mark.parametrize("name", ["member", "entrepreneur", "adviser"])
def test_others_are_told_whose_page_it_is(cast: Cast, signed_in: SignedIn, name: str) -> None:
    assert signed_in(cast.person(name)).get("/flow").status == 403
