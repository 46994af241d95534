"""From a published need to the mail its match gets, and from an invitation to the answer."""

import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.passwords import hash_password
from marketplace.core.actor import Role
from marketplace.core.schedule import do_what_is_due
from marketplace.demo.load import DEMO_PASSWORD
from marketplace.needs.states import NeedState
from tests.factories import (
    make_concept,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)
from tests.journeys.conftest import NARROW, WIDE, Site, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

NEED = "Eldre spiser alene i helgene"
CONCEPT = "Søndagsbordet"
LINE = "Dere dekker bord akkurat når vi har stengt."


@dataclass
class Cast:
    member: str
    coordinator: str
    entrepreneur: str


@pytest.fixture
def cast(site: Site) -> Cast:
    with site.database.writing() as session:
        cast = _people(session)
        session.commit()
    return cast


def _people(session: Session) -> Cast:
    """A need that is ready to be published, and a concept that answers it among others."""
    password = hash_password(DEMO_PASSWORD)
    municipality = make_organisation(session, name="Solvik kommune")
    unit = make_unit(session, municipality, name="Hjemmetjenesten Nord")
    company = make_entrepreneur(session, name="Bordlaget AS")

    def email(name: str) -> str:
        return f"{name.split(maxsplit=1)[0].lower()}@solvik.example"

    def person(name: str, role: Role, where: Unit | Organisation) -> object:
        own = {"name": name, "email": email(name), "password_hash": password}
        return make_member(session, role, where, **own)

    member = person("Mona Medarbeider", Role.UNIT_MEMBER, unit)
    person("Kaja Koordinator", Role.COORDINATOR, municipality)
    owner = person("Eva Entreprenør", Role.ENTREPRENEUR, company)
    make_need(
        session,
        unit,
        NeedState.IN_REVIEW,
        author=member,
        title=NEED,
        problem="Mange eldre som bor alene, spiser alle måltider alene i helgene når dagsenteret"
        " er stengt. De mister matlysten og går ned i vekt.",
        target_group="Eldre som bor alene",
        wanted_effect="Flere spiser sammen med andre i helgene.",
    )
    make_concept(
        session,
        company,
        author=owner,
        title=CONCEPT,
        description="Vi dekker bord i helgene for eldre som bor alene, så ingen spiser alene. "
        "Vi henter gjestene, lager måltider sammen og følger med på matlyst og vekt.",
        target_group="Eldre som bor alene",
    )
    for title, description in (
        ("Regnbed", "Vi bygger regnbed mot overvann i gatene."),
        ("Los", "Vi følger elever med fravær tilbake til skolen."),
    ):
        make_concept(session, title=title, description=description)
    return Cast(email("Mona"), email("Kaja"), email("Eva"))


def test_from_a_published_need_to_the_mail_of_its_match(
    site: Site, cast: Cast, visit: Callable[..., Visitor]
) -> None:
    entrepreneur = visit(WIDE, NARROW).sign_in(cast.entrepreneur)
    wants_matches_at_once(entrepreneur)
    publish(visit(WIDE, NARROW).sign_in(cast.coordinator))

    assert do_what_is_due(site.database) >= 1
    (mail,) = [read(each) for each in site.deliver_mail() if f"To: {cast.entrepreneur}" in each]
    assert "Subject: Et behov passer til konseptet deres" in mail
    assert f"«{NEED}»" in mail
    assert f"«{CONCEPT}»" in mail
    found = re.search(r"http://127\.0\.0\.1:1(/needs/\d+)\n", mail)
    assert found

    entrepreneur.go(found.group(1))
    entrepreneur.sees(NEED)
    entrepreneur.follow("Meld interesse")
    answer(entrepreneur)


def test_from_an_invitation_to_the_answer(
    site: Site, cast: Cast, visit: Callable[..., Visitor]
) -> None:
    publish(visit(WIDE).sign_in(cast.coordinator))
    member = visit(WIDE, NARROW).sign_in(cast.member)
    member.go("/needs/mine")
    member.follow(NEED)
    member.follow("Se alle treff og kortlisten")
    member.follow(f"Inviter til å svare: {CONCEPT}")
    member.fill("Hvorfor spør dere akkurat dem?", "Ring Mona på 912 34 567.")
    member.press("Send invitasjonen")
    member.sees("et telefonnummer: «912 34 567»")
    member.fill("Hvorfor spør dere akkurat dem?", LINE)
    member.press("Send invitasjonen")
    member.sees("av Mona Medarbeider")

    mails = [read(each) for each in site.deliver_mail() if f"To: {cast.entrepreneur}" in each]
    assert any(LINE in mail for mail in mails)
    entrepreneur = visit(WIDE, NARROW).sign_in(cast.entrepreneur)
    entrepreneur.go("/notifications")
    entrepreneur.press("Åpne: Dere er invitert til å svare på et behov")
    entrepreneur.sees(LINE)
    answer(entrepreneur)

    member.go("/needs/mine")
    member.follow(NEED)
    member.sees("Har svart")
    member.sees("Vi dekker bord lørdag og søndag.")


def wants_matches_at_once(entrepreneur: Visitor) -> None:
    entrepreneur.go("/preferences")
    group = entrepreneur.page.get_by_role("group", name="Nye treff")
    group.get_by_label("Med en gang").check()
    entrepreneur.press("Lagre")
    entrepreneur.sees("Valgene er lagret.")


def publish(coordinator: Visitor) -> None:
    coordinator.go("/needs/review")
    coordinator.follow(NEED)
    if coordinator.page.get_by_role("link", name="Vurder behovet").count():
        coordinator.follow("Vurder behovet")
    coordinator.press("Publiser behovet")
    coordinator.sees("Publisert")


def answer(entrepreneur: Visitor) -> None:
    entrepreneur.fill("Hvordan løser konseptet problemet?", "Vi dekker bord lørdag og søndag.")
    entrepreneur.fill("Hvordan passer konseptet for målgruppen?", "Vi henter alle i døra.")
    entrepreneur.fill(
        "Hvordan gir konseptet den effekten de vil ha, og hvordan kan den måles?",
        "Vi veier sammen med dere.",
    )
    entrepreneur.fill("Hva trenger dere fra enheten?", "En kontaktperson.")
    entrepreneur.press("Meld interesse")
    entrepreneur.sees("Interessen er meldt. Enheten har fått beskjed.")


def read(mail: str) -> str:
    """As it is shown: with its letters and its lines."""
    return quopri.decodestring(mail.encode()).decode("utf-8")
