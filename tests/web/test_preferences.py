"""The page where people choose what comes by mail."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.topics import TopicGroup
from marketplace.notifications.models import MailPreference
from marketplace.notifications.preferences import rhythms_of
from marketplace.notifications.states import DEFAULT_RHYTHMS, Rhythm
from tests.factories import make_member, make_unit
from tests.web.client import Browser, form_values

SignedIn = Callable[[Person], Browser]
GROUPS = [group.value for group in TopicGroup]


@pytest.fixture
def person(session: Session) -> Person:
    return make_member(session, Role.UNIT_MEMBER, make_unit(session))


def test_the_defaults_are_chosen_beforehand(signed_in: SignedIn, person: Person) -> None:
    page = signed_in(person).get("/preferences")
    assert page.heading == "E-post og kalender"
    values = form_values(page.form("/preferences"))
    assert {group: values[group] for group in GROUPS} == {
        group.value: rhythm.value for group, rhythm in DEFAULT_RHYTHMS.items()
    }
    legends = [legend.get_text() for legend in page.form("/preferences").select("legend")]
    assert legends[0] == "Det som venter på deg"


def test_a_choice_is_kept_and_shown(session: Session, signed_in: SignedIn, person: Person) -> None:
    browser = signed_in(person)
    answer = browser.submit(
        browser.get("/preferences"), "/preferences", waiting="weekly", followed="never"
    )
    page = browser.follow(answer)
    assert "Valgene er lagret" in page.text
    values = form_values(page.form("/preferences"))
    assert (values["waiting"], values["followed"]) == ("weekly", "never")
    assert rhythms_of(session, person.id)[TopicGroup.FOLLOWED] is Rhythm.NEVER


@pytest.mark.parametrize("value", [None, "", "often"])
def test_a_missing_choice_is_asked_for_and_the_others_stay(
    session: Session, signed_in: SignedIn, person: Person, value: str | None
) -> None:
    browser = signed_in(person)
    answer = browser.submit(
        browser.get("/preferences"), "/preferences", waiting=value, followed="never"
    )
    assert answer.refused
    assert form_values(answer.form("/preferences"))["followed"] == "never"
    assert answer.soup.select_one('.ds-error-summary a[href="#waiting"]')
    assert session.query(MailPreference).count() == 0


def test_each_changes_only_their_own(session: Session, signed_in: SignedIn, person: Person) -> None:
    other = make_member(session, Role.UNIT_MEMBER, make_unit(session))
    browser = signed_in(person)
    browser.submit(browser.get("/preferences"), "/preferences", waiting="never")
    assert rhythms_of(session, other.id) == DEFAULT_RHYTHMS


def test_it_is_for_those_who_are_signed_in(browser: Browser) -> None:
    assert browser.get("/preferences").status in {302, 303, 401}
    assert browser.post("/preferences", {"waiting": "never"}).status in {302, 303, 401}


@pytest.mark.parametrize("path", ["/notifications", "/profile"])
def test_messages_and_profile_lead_there(signed_in: SignedIn, person: Person, path: str) -> None:
    assert signed_in(person).get(path).soup.select_one('main a[href="/preferences"]')
