"""One click signs in as each role of the demo; every page they have is looked at by axe.

A page is found as people find it: by the links of the pages before it. Of pages that differ in
numbers alone, one is looked at. So no page of a role is forgotten, and no link of one leads to an
error. The listed pages are looked at on a narrow, dark screen as well.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from marketplace.core.actor import Role
from marketplace.core.engine import Database
from tests.demo import copy, filled_once
from tests.journeys.conftest import WIDE, Screen, Site, Visitor
from tools.screenshots import PAGES, PUBLIC_PAGES, names

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

FILE = re.compile(r"\.(csv|pdf|txt|ics|xlsx|json|zip|ttl|rdf|jsonld)$|/pdf$")
BOTH = WIDE, Screen(320, dark=True)
MOST = 150
"""More kinds of pages than any role has: whoever gets here walks in a circle."""


@pytest.fixture(scope="session")
def demo_of_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_once(tmp_path_factory, "today")


@pytest.fixture
def demo(site: Site, demo_of_today: Path) -> Database:
    return copy(demo_of_today, site.database)


@pytest.mark.parametrize("role", [None, *Role])
def test_every_page_of_every_role(
    demo: Database, visit: Callable[..., Visitor], role: Role | None
) -> None:
    visitor = visit(*BOTH)
    visitor.go("/demo")
    if role is not None:
        visitor.click(visitor.page.get_by_test_id(f"sign-in-as-{role}").get_by_role("button"))
    ids = names(demo)
    listed = [path.format(**ids) for path in (PUBLIC_PAGES if role is None else PAGES[role])]
    errors = list(walk(visitor, listed))
    assert not errors, "\n".join(errors)


def walk(visitor: Visitor, listed: list[str]) -> Iterator[str]:
    """Look at what is listed and at one of each kind found; yield what is wrong."""
    ahead, kinds = list(listed), {kind_of(path) for path in listed}
    while ahead and len(kinds) < MOST:
        path = ahead.pop(0)
        visitor.screens = BOTH if path in listed else BOTH[:1]
        response = visitor.page.goto(visitor.address + path)
        if response is None or not response.ok:
            yield f"{path}: {response.status if response else 'no answer'}"
            continue
        visitor.look()
        if visitor.page.locator("h1").count() != 1:
            yield f"{path}: not one heading of the first level"
        for link in links_of(visitor):
            if kind_of(link) not in kinds:
                kinds.add(kind_of(link))
                ahead.append(link)
    assert len(kinds) < MOST


def kind_of(path: str) -> str:
    return re.sub(r"/\d+(?=/|$)", "/#", urlsplit(path).path)


def links_of(visitor: Visitor) -> list[str]:
    """The pages of the site that this one leads to, without files."""
    found: list[str] = visitor.page.evaluate(
        "() => [...document.querySelectorAll('a[href]')]"
        ".filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"
    )
    return [link for link in found if not FILE.search(urlsplit(link).path)]
