"""Lessons in the case: each side writes, nothing typed is lost, and somebody closes the case."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.lessons import queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState, Side
from tests.domain.decision_cast import RUNNING, approved, make_agreement, make_pilot
from tests.domain.lesson_cast import SAID, WRITER, close, decided, stopped, write, write_both
from tests.domain.pairing_cast import NO_PART_IN_IT, Cast
from tests.factories import make_member
from tests.web.client import Browser, errors, links

SignedIn = Callable[[Person], Browser]
INSIDE = ("member", "leader", "entrepreneur", "colleague", "coordinator", "adviser", "leadership")
WORDS = {
    "worked": "Faste møtedager.",
    "did_not_work": "For lang oppstart. " * 20,
    "do_differently": "Innkjøp med fra første dag.",
}


def path_of(pairing: Pairing, action: str = "") -> str:
    return f"/pairings/{pairing.id}/lessons{action}"


# ---------------------------------------------------------------- the page


@pytest.mark.parametrize("name", INSIDE)
def test_everyone_in_the_case_sees_both_sides_and_what_is_missing(
    cast: Cast, signed_in: SignedIn, name: str
) -> None:
    pairing = stopped(cast, "unit")
    write(cast, "member", pairing, Side.UNIT)

    page = signed_in(cast.person(name)).get(path_of(pairing))

    assert page.heading == "Læring"
    assert SAID.worked in page.text
    assert page.soup.select_one(f'nav a[href="{path_of(pairing)}"][aria-current="page"]')
    listed = [" ".join(li.get_text().split()) for li in page.soup.select("aside li")]
    assert listed == [
        (
            "Entreprenøren har ikke sagt hvorfor utprøvingen ble stoppet. Grunnen kan gis av"
            " entreprenør."
        ),
        "Entreprenøren har ikke skrevet læringspunkter ennå. De kan skrives av entreprenør.",
    ]
    assert (path_of(pairing, "/unit") in links(page)) == (name in {"member", "leader"})
    assert (path_of(pairing, "/entrepreneur") in links(page)) == (
        name in {"entrepreneur", "colleague"}
    )
    assert path_of(pairing, "/close") not in links(page)


@pytest.mark.parametrize("name", NO_PART_IN_IT)
@pytest.mark.parametrize("action", ["", "/unit", "/entrepreneur", "/close"])
def test_outsiders_see_nothing(cast: Cast, signed_in: SignedIn, name: str, action: str) -> None:
    pairing = decided(cast)

    assert signed_in(cast.person(name)).get(path_of(pairing, action)).status in {403, 404}


def test_an_entrepreneur_sees_no_name_of_somebody_without_a_role(
    cast: Cast, signed_in: SignedIn
) -> None:
    pairing = decided(cast)
    cast.people["helper"] = make_member(cast.session, Role.UNIT_MEMBER, cast.unit)
    write(cast, "helper", pairing, Side.UNIT)

    outside = signed_in(cast.person("entrepreneur")).get(path_of(pairing))
    inside = signed_in(cast.person("coordinator")).get(path_of(pairing))

    helper = f"– {cast.person('helper').name}"
    assert "– kommunen" in outside.text
    assert helper not in outside.text
    assert helper in inside.text


def test_the_page_waits_for_the_end_of_the_test(cast: Cast, signed_in: SignedIn) -> None:
    pairing = approved(cast)
    make_agreement(cast, pairing)
    make_pilot(cast, pairing, **RUNNING)
    browser = signed_in(cast.person("member"))

    page = browser.get(path_of(pairing))
    assert "Når den er fullført eller stoppet, skriver begge sider her." in page.text
    assert path_of(pairing, "/unit") not in links(page)
    assert browser.get(path_of(pairing, "/unit")).status == 409


# ---------------------------------------------------------------- writing


@pytest.mark.parametrize("side", list(WRITER))
def test_a_side_writes_and_changes_it(cast: Cast, signed_in: SignedIn, side: Side) -> None:
    pairing = decided(cast)
    browser = signed_in(cast.person(WRITER[side]))
    case = browser.get(f"/pairings/{pairing.id}")
    path = path_of(pairing, f"/{side.value}")
    assert path in links(case)
    page = browser.get(path)
    assert "Ikke skriv navn på personer." in page.text

    sent = browser.submit(page, **WORDS)
    assert sent.status == 302
    assert WORDS["worked"] in browser.follow(sent).text

    again = browser.get(path)
    assert WORDS["worked"] in again.text
    assert browser.submit(again, worked="Faste møtedagar.", language="nn").status == 302
    page = browser.get(path_of(pairing))
    assert page.soup.find(lang="nn", string="Faste møtedagar.")


def test_nothing_typed_is_lost(cast: Cast, signed_in: SignedIn) -> None:
    pairing = decided(cast)
    browser = signed_in(cast.person("member"))
    page = browser.get(path_of(pairing, "/unit"))

    empty = browser.submit(page, did_not_work=WORDS["did_not_work"])
    assert empty.refused
    assert "Skriv hva som virket" in errors(empty)
    assert WORDS["did_not_work"].strip() in empty.text

    private = {"worked": "Ring 912 34 567.", "do_differently": "Skriv til a@b.no."}
    refused = browser.submit(page, **(WORDS | private))
    assert refused.refused
    assert "«912 34 567» ser ut som et telefonnummer." in errors(refused)
    assert "«a@b.no» ser ut som en e-postadresse." in errors(refused)
    assert WORDS["did_not_work"].strip() in refused.text
    assert "Ring 912 34 567." in refused.text
    assert queries.list_lessons(cast.session, pairing.id) == {}


def test_what_a_colleague_saved_meanwhile_stands_beside_what_was_typed(
    cast: Cast, signed_in: SignedIn
) -> None:
    pairing = decided(cast)
    browser = signed_in(cast.person("leader"))
    page = browser.get(path_of(pairing, "/unit"))
    write(cast, "member", pairing, Side.UNIT)

    overtaken = browser.submit(page, **WORDS)

    assert overtaken.refused
    assert "Noen andre endret dette mens du skrev." in errors(overtaken)
    assert SAID.worked in overtaken.text
    assert WORDS["did_not_work"].strip() in overtaken.text
    assert browser.submit(overtaken).status == 302
    lessons = queries.list_lessons(cast.session, pairing.id)
    assert lessons[Side.UNIT].worked == WORDS["worked"]


@pytest.mark.parametrize(
    ("name", "side", "status"),
    [
        ("member", "entrepreneur", 403),
        ("entrepreneur", "unit", 403),
        ("coordinator", "unit", 403),
        ("member", "coordinator", 404),
        ("member", "king", 404),
    ],
)
def test_a_page_that_is_not_ones_own(
    cast: Cast, signed_in: SignedIn, name: str, side: str, status: int
) -> None:
    pairing = decided(cast)
    browser = signed_in(cast.person(name))
    path = path_of(pairing, f"/{side}")

    assert browser.get(path).status == status
    data: dict[str, Any] = {**WORDS, "version": "0", "language": "nb"}
    assert browser.post(path, data).status == status
    assert queries.list_lessons(cast.session, pairing.id) == {}


# ---------------------------------------------------------------- closing


def test_the_leader_closes_the_case(cast: Cast, signed_in: SignedIn) -> None:
    pairing = decided(cast)
    write_both(cast, pairing)
    browser = signed_in(cast.person("leader"))
    assert path_of(pairing, "/close") in links(browser.get(f"/pairings/{pairing.id}"))
    assert path_of(pairing, "/close") in links(browser.get(path_of(pairing)))
    page = browser.get(path_of(pairing, "/close"))

    empty = browser.submit(page, reason=" ")
    assert empty.refused
    assert "Skriv en grunn." in errors(empty)

    sent = browser.submit(page, reason="Alt er gjort.")
    assert sent.status == 302
    assert "Saken er avsluttet" in browser.follow(sent).text
    assert pairing.state is PairingState.CLOSED
    assert f"/lessons/{pairing.id}" in links(browser.get(f"/pairings/{pairing.id}"))
    assert browser.get(path_of(pairing, "/close")).status == 409


def test_a_closer_sees_what_is_missing_before_the_button(cast: Cast, signed_in: SignedIn) -> None:
    pairing = decided(cast)
    browser = signed_in(cast.person("coordinator"))

    page = browser.get(path_of(pairing, "/close"))

    assert len(page.soup.select(".ds-alert li")) == 2
    assert not page.soup.select("main form")
    data = {"version": str(pairing.version), "reason": "Ferdig."}
    refused = browser.post(path_of(pairing, "/close"), data)
    assert refused.refused
    assert "Tjenesteenheten har ikke skrevet læringspunkter ennå." in errors(refused)
    assert cast.session.get_one(Pairing, pairing.id).state is PairingState.APPROVED


@pytest.mark.parametrize("name", ["member", "entrepreneur", "adviser", "leadership"])
def test_others_read_who_can_close(cast: Cast, signed_in: SignedIn, name: str) -> None:
    pairing = decided(cast)
    write_both(cast, pairing)
    browser = signed_in(cast.person(name))

    page = browser.get(path_of(pairing))
    assert path_of(pairing, "/close") not in links(page)
    assert "Enhetslederen, eieren av saken eller en koordinator kan avslutte den." in page.text
    refused = browser.get(path_of(pairing, "/close"))
    assert refused.status == 403
    assert "Bare enhetslederen, eieren av saken eller en koordinator" in refused.text


def test_a_page_left_open_is_stale(cast: Cast, signed_in: SignedIn) -> None:
    pairing = decided(cast)
    write_both(cast, pairing)
    browser = signed_in(cast.person("leader"))
    page = browser.get(path_of(pairing, "/close"))
    pairing.motivation = "Endret i mellomtiden."
    cast.session.flush()

    assert browser.submit(page, reason="Ferdig.").refused
    assert cast.session.get_one(Pairing, pairing.id).state is PairingState.APPROVED


def test_a_closed_case_shows_its_lessons_and_takes_no_more(cast: Cast, signed_in: SignedIn) -> None:
    pairing = decided(cast)
    write_both(cast, pairing)
    close(cast, "leader", pairing)
    browser = signed_in(cast.person("member"))

    page = browser.get(path_of(pairing))
    assert SAID.worked in page.text
    assert path_of(pairing, "/unit") not in links(page)
    refused = browser.get(path_of(pairing, "/unit"))
    assert refused.status == 409
    assert "De kan ikke endres." in refused.text
