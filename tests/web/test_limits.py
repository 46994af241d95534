"""Somebody who begins more than a person could is told so, and keeps what was typed."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.core.limits import MOST_AN_HOUR
from marketplace.needs.models import Need
from tests.factories import make_entrepreneur, make_member, make_unit
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]
REFUSAL = (
    "Du har gjort dette 60 ganger på en time, og flere går ikke. Vent i 60 min, og prøv igjen."
)


def fill(browser: Browser, path: str, title: str) -> list[PageView]:
    """A fresh form again and again, as a program does it."""
    return [browser.submit(browser.get(path), title=title) for _ in range(MOST_AN_HOUR + 1)]


@pytest.mark.parametrize("what", ["needs", "concepts"])
def test_drafts_end_after_sixty_in_an_hour(
    session: Session, signed_in: SignedIn, what: str
) -> None:
    where = make_unit(session) if what == "needs" else make_entrepreneur(session)
    role = Role.UNIT_MEMBER if what == "needs" else Role.ENTREPRENEUR
    *begun, refused = fill(signed_in(make_member(session, role, where)), f"/{what}/new", "Utkast")
    assert {page.status for page in begun} == {302}
    assert (refused.refused, REFUSAL in refused.text) == (True, True)
    assert refused.form().select_one("[name=title]")["value"] == "Utkast"  # type: ignore[index]  # the page would fail here
    kind = Need if what == "needs" else Concept
    assert session.scalar(select(func.count()).select_from(kind)) == MOST_AN_HOUR
