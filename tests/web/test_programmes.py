"""The pages of programmes: for those who keep them, and for those who read them."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.clock import today
from marketplace.decisions.states import DecisionState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.pilots.states import PilotState
from marketplace.programmes.models import Programme
from marketplace.programmes.states import ProgrammeTopic
from marketplace.ui.messages import NEWS, put_in_words
from tests.domain.pairing_cast import Cast
from tests.domain.programme_cast import (
    decide,
    make_case,
    make_programme,
    make_programme_cast,
    partner_of,
    plan,
)
from tests.queries import count_queries
from tests.web.client import Browser, PageView, errors, links

SignedIn = Callable[[Person], Browser]
READERS = ("coordinator", "leadership", "partner")


@pytest.fixture
def cast(session: Session) -> Cast:
    return make_programme_cast(session)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return make_programme(cast.session, cast.municipality, partner=partner_of(cast))


def path_of(programme: Programme, action: str = "") -> str:
    return f"/programmes/{programme.id}{action}"


def numbers(page: PageView, caption: str) -> list[str]:
    (table,) = [
        table
        for table in page.soup.select("table")
        if table.caption and table.caption.get_text(strip=True) == caption
    ]
    return [" ".join(cell.get_text().split()) for cell in table.select("td")]


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize("name", READERS)
def test_the_menu_leads_to_ones_programmes(
    cast: Cast, programme: Programme, signed_in: SignedIn, name: str
) -> None:
    browser = signed_in(cast.person(name))

    home = browser.get("/")
    assert "/programmes" in links(home)
    page = browser.get("/programmes")

    assert page.soup.select_one('header a[href="/programmes"][aria-current="page"]')
    assert links(page) >= {path_of(programme)}
    assert "0 av minst 3 fullført" in page.text


@pytest.mark.parametrize("name", READERS)
def test_the_page_of_a_programme(
    cast: Cast, programme: Programme, signed_in: SignedIn, name: str
) -> None:
    pairing = make_case(cast, programme)
    plan(cast, pairing, PilotState.ENDED)
    decide(cast, pairing, DecisionState.BUY)
    running = make_case(cast, programme)
    plan(cast, running, PilotState.RUNNING)

    page = signed_in(cast.person(name)).get(path_of(programme))

    assert page.status == 200
    assert page.heading == programme.name
    assert numbers(page, "Utprøvinger i programmet") == ["1", "2", "0,2"]
    stages = numbers(page, "Hvor langt sakene er kommet, hver sak én gang")
    assert stages[-1] == "2"
    assert sum(map(int, stages[:-1])) == 2
    assert "I rute" in page.text
    assert cast.need.title in page.text
    assert pairing.concept.title in page.text
    assert "Besluttet: kjøpe" in page.text
    inside = name != "partner"
    assert (f"/pairings/{pairing.id}" in links(page)) is inside
    assert (path_of(programme, "/edit") in links(page)) is (name == "coordinator")
    assert (path_of(programme, "/funds") in links(page)) is (name == "coordinator")


def test_the_partner_reads_nothing_internal(
    cast: Cast, programme: Programme, signed_in: SignedIn
) -> None:
    for name, person in cast.people.items():
        person.name = f"Navn {name.upper()}"
    pairing = make_case(cast, programme, PairingState.DECLINED)
    pairing.motivation, pairing.decline_note = "Hemmelig begrunnelse.", "Hemmelig notat."
    cast.session.flush()
    browser = signed_in(cast.person("partner"))

    page = browser.get(path_of(programme))

    assert "Avsluttet uten beslutning" in page.text
    assert "Hemmelig" not in page.text
    main = page.soup.select_one("main")
    assert main is not None
    assert "Navn " not in main.get_text()
    assert "Dette har skjedd" not in page.text
    assert browser.get(f"/pairings/{pairing.id}").status == 403
    assert browser.get("/pairings").status == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("other_municipality", 404),
        ("other_partner", 404),
        ("entrepreneur", 403),
        ("leader", 403),
        ("adviser", 403),
        ("administrator", 403),
    ],
)
def test_outsiders_find_nothing(
    cast: Cast, programme: Programme, signed_in: SignedIn, name: str, status: int
) -> None:
    browser = signed_in(cast.person(name))

    for action in ("", "/cases.csv"):
        assert browser.get(path_of(programme, action)).status == status
    if status == 404:
        assert path_of(programme) not in links(browser.get("/programmes"))


@pytest.mark.parametrize("name", READERS)
def test_an_empty_list_says_what_to_do(cast: Cast, signed_in: SignedIn, name: str) -> None:
    page = signed_in(cast.person(name)).get("/programmes")

    assert "Ingen program ennå" in page.text
    assert ("/programmes/new" in links(page)) is (name == "coordinator")


def test_behind_says_what_to_do(cast: Cast, programme: Programme, signed_in: SignedIn) -> None:
    page = signed_in(cast.person("partner")).get(path_of(programme))

    assert "Forsinket" in page.text
    assert "Etter planen skulle én utprøving vært fullført nå. Det mangler én." in page.text
    assert "3 til må fullføres innen" in page.text
    assert "Ingen saker ennå" in page.text


def test_after_the_end_the_period_is_the_question(
    cast: Cast, programme: Programme, signed_in: SignedIn
) -> None:
    programme.ends_on = today()
    cast.session.flush()

    page = signed_in(cast.person("leadership")).get(path_of(programme))

    assert "Programmet er over, og det mangler 3 utprøvinger." in page.text
    assert numbers(page, "Utprøvinger i programmet")[-1] == "Perioden er over"


def test_the_list_costs_no_more_queries_with_more_programmes(
    cast: Cast, programme: Programme, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.person("coordinator"))
    make_case(cast, programme)

    def statements() -> int:
        cast.session.expire_all()
        with count_queries(cast.session) as counter:
            assert browser.get("/programmes").status == 200
        return counter.count

    first = statements()
    for _ in range(3):
        other = make_programme(cast.session, cast.municipality, partner=partner_of(cast))
        make_case(cast, other)
    assert statements() == first


@pytest.mark.parametrize("name", READERS)
def test_the_cases_as_a_file(
    cast: Cast, programme: Programme, signed_in: SignedIn, name: str
) -> None:
    pairing = make_case(cast, programme)
    pairing.concept.title = "=1+1"
    plan(cast, pairing, PilotState.RUNNING)
    cast.session.flush()

    answer = signed_in(cast.person(name)).get(path_of(programme, "/cases.csv"))

    assert answer.response.mimetype == "text/csv"
    text = answer.response.get_data(as_text=True).removeprefix("\ufeff")
    heading, row = csv.reader(io.StringIO(text), delimiter=";")
    assert heading[:2] == ["Behov", "Konsept"]
    assert row[:2] == [cast.need.title, "'=1+1"]
    assert row[4] == "Prøves ut"


# ---------------------------------------------------------------- making and changing


def filled(cast: Cast, **values: str) -> dict[str, str]:
    return {
        "name": "Sammen om unge",
        "partner_id": str(partner_of(cast).id),
        "starts_on": "01.01.2026",
        "ends_on": "2027-12-31",
        "minimum": "3",
        "maximum": "5",
        "funds": "500 000",
    } | values


def test_a_coordinator_makes_a_programme(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.person("coordinator"))
    page = browser.get("/programmes/new")
    assert page.heading == "Nytt program"
    offered = {str(o["value"]) for o in page.soup.select("#partner_id option")}
    assert str(partner_of(cast).id) in offered
    assert str(cast.municipality.id) not in offered

    empty = browser.submit(page)
    assert empty.refused
    assert "Skriv et navn på programmet." in errors(empty)

    wrong = browser.submit(page, **filled(cast, maximum="2", about="Lenge skrevet."))
    assert wrong.refused
    assert "kan ikke være lavere enn det laveste" in errors(wrong)
    assert "Lenge skrevet." in wrong.text
    for field, value in (("ends_on", "01.01.2026"), ("funds", "mye"), ("partner_id", "x")):
        assert browser.submit(page, **filled(cast, **{field: value})).refused

    sent = browser.submit(page, **filled(cast))
    assert sent.status == 302
    shown = browser.follow(sent)
    assert shown.heading == "Sammen om unge"
    assert "3 til 5 utprøvinger" in shown.text
    assert "Programmet ble opprettet" in shown.text


def test_a_coordinator_of_one_municipality_makes_none_for_another(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.person("other_municipality"))
    page = browser.get("/programmes/new")

    sent = browser.submit(page, **filled(cast, municipality_id=str(cast.municipality.id)))

    assert sent.refused
    assert cast.session.query(Programme).filter_by(municipality_id=cast.municipality.id).all() == []


def test_a_coordinator_changes_it(cast: Cast, programme: Programme, signed_in: SignedIn) -> None:
    browser = signed_in(cast.person("coordinator"))
    page = browser.get(path_of(programme, "/edit"))
    assert page.soup.select_one(f'#name[value="{programme.name}"]')
    assert page.soup.select_one("#partner_id option[selected]")

    sent = browser.submit(page, maximum="7")
    assert sent.status == 302
    assert programme.maximum == 7
    assert "Programmet ble endret" in browser.follow(sent).text

    late = browser.submit_from_another_window(page, maximum="8")
    assert late.refused
    stored = late.soup.select_one(".panel .facts")
    assert stored is not None
    assert [term.get_text() for term in stored.select("dt")] == ["Hvor mange kan det høyst bli?"]
    assert programme.maximum == 7


def test_funds_are_recorded(cast: Cast, programme: Programme, signed_in: SignedIn) -> None:
    browser = signed_in(cast.person("coordinator"))
    page = browser.get(path_of(programme, "/funds"))

    too_much = browser.submit(page, amount="600 000", note="Reiser.")
    assert too_much.refused
    assert "Det er 500 000 kroner igjen" in errors(too_much)
    assert "Reiser." in too_much.text
    assert "Skriv hva midlene er brukt til." in errors(browser.submit(page, amount="1"))

    sent = browser.submit(page, amount="120 000", note="Reiser.")
    assert sent.status == 302
    assert "Reiser." in browser.follow(sent).text
    again = browser.submit_from_another_window(page, amount="120 000", note="Reiser.")
    assert again.refused
    assert not again.soup.select(".panel .facts")

    back = browser.submit(
        browser.get(path_of(programme, "/funds")), amount="-20 000", note="For mye."
    )
    assert back.status == 302
    for name in READERS:
        shown = signed_in(cast.person(name)).get(path_of(programme))
        found = [n.replace("\u202f", " ") for n in numbers(shown, "Midler i programmet")]
        assert found == ["500 000 kr", "100 000 kr", "400 000 kr"]
        assert "ført tilbake" in shown.text


@pytest.mark.parametrize("action", ["/edit", "/funds"])
@pytest.mark.parametrize(
    ("name", "status"),
    [("partner", 403), ("leadership", 403), ("other_municipality", 404), ("entrepreneur", 403)],
)
def test_readers_change_nothing(
    cast: Cast, programme: Programme, signed_in: SignedIn, name: str, action: str, status: int
) -> None:
    browser = signed_in(cast.person(name))

    assert browser.get(path_of(programme, action)).status == status
    assert browser.post(path_of(programme, action), {"version": "1"}).status == status
    assert browser.get("/programmes/new").status == (200 if name == "other_municipality" else 403)


# ---------------------------------------------------------------- the case's side


def test_a_case_is_put_into_a_programme(
    cast: Cast, programme: Programme, signed_in: SignedIn
) -> None:
    pairing = cast.pairing()
    browser = signed_in(cast.person("coordinator"))
    path = f"/pairings/{pairing.id}/programme"
    assert path in links(browser.get(f"/pairings/{pairing.id}"))
    page = browser.get(path)

    wrong = browser.submit(page, programme_id="999999")
    assert wrong.refused
    assert "Velg et program fra lista." in errors(wrong)

    sent = browser.submit(page, programme_id=str(programme.id))
    assert sent.status == 302
    case = browser.follow(sent)
    assert path_of(programme) in links(case)
    assert "Saken ble med i et program" in case.text
    assert browser.get(path).soup.select_one(f'option[value="{programme.id}"][selected]')
    assert browser.submit(page, programme_id="").status == 409

    assert browser.submit(browser.get(path), programme_id="").status == 302
    assert cast.session.get_one(Pairing, pairing.id).programme_id is None


@pytest.mark.parametrize("name", ["member", "leader", "entrepreneur", "adviser", "leadership"])
def test_others_only_read_which_programme_it_is(
    cast: Cast, programme: Programme, signed_in: SignedIn, name: str
) -> None:
    pairing = cast.pairing(programme=programme)
    browser = signed_in(cast.person(name))

    page = browser.get(f"/pairings/{pairing.id}")

    assert programme.name in page.text
    assert (path_of(programme) in links(page)) is (name == "leadership")
    assert f"/pairings/{pairing.id}/programme" not in links(page)
    assert browser.get(f"/pairings/{pairing.id}/programme").status == 403


def test_without_programmes_the_page_says_where_to_make_one(
    cast: Cast, signed_in: SignedIn
) -> None:
    pairing = cast.pairing()

    page = signed_in(cast.person("coordinator")).get(f"/pairings/{pairing.id}/programme")

    assert "/programmes/new" in links(page)


@pytest.mark.parametrize("topic", list(ProgrammeTopic))
def test_every_message_says_what_happened_and_where(app: Flask, topic: ProgrammeTopic) -> None:
    told = {"title": "Sammen", "reason": "Reiser."}
    with app.test_request_context():
        message = put_in_words(topic, {"programme_id": 7, **told}, 7)

    assert message.heading != str(NEWS.heading)
    assert "Sammen" in message.text
    assert "Sammen" not in message.heading
    left = topic is ProgrammeTopic.PARTNER_LEFT  # and may not read it any more
    assert message.path == ("/programmes" if left else "/programmes/7")
