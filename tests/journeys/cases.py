"""A case that has been approved, its people at browsers of their own, and days that pass."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from io import BytesIO

from playwright.sync_api import Download
from pypdf import PdfReader
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.accounts.services.sessions import open_session
from marketplace.core.audit import forget_changes
from marketplace.core.clock import clock_at
from marketplace.core.schedule import do_what_is_due
from marketplace.ui.setup import SESSION_COOKIE
from tests.domain.decision_cast import approved
from tests.domain.pairing_cast import make_cast
from tests.journeys.conftest import NARROW, WIDE, Site, Visitor
from tests.signed_in import signed_in_cookie

BEGINNING = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
NEED = "Eldre spiser alene i helgene"
PROBLEM = (
    "Mange eldre som bor alene, spiser alle måltider alene i helgene når dagsenteret er stengt. "
    "De mister matlysten og går ned i vekt."
)
NAMES = {
    "member": "Mona Medarbeider",
    "leader": "Leif Leder",
    "entrepreneur": "Eva Entreprenør",
    "coordinator": "Kaja Koordinator",
    "adviser": "Inger Innkjøp",
    "leadership": "Dagny Direktør",
    "other_unit": "Nils Nabo",
}


def email_of(name: str) -> str:
    return f"{name}@solvik.example"


@dataclass
class Case:
    """One approved case, and how its people come to it."""

    site: Site
    visit: Callable[..., Visitor]
    pairing_id: int
    browsers: dict[str, Visitor] = field(default_factory=dict)

    @contextmanager
    def day(self, number: int) -> Iterator[None]:
        """So many days after the beginning: what is due has been done, and mail has gone."""
        moment = BEGINNING + timedelta(days=number)
        with clock_at(moment):
            do_what_is_due(self.site.database, moment)
            self.site.deliver_mail()
            yield
            self.site.deliver_mail()

    def signed_in(self, name: str) -> Visitor:
        """In their own browser, without the pages for signing in: other journeys go through those.

        They are signed in anew each time, since days may have passed.
        """
        if name not in self.browsers:
            self.browsers[name] = self.visit(WIDE, NARROW)
        visitor = self.browsers[name]
        with self.site.database.writing() as session:
            person = session.scalars(select(Person).where(Person.email == email_of(name))).one()
            token = open_session(session, person, device="journey")
            session.commit()
        cookie = signed_in_cookie(self.site.app, token)
        visitor.page.context.add_cookies(
            [{"name": SESSION_COOKIE, "value": cookie, "url": self.site.address}]
        )
        return visitor

    def as_(self, name: str, page: str = "") -> Visitor:
        """A browser in which somebody is signed in, at a page of the case."""
        return self.signed_in(name).go(f"/pairings/{self.pairing_id}{page}")

    def mails_about(self, words: str) -> set[str]:
        """Who has had a mail with these words in its subject or text."""
        written = [
            message_from_string(text, policy=policy.default) for text in self.site.deliver_mail()
        ]
        return {str(mail["To"]).partition("@")[0] for mail in written if words in said_in(mail)}


def said_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return f"{mail['Subject']}\n{body.get_content() if body is not None else ''}"


def day_number(number: int) -> date:
    return (BEGINNING + timedelta(days=number)).date()


def typed(number: int) -> str:
    """A day as a date field of the browser wants it."""
    return day_number(number).isoformat()


def approved_case(site: Site, visit: Callable[..., Visitor]) -> Case:
    with clock_at(BEGINNING), site.database.writing() as session:
        cast = make_cast(session)
        for name, person in cast.people.items():
            person.name = NAMES.get(name, person.name)
            person.email = email_of(name)
        need, concept = cast.need, cast.concept
        need.title, need.problem, need.estimated_value = NEED, PROBLEM, 300_000
        concept.title = "Søndagsbordet"
        pairing = approved(cast)
        forget_changes(session)
        session.commit()
        return Case(site, visit, pairing.id)


# ---------------------------------------------------------------- what both stories do


def write_the_agreement(
    member: Visitor,
    *,
    starts: int,
    ends: int,
    decided: int,
    payment: str = "90 000",
    cap: str = "150 000",
) -> None:
    member.press("Begynn på avtalen")
    fill_the_draft(
        member,
        {
            "Timer fra tjenesteenheten": "120",
            "Timer fra entreprenøren": "200",
            "Hva får entreprenøren betalt for utprøvingen, i kroner?": payment,
            "Hva kan utprøvingen høyst koste kommunen, i kroner?": cap,
            "Når starter utprøvingen?": typed(starts),
            "Når slutter utprøvingen?": typed(ends),
            "Når skal det senest besluttes?": typed(decided),
            "Mål": "Tre av fire har spist sammen med noen.",
        },
    )
    add_a_checkpoint(member, starts + 29, "Kommer gjestene?")
    member.press("Lagre og se over")
    member.press("Send til underskrift")


def fill_the_draft(visitor: Visitor, answers: dict[str, str]) -> None:
    for label, text in answers.items():
        visitor.fill(label, text)


def add_a_checkpoint(visitor: Visitor, day: int, topic: str) -> None:
    visitor.press("Legg til et sjekkpunkt")
    newest = visitor.page.get_by_role("group", name="Sjekkpunkt").last
    newest.get_by_label("Dato").fill(typed(day))
    newest.get_by_label("Hva ser vi på?").fill(topic)


def sign(visitor: Visitor) -> None:
    visitor.follow("Les og skriv under")
    visitor.press("Skriv under")


def report(visitor: Visitor, answer: str, *, why: str = "") -> None:
    visitor.follow("Rapporter ved neste sjekkpunkt")
    visitor.page.get_by_label("Noe går tregere enn planlagt").check()
    visitor.fill("Hva har skjedd siden sist?", "Tolv gjester ved to bord.")
    visitor.fill("Timer dere har brukt siden sist", "30")
    visitor.fill("Penger dere har brukt siden sist, i kroner", "20 000")
    visitor.page.get_by_label(answer).check()
    if why:
        visitor.fill("Hva må endres i avtalen?", why)
    visitor.press("Send rapporten")
    visitor.press("Send rapporten")  # once more, when it has been read over


def write_lessons(visitor: Visitor, worked: str, not_worked: str, differently: str) -> None:
    visitor.follow("Skriv hva dere lærte")
    visitor.fill("Hva virket?", worked)
    visitor.fill("Hva virket ikke?", not_worked)
    visitor.fill("Hva ville dere gjort annerledes?", differently)
    visitor.press("Lagre")


def text_of_pdf(visitor: Visitor, link: str) -> str:
    """What a person reads in the file that the link gives."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("link", name=link).first.click()
    file: Download = waiting.value
    reader = PdfReader(BytesIO(file.path().read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
