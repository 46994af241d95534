"""A test that is stopped: both sides say why, and whoever has the same problem later reads it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.cases import (
    NEED,
    Case,
    approved_case,
    sign,
    write_lessons,
    write_the_agreement,
)
from tests.journeys.conftest import Site, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

STARTS, STOPPED, CLOSED, LATER = 1, 40, 50, 90
UNITS_WORD = "Tre gjester på seks uker. Folk vil ikke reise på søndager."
OTHER_WORD = "Vi fikk ikke møte gjestene før den første søndagen."
LESSON = "Spør gjestene hvilken dag som passer, før dere avtaler bordene."
PROBLEM = "Eldre som bor alene, spiser måltidene alene i helgene og mister matlysten."


def test_from_the_agreement_to_a_stop(site: Site, visit: Callable[..., Visitor]) -> None:
    case = approved_case(site, visit)
    with case.day(0):
        agree(case)
    with case.day(STARTS):
        case.as_("member", "/pilot").press("Start utprøvingen")
    with case.day(STOPPED):
        the_unit_stops(case)
        the_case_cannot_be_closed_yet(case)
        the_entrepreneur_says_why(case)
        both_reasons_stand_side_by_side(case)
    with case.day(CLOSED):
        learn_and_close(case)
    with case.day(LATER):
        somebody_writes_a_similar_need(case)


def agree(case: Case) -> None:
    write_the_agreement(case.as_("member", "/agreement"), starts=STARTS, ends=80, decided=100)
    sign(case.as_("entrepreneur", "/agreement"))
    sign(case.as_("leader", "/agreement"))
    assert case.mails_about("Avtalen gjelder") >= {"member", "entrepreneur", "adviser"}


# ---------------------------------------------------------------- the stop


def the_unit_stops(case: Case) -> None:
    """Nothing is stopped without a reason, and what was written stays in the form."""
    leader = case.as_("leader", "/pilot")
    leader.follow("Stopp utprøvingen")
    leader.fill("Hva skjedde?", UNITS_WORD)
    leader.press("Stopp utprøvingen")
    leader.sees("Velg en grunn. Begge sider får se den.")
    expect(leader.page.get_by_label("Hva skjedde?")).to_have_value(UNITS_WORD)
    leader.page.get_by_label("For få deltakere").check()
    leader.press("Stopp utprøvingen")
    asked = case.mails_about("vi trenger grunnen fra dere")
    assert asked >= {"entrepreneur", "colleague"}
    assert asked.isdisjoint({"member", "leader", "coordinator"})
    assert "coordinator" in case.mails_about(UNITS_WORD)


def the_case_cannot_be_closed_yet(case: Case) -> None:
    coordinator = case.as_("coordinator", "/lessons")
    coordinator.sees("Dette mangler:")
    coordinator.does_not_see("Alt er på plass.")
    case.as_("coordinator", "/decision").sees(
        "Utprøvingen ble stoppet før den var ferdig, så det er ingen beslutning å ta."
    )


def the_entrepreneur_says_why(case: Case) -> None:
    entrepreneur = case.as_("entrepreneur")
    entrepreneur.follow("Gi grunnen fra din side")
    entrepreneur.page.get_by_label("Konseptet eller enheten var ikke klar").check()
    entrepreneur.fill("Hva skjedde?", OTHER_WORD)
    entrepreneur.press("Send grunnen")
    assert case.mails_about(OTHER_WORD) >= {"member", "leader", "coordinator"}


def both_reasons_stand_side_by_side(case: Case) -> None:
    for name in ("member", "colleague", "leadership"):
        visitor = case.as_(name, "/pilot")
        for words in (UNITS_WORD, OTHER_WORD, "For få deltakere"):
            visitor.sees(words)


# ---------------------------------------------------------------- what was learned


def learn_and_close(case: Case) -> None:
    write_lessons(
        case.as_("member", "/lessons"), "De tre som kom, trivdes.", "Søndag er feil dag.", LESSON
    )
    write_lessons(
        case.as_("entrepreneur", "/lessons"), "Maten.", "Vi kjente ingen.", "Møte folk først."
    )
    coordinator = case.as_("coordinator", "/lessons")
    coordinator.follow("Avslutt saken")
    coordinator.fill("Hvorfor avsluttes saken nå?", "Begge sider er enige om å stoppe her.")
    coordinator.press("Avslutt saken")
    assert case.mails_about("Saken er avsluttet") >= {"member", "entrepreneur"}
    case.signed_in("adviser").go("/notifications").sees("Saken er avsluttet")


def somebody_writes_a_similar_need(case: Case) -> None:
    """Of another unit, that had nothing to do with the case."""
    neighbour = case.signed_in("other_unit")
    neighbour.go("/needs/new")
    neighbour.press("Begynn å skrive")
    neighbour.fill("Tittel", "Ensomme måltider")
    neighbour.fill("Hva er problemet?", PROBLEM)
    neighbour.press("Lagre og gå videre")
    beside = neighbour.page.get_by_role("region", name="Dette har andre lært")
    expect(beside).to_contain_text(NEED)
    neighbour.click(beside.get_by_role("link", name=NEED))
    neighbour.sees(LESSON)
    neighbour.sees("For få deltakere")
    neighbour.does_not_see("Leif Leder")
