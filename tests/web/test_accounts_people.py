"""Registration, the pages of organisations and units, and administration, in the browser."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.accounts.states import OrganisationState
from marketplace.accounts.tokens import link_path, link_token
from marketplace.config import Settings
from marketplace.core.actor import Role
from marketplace.core.outbox import OutboxMessage
from tests.factories import (
    grant_role,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_person,
    make_unit,
)
from tests.passwords import PASSWORD
from tests.queries import count_queries
from tests.web.client import Browser, PageView, error_points

pytestmark = pytest.mark.usefixtures("quick_hashing")

SignedIn = Callable[[Person], Browser]
REGISTRATION = {
    "name": "Nabohjelp AS",
    "organisation_number": "974 760 673",
    "legal_form": "AS",
    "about": "Vi hjelper naboer <i>hver</i> dag.",
    "person_name": "Ola Gründer",
    "email": "ola@nabo.example",
}


@pytest.fixture
def chief(session: Session, signed_in: SignedIn) -> Browser:
    """An administrator's browser."""
    return signed_in(make_member(session, Role.ADMINISTRATOR, name="Anne Sjef"))


def register(browser: Browser, **values: str) -> PageView:
    return browser.submit(browser.get("/register"), **(REGISTRATION | values))


def mailed_path(session: Session, settings: Settings) -> str:
    """Where the newest mail with a link leads."""
    messages = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc()))
    secrets = (message.payload.get("link_secret") for message in messages)
    return link_path(link_token(settings.secret_key, next(filter(None, secrets))))


def open_mail(browser: Browser, session: Session, password: str = PASSWORD) -> PageView:
    path = mailed_path(session, browser.settings)
    return browser.submit(browser.get(path), password=password)


def test_an_entrepreneur_registers_opens_the_mail_and_is_in_to_wait(
    browser: Browser, session: Session
) -> None:
    asked = register(browser)
    assert (asked.status, asked.location) == (302, "/register/sent")
    assert browser.follow(asked).heading == "Sjekk e-posten din"
    assert browser.get("/profile").status == 302
    assert session.scalars(select(Organisation)).all() == []
    page = browser.follow(open_mail(browser, session))
    assert page.heading == "Nabohjelp AS"
    assert "venter på godkjenning" in page.text
    assert not page.soup.select("main i")
    assert "Du kan skrive utkast til konsepter nå" in page.text
    (link,) = page.soup.select("main a[href='/concepts/new']")
    assert link.get_text(strip=True) == "Skriv et konsept"
    organisation = session.scalars(select(Organisation)).one()
    assert organisation.state is OrganisationState.PENDING


def test_a_wrong_registration_keeps_what_was_typed(browser: Browser, session: Session) -> None:
    page = register(browser, organisation_number="123456789", person_name="")
    assert page.refused
    wrong_number = (
        "Dette er ikke et norsk organisasjonsnummer. Skriv de ni sifrene fra Brønnøysund."
    )
    assert error_points(page) == [wrong_number, "Skriv navnet ditt."]
    page = register(browser, organisation_number="123456789", email="kari")
    assert error_points(page) == [
        wrong_number,
        "Skriv en e-postadresse, for eksempel navn@bedrift.no.",
    ]
    assert not session.scalars(select(OutboxMessage)).all()
    about = page.soup.select_one("#about")
    assert about is not None
    assert about.get_text(strip=True) == REGISTRATION["about"]


def test_registrations_are_counted_although_they_are_refused(
    browser: Browser, session: Session
) -> None:
    taken = make_entrepreneur(session).organisation_number
    for _ in range(10):
        register(browser, organisation_number=taken)
    assert "prøvd for mange ganger" in error_points(register(browser))[0]


