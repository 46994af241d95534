"""A form is used once: what the second gets, what a refusal leaves, and what may be repeated."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.passwords import hash_password
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.core.used_marks import UsedMark
from marketplace.needs.models import Need
from marketplace.ui.marks import repeats
from tests.factories import make_entrepreneur, make_member, make_person, make_unit
from tests.passwords import PASSWORD, hash_quickly
from tests.web.client import Browser, PageView, form_values

SignedIn = Callable[[Person], Browser]
FROM_HERE = {"Referer": "http://localhost/concepts/new"}


@pytest.fixture
def organisation(session: Session) -> Organisation:
    return make_entrepreneur(session)


@pytest.fixture
def owner(session: Session, signed_in: SignedIn, organisation: Organisation) -> Browser:
    return signed_in(make_member(session, Role.ENTREPRENEUR, organisation))


@pytest.fixture
def member(session: Session, signed_in: SignedIn) -> Browser:
    return signed_in(make_member(session, Role.UNIT_MEMBER, make_unit(session)))


def count(session: Session, model: type[Concept | Need | UsedMark]) -> int:
    return session.scalar(select(func.count(model.id))) or 0


def mark_of(page: PageView) -> str:
    field = page.form().select_one("input[name=form_mark]")
    assert field is not None
    return str(field["value"])


@pytest.mark.parametrize("mark", ["", "kort", "x" * 500, "\x00" * 22, "æ" * 22])
def test_without_a_mark_nothing_is_done(owner: Browser, session: Session, mark: str) -> None:
    page = owner.get("/concepts/new")
    answer = owner.submit(page, title="Turvenn", form_mark=mark)
    assert answer.status == 400
    assert answer.heading == "Siden må lastes på nytt"
    assert count(session, Concept) == 0


def test_the_second_is_led_where_the_first_was(owner: Browser, session: Session) -> None:
    page = owner.get("/concepts/new")
    first = owner.submit(page, title="Turvenn")
    second = owner.submit(page, title="Turvenn")
    assert (second.status, second.location) == (303, first.location)
    assert "Dette er allerede lagret." in owner.follow(second).text
    assert count(session, Concept) == 1


def test_something_else_in_a_used_form_is_shown_and_can_be_sent(
    owner: Browser, session: Session
) -> None:
    page = owner.get("/concepts/new")
    first = owner.submit(page, title="Turvenn")
    data = form_values(page.form()) | {"title": "Turvenn for <b>alle</b>"}
    told = owner.post("/concepts/new", data, headers=FROM_HERE)
    assert told.status == 409
    assert told.heading == "Dette er allerede lagret"
    assert "Turvenn for <b>alle</b>" in told.text
    assert told.soup.select(f'main a[href="{first.location}"]')
    assert count(session, Concept) == 1

    assert owner.submit(told).status == 302
    titles = set(session.scalars(select(Concept.title)))
    assert titles == {"Turvenn", "Turvenn for <b>alle</b>"}


def test_a_used_form_about_one_version_is_not_sent_again(
    owner: Browser, session: Session, organisation: Organisation
) -> None:
    path = f"/organisations/{organisation.id}/presentation"
    page = owner.get(path)
    assert owner.submit(page, about="Vi hjelper naboer.").status == 302
    sent = {"about": "Vi hjelper alle.", "version": "1", "form_mark": mark_of(page)}
    told = owner.post(path, sent, headers=FROM_HERE)
    assert told.status == 409
    assert "Vi hjelper alle." in told.text
    assert not told.soup.select("main form")
    session.refresh(organisation)
    assert organisation.about == "Vi hjelper naboer."


def test_after_a_refusal_the_same_form_works(member: Browser, session: Session) -> None:
    page = member.get("/needs/new")
    refused = member.submit(page, title="x" * 999)
    assert refused.refused
    assert count(session, UsedMark) == 0
    assert member.submit(refused, title="Ensomme eldre").status == 302
    assert member.submit(page, title="Unge uten jobb").status == 409
    assert count(session, Need) == 1


def test_a_refusal_by_a_service_leaves_the_form_free(owner: Browser) -> None:
    made = owner.submit(owner.get("/concepts/new"), title="Turvenn")
    page = owner.get(f"{made.location}/edit")
    assert owner.submit(page, version="77").refused
    assert owner.submit(page).location == made.location


def test_another_person_with_the_mark_is_not_led_on(
    owner: Browser, session: Session, signed_in: SignedIn
) -> None:
    page = owner.get("/concepts/new")
    owner.submit(page, title="Turvenn")
    other = signed_in(make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)))
    answer = other.post("/concepts/new", {"title": "Turvenn", "form_mark": mark_of(page)})
    assert answer.status == 409
    assert count(session, Concept) == 1


def test_autosave_uses_no_mark(member: Browser) -> None:
    step = member.submit(member.get("/needs/new"), title="Ensomme eldre").location
    page = member.get(step)
    for text in ("Mange er alene.", "Mange er alene hele dagen."):
        kept = member.client.post(
            f"{step}/autosave", data=form_values(page.form()) | {"problem": text}
        )
        assert kept.status_code == 200
        page.form().select_one("input[name=version]")["value"] = str(kept.json["version"])  # type: ignore[index]  # a missing field fails the test too
    assert member.submit(page, problem="Mange er alene hele uka.").status == 302


def test_signing_in_twice_with_one_form_signs_in_twice(
    browser: Browser, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that was impatient has lost the cookie of the first answer."""
    hash_quickly(monkeypatch)
    person = make_person(session, password_hash=hash_password(PASSWORD))
    page = browser.get("/sign-in")
    sent = form_values(page.form()) | {"email": person.email, "password": PASSWORD}
    for _ in (1, 2):
        answer = browser.another_client().post("/sign-in", data=sent)
        cookies = answer.headers.getlist("Set-Cookie")
        assert any(cookie.startswith("session=") for cookie in cookies)


def test_what_may_be_repeated(app: Flask) -> None:
    """Only what makes no second row, or what a lost cookie forces people to repeat."""
    found = {name for name, view in app.view_functions.items() if repeats(view)}
    assert found == {
        "accounts.change_language",
        "accounts.do_confirm",
        "accounts.do_sign_in",
        "accounts.sign_in_as",
        "accounts.sign_out",
        "concepts.read_target",
        "needs.autosave",
        "notifications.mark_all_read",
        "notifications.mark_read",
        "notifications.open_message",
    }
