"""An entrepreneur changes what the page of the own organisation says."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationState
from marketplace.core.actor import Role
from tests.factories import make_entrepreneur, make_member, make_organisation
from tests.web.client import Browser

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def organisation(session: Session) -> Organisation:
    return make_entrepreneur(session, name="Nabohjelp AS", legal_form="AS", about="Før.")


def test_from_the_page_and_back_to_it(
    session: Session, signed_in: SignedIn, organisation: Organisation
) -> None:
    browser = signed_in(make_member(session, Role.ENTREPRENEUR, organisation))
    path, number = f"/organisations/{organisation.id}", organisation.organisation_number
    link = browser.get(path).soup.find("a", string="Endre presentasjonen")
    assert link is not None
    page = browser.get(str(link["href"]))

    unclear = browser.submit(page, about=" ")
    assert unclear.refused
    assert "Skriv med noen setninger" in unclear.text

    sent = {"about": "Vi hjelper <b>naboer</b>.", "legal_form": "SA"}
    done = browser.submit(page, **sent)
    assert done.location == path
    shown = browser.follow(done).text
    assert "Presentasjonen er lagret." in shown
    assert "Vi hjelper <b>naboer</b>. " in shown
    assert browser.submit_from_another_window(page, **sent).refused

    smuggled = {"name": "Annet AS", "organisation_number": "974760673", "version": 2}
    assert browser.post(f"{path}/presentation", sent | smuggled).status == 302
    session.refresh(organisation)
    assert (organisation.name, organisation.organisation_number) == ("Nabohjelp AS", number)


def test_it_is_not_for_others(
    session: Session, signed_in: SignedIn, browser: Browser, organisation: Organisation
) -> None:
    path = f"/organisations/{organisation.id}"
    others = {
        404: make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)),
        403: make_member(session, Role.COORDINATOR, make_organisation(session)),
    }
    for status, person in others.items():
        other = signed_in(person)
        assert "Endre presentasjonen" not in other.get(path).text
        assert other.get(f"{path}/presentation").status == status
        assert other.post(f"{path}/presentation", {"about": "X", "version": 1}).status == status
    assert browser.get(f"{path}/presentation").status in {302, 303, 401}


def test_an_organisation_that_waits_is_presented_too(session: Session, signed_in: SignedIn) -> None:
    waiting = make_entrepreneur(session, state=OrganisationState.PENDING)
    browser = signed_in(make_member(session, Role.ENTREPRENEUR, waiting))
    page = browser.get(f"/organisations/{waiting.id}/presentation")
    assert browser.submit(page, about="Mer om oss.").status == 302