def test_an_administrator_approves_from_the_queue(
    chief: Browser, session: Session, browser: Browser
) -> None:
    make_organisation(session, name="Aa kommune")
    register(browser)
    open_mail(browser, session)
    queue = chief.get("/administration/organisations")
    first = queue.soup.select_one("tbody a")
    assert first is not None
    assert first.get_text(strip=True) == "Nabohjelp AS"
    shown = chief.get(str(first["href"]).removeprefix("/administration"))
    assert "Organisasjonen venter på godkjenning." in shown.text
    assert "Du kan skrive utkast" not in shown.text
    assert not shown.soup.select("main a[href='/concepts/new']")
    page = chief.get(str(first["href"]))
    done = chief.submit(page, f"{first['href']}/approve")
    assert "Organisasjonen ble godkjent" in chief.follow(done).text
    assert "venter på godkjenning" not in browser.get("/").text
    again = chief.submit_from_another_window(page, f"{first['href']}/approve")
    assert "Noen andre endret dette" in chief.follow(again).text


def test_a_character_that_no_database_takes_is_left_out(browser: Browser, session: Session) -> None:
    register(browser, name="Nabo\x00hjelp AS")
    open_mail(browser, session)
    assert session.scalars(select(Organisation.name)).one() == "Nabohjelp AS"


def test_a_rejection_needs_a_reason_which_the_entrepreneur_reads(
    chief: Browser, session: Session, browser: Browser
) -> None:
    register(browser)
    own = open_mail(browser, session).location
    organisation = session.scalars(select(Organisation)).one()
    path = f"/administration/organisations/{organisation.id}"
    page = chief.get(path)
    empty = chief.submit(page, f"{path}/reject", reason=" ")
    assert (empty.refused, error_points(empty)) == (True, ["Skriv en begrunnelse."])
    assert chief.submit(empty, f"{path}/reject", reason="Foretaket er slettet.").status == 302
    assert "Foretaket er slettet." in browser.get(own).text


def test_an_organisation_that_waits_is_hidden_from_others(
    browser: Browser, session: Session, signed_in: SignedIn
) -> None:
    pending = make_entrepreneur(session, state=OrganisationState.PENDING)
    stranger = signed_in(make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)))
    path = f"/organisations/{pending.id}"
    assert (browser.get(path).status, stranger.get(path).status) == (404, 404)


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**63, 10**30])
def test_a_number_that_no_row_has_is_not_found(browser: Browser, number: int) -> None:
    assert browser.get(f"/units/{number}").status == 404


def test_a_unit_shows_its_contact_to_whom_it_concerns_only(
    browser: Browser, session: Session, signed_in: SignedIn
) -> None:
    unit = make_unit(session, contact_phone="900 00 000", test_experience="Tre utprøvinger.")
    make_need(session, unit)
    private = (unit.contact_name, unit.contact_email, "900 00 000", "Tre utprøvinger.")
    path = f"/units/{unit.id}"
    public = browser.get(path)
    assert (public.heading, "Helse og omsorg" in public.text) == (unit.name, True)
    assert "Logg inn for å se kontaktpersonen" in public.text
    pending = make_entrepreneur(session, state=OrganisationState.PENDING)
    registered = signed_in(make_member(session, Role.ENTREPRENEUR, pending)).get(path)
    assert "når organisasjonen din er godkjent av en administrator" in registered.text
    for page in (public, registered):
        assert not any(text in page.text for text in private)
    approved = make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session))
    page = signed_in(approved).get(path)
    assert all(text in page.text for text in private)
    assert not page.soup.select(f"a[href='{path}/readiness']")


def test_a_needs_people_are_named_to_the_approved_only(
    session: Session, signed_in: SignedIn
) -> None:
    need = make_need(session)
    assert need.contact is not None
    assert need.decision_maker is not None
    names = (need.contact.name, need.decision_maker.name)
    for state, shown in ((OrganisationState.PENDING, False), (OrganisationState.APPROVED, True)):
        company = make_entrepreneur(session, state=state)
        page = signed_in(make_member(session, Role.ENTREPRENEUR, company)).get(f"/needs/{need.id}")
        assert [name in page.text for name in names] == [shown, shown]


