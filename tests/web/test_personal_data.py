"""What points to one person is refused at its field, and what was typed is still there."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.concepts.states import ConceptState
from marketplace.needs.states import NeedState
from marketplace.pilots.models import CheckpointReport
from tests.domain.pilot_cast import make_pilot_cast
from tests.factories import make_concept
from tests.needs import Cast
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]

TYPED = "Bruker 01019012345 bor i Storgata 1. Ring 91234567."
SEEN = "«01019012345» ser ut som et fødselsnummer eller kontonummer. Ta det bort"


def error_at(page: PageView, name: str) -> str:
    error = page.soup.select_one(f"#{name}-error")
    return error.get_text(strip=True) if error else ""


def typed_in(page: PageView, name: str) -> str:
    field = page.soup.select_one(f'main textarea[name="{name}"]')
    assert field is not None
    return field.get_text().strip()


def expect_refused(page: PageView, name: str) -> None:
    assert page.refused
    assert error_at(page, name).startswith(SEEN)
    assert typed_in(page, name) == TYPED


# ---------------------------------------------------------------- needs


def test_a_step_is_saved_and_says_what_has_to_go(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.DRAFT)
    browser = signed_in(people.member)
    step = f"/needs/{need.id}/edit/1"
    expect_refused(browser.submit(browser.get(step), problem=TYPED), "problem")
    session.refresh(need)
    assert need.problem == TYPED
    opened = browser.get(step)
    assert (opened.status, typed_in(opened, "problem")) == (200, TYPED)
    assert error_at(opened, "problem").startswith(SEEN)
    mended = browser.submit(opened, problem="Mange er alene.")
    assert (mended.status, mended.location) == (302, f"/needs/{need.id}/edit/2")


def test_saving_by_itself_stores_it_and_points_it_out(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.DRAFT)
    data = {"version": need.version, "problem": TYPED}
    browser = signed_in(people.member)
    answer = browser.post(f"/needs/{need.id}/edit/1/autosave", data).response.json
    session.refresh(need)
    assert answer is not None
    assert (need.problem, answer["message"]) == (TYPED, "Lagret kl. 12.00")
    assert answer["errors"]["problem"].startswith(SEEN)


def test_a_need_with_it_is_not_sent_in_and_the_list_leads_to_the_step(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.DRAFT, tried=TYPED)
    browser = signed_in(people.member)
    page = browser.get(f"/needs/{need.id}")
    assert not page.has_form(f"/needs/{need.id}/submit")
    links = {str(link["href"]) for link in page.soup.select(".checklist .missing a")}
    assert links == {f"/needs/{need.id}/edit/2"}
    forced = browser.post(f"/needs/{need.id}/submit", {"version": need.version})
    assert "Hold fødselsnumre, telefonnumre" in forced.text
    session.refresh(need)
    assert (need.state, need.tried) == (NeedState.DRAFT, TYPED)


def test_a_need_with_it_is_not_published(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW, tried=TYPED)
    browser = signed_in(people.coordinator)
    assert not browser.get(f"/needs/{need.id}/review").has_form(f"/needs/{need.id}/publish")
    refused = browser.post(f"/needs/{need.id}/publish", data={"version": need.version})
    assert refused.status == 409
    assert "Hold fødselsnumre, telefonnumre" in refused.text
    session.refresh(need)
    assert need.state is NeedState.IN_REVIEW


def test_an_addendum_with_it_is_refused_and_kept_in_the_form(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    browser = signed_in(people.member)
    form = browser.get(f"/needs/{need.id}/addendum")
    expect_refused(browser.submit(form, text=TYPED), "text")
    assert "Storgata" not in browser.get(f"/needs/{need.id}").text


# ---------------------------------------------------------------- concepts


def test_a_draft_of_a_concept_is_saved_and_says_what_has_to_go(
    signed_in: SignedIn, session: Session
) -> None:
    concept = make_concept(session, state=ConceptState.DRAFT)
    browser, path = signed_in(concept.author), f"/concepts/{concept.id}"
    shown = browser.follow(browser.submit(browser.get(f"{path}/edit"), evidence=TYPED))
    missing = shown.soup.select_one(".checklist .missing")
    assert missing is not None
    assert "Tekst uten fødselsnumre" in missing.get_text()
    assert not shown.has_form(f"{path}/publish")
    session.refresh(concept)
    forced = browser.post(f"{path}/publish", {"version": concept.version})
    assert forced.status == 409
    assert SEEN in forced.text
    opened = browser.get(f"{path}/edit")
    assert (opened.status, typed_in(opened, "evidence")) == (200, TYPED)
    assert error_at(opened, "evidence").startswith(SEEN)
    session.refresh(concept)
    assert (concept.state, concept.evidence) == (ConceptState.DRAFT, TYPED)


def test_a_published_concept_refuses_it_and_keeps_it_in_the_form(
    signed_in: SignedIn, session: Session
) -> None:
    concept = make_concept(session)
    before = concept.evidence
    browser = signed_in(concept.author)
    edit = browser.get(f"/concepts/{concept.id}/edit")
    page = browser.submit(edit, evidence=TYPED, used_where="Ring 91234567.")
    expect_refused(page, "evidence")
    assert error_at(page, "used_where").startswith("«91234567» ser ut som et telefonnummer.")
    session.refresh(concept)
    assert concept.evidence == before


# ---------------------------------------------------------------- reports of a test


@pytest.mark.parametrize("name", ["member", "entrepreneur"])
def test_a_report_with_it_is_refused_and_kept_in_the_form(
    session: Session, signed_in: SignedIn, name: str
) -> None:
    case = make_pilot_cast(session)
    browser = signed_in(case.person(name))
    path = f"/pairings/{case.pairing.id}/pilot/checkpoints/{case.checkpoint(0).id}"
    given = {"status": "on_track", "hours": "1", "money": "0", "answer": "confirm"}
    expect_refused(browser.submit(browser.get(path), note=TYPED, **given), "note")
    assert session.scalars(select(CheckpointReport)).all() == []
