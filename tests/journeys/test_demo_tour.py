"""One click signs in as each role of the demo; every page they have is looked at by axe."""

from collections.abc import Callable

import pytest

from marketplace.core.actor import Role
from marketplace.core.engine import Database
from marketplace.demo.load import fill_if_empty
from tests.journeys.conftest import Site, Visitor
from tools.screenshots import PAGES, PUBLIC_PAGES, names

pytestmark = [pytest.mark.journey, pytest.mark.real_time]


@pytest.fixture
def demo(site: Site) -> Database:
    fill_if_empty(site.database)
    return site.database


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
@pytest.mark.parametrize("role", [None, *PAGES])
def test_every_page_of_every_role(
    demo: Database, visit: Callable[..., Visitor], role: Role | None, width: int, dark: bool
) -> None:
    visitor = visit(width=width, dark=dark)
    visitor.go("/demo")
    if role is not None:
        visitor.page.get_by_test_id(f"sign-in-as-{role}").get_by_role("button").click()
        visitor.page.wait_for_load_state()
    ids = names(demo)
    for path in PUBLIC_PAGES if role is None else PAGES[role]:
        visitor.go(path.format(**ids))
        assert visitor.page.locator("h1").count() == 1, path
