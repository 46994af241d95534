"""The main job, from a problem to an approved pairing, each person at a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.passwords import hash_password
from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.demo.load import DEMO_PASSWORD
from tests.factories import (
    make_concept,
    make_entrepreneur,
    make_member,
    make_organisation,
    make_unit,
)
from tests.journeys.conftest import NARROW, WIDE, Site, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

NEED = "Eldre spiser alene i helgene"
PROBLEM = (
    "Mange eldre som bor alene, spiser alle måltider alene i helgene når dagsenteret er stengt. "
    "De mister matlysten og går ned i vekt."
)


@dataclass
class Cast:
    member: str
    leader: str
    coordinator: str
    adviser: str
    entrepreneur: str


@pytest.fixture
def cast(site: Site) -> Cast:
    with site.database.writing() as session:
        cast = _people(session)
        session.commit()
    return cast


def _people(session: Session) -> Cast:
    password = hash_password(DEMO_PASSWORD)
    municipality = make_organisation(session, name="Solvik kommune")
    unit = make_unit(session, municipality, name="Hjemmetjenesten Nord")
    company = make_entrepreneur(session, name="Bordlaget AS")

    def person(name: str, role: Role, where: Unit | Organisation) -> str:
        email = f"{name.split(maxsplit=1)[0].lower()}@solvik.example"
        make_member(session, role, where, name=name, email=email, password_hash=password)
        return email

    cast = Cast(
        member=person("Mona Medarbeider", Role.UNIT_MEMBER, unit),
        leader=person("Leif Leder", Role.UNIT_LEADER, unit),
        coordinator=person("Kaja Koordinator", Role.COORDINATOR, municipality),
        adviser=person("Inger Innkjøp", Role.PROCUREMENT_ADVISER, municipality),
        entrepreneur=person("Eva Entreprenør", Role.ENTREPRENEUR, company),
    )
    make_concept(
        session,
        company,
        title="Søndagsbordet",
        description="Vi dekker bord i helgene for eldre som bor alene, så ingen spiser alene. "
        "Vi henter gjestene, lager måltider sammen og følger med på matlyst og vekt.",
        target_group="Eldre som bor alene",
    )
    make_concept(session, title="Regnbed", description="Vi bygger regnbed mot overvann i gatene.")
    make_concept(
        session, title="Los", description="Vi følger elever med fravær tilbake til skolen."
    )
    return cast


def test_from_a_problem_to_an_approved_pairing(
    site: Site, cast: Cast, visit: Callable[..., Visitor]
) -> None:
    member = visit(WIDE, NARROW).sign_in(cast.member)
    write_the_need(member)

    leader = visit(WIDE, NARROW).sign_in(cast.leader)
    leader.follow(NEED)
    leader.press("Godkjenn behovet")

    coordinator = visit(WIDE, NARROW).sign_in(cast.coordinator)
    review(coordinator)
    coordinator.fill("Hva må endres?", "Skriv hvor mange det gjelder i hver bydel.")
    coordinator.press("Send tilbake til enheten")

    member.go("/")
    member.sees("Behov som må endres")
    member.follow(NEED)
    member.sees("Skriv hvor mange det gjelder i hver bydel.")
    change_and_send_again(member)
    leader.go("/")
    leader.follow(NEED)
    leader.press("Godkjenn behovet")
    review(coordinator)
    coordinator.press("Publiser behovet")
    coordinator.sees("Publisert")

    entrepreneur = visit(WIDE, NARROW).sign_in(cast.entrepreneur)
    answer_the_need(entrepreneur)

    choose_the_concept(member)

    entrepreneur.go("/")
    entrepreneur.follow(NEED)
    entrepreneur.press("Si ja til koblingen")

    coordinator.go("/attention")
    coordinator.follow(NEED)
    fill_the_role_map(coordinator)
    approve(coordinator)

    everyone_is_told(site, cast, [member, entrepreneur])


def write_the_need(member: Visitor) -> None:
    member.go("/needs/new")
    member.press("Begynn å skrive")
    member.fill("Tittel", NEED)
    member.fill("Hva er problemet?", PROBLEM)
    member.fill("Hvem gjelder det?", "Eldre som bor alene")
    member.fill("Hvor mange gjelder det?", "40")
    member.press("Lagre og gå videre")
    member.fill("Hva har dere prøvd?", "Besøksvenner på hverdager.")
    member.fill("Hva vil dere oppnå?", "Flere spiser sammen med andre i helgene.")
    member.fill("Hvordan vil dere måle det?", "Vekt før og etter tre måneder.")
    member.press("Lagre og gå videre")
    member.fill("Hva bidrar enheten med?", "Vi spør brukerne og blir med første gang.")
    member.fill("Hvor mange timer har dere?", "120")
    member.choose("Kontaktperson i enheten", "Mona Medarbeider")
    member.press("Lagre og gå videre")
    member.page.get_by_label("Pengene er på plass").check()
    member.fill("Hva kan det koste, i kroner?", "300 000")
    member.choose("Hva slags tjeneste er det?", "Helse- og sosialtjeneste")
    member.choose("Hva vil dere gjøre hvis utprøvingen lykkes?", "Kjøpe direkte")
    member.choose("Hvem bestemmer etter utprøvingen?", "Leif Leder")
    member.press("Lagre og gå videre")
    day = today()
    member.fill("Frist for å stille spørsmål", (day + timedelta(days=10)).isoformat())
    member.fill("Frist for å melde interesse", (day + timedelta(days=20)).isoformat())
    member.page.get_by_label("En ansatt").check()
    member.press("Lagre og se over")
    member.press("Send til vurdering")
    member.sees("Til vurdering")


def review(coordinator: Visitor) -> None:
    coordinator.go("/needs/review")
    coordinator.follow(NEED)


def change_and_send_again(member: Visitor) -> None:
    member.follow("Skriv videre")
    member.fill("Hvem gjelder det?", "Eldre som bor alene: 25 i Nord og 15 i Sør")
    member.press("Lagre og gå videre")
    member.follow("Se hele behovet")
    member.press("Send til vurdering")


def answer_the_need(entrepreneur: Visitor) -> None:
    entrepreneur.go("/matches")
    entrepreneur.sees("Felles ord")
    entrepreneur.follow(NEED)
    entrepreneur.follow("Meld interesse")
    if entrepreneur.page.get_by_role("link", name="Svar med dette").count():
        entrepreneur.follow("Svar med dette")
    entrepreneur.fill("Hvordan løser konseptet problemet?", "Vi dekker bord lørdag og søndag.")
    entrepreneur.fill("Hvordan passer konseptet for målgruppen?", "Vi henter alle i døra.")
    entrepreneur.fill(
        "Hvordan gir konseptet den effekten de vil ha, og hvordan kan den måles?",
        "Vi veier sammen med dere.",
    )
    entrepreneur.fill("Hva trenger dere fra enheten?", "En kontaktperson.")
    entrepreneur.press("Meld interesse")


def choose_the_concept(member: Visitor) -> None:
    """See why it matches, shortlist, propose."""
    member.go("/needs/mine")
    member.follow(NEED)
    member.follow("Se alle treff og kortlisten")
    first = member.page.locator("ol.cards > li").first
    expect(first).to_contain_text("Søndagsbordet")
    member.sees_all_of(first.locator("mark").first)
    member.follow("Søndagsbordet")
    member.sees("Det tekstene har felles")
    member.press("Sett på kortlisten")
    member.sees("På kortlisten")
    member.follow("Søndagsbordet")
    member.follow("Foreslå kobling")
    member.fill("Hvorfor bør dette prøves ut?", "De henter folk i helgene, når vi ikke kan.")
    member.press("Foreslå kobling")
    member.sees("Venter på")


def fill_the_role_map(coordinator: Visitor) -> None:
    for role, person in (
        ("Innkjøpsrådgiver", "Inger Innkjøp"),
        ("Personvernkontakt", "Leif Leder"),
    ):
        coordinator.follow(f"Velg person: {role}")
        coordinator.choose("Person", person)
        coordinator.press("Lagre")


def approve(coordinator: Visitor) -> None:
    coordinator.follow("Gå gjennom og godkjenn")
    coordinator.press("Godkjenn koblingen")
    coordinator.sees("Sjekk dette før du går videre")
    for box in coordinator.page.locator("main input[type=checkbox]").all():
        box.check()
    coordinator.press("Godkjenn koblingen")
    coordinator.sees("Godkjent")


def everyone_is_told(site: Site, cast: Cast, visitors: list[Visitor]) -> None:
    for visitor in visitors:
        visitor.go("/notifications")
        visitor.sees("godkjent")
    mails = site.deliver_mail()
    told = {email for email in vars(cast).values() if any(f"To: {email}" in m for m in mails)}
    assert told >= {cast.member, cast.leader, cast.coordinator, cast.entrepreneur}
