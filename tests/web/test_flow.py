"""The page that shows how far needs come, and its file."""

import csv
import io
from collections.abc import Callable

import pytest

from marketplace.accounts.models import Person
from tests.domain.pairing_cast import Cast
from tests.web.client import Browser

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
    assert rows[0] == ["Steg", "Behov", "Saker", "Median, dager", "Lengste, dager"]
    assert rows[1] == ["Publisert", "1", "", "", ""]
    assert len(rows) == 1 + 8 + 7


@pytest.mark.parametrize("name", ["member", "entrepreneur", "adviser"])
def test_others_are_told_whose_page_it_is(cast: Cast, signed_in: SignedIn, name: str) -> None:
    assert signed_in(cast.person(name)).get("/flow").status == 403
