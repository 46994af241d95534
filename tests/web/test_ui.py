"""What every page shares: the header, numbers, moments and the error pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from marketplace.accounts.models import Person
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.fields import date_line, whole_number
from marketplace.ui.filters import decimal, kroner, norwegian_moment, percent
from marketplace.ui.forms import BaseForm
from marketplace.ui.marks import may_repeat
from tests.factories import make_person
from tests.web.client import Browser

THIN, NARROW, MINUS = "\u2009", "\u202f", "\u2212"


class AmountForm(BaseForm):
    amount = whole_number("Beløp", least=1)
    change = whole_number("Endring", least=-1_000_000)
    few = whole_number("Antall", most=20)
    day = date_line("Dag")


def read(app: Flask, **typed: str) -> AmountForm:
    with app.test_request_context():
        form = AmountForm(MultiDict(typed), meta={"csrf": False})
        form.validate()
        form.errors  # noqa: B018  puts the messages into words while there is a request
        return form


@pytest.mark.parametrize(
    "typed",
    [
        "250000",
        "250 000",
        f"250{THIN}000",
        f"250{NARROW}000",
        "250 000 kr",
        "250 000,-",
        "kr 250 000",
        "250000 Kr.",
    ],
)
def test_an_amount_is_read_as_people_write_it(app: Flask, typed: str) -> None:
    assert read(app, amount=typed).amount.data == 250_000


@pytest.mark.parametrize("typed", ["-150 000", f"{MINUS}150{NARROW}000 kr", f"kr {MINUS}150 000"])
def test_an_amount_below_nothing_is_read_with_either_minus(app: Flask, typed: str) -> None:
    assert read(app, change=typed).change.data == -150_000


def test_no_line_breaks_within_a_number_and_a_minus_is_no_hyphen(app: Flask) -> None:
    with app.test_request_context(), force_locale("nb"):
        assert kroner(-1_150_000) == f"{MINUS}1{NARROW}150{NARROW}000 kr"
        assert percent(0.25) == f"25{NARROW}%"
        assert decimal(-1.5) == f"{MINUS}1,5"


@pytest.mark.parametrize("typed", ["kr", "250 000 dollar", "1,5", "2-3", ",-"])
def test_what_is_no_whole_number_is_refused(app: Flask, typed: str) -> None:
    form = read(app, amount=typed)
    assert (form.amount.data, bool(form.amount.errors)) == (None, True)


def test_a_number_outside_is_answered_with_one_that_fits(app: Flask) -> None:
    with app.test_request_context():
        form = AmountForm(MultiDict({"amount": "0", "few": "21"}), meta={"csrf": False})
        assert not form.validate()
        most = f"2{NARROW}000{NARROW}000{NARROW}000"
        text = f"Skriv et tall fra 1 til {most}, for eksempel 250{NARROW}000."
        assert [str(error) for error in form.amount.errors] == [text]
        assert str(form.few.errors[0]) == "Skriv et tall fra 0 til 20, for eksempel 10."


@pytest.mark.parametrize("typed", ["31.12.9999", "9999-12-31", "01.01.0001", "31.12.1899"])
def test_a_year_that_nobody_means_is_refused(app: Flask, typed: str) -> None:
    form = read(app, day=typed)
    assert form.day.data is None
    assert [str(error) for error in form.day.errors] == [
        "Sjekk året. Det må være fra 1900 til 2199."
    ]


@pytest.mark.parametrize("typed", ["31.12.2199", "2199-12-31"])
def test_a_date_is_read_in_both_ways_it_is_sent(app: Flask, typed: str) -> None:
    assert read(app, day=typed).day.data == date(2199, 12, 31)


def test_a_moment_is_told_in_norwegian_time(app: Flask) -> None:
    with app.test_request_context(), force_locale("nb"):
        assert norwegian_moment(datetime(2026, 1, 31, 23, 5, tzinfo=UTC)) == "01.02.2026 kl. 00.05"


def test_the_header_folds_the_menu_and_keeps_the_rest_in_sight(
    signed_in: Callable[[Person], Browser], browser: Browser, session: Session
) -> None:
    stranger = browser.get("/sign-in").soup
    shown = [a["href"] for a in stranger.select("header a") if a.find_parent("details") is None]
    assert shown == ["/", "/sign-in"]
    page = signed_in(make_person(session)).get("/notifications")
    shown = [a["href"] for a in page.soup.select("header a") if a.find_parent("details") is None]
    assert shown == ["/", "/notifications"]
    folded = page.soup.select_one("header details")
    assert folded is not None
    assert folded.find("summary").get_text(strip=True) == "Meny"  # type: ignore[union-attr]  # it has one
    assert [nav["aria-label"] for nav in folded.select("nav")] == ["Hovedmeny"]
    assert folded.select("a[href='/profile'], form[action='/sign-out']")
    assert len(page.soup.select("header nav")) == 1


def test_a_page_that_is_missing_leads_on(browser: Browser) -> None:
    page = browser.get("/nowhere")
    assert page.status == 404
    assert "eller gå til forsiden" in page.text
    assert "søk" not in page.soup.select_one("main").get_text()  # type: ignore[union-attr]  # every page has one
    assert page.soup.select_one("main a[href='/']") is not None


WRITTEN = {"note": "Vi trenger <b>mer</b> tid.", "count": "12", "password": "hemmelig ord"}


def test_what_was_written_stands_on_the_error_page(browser: Browser) -> None:
    referrer = {"Referer": "http://localhost/sign-in"}
    page = browser.post("/finnes/ikke", WRITTEN, headers=referrer)
    assert page.status == 404
    assert [each.get_text() for each in page.soup.select(".ds-card")] == [WRITTEN["note"]]


@pytest.mark.parametrize("headers", [{}, {"Referer": "http://andre.example/side"}])
def test_an_error_page_repeats_nothing_that_others_sent(
    browser: Browser, headers: dict[str, str]
) -> None:
    page = browser.post("/finnes/ikke", WRITTEN, headers=headers)
    assert not page.soup.select(".ds-card")


def test_a_crash_gives_back_what_was_written(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(**_values: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("marketplace.accounts.services.credentials.check_credentials", crash)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    sent = WRITTEN | {"email": "eva@example.no"}
    page = browser.post("/sign-in", sent, headers={"Referer": "http://localhost/sign-in"})
    assert page.status == 500
    assert WRITTEN["note"] in page.text
    assert "hemmelig" not in page.text


def test_a_broken_rule_is_a_page_with_a_code_that_is_in_the_log(
    app: Flask, browser: Browser, session: Session, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    person = make_person(session)

    def fail(*_arguments: object) -> None:
        session.add(Person(name="Hemmelig navn", email=person.email))
        session.flush()

    monkeypatch.setitem(app.view_functions, "accounts.do_sign_in", may_repeat(access(PUBLIC)(fail)))
    page = browser.post("/sign-in", {"email": "x"})
    assert page.status == 409
    assert page.heading == "Det går ikke nå"
    (record,) = [r for r in caplog.records if r.levelname == "WARNING"]
    code = record.getMessage().split()[1].rstrip(":")
    assert record.getMessage() == f"error {code}: broke UNIQUE constraint failed: person.email"
    assert f"Feilkode: {code}" in page.text
    assert "Hemmelig" not in caplog.text
    assert person.email not in caplog.text
