"""Beside the form of a need: the checklist, and saving by itself."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.registry import Registry
from marketplace.needs.states import PublishRequirement
from tests.web.test_needs_form import SignedIn, draft, member

__all__ = ["member"]


def test_the_checklist_leads_to_what_is_missing(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member, estimated_value=None)
    page = signed_in(member).get(f"/needs/{need.id}/edit/1")
    missing = page.soup.select(".checklist .missing a")
    assert [str(link["href"]) for link in missing] == [
        f"/needs/{need.id}/edit/4",
        f"/needs/{need.id}",
    ]
    assert len(page.soup.select(".checklist .done")) == len(PublishRequirement) - 2
    assert "2 punkter mangler" in page.text


@pytest.mark.parametrize("given", [(), ("questions_close_on",), ("interests_close_on",)])
def test_nothing_is_said_to_be_right_about_dates_that_are_not_given(
    given: tuple[str, ...], signed_in: SignedIn, session: Session, member: Person
) -> None:
    absent = {"questions_close_on", "interests_close_on"} - set(given)
    values: dict[str, Any] = dict.fromkeys(absent)
    need = draft(session, member, **values)
    page = signed_in(member).get(f"/needs/{need.id}/edit/5")
    missing = {line.get_text(" ", strip=True) for line in page.soup.select(".checklist .missing")}
    assert {
        "La fristen for spørsmål komme før den for interesse (mangler)",
        "Sett fristene fram i tid, høyst to år (mangler)",
    } <= missing
    assert page.soup.select("main form .ds-alert") == []


def test_the_fragment_is_the_checklist_and_what_later_features_add(
    signed_in: SignedIn, session: Session, member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marketplace.ui import slots

    monkeypatch.setitem(slots.SLOTS, "need.form.aside", Registry())
    slots.SLOTS["need.form.aside"].add(lambda need: f"<p>Ligner på {need.id}</p>")
    need = draft(session, member)
    page = signed_in(member).get(f"/needs/{need.id}/aside")
    assert page.soup.select_one(".checklist") is not None
    assert page.soup.select_one("h1") is None
    assert f"Ligner på {need.id}" in page.text


# ---------------------------------------------------------------- saving by itself


def test_autosave_stores_and_answers_with_the_new_version(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    data = {"version": need.version, "title": "Fra skriptet"}
    answer = signed_in(member).post(f"/needs/{need.id}/edit/1/autosave", data).response.json
    session.refresh(need)
    assert answer == {"version": need.version, "message": "Lagret kl. 12.00", "errors": {}}
    assert need.title == "Fra skriptet"


def test_autosave_stores_what_it_can_and_says_what_it_could_not(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    data = {"version": need.version, "title": "Fra skriptet", "target_count": "mange"}
    answer = signed_in(member).post(f"/needs/{need.id}/edit/1/autosave", data).response.json
    session.refresh(need)
    assert need.title == "Fra skriptet"
    assert answer is not None
    assert "bortsett fra" in answer["message"]
    assert set(answer["errors"]) == {"target_count"}


def test_autosave_does_not_write_over_another_person(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    data = {"version": need.version - 1, "title": "Fra skriptet"}
    page = signed_in(member).post(f"/needs/{need.id}/edit/1/autosave", data)
    assert page.status == 409
    assert page.response.json is not None
    assert "Noen andre endret dette" in page.response.json["message"]
    session.refresh(need)
    assert need.title != "Fra skriptet"


def test_the_form_tells_the_script_where_to_save(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    page = signed_in(member).get(f"/needs/{need.id}/edit/2")
    form = page.form()
    assert form["data-autosave"] == f"/needs/{need.id}/edit/2/autosave"
    assert page.soup.select_one('script[src$="autosave.js"]') is not None
    assert form.select_one("[aria-live=polite]") is not None
