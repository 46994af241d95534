"""One case from its agreement to a purchase: renegotiated on the way, and decided on too late."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.cases import (
    Case,
    add_a_checkpoint,
    approved_case,
    report,
    sign,
    text_of_pdf,
    write_lessons,
    write_the_agreement,
)
from tests.journeys.conftest import NARROW, WIDE, Site, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

STARTS, CHECKPOINT, ENDS, DECIDED_BY = 1, 30, 60, 75
WHY = "Skyssen koster mer enn vi trodde, og vi trenger tre uker til."


def test_from_the_agreement_to_a_purchase(site: Site, visit: Callable[..., Visitor]) -> None:
    case = approved_case(site, visit)
    with case.day(0):
        agree_on_the_first_version(case)
    with case.day(STARTS):
        start_the_test(case)
    with case.day(CHECKPOINT - 7):
        both_are_reminded_of_the_checkpoint(case)
    with case.day(CHECKPOINT):
        ask_to_renegotiate(case)
        agree_on_the_second_version(case)
    with case.day(ENDS):
        end_the_test(case)
    the_decision_is_asked_for_ever_louder(case)
    with case.day(DECIDED_BY + 28):
        the_entrepreneur_sees_the_days(case)
        decide_to_buy(case)
    with case.day(DECIDED_BY + 30):
        buy(case)
        learn_and_close(case)


# ---------------------------------------------------------------- the agreement


def agree_on_the_first_version(case: Case) -> None:
    member = case.as_("member", "/agreement")
    write_the_agreement(member, starts=STARTS, ends=ENDS, decided=DECIDED_BY)
    assert case.mails_about("underskrift") >= {"leader", "entrepreneur"}

    sign(case.as_("leader", "/agreement"))
    entrepreneur = case.as_("entrepreneur", "/agreement")
    sign(entrepreneur)

    said = text_of_pdf(entrepreneur, "Last ned versjon 1 (PDF)")
    assert "Søndagsbordet" in said
    assert "Leif Leder" in said
    assert "Eva Entreprenør" in said


def start_the_test(case: Case) -> None:
    member = case.as_("member", "/pilot")
    member.press("Start utprøvingen")
    member.sees("Utprøvingen er i gang.")


# ---------------------------------------------------------------- the checkpoint


def both_are_reminded_of_the_checkpoint(case: Case) -> None:
    assert case.mails_about("sjekkpunkt") >= {"member", "entrepreneur"}


def ask_to_renegotiate(case: Case) -> None:
    report(case.as_("entrepreneur", "/pilot"), "Vi må forhandle om avtalen på nytt", why=WHY)
    assert case.mails_about(WHY) >= {"member", "leader"}
    report(case.as_("member", "/pilot"), "Avtalen gjelder fortsatt slik den er")


def agree_on_the_second_version(case: Case) -> None:
    """Version 1 holds until both have signed version 2, and everybody sees what is new."""
    member = case.as_("member", "/agreement")
    member.sees("Versjon 1 gjelder til begge har skrevet under denne.")
    member.follow("Skriv videre")
    member.fill("Hva kan utprøvingen høyst koste kommunen, i kroner?", "180 000")
    add_a_checkpoint(member, CHECKPOINT + 20, "Holder pengene?")
    member.press("Lagre og se over")
    member.press("Send til underskrift")
    sign(case.as_("entrepreneur", "/agreement"))
    leader = case.as_("leader", "/agreement")
    sign(leader)
    leader.sees("Versjon 2")
    leader.follow("Se hva som er endret")
    added = leader.page.locator("ins").filter(has_text="180")
    leader.sees_all_of(added.first)
    assert "180 000" in text_of_pdf(case.as_("adviser", "/agreement"), "Last ned versjon 2 (PDF)")


# ---------------------------------------------------------------- the end of the test


def end_the_test(case: Case) -> None:
    member = case.as_("member", "/pilot")
    member.sees("Du kan fullføre utprøvingen når alle suksesskriteriene er målt.")
    member.follow("Skriv inn målingen:")
    member.page.get_by_label("Nådd", exact=True).check()
    member.fill("Hva målte dere?", "31 av 40")
    member.press("Lagre målingen")
    member.follow("Fullfør utprøvingen")
    member.page.get_by_label("Målingene er riktige").check()
    member.press("Fullfør utprøvingen")
    member.go(f"/pairings/{case.pairing_id}/decision")
    member.sees("Venter på beslutning")


def the_decision_is_asked_for_ever_louder(case: Case) -> None:
    """First who decides, then the coordinators as well, at last leadership."""
    with case.day(DECIDED_BY):
        assert case.mails_about("Fristen for en beslutning er nådd") == {"leader"}
    with case.day(DECIDED_BY + 7):
        told = case.mails_about("En beslutning er på overtid")
        assert told >= {"leader", "coordinator"}
        assert told.isdisjoint({"leadership", "entrepreneur"})
    with case.day(DECIDED_BY + 28):
        told = case.mails_about("En beslutning er langt på overtid")
        assert told >= {"leader", "coordinator", "leadership"}
        assert "entrepreneur" not in told
        coordinator = case.as_("coordinator")
        coordinator.go("/attention")
        coordinator.sees("Søndagsbordet")


def the_entrepreneur_sees_the_days(case: Case) -> None:
    entrepreneur = case.as_("entrepreneur", "/decision")
    entrepreneur.sees("28 dager")
    entrepreneur.sees(f"{DECIDED_BY + 28 - ENDS} dager")
    entrepreneur.does_not_see("Ta beslutningen")


def decide_to_buy(case: Case) -> None:
    leader = case.as_("leader", "/decision")
    leader.page.get_by_label("Kjøpe. En anskaffelse blir åpnet.").check()
    leader.fill("Begrunnelse", "Tre av fire har spist sammen med noen hver helg.")
    leader.press("Ta beslutningen")
    leader.sees("Se over beslutningen")
    leader.press("Ta beslutningen")
    told = case.mails_about("Tre av fire har spist sammen med noen hver helg.")
    assert told >= {"member", "entrepreneur", "coordinator", "adviser"}


# ---------------------------------------------------------------- the purchase


def buy(case: Case) -> None:
    adviser = case.as_("adviser", "/procurement")
    adviser.follow("Velg framgangsmåte")
    adviser.sees("300 000")
    adviser.page.get_by_label("Kjøpe direkte", exact=True).check()
    adviser.press("Lagre")
    finish_each_step(adviser)
    write_the_protocol(adviser)
    adviser.follow("Registrer kontrakten")
    adviser.fill("Kontraktens verdi i alt", "290 000")
    adviser.fill("Hvorfor denne leverandøren?", "De gjennomførte utprøvingen og har beste pris.")
    adviser.press("Registrer kontrakten")
    adviser.sees("290 000")
    said = text_of_pdf(adviser, "Last ned protokollen (PDF)")
    assert "290 000" in said
    assert "Ingen er inhabile." in said
    assert case.mails_about("kontrakt") >= {"member", "leader", "entrepreneur", "coordinator"}


def finish_each_step(adviser: Visitor) -> None:
    buttons = adviser.page.get_by_role("button", name="Ferdig i dag:")
    for left in reversed(range(buttons.count())):
        buttons.first.click()
        expect(buttons).to_have_count(left)
    adviser.look()


def write_the_protocol(adviser: Visitor) -> None:
    adviser.follow("Skriv i protokollen")
    adviser.fill("Hva skal kjøpes?", "Åtte bord med skyss hver helg i ett år.")
    adviser.fill("Hvem ble invitert eller deltok, og hvorfor?", "Entreprenøren, direkte.")
    adviser.fill("Habilitet", "Ingen er inhabile.")
    adviser.fill("Underleverandører", "Ingen som vi kjenner til.")
    adviser.press("Lagre")


def learn_and_close(case: Case) -> None:
    words = ("Skyss fra døra.", "Beslutningen tok for lang tid.", "Avtale skyssen først.")
    write_lessons(case.as_("entrepreneur", "/lessons"), *words)
    leader = case.as_("leader", "/lessons")
    write_lessons(leader, "De samme gjestene hver gang.", "Vi ventet for lenge.", "Ha en vara.")
    leader.follow("Avslutt saken")
    leader.fill("Hvorfor avsluttes saken nå?", "Kontrakten er skrevet under.")
    leader.press("Avslutt saken")
    everyone = case.visit(WIDE, NARROW)
    everyone.go(f"/lessons/{case.pairing_id}")
    everyone.sees("Skyss fra døra.")
    everyone.sees("Ha en vara.")
    everyone.does_not_see("Leif Leder")