def test_a_leader_changes_the_readiness_card_of_the_own_unit(
    session: Session, signed_in: SignedIn
) -> None:
    unit, other = make_unit(session), make_unit(session)
    leader = signed_in(make_member(session, Role.UNIT_LEADER, unit))
    page = leader.get(f"/units/{unit.id}/readiness")
    done = leader.submit(page, capacity="3", readiness_notes="Ikke om sommeren.")
    assert "Ikke om sommeren." in leader.follow(done).text
    assert leader.submit_from_another_window(page, capacity="4").refused
    assert leader.get(f"/units/{other.id}/readiness").status == 404
    member = signed_in(make_member(session, Role.UNIT_MEMBER, unit))
    assert member.get(f"/units/{unit.id}/readiness").status == 404


def test_a_member_cannot_post_the_readiness_card(session: Session, signed_in: SignedIn) -> None:
    unit = make_unit(session)
    member = signed_in(make_member(session, Role.UNIT_MEMBER, unit))
    sent = {"version": str(unit.version), "capacity": "9", "contact_name": "X"}
    page = member.post(f"/units/{unit.id}/readiness", sent | {"contact_email": "x@y.example"})
    assert page.status == 404
    assert session.get_one(Unit, unit.id).capacity == 2


def test_an_administrator_creates_a_municipality_with_a_unit(
    chief: Browser, session: Session
) -> None:
    page = chief.submit(
        chief.get("/administration/organisations/new"),
        name="Ny kommune",
        kind="municipality",
        organisation_number="974760673",
    )
    unit_page = chief.get(f"{page.location}/units/new")
    fields = {"name": "Solgløtt", "area": "school", "capacity": "0", "contact_name": "Per"}
    done = chief.submit(unit_page, **fields, contact_email="per@kommune.example")
    assert "Solgløtt" in chief.follow(done).text
    twice = chief.submit_from_another_window(
        unit_page, **fields, contact_email="per@kommune.example"
    )
    assert error_points(twice) == [
        "Kommunen har allerede en enhet med dette navnet. Velg et annet navn."
    ]
    unit = session.scalars(select(Unit)).one()
    edit = chief.get(f"/administration/units/{unit.id}")
    assert chief.submit(edit, name="Solheim", capacity="2").status == 302
    assert session.get_one(Unit, unit.id).name == "Solheim"
    renamed = chief.submit(chief.get(f"{page.location}/edit"), name="Gammel kommune")
    assert chief.follow(renamed).heading == "Gammel kommune"


def test_an_administrator_invites_somebody_with_a_role(chief: Browser, session: Session) -> None:
    unit = make_unit(session)
    page = chief.get("/administration/people/invite")
    fields = {"name": "Ny Leder", "email": "ny@kommune.example", "role": "unit_leader"}
    group = page.soup.select_one(f"optgroup:has(option[value='unit-{unit.id}'])")
    assert group is not None
    assert group["label"] == f"{unit.organisation.name} (kommune)"
    choices = [option.get_text(strip=True) for option in group.select("option")]
    assert choices == ["Hele kommunen", unit.name]
    wrong = chief.submit(page, **fields)
    assert error_points(wrong) == ["Rollen «enhetsleder» hører til en tjenesteenhet. Velg enheten."]
    assert session.scalars(select(Person).where(Person.email == fields["email"])).all() == []
    done = chief.submit(wrong, **fields, where=f"unit-{unit.id}")
    person = chief.follow(done)
    assert person.heading == "Ny Leder"
    assert f"enhetsleder, {unit.name}" in person.text
    assert chief.submit(person, f"{done.location}/invitation").status == 302
    assert len(session.scalars(select(OutboxMessage)).all()) == 2


@pytest.mark.parametrize("where", ["unit-x", "unit-99999999999999999999", "unit-", "other-1"])
def test_a_made_up_place_is_refused(chief: Browser, session: Session, where: str) -> None:
    person = make_person(session)
    path = f"/administration/people/{person.id}/memberships"
    page = chief.post(path, {"role": "unit_member", "where": where})
    assert error_points(page) == [
        "Rollen «medarbeider i enheten» hører til en tjenesteenhet. Velg enheten."
    ]


