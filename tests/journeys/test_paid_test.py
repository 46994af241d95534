"""A test is paid so well that it is a purchase of its own: the adviser says how, and both sign."""

from collections.abc import Callable

import pytest

from tests.journeys.cases import Case, approved_case, sign, write_the_agreement
from tests.journeys.conftest import Site, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.real_time]

WHY = "Vi spurte tre leverandører, og bare denne kunne begynne i høst."


def test_a_paid_test_is_bought_before_it_is_signed(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    case = approved_case(site, visit)
    with case.day(0):
        the_payment_is_shown_as_a_purchase(case)
        the_adviser_confirms_the_route(case)
        both_sign(case)


def the_payment_is_shown_as_a_purchase(case: Case) -> None:
    member = case.as_("member", "/agreement")
    write_the_agreement(member, starts=1, ends=60, decided=75, payment="900 000", cap="950 000")
    member.sees("og så mye kan ikke kjøpes direkte uten videre")
    leader = case.as_("leader", "/agreement")
    leader.sees("må bekrefte framgangsmåten før noen skriver under")
    leader.does_not_see("Les og skriv under")


def the_adviser_confirms_the_route(case: Case) -> None:
    assert case.mails_about("En betalt utprøving venter på deg") == {"adviser"}
    adviser = case.as_("adviser", "/agreement")
    adviser.follow("Bekreft framgangsmåten")
    adviser.page.get_by_label("Be noen få om pris og tilbud", exact=True).check()
    adviser.fill("Hvorfor er denne framgangsmåten riktig?", WHY)
    adviser.press("Bekreft framgangsmåten")
    adviser.sees(WHY)


def both_sign(case: Case) -> None:
    sign(case.as_("leader", "/agreement"))
    entrepreneur = case.as_("entrepreneur", "/agreement")
    entrepreneur.sees("Innkjøpsrådgiveren bekreftet framgangsmåten")
    entrepreneur.does_not_see(WHY)
    sign(entrepreneur)
    entrepreneur.sees("Denne versjonen gjelder.")
