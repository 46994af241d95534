"""The decision in the browser: the clock for everyone, the form for who decides."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from marketplace.accounts.models import Person
from marketplace.core.clock import clock_at, now, today
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.pilots.models import Measurement
from marketplace.pilots.states import Ending, Reached
from tests.domain.decision_cast import (
    RUNNING,
    approved,
    awaited,
    give_deputy,
    made,
    make_agreement,
    make_pilot,
    save,
    stop_reasons,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, Cast
from tests.queries import count_queries
from tests.web.client import Browser, PageView, errors

SignedIn = Callable[[Person], Browser]
INSIDE = ("member", "leader", "entrepreneur", "colleague", "coordinator", "adviser", "leadership")
LONG = "Dette skrev jeg lenge på. " * 20


def path_of(pairing: Pairing) -> str:
    return f"/pairings/{pairing.id}/decision"


def forms(page: PageView) -> list[Any]:
    return page.soup.select("main form[method=post]")


# ---------------------------------------------------------------- the clock is in the open


@pytest.mark.parametrize("name", INSIDE)
def test_everyone_in_the_case_sees_the_days_and_who_is_awaited(
    cast: Cast, signed_in: SignedIn, name: str
) -> None:
    decision = awaited(cast)

    with clock_at(now() + timedelta(days=12)):
        page = signed_in(cast.person(name)).get(path_of(decision.pairing))

    assert page.heading == "Beslutning"
    assert "12 dager siden utprøvingen var ferdig." in page.text
    assert "18 dager igjen til fristen." in page.text
    awaits = "Beslutningen venter på deg." if name == "leader" else "Vi venter på beslutteren"
    assert awaits in page.text
    assert page.soup.select_one(f'nav a[href="{path_of(decision.pairing)}"][aria-current="page"]')
    assert bool(forms(page)) == (name == "leader")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Utprøvingen var ferdig i dag. 30 dager igjen til fristen."),
        (1, "1 dag siden utprøvingen var ferdig. 29 dager igjen til fristen."),
        (29, "1 dag igjen til fristen."),
        (30, "Fristen er i dag."),
        (31, "Beslutningen er 1 dag på overtid."),
        (72, "Beslutningen er 42 dager på overtid."),
    ],
)
def test_the_clock_in_words(cast: Cast, signed_in: SignedIn, days: int, words: str) -> None:
    decision = awaited(cast)

    with clock_at(now() + timedelta(days=days)):
        browser = signed_in(cast.person("entrepreneur"))
        page = browser.get(path_of(decision.pairing))
        case = browser.get(f"/pairings/{decision.pairing_id}")

    assert words in page.text
    assert words in case.text


@pytest.mark.parametrize("name", NO_PART_IN_IT)
def test_outsiders_see_nothing(cast: Cast, signed_in: SignedIn, name: str) -> None:
    decision = awaited(cast)

    assert signed_in(cast.person(name)).get(path_of(decision.pairing)).status in {403, 404}
    assert signed_in(cast.person(name)).post(path_of(decision.pairing)).status in {403, 404}


def test_both_sides_see_who_decides(cast: Cast, signed_in: SignedIn) -> None:
    pairing = approved(cast)
    give_deputy(cast, pairing, CaseRole.DECISION_MAKER, "leadership")
    awaited(cast, pairing)

    outside = signed_in(cast.person("entrepreneur")).get(path_of(pairing))
    inside = signed_in(cast.person("member")).get(path_of(pairing))

    for name in ("leader", "leadership"):
        assert f"{cast.person(name).name}." in outside.text
        assert f"{cast.person(name).name}." in inside.text


def test_both_sides_see_who_decided_also_when_another_has_the_role(
    cast: Cast, signed_in: SignedIn
) -> None:
    pairing = approved(cast)
    decision = made(cast, pairing, DecisionState.STOP)
    assert decision.decided_by is not None
    holder = next(h for h in pairing.roles if h.role is CaseRole.DECISION_MAKER)
    holder.person_id = cast.person("leadership").id
    cast.session.flush()

    page = signed_in(cast.person("entrepreneur")).get(path_of(pairing))

    assert decision.decided_by.name in page.text


def test_an_empty_role_says_who_can_fill_it(cast: Cast, signed_in: SignedIn) -> None:
    decision = awaited(cast)
    cast.person("adviser").active = False

    page = signed_in(cast.person("entrepreneur")).get(path_of(decision.pairing))

    assert (
        "Rollen «Innkjøpsrådgiver» er tom, og må fylles før kommunen kan beslutte å kjøpe. Den kan"
        " fylles av koordinator." in page.text
    )


def test_the_results_stand_beside_the_decision(cast: Cast, signed_in: SignedIn) -> None:
    pairing = approved(cast)
    agreement = make_agreement(cast, pairing)
    pilot = make_pilot(cast, pairing)
    measured = Measurement(
        criterion=agreement.criteria[0],
        value="14 av 40",
        reached=Reached.PARTLY,
        measured_by_id=cast.person("member").id,
    )
    pilot.measurements.append(measured)
    save(cast.session, pilot)

    page = signed_in(cast.person("entrepreneur")).get(path_of(pairing))

    row = page.soup.select_one("tbody tr")
    assert row is not None
    assert "Mindre ensomhet" in row.get_text()
    assert "14 av 40" in row.get_text()


# ---------------------------------------------------------------- before, and without, a decision


def test_a_case_under_way_tells_when_the_clock_starts(cast: Cast, signed_in: SignedIn) -> None:
    pairing = approved(cast)
    browser = signed_in(cast.person("entrepreneur"))
    assert (
        "Fristen for beslutningen står i avtalen når den er skrevet."
        in browser.get(path_of(pairing)).text
    )

    make_agreement(cast, pairing)
    make_pilot(cast, pairing, **RUNNING)

    page = browser.get(path_of(pairing))
    assert "Klokka begynner å gå den dagen utprøvingen er ferdig." in page.text
    assert "Avtalt frist for beslutningen er 14.10.2026 (30 dager igjen)." in page.text
    assert not forms(page)


def test_a_stopped_pilot_awaits_no_decision(cast: Cast, signed_in: SignedIn) -> None:
    pairing = approved(cast)
    make_agreement(cast, pairing)
    make_pilot(cast, pairing, ending=Ending.STOPPED, **stop_reasons(cast, "unit"))
    browser = signed_in(cast.person("leader"))

    page = browser.get(path_of(pairing))
    assert "så det er ingen beslutning å ta" in page.text
    assert not forms(page)
    refused = browser.post(path_of(pairing), {"move": "buy", "reason": "Ja.", "version": "1"})
    assert refused.status == 409
    assert "så det er ingen beslutning å ta" in refused.text


@pytest.mark.parametrize("state", list(PairingState))
def test_the_tab_comes_with_the_approval(
    cast: Cast, signed_in: SignedIn, state: PairingState
) -> None:
    pairing = cast.pairing(state)

    page = signed_in(cast.person("member")).get(f"/pairings/{pairing.id}")

    shown = page.soup.select_one(f'.case-tabs a[href="{path_of(pairing)}"]') is not None
    assert shown == (state in {PairingState.APPROVED, PairingState.CLOSED})


# ---------------------------------------------------------------- deciding


def test_the_decision_maker_buys(cast: Cast, signed_in: SignedIn) -> None:
    decision = awaited(cast)
    browser = signed_in(cast.person("leader"))
    case = browser.get(f"/pairings/{decision.pairing_id}")
    assert case.soup.select_one(f'main a.ds-button[href="{path_of(decision.pairing)}"]')
    page = browser.get(path_of(decision.pairing))

    sent = browser.submit(page, move="buy", reason="To av tre mål er nådd.")

    assert sent.status == 302
    after = browser.follow(sent)
    assert "Beslutningen er tatt." in after.text
    assert not forms(after)
    seen = signed_in(cast.person("entrepreneur")).get(path_of(decision.pairing))
    assert "Kommunen vil kjøpe" in seen.text
    assert "To av tre mål er nådd." in seen.text
    assert "0 dager fra utprøvingen var ferdig" in seen.text


def test_nothing_typed_is_lost(cast: Cast, signed_in: SignedIn) -> None:
    decision = awaited(cast)
    browser = signed_in(cast.person("leader"))
    page = browser.get(path_of(decision.pairing))

    without_move = browser.submit(page, reason=LONG)
    assert without_move.refused
    assert "Velg om kommunen skal kjøpe, forlenge eller stoppe." in errors(without_move)
    assert LONG.strip() in without_move.text

    without_words = browser.submit(page, move="stop", reason=" ")
    assert without_words.refused
    assert "Skriv en begrunnelse" in errors(without_words)
    assert without_words.soup.select_one("input[value=stop][checked]")

    without_date = browser.submit(page, move="extend", reason=LONG)
    assert without_date.refused
    assert "Skriv når beslutningen skal tas etter forlengelsen" in errors(without_date)
    assert LONG.strip() in without_date.text
    assert without_date.soup.select_one("input[value=extend][checked]")

    no_date = browser.submit(page, move="extend", reason=LONG, extended_to="snart")
    assert no_date.refused
    assert "Skriv datoen slik: 31.12.2026." in errors(no_date)
    assert cast.session.get_one(Decision, decision.id).state is DecisionState.AWAITED


def test_an_extension_tells_both_sides_to_sign(cast: Cast, signed_in: SignedIn) -> None:
    decision = awaited(cast)
    browser = signed_in(cast.person("leader"))
    page = browser.get(path_of(decision.pairing))

    sent = browser.submit(page, move="extend", reason="Mer tid.", extended_to="31.12.2026")

    assert sent.status == 302
    for name in ("leader", "entrepreneur"):
        seen = signed_in(cast.person(name))
        for path in (path_of(decision.pairing), f"/pairings/{decision.pairing_id}"):
            assert "ny versjon av avtalen" in seen.get(path).text
            assert "31.12.2026" in seen.get(path).text


def test_a_second_decision_offers_no_extension(cast: Cast, signed_in: SignedIn) -> None:
    pairing = approved(cast)
    made(cast, pairing, DecisionState.EXTEND)
    awaited(cast, pairing)
    browser = signed_in(cast.person("leader"))

    page = browser.get(path_of(pairing))

    assert not page.soup.select("input[value=extend], input[name=extended_to]")
    assert "Første beslutning" in page.text
    assert browser.submit(page, move="stop", reason="Ikke nok virkning.").status == 302
    assert "Andre beslutning" in browser.get(path_of(pairing)).text


@pytest.mark.parametrize("name", ["member", "entrepreneur", "coordinator", "adviser"])
def test_a_post_past_the_page_is_refused_and_names_the_role(
    cast: Cast, signed_in: SignedIn, name: str
) -> None:
    decision = awaited(cast)
    data = {"move": "buy", "reason": "Ja.", "version": str(decision.version)}

    sent = signed_in(cast.person(name)).post(path_of(decision.pairing), data)

    assert sent.refused
    assert "rollen «Beslutter»" in errors(sent)
    assert cast.session.get_one(Decision, decision.id).state is DecisionState.AWAITED


def test_a_page_left_open_is_stale(cast: Cast, signed_in: SignedIn) -> None:
    decision = awaited(cast)
    browser = signed_in(cast.person("leader"))
    page = browser.get(path_of(decision.pairing))
    decision.due_on = today() + timedelta(days=31)
    cast.session.flush()

    sent = browser.submit(page, move="buy", reason="Ja.")

    assert sent.refused
    assert "Noen andre endret dette mens du skrev." in errors(sent)
    assert cast.session.get_one(Decision, decision.id).state is DecisionState.AWAITED


def test_a_decision_without_a_version_is_refused(cast: Cast, signed_in: SignedIn) -> None:
    decision = awaited(cast)

    sent = signed_in(cast.person("leader")).post(
        path_of(decision.pairing), {"move": "buy", "reason": "Ja.", "version": ""}
    )

    assert sent.refused
    assert cast.session.get_one(Decision, decision.id).state is DecisionState.AWAITED


def test_the_number_of_queries_is_the_same_before_and_after(
    cast: Cast, signed_in: SignedIn
) -> None:
    pairing = approved(cast)
    made(cast, pairing, DecisionState.EXTEND)
    browser = signed_in(cast.person("entrepreneur"))

    def statements() -> int:
        cast.session.expire_all()
        with count_queries(cast.session) as counter:
            assert browser.get(path_of(pairing)).status == 200
        return counter.count

    before = statements()
    made(cast, pairing, DecisionState.STOP, number=2)
    assert statements() <= before


def test_a_leader_of_another_unit_decides_where_they_have_the_role(
    cast: Cast, signed_in: SignedIn
) -> None:
    decision = awaited(cast)
    browser = signed_in(cast.person("other_unit"))
    assert browser.get(path_of(decision.pairing)).status == 404
    give_deputy(cast, decision.pairing, CaseRole.DECISION_MAKER, "other_unit")

    page = browser.get(path_of(decision.pairing))

    assert "Beslutningen venter på deg." in page.text
    assert browser.submit(page, move="stop", reason="For liten virkning.").status == 302
    assert f"/pairings/{decision.pairing_id}" in str(browser.get("/pairings").soup)


@pytest.mark.parametrize("name", ["other_organisation", "other_municipality"])
def test_a_role_from_outside_the_municipality_opens_nothing(
    cast: Cast, signed_in: SignedIn, name: str
) -> None:
    decision = awaited(cast)
    give_deputy(cast, decision.pairing, CaseRole.DECISION_MAKER, name)

    assert signed_in(cast.person(name)).get(path_of(decision.pairing)).status == 404
