"""A refused form: led back by a redirect, shown as it was sent, to nobody but its sender."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    PasswordField,
    RadioField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired

from marketplace.accounts.models import Person
from marketplace.core.actor import Actor
from marketplace.core.clock import clock_at, now, today
from marketplace.core.engine import Database
from marketplace.core.refused_forms import KEPT_FOR
from marketplace.core.used_marks import UsedMark
from marketplace.pilots.states import PilotState
from marketplace.ui.context import db_session
from marketplace.ui.fields import date_line, text_area, text_line, whole_number
from marketplace.ui.forms import PartForm, VersionedForm
from marketplace.wishes.models import Wish
from tests.domain.pilot_cast import make_pilot_cast
from tests.domain.wishes_cast import TITLE, WHAT, WHY, Cast, cast_for_wishes
from tests.factories import make_person
from tests.web.client import Browser, PageView, error_points, form_values

SignedIn = Callable[[Person], Browser]
LOST = "Det du skrev, er ikke her lenger. Skriv det på nytt."


@pytest.fixture
def cast(session: Session) -> Cast:
    return cast_for_wishes(session)


@pytest.fixture
def chief(signed_in: SignedIn, cast: Cast) -> Browser:
    return signed_in(cast.people["chief"])


def refuse(browser: Browser, **fields: str) -> PageView:
    page = browser.submit(browser.get("/wishes/new"), **{"title": TITLE, "what": WHAT} | fields)
    assert page.refused
    return page


# ---------------------------------------------------------------- the redirect


def test_a_refusal_is_a_redirect_to_the_page_of_the_form(chief: Browser) -> None:
    data = form_values(chief.get("/wishes/new").form()) | {"title": TITLE}
    answer = chief.client.post("/wishes/new?municipality=", data=data)
    assert answer.status_code == 303
    assert answer.location.startswith("/wishes/new?municipality=&again=")
    assert answer.text.count(TITLE) == 0


def test_reload_shows_the_same_and_writes_nothing(chief: Browser, session: Session) -> None:
    page = refuse(chief)
    with OnlyReading(session):
        again = chief.get(page.address)
    assert error_points(again) == error_points(page) == ["Skriv hvorfor dere ønsker dette."]
    assert form_values(again.form())["title"] == TITLE
    assert chief.get("/wishes/new").soup.select(".ds-error-summary") == []


class OnlyReading:
    """Fails where anything but a reading is sent to the database."""

    def __init__(self, session: Session) -> None:
        self.connection = session.connection()

    def __enter__(self) -> None:
        event.listen(self.connection, "before_cursor_execute", self.expect_reading)

    def __exit__(self, *_error: object) -> None:
        event.remove(self.connection, "before_cursor_execute", self.expect_reading)

    def expect_reading(self, *told: object) -> None:
        statement = str(told[2])
        assert statement.lstrip().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))


def test_the_form_can_be_sent_once_it_is_mended(chief: Browser, session: Session) -> None:
    second = chief.submit(refuse(chief), title="")
    assert second.address.count("again=") == 1
    assert error_points(second) == [
        "Si på én linje hva dere ønsker.",
        "Skriv hvorfor dere ønsker dette.",
    ]
    done = chief.submit(second, title=TITLE, why=WHY)
    assert "Ønsket er meldt." in chief.follow(done).text
    assert session.scalars(select(Wish)).one().why == WHY


def test_it_is_still_the_same_form(chief: Browser, session: Session) -> None:
    """Whoever goes back to a form that was refused first and then used makes no second row."""
    first = chief.get("/wishes/new")
    refused = chief.submit(first, title=TITLE)
    assert session.scalars(select(UsedMark)).all() == []
    marks = {form_values(page.form())["form_mark"] for page in (first, refused)}
    assert len(marks) == 1
    chief.submit(refused, what=WHAT, why=WHY)
    assert chief.submit(first, title="Noe annet").heading == "Dette er allerede lagret"
    assert len(session.scalars(select(Wish)).all()) == 1


def test_what_a_service_refuses_stands_in_the_form(signed_in: SignedIn, cast: Cast) -> None:
    """Where the page would not be shown any more, what was typed is shown all the same."""
    wish, leader = cast.wish(), signed_in(cast.people["leader"])
    first, second = (leader.get(f"/wishes/{wish.id}/say-no") for _ in (1, 2))
    leader.submit(first, reason="Nei.")
    version = str(cast.session.get_one(Wish, wish.id).version)
    late = leader.submit(second, reason="Aldri.", version=version)
    assert late.refused
    assert "har allerede sagt nei" in error_points(late)[0]
    assert form_values(late.form())["reason"] == "Aldri."


def test_the_version_that_was_seen_is_kept(
    signed_in: SignedIn, session: Session, cast: Cast
) -> None:
    wish, leader = cast.wish(), signed_in(cast.people["leader"])
    page = leader.get(f"/wishes/{wish.id}/say-no")
    refused = leader.submit(page)
    change(session, wish)
    again = leader.get(refused.address)
    assert form_values(again.form())["version"] == form_values(page.form())["version"]


def change(session: Session, wish: Wish) -> None:
    session.get_one(Wish, wish.id).why = "Noe annet."
    session.flush()


def test_somebody_else_was_first(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    """Nothing is lost and nothing is overwritten unseen: with the newest version one may go on."""
    wish, leader = cast.wish(), signed_in(cast.people["leader"])
    page = leader.get(f"/wishes/{wish.id}/say-no")
    change(session, wish)
    overtaken = leader.submit(page, reason="Nei.")
    assert overtaken.refused
    assert "Noen andre endret dette mens du skrev." in error_points(overtaken)[0]
    assert form_values(overtaken.form())["reason"] == "Nei."
    assert session.get_one(Wish, wish.id).noes == []
    assert leader.submit(overtaken).location == f"/wishes/{wish.id}"


# ---------------------------------------------------------------- buttons


def test_a_button_that_is_refused_leads_back_to_its_page(
    signed_in: SignedIn, session: Session
) -> None:
    case = make_pilot_cast(session, PilotState.PLANNED, test_starts_on=today() + timedelta(days=3))
    leader, path = signed_in(case.person("leader")), f"/pairings/{case.pairing.id}/pilot"
    came_from = {"Referer": f"http://localhost{path}?x=1"}
    for version, told in ((case.pilot.version, "starter"), (77, "Noen andre endret dette")):
        answer = leader.post(f"{path}/start", {"version": str(version)}, headers=came_from)
        assert (answer.status, answer.location) == (303, f"{path}?x=1")
        assert told in leader.follow(answer).text
    assert leader.post(f"{path}/start", {"version": "77"}).status == 409


@pytest.mark.parametrize(
    "came_from", ["", "http://andre.example/needs", "/needs", "http://localhost/sign-out"]
)
def test_where_the_page_is_not_known_a_button_gets_an_error_page(
    signed_in: SignedIn, session: Session, came_from: str
) -> None:
    case = make_pilot_cast(session, PilotState.PLANNED)
    path = f"/pairings/{case.pairing.id}/pilot/start"
    referrer = {
        "Referer": "http://localhost" + came_from if came_from == "/sign-out" else came_from
    }
    leader = signed_in(case.person("leader"))
    assert leader.post(path, {"version": "77"}, headers=referrer).status == 409


# ---------------------------------------------------------------- for whom, and how long


def test_somebody_else_sees_nothing_of_it(
    signed_in: SignedIn, browser: Browser, cast: Cast, chief: Browser
) -> None:
    address = refuse(chief).address
    other = signed_in(cast.people["second_chief"]).get(address)
    assert error_points(other) == [LOST]
    assert TITLE not in other.text
    assert browser.get(address).status == 302


def test_another_page_shows_nothing_of_it(chief: Browser, cast: Cast) -> None:
    wish = cast.wish()
    token = refuse(chief).address.partition("again=")[2]
    page = chief.get(f"/wishes/{wish.id}/withdraw?again={token}")
    assert error_points(page) == []
    assert form_values(page.form())["reason"] == ""


@pytest.mark.parametrize("token", ["", "x", "x" * 22, "\x00", "%ff", "æ" * 22])
def test_a_token_that_opens_nothing(chief: Browser, token: str) -> None:
    assert error_points(chief.get("/wishes/new", query_string={"again": token})) == [LOST]


def test_after_an_hour_the_page_says_that_it_is_gone(chief: Browser) -> None:
    address = refuse(chief).address
    with clock_at(now() + KEPT_FOR):
        assert error_points(chief.get(address)) == [LOST]


def test_too_much_is_not_kept(chief: Browser) -> None:
    page = refuse(chief, title="x" * 600_000)
    assert form_values(page.form())["title"] == ""
    assert "Det du skrev, er for langt til at vi kan ta vare på det." in error_points(page)


# ---------------------------------------------------------------- every kind of field


class RowForm(PartForm):
    name = text_line("Navn", required="Skriv navnet.")
    hours = whole_number("Timer")


class EveryForm(VersionedForm):
    word = text_line("Ord", required="Skriv et ord.")
    text = text_area("Tekst", required="Skriv en tekst.")
    hours = whole_number("Timer")
    day = date_line("Dag")
    sure = BooleanField("Sikker")
    unsure = BooleanField("Usikker", default=True)
    kind = RadioField("Slag", choices=lambda: [("a", "A"), ("b", "B")])
    several = SelectMultipleField("Flere", choices=lambda: [(n, n) for n in "123"])
    rows = FieldList(FormField(RowForm), label="Rader")
    password = PasswordField("Passord", validators=[InputRequired("Skriv passordet.")])
    file = FileField("Fil")


SENT: dict[str, Any] = {
    "form_mark": "m" * 22, "version": "3", "word": "Ja", "text": "", "hours": "tolv",
    "day": "31.02.2026", "sure": "y", "kind": "b", "several": ["1", "3"],
    "rows-2-name": "", "rows-2-hours": "x", "rows-7-name": "Kari", "rows-7-hours": "1 200",
    "password": "hemmelig hemmelig",
}  # fmt: skip


STORED = {
    "version": 8, "word": "Nei", "text": "Lagret", "hours": 1200, "day": date(2026, 2, 1),
    "sure": False, "unsure": False, "kind": "a", "several": ["2"], "rows": [{"name": "Ola"}],
}  # fmt: skip

Refuse = Callable[..., EveryForm]


@pytest.fixture
def refuse_form(
    app: Flask, database: Database, session: Session, monkeypatch: pytest.MonkeyPatch
) -> Refuse:
    """The form as it stands on the page that its refusal led back to."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    person = make_person(session)
    session.flush()

    def identify(*, writes: bool) -> None:
        g.database, g.writes, g.actor = database, writes, Actor(person_id=person.id)

    def refuse(*, overtaken: bool = False) -> EveryForm:
        with app.test_request_context("/concepts/new", method="POST", data=SENT):
            identify(writes=True)
            form = EveryForm()
            assert not form.validate_on_submit()
            if overtaken:
                form.overtake()
            location = form.lead_back().location
            db_session().commit()
        with app.test_request_context(location):
            identify(writes=False)
            form = EveryForm(data=STORED)
            assert bool(form.stored_now) is overtaken
            return form

    return refuse


