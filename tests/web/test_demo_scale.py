"""Every page works on the made-up rows of `marketplace demo --scale`."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.core.engine import Database
from marketplace.demo.scale import fill_up
from marketplace.needs.models import Need
from tests.factories import make_member, make_organisation
from tests.web.client import Browser

SIZE = 40


@pytest.fixture
def coordinator(database: Database, session: Session) -> Person:
    person = make_member(session, Role.COORDINATOR, make_organisation(session), demo_order=1)
    session.commit()
    fill_up(database, SIZE)
    return person


def test_made_up_needs_are_listed_found_read_and_matched(
    session: Session, coordinator: Person, signed_in: Callable[[Person], Browser]
) -> None:
    need = session.scalars(select(Need).order_by(Need.published_at.desc())).first()
    assert need is not None
    browser = signed_in(need.author)
    assert need.title in browser.get("/needs").text
    assert need.title in browser.get("/needs", query_string={"q": need.title}).text
    assert browser.get("/needs/mine").status == 200
    assert browser.get(f"/needs/{need.id}").heading == need.title
    assert browser.get(f"/needs/{need.id}/matches").soup.select("main article, main li")
    story = signed_in(coordinator).get(f"/needs/{need.id}").text
    assert coordinator.name in story


def test_what_is_overdue_waits_in_the_queue(
    session: Session, coordinator: Person, signed_in: Callable[[Person], Browser]
) -> None:
    titles = session.scalars(select(Need.title).order_by(Need.interests_close_on)).all()
    assert titles[0] in signed_in(coordinator).get("/attention").text


def test_made_up_concepts_belong_to_somebody_who_sees_their_matches(
    session: Session, coordinator: Person, signed_in: Callable[[Person], Browser]
) -> None:
    assert coordinator.active
    concept = session.scalars(select(Concept).order_by(Concept.id)).first()
    assert concept is not None
    browser = signed_in(concept.author)
    assert concept.title in browser.get("/concepts").text
    assert browser.get(f"/concepts/{concept.id}/matches").status == 200
    assert browser.get("/matches").status == 200
