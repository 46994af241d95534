"""The pages of a test: who finds them, and what they show to whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.clock import clock_at, now
from marketplace.pairings.states import PairingState
from marketplace.pilots.states import PilotState, PilotTopic
from marketplace.ui.messages import put_in_words
from tests.domain.pairing_cast import NO_PART_IN_IT, make_cast
from tests.domain.pilot_cast import PilotCast, make_pilot_cast
from tests.factories import make_member
from tests.queries import count_queries
from tests.web.client import Browser, PageView, links

SignedIn = Callable[[Person], Browser]
INSIDE = ("member", "leader", "entrepreneur", "colleague", "coordinator", "adviser", "leadership")
ABOUT_A_DAY = {
    PilotTopic.REPORTED,
    PilotTopic.RENEGOTIATION_ASKED,
    PilotTopic.CHECKPOINT_NEAR,
    PilotTopic.CHECKPOINT_OVERDUE,
    PilotTopic.CHECKPOINT_LONG_OVERDUE,
}
READERS = ("coordinator", "adviser", "leadership")


def path_of(case: PilotCast, action: str = "") -> str:
    return f"/pairings/{case.pairing.id}/pilot{action}"


def checkpoint_path(case: PilotCast, number: int = 0) -> str:
    return path_of(case, f"/checkpoints/{case.checkpoint(number).id}")


def section(page: PageView, name: str) -> str:
    found = page.soup.select_one(f'section[aria-labelledby="{name}"]')
    assert found is not None, f"no section {name}"
    return " ".join(found.get_text(" ").split())


# ---------------------------------------------------------------- who sees it


@pytest.mark.parametrize("state", list(PilotState))
@pytest.mark.parametrize("name", INSIDE)
def test_all_in_the_case_see_the_test(
    session: Session, signed_in: SignedIn, name: str, state: PilotState
) -> None:
    case = make_pilot_cast(session, state)
    page = signed_in(case.person(name)).get(path_of(case))

    assert page.status == 200
    assert page.heading == "Utprøving"
    assert "Solbakken" in section(page, "frame")
    assert "Ensomhet" in section(page, "results")
    tab = page.soup.select_one("nav.case-tabs a[aria-current=page]")
    assert tab is not None
    assert tab.get_text(strip=True) == "Utprøving"


@pytest.mark.parametrize("name", NO_PART_IN_IT[:3])
def test_to_others_it_is_not_there(case: PilotCast, signed_in: SignedIn, name: str) -> None:
    browser = signed_in(case.person(name))
    assert browser.get(path_of(case)).status == 404
    assert browser.get(path_of(case, "/stop")).status in {403, 404}


@pytest.mark.parametrize("name", READERS)
def test_readers_are_offered_nothing_to_do(case: PilotCast, signed_in: SignedIn, name: str) -> None:
    page = signed_in(case.person(name)).get(path_of(case))
    assert not {link for link in links(page) if link.startswith(path_of(case, "/"))}
    assert not page.soup.select("main form")


def test_before_the_agreement_the_page_says_what_comes_first(
    session: Session, signed_in: SignedIn
) -> None:
    cast = make_cast(session)
    pairing = cast.pairing(PairingState.APPROVED)
    page = signed_in(cast.person("member")).get(f"/pairings/{pairing.id}/pilot")
    assert page.status == 200
    assert f"/pairings/{pairing.id}/agreement" in links(page)
    assert signed_in(cast.person("member")).get(f"/pairings/{pairing.id}/pilot/stop").status == 404


def test_an_undecided_pairing_has_no_test(session: Session, signed_in: SignedIn) -> None:
    cast = make_cast(session)
    pairing = cast.pairing(PairingState.ACCEPTED)
    browser = signed_in(cast.person("member"))
    assert browser.get(f"/pairings/{pairing.id}/pilot").status == 404
    assert f"/pairings/{pairing.id}/pilot" not in links(browser.get(f"/pairings/{pairing.id}"))


def test_an_entrepreneur_reads_no_names_but_of_those_with_a_role(
    case: PilotCast, signed_in: SignedIn
) -> None:
    case.cast.people["helper"] = make_member(case.session, Role.UNIT_MEMBER, case.cast.unit)
    case.report("helper")
    case.use("leader")
    page = signed_in(case.person("entrepreneur")).get(path_of(case))
    assert case.person("helper").name not in page.text
    assert case.person("leader").name in page.text
    assert "kommunen" in section(page, "checkpoints")
    inside = signed_in(case.person("coordinator")).get(path_of(case))
    assert case.person("helper").name in inside.text


def test_the_number_of_questions_does_not_grow(case: PilotCast, signed_in: SignedIn) -> None:
    browser = signed_in(case.person("member"))
    browser.get(path_of(case))
    with count_queries(case.session) as few:
        browser.get(path_of(case))
    case.report("member")
    case.report("entrepreneur")
    for hours in range(1, 8):
        case.use("leader", hours=hours)
    case.measure_all()
    with count_queries(case.session) as many:
        browser.get(path_of(case))
    assert many.count <= few.count + 6  # the people and versions that the rows name


# ---------------------------------------------------------------- the first page of the case


def test_the_case_says_what_comes_next(case: PilotCast, signed_in: SignedIn) -> None:
    browser = signed_in(case.person("member"))
    page = browser.get(f"/pairings/{case.pairing.id}")
    assert "10 dager igjen" in section(page, "next-pilot")
    assert checkpoint_path(case) in links(page)
    with clock_at(now() + timedelta(days=12)):
        browser = signed_in(case.person("coordinator"))
        page = browser.get(f"/pairings/{case.pairing.id}")
        assert "mangler rapport fra tjenesteenheten og entreprenøren" in section(page, "next-pilot")


def test_a_completed_test_leaves_the_next_step_to_the_decision(
    session: Session, signed_in: SignedIn
) -> None:
    case = make_pilot_cast(session, PilotState.ENDED)
    page = signed_in(case.person("member")).get(f"/pairings/{case.pairing.id}")
    assert page.soup.select_one("#next-pilot") is None


# ---------------------------------------------------------------- what people are told


ABOUT_A_STOP = (PilotTopic.STOPPED, PilotTopic.STOP_REASON_ASKED, PilotTopic.STOP_REASON_GIVEN)


@pytest.mark.parametrize("topic", list(PilotTopic))
def test_every_message_names_the_test_and_leads_to_it(app: Flask, topic: PilotTopic) -> None:
    payload = {
        "pairing_id": 7,
        "need_title": "Ensomme eldre",
        "concept_title": "Nabokaffe",
        "day": "2026-10-01",
        "reason": "Få ville.",
        "stop_reason": "too_few_participants",
    }
    with app.test_request_context():
        message = put_in_words(topic, payload, 1)
    assert "Nabokaffe" in message.text
    assert ("01.10.2026" in message.text) == (topic in ABOUT_A_DAY)
    stopped = topic in ABOUT_A_STOP
    assert message.reason == ("For få deltakere. Få ville." if stopped else "Få ville.")
    assert message.what_to_do
    assert message.path == "/pairings/7/pilot"