def test_roles_are_given_and_ended(chief: Browser, session: Session) -> None:
    municipality, person = make_organisation(session), make_person(session)
    path = f"/administration/people/{person.id}"
    page = chief.get(path)
    where = f"organisation-{municipality.id}"
    given = chief.submit(page, f"{path}/memberships", role="coordinator", where=where)
    assert given.status == 302
    membership = session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
    end = f"{path}/memberships/{membership.id}/end"
    shown = chief.get(path)
    assert chief.submit(shown, end).status == 302
    assert chief.submit_from_another_window(shown, end).status == 404


def test_a_closed_account_is_signed_out_at_once(
    chief: Browser, session: Session, signed_in: SignedIn
) -> None:
    person = make_person(session)
    theirs = signed_in(person)
    path = f"/administration/people/{person.id}"
    assert theirs.get("/profile").status == 200
    page = chief.get(f"{path}/deactivate")
    assert person.email in page.text
    assert chief.submit(page).status == 302
    assert theirs.get("/profile").status == 302
    late = chief.submit_from_another_window(page)
    assert "Noen andre endret dette" in late.text
    opened = chief.submit(chief.get(path), f"{path}/activate")
    assert "Personen får en lenke på e-post" in chief.follow(opened).text


def test_the_last_administrator_is_told_why_they_stay(
    session: Session, signed_in: SignedIn
) -> None:
    person = make_member(session, Role.ADMINISTRATOR)
    browser, path = signed_in(person), f"/administration/people/{person.id}"
    refused = browser.submit(browser.get(f"{path}/deactivate"))
    assert "siste administratoren" in refused.text
    action = f"{path}/memberships/{person.memberships[0].id}/end"
    page = browser.submit(browser.get(path), action)
    assert "siste administratoren" in browser.follow(page).text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADERSHIP])
@pytest.mark.parametrize("path", ["organisations", "organisations/new", "people", "people/invite"])
def test_administration_is_for_administrators(
    session: Session, signed_in: SignedIn, role: Role, path: str
) -> None:
    browser = signed_in(make_member(session, role, make_organisation(session)))
    assert browser.get(f"/administration/{path}").status == 403


def test_lists_are_searched_and_filtered(chief: Browser, session: Session) -> None:
    make_organisation(session, name="Vestby kommune")
    make_entrepreneur(session, name="Vestlandshjelpen")
    person = make_member(session, Role.COORDINATOR, make_organisation(session), name="Åse Øye")

    def names(path: str) -> list[str]:
        cells = chief.get(f"/administration/{path}").soup.select("tbody td:first-child a")
        return [cell.get_text(strip=True) for cell in cells]

    assert names("organisations?q=vest") == ["Vestby kommune", "Vestlandshjelpen"]
    assert names("organisations?q=vest&kind=entrepreneur") == ["Vestlandshjelpen"]
    assert names("organisations?q=vest&state=pending") == []
    assert names("organisations?q=%25") == []
    assert names("organisations?q=%00vestby") == ["Vestby kommune"]
    assert names("people?role=coordinator") == [person.name]
    assert names(f"people?q={person.email}") == [person.name]
    empty = chief.get("/administration/people?q=finnes-ikke")
    assert "Ingen passer med søket" in empty.text


def test_the_lists_ask_the_database_equally_often_for_few_and_for_many(
    chief: Browser, session: Session
) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            unit = make_unit(session)
            person = make_member(session, Role.UNIT_MEMBER, unit, demo_order=1)
            grant_role(session, person, Role.COORDINATOR, unit.organisation)

    def count(path: str) -> int:
        session.flush()
        with count_queries(session) as counter:
            assert chief.get(path).status == 200
        return counter.count

    lists = ("/administration/organisations", "/administration/people")
    paths = (*lists, "/administration/people/invite", "/demo")
    add(3)
    few = [count(path) for path in paths]
    add(9)
    assert [count(path) for path in paths] == few


def test_a_profile_is_changed_from_a_fresh_page(session: Session, signed_in: SignedIn) -> None:
    person = make_person(session)
    browser = signed_in(person)
    page = browser.get("/profile")
    assert browser.submit(page, name="Nytt Navn", language="en").status == 302
    changed = browser.get("/profile")
    assert changed.soup.html is not None
    assert changed.soup.html["lang"] == "en"
    assert browser.submit_from_another_window(page, name="Igjen", language="nb").refused