@pytest.fixture
def again(refuse_form: Refuse) -> EveryForm:
    return refuse_form()


def test_whatever_was_typed_is_in_its_field(again: EveryForm) -> None:
    assert (again.version.data, again.word.data, again.text.data) == ("3", "Ja", "")
    assert (again.hours.raw_data, again.day.raw_data) == (["tolv"], ["31.02.2026"])
    assert (again.sure.data, again.unsure.data, again.kind.data) == (True, False, "b")
    assert again.several.data == ["1", "3"]
    assert [row.form.name.data for row in again.rows] == ["", "Kari"]
    assert [row.form.hours.raw_data for row in again.rows] == [["x"], ["1 200"]]


def test_whatever_was_said_stands_at_its_field(again: EveryForm) -> None:
    assert dict(again.error_list) == {
        "text": "Skriv en tekst.",
        "hours": "Skriv bare tall, for eksempel 250 000.",
        "day": "Skriv datoen slik: 31.12.2026.",
        "rows-0-name": "Skriv navnet.",
        "rows-0-hours": "Skriv bare tall, for eksempel 250 000.",
        "file": "Velg filen på nytt.",
    }


def test_no_password_is_kept(again: EveryForm) -> None:
    assert again.again is not None
    assert SENT["password"] not in json.dumps(asdict(again.again))
    assert not again.password.data


def test_what_was_stored_meanwhile_stands_beside_it(refuse_form: Refuse) -> None:
    overtaken = refuse_form(overtaken=True)
    assert str(overtaken.version.data) == "8"
    assert overtaken.word.data == "Ja"
    assert overtaken.stored_now == [
        ("Ord", "Nei"),
        ("Tekst", "Lagret"),
        ("Timer", "1\u202f200"),
        ("Dag", "01.02.2026"),
        ("Sikker", "Nei"),
        ("Slag", "A"),
        ("Flere", "2"),
    ]
