"""Following in the browser: a need, a unit and a search, and the page where each is ended."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.target_groups import Group
from marketplace.needs.models import Need
from marketplace.news.models import SavedSearch
from tests.factories import make_need, make_person
from tests.web.client import Browser

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def need(session: Session) -> Need:
    return make_need(session, title="Ensomme eldre i helgene")


def test_nobody_is_offered_to_follow_without_an_account(browser: Browser, need: Need) -> None:
    for path in (f"/needs/{need.id}", f"/units/{need.unit_id}", "/needs?q=ensomme"):
        page = browser.get(path)
        assert page.status == 200
        assert "Følg" not in page.text
        assert "Lagre søket" not in page.text


def test_the_unit_is_not_offered_to_follow_its_own_need(signed_in: SignedIn, need: Need) -> None:
    assert "Følg behovet" not in signed_in(need.author).get(f"/needs/{need.id}").text


def test_a_need_and_a_unit_are_followed_and_ended(
    signed_in: SignedIn, session: Session, need: Need
) -> None:
    reader = signed_in(make_person(session))
    assert "Du følger ingenting ennå" in reader.get("/following").text
    for path in (f"/needs/{need.id}", f"/units/{need.unit_id}"):
        sent = reader.submit(reader.get(path), f"{path}/follow")
        assert "Du følger" in reader.follow(sent).text
        assert not reader.get(path).has_form(f"{path}/follow")
        assert reader.post(f"{path}/follow").status == 409
    page = reader.get("/following")
    assert need.title in page.text
    assert need.unit.name in page.text
    for form in page.soup.select("main form.post-button"):
        reader.submit(page, str(form["action"]))
    assert "Du følger ingenting ennå" in reader.get("/following").text
    assert reader.get(f"/needs/{need.id}").has_form(f"/needs/{need.id}/follow")


def test_a_search_is_saved_with_its_filters_and_ended(
    signed_in: SignedIn, session: Session, need: Need
) -> None:
    reader, unit = signed_in(make_person(session)), need.unit
    assert "Lagre søket" not in reader.get("/needs?sort=deadline").text
    asked = f"q=ensomme&area={unit.area}&municipality={unit.organisation_id}&age=80&group=carers"
    page = reader.get(f"/needs?{asked}&sort=deadline")
    sent = reader.submit(page, f"/searches?{asked}")
    assert sent.location == f"/needs?{asked}"
    saved = session.scalars(select(SavedSearch)).one()
    assert saved.asks == ("ensomme", unit.area, None, unit.organisation_id, 80, Group.CARERS)
    page = reader.get("/following")
    assert "«ensomme»" in page.text
    assert f"{unit.organisation.name}, 80 år, Pårørende" in page.text
    reader.submit(page, f"/searches/{saved.id}/end")
    assert "«ensomme»" not in reader.get("/following").text


@pytest.mark.parametrize(
    ("asked", "status"), [("", 409), ("q=ensomme&municipality=99999", 404), ("area=romfart", 409)]
)
def test_what_is_no_search_is_refused(
    signed_in: SignedIn, session: Session, asked: str, status: int
) -> None:
    reader = signed_in(make_person(session))
    assert reader.post(f"/searches?{asked}").status == status
    assert session.scalars(select(SavedSearch)).all() == []


def test_nobody_ends_what_another_follows(
    signed_in: SignedIn, session: Session, need: Need
) -> None:
    reader = signed_in(make_person(session))
    reader.post(f"/needs/{need.id}/follow")
    reader.post("/searches?q=ensomme")
    other = signed_in(make_person(session))
    assert other.post("/following/1/end").status == 404
    assert (
        other.post(f"/searches/{session.scalars(select(SavedSearch.id)).one()}/end").status == 404
    )


def test_the_profile_leads_to_what_one_follows(signed_in: SignedIn, session: Session) -> None:
    page = signed_in(make_person(session)).get("/profile")
    assert "/following" in {a["href"] for a in page.soup.select("main a[href]")}
