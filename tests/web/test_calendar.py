"""Calendars: a secret address that can be taken back, a file for each date, and the standard."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

import pytest
from bs4 import Tag
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.services.links import issue_link
from marketplace.accounts.states import Language, LinkPurpose
from marketplace.accounts.tokens import hash_token, link_path, link_token
from marketplace.config import Settings
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.calendar import list_dates
from marketplace.core.clock import now, today
from marketplace.decisions.states import DecisionDate
from marketplace.needs.states import NeedDate
from marketplace.notifications.models import CalendarFeed
from marketplace.notifications.services.calendars import make_calendar, revoke_calendar
from marketplace.notifications.states import NotificationEvent
from marketplace.pilots.states import PilotDate
from tests.domain.pilot_cast import PilotCast, make_pilot_cast
from tests.factories import actor_for, make_member, make_person
from tests.passwords import PASSWORD, PASSWORD_HASH, hash_quickly
from tests.queries import count_queries
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


def address_of(page: PageView) -> str:
    shown = page.soup.select_one("main code.secret")
    assert isinstance(shown, Tag)
    return shown.get_text().removeprefix("http://localhost")


def made(session: Session, person: Person) -> str:
    secret = make_calendar(session, actor_for(person))
    session.flush()
    return f"/calendar/{secret}.ics"


def calendar_at(browser: Browser, path: str) -> Calendar:
    answer = browser.client.get(path)
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.data)
    assert isinstance(calendar, Calendar)
    return calendar


# ---------------------------------------------------------------- making and taking back


def test_the_address_is_shown_once_and_only_its_hash_is_kept(
    session: Session, signed_in: SignedIn, case: PilotCast
) -> None:
    browser = signed_in(case.person("member"))
    answer = browser.submit(browser.get("/preferences"), "/preferences/calendar")
    path = address_of(answer)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) >= 43
    feed = session.scalars(select(CalendarFeed)).one()
    assert feed.token_hash == hash_token(secret)
    again = browser.get("/preferences")
    assert secret not in again.text
    assert again.soup.select_one("main code.secret") is None
    assert browser.client.get(path).status_code == 200


def test_a_new_address_ends_the_old(
    session: Session, signed_in: SignedIn, browser: Browser, case: PilotCast
) -> None:
    own = signed_in(case.person("member"))
    first = address_of(own.submit(own.get("/preferences"), "/preferences/calendar"))
    second = address_of(own.submit(own.get("/preferences"), "/preferences/calendar"))
    assert first != second
    assert browser.get(first).status == 404
    assert browser.get(second).status == 200
    assert session.query(CalendarFeed).filter(CalendarFeed.revoked_at.is_(None)).count() == 1


def test_an_address_that_is_turned_off_opens_nothing(
    session: Session, signed_in: SignedIn, browser: Browser, case: PilotCast
) -> None:
    path = made(session, case.person("member"))
    own = signed_in(case.person("member"))
    answer = own.submit(own.get("/preferences"), "/preferences/calendar/revoke")
    assert own.follow(answer).status == 200
    assert browser.get(path).status == 404
    assert not own.get("/preferences").has_form("/preferences/calendar/revoke")
    trail = [row.event for row in session.query(AuditEvent).order_by(AuditEvent.id)]
    events = [NotificationEvent.CALENDAR_MADE, NotificationEvent.CALENDAR_REVOKED]
    assert [event for event in trail if event in events] == events


def test_a_closed_account_opens_nothing(
    session: Session, browser: Browser, case: PilotCast
) -> None:
    path = made(session, case.person("member"))
    case.person("member").active = False
    session.flush()
    assert browser.get(path).status == 404


def test_an_address_from_before_the_account_was_closed_never_comes_back(
    session: Session, signed_in: SignedIn, browser: Browser, case: PilotCast
) -> None:
    person, path = case.person("member"), made(session, case.person("member"))
    chief = signed_in(make_member(session, Role.ADMINISTRATOR))
    page = f"/administration/people/{person.id}"
    chief.submit(chief.get(f"{page}/deactivate"))
    assert browser.get(path).status == 404
    chief.submit(chief.get(page), f"{page}/activate")
    assert browser.get(path).status == 404
    own = signed_in(person)
    offered = own.get("/preferences")
    assert "Adressen du hadde, er slått av for godt. Lag en ny" in offered.text
    assert browser.get(address_of(own.submit(offered, "/preferences/calendar"))).status == 200


@pytest.mark.usefixtures("quick_hashing")
def test_a_new_password_leaves_the_address_as_it_is(
    session: Session, signed_in: SignedIn, browser: Browser, case: PilotCast, settings: Settings
) -> None:
    person, path = case.person("member"), made(session, case.person("member"))
    person.password_hash = PASSWORD_HASH
    own = signed_in(person)
    changed = own.submit(
        own.get("/profile/password"), old_password=PASSWORD, password="fem andre gode ord"
    )
    assert changed.status == 302
    assert browser.get(path).status == 200
    issued = issue_link(session, person, LinkPurpose.RESET)
    link = link_path(link_token(settings.secret_key, issued.secret))
    assert own.submit(own.get(link), password="seks helt andre ord").status == 303
    assert browser.get(path).status == 200


@pytest.mark.parametrize("secret", ["x", "a" * 43, "a" * 500, "%00", "æ"])
def test_an_unknown_secret_is_no_page(browser: Browser, secret: str) -> None:
    assert browser.get(f"/calendar/{secret}.ics").status == 404


def test_turning_off_what_is_not_there_changes_nothing(session: Session) -> None:
    revoke_calendar(session, actor_for(make_person(session)))
    assert session.query(CalendarFeed).count() == 0


def test_the_database_lets_nobody_have_two(session: Session) -> None:
    person = make_person(session)
    session.add_all(CalendarFeed(person_id=person.id, token_hash=mark) for mark in "ab")
    with pytest.raises(IntegrityError):
        session.flush()


def test_reading_makes_and_ends_nothing(
    session: Session, signed_in: SignedIn, case: PilotCast
) -> None:
    browser = signed_in(case.person("member"))
    assert browser.get("/preferences/calendar").status in {404, 405}
    assert browser.get("/preferences/calendar/revoke").status in {404, 405}
    assert session.query(CalendarFeed).count() == 0


# ---------------------------------------------------------------- what is in it


def test_it_holds_the_persons_dates_as_whole_days(
    session: Session, browser: Browser, case: PilotCast
) -> None:
    calendar = calendar_at(browser, made(session, case.person("entrepreneur")))
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    checkpoint = case.checkpoint()
    event = events[f"checkpoint-{checkpoint.id}@localhost"]
    assert event.decoded("DTSTART") == checkpoint.due_on
    assert (event.decoded("DTEND") - event.decoded("DTSTART")).days == 1
    assert event["SUMMARY"].params["LANGUAGE"] == "nb"
    assert event.decoded("DTSTAMP") <= now()
    assert event["SEQUENCE"] == checkpoint.version - 1
    assert event["URL"] == f"http://localhost/pairings/{case.pairing.id}/pilot"
    assert f"agreed_decision-{case.pairing.id}@localhost" in events
    assert "METHOD" not in calendar
    assert (calendar["VERSION"], "PRODID" in calendar) == ("2.0", True)


def test_lines_are_folded_and_read_back_whole(
    session: Session, browser: Browser, case: PilotCast
) -> None:
    title = "Ærlig talt: " + "svært lange ord, med komma; og semikolon\\ " * 4
    case.pairing.need.title = title.strip()
    session.flush()
    path = made(session, case.person("member"))
    lines = browser.client.get(path).data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    summaries = [str(e["SUMMARY"]) for e in calendar_at(browser, path).walk("VEVENT")]
    assert any(title.strip() in summary for summary in summaries)


@pytest.mark.parametrize(
    "hostile",
    [
        "\x0b",
        "\x00\x1b\x7f",
        "\r\n",
        "\u2028\x85",
        "\u202e\u2066",
        "1️⃣\u0315\u20e3",
        "\x0cBEGIN:X\r",
    ],
)
def test_any_title_gives_a_calendar(
    session: Session, browser: Browser, case: PilotCast, hostile: str
) -> None:
    case.pairing.need.title = f"Møte{hostile}med"
    case.pairing.concept.title = f"{hostile}Ring 918{hostile}27 364"
    session.flush()
    path = made(session, case.person("member"))
    answer = browser.client.get(path)
    lines = answer.data.decode().split("\r\n")
    assert [
        line for line in lines if set(line) & set("\x0b\x0c\x00\x1b\x7f\n\x85\u2028\u202e")
    ] == []
    events = calendar_at(browser, path).walk("VEVENT")
    assert len(events) == len(list_dates(session, actor_for(case.person("member"))))
    assert any("Møte" in str(event["SUMMARY"]) for event in events)


def test_it_names_no_people(session: Session, browser: Browser, case: PilotCast) -> None:
    case.pairing.need.title = "Ring 912 34 567"
    session.flush()
    text = browser.client.get(made(session, case.person("member"))).text
    assert "912" not in text
    assert [p.name for p in case.cast.people.values() if p.name in text] == []


def test_it_speaks_the_language_of_its_owner(
    session: Session, browser: Browser, case: PilotCast
) -> None:
    case.person("member").language = Language.ENGLISH
    session.flush()
    event = calendar_at(browser, made(session, case.person("member"))).walk("VEVENT")[0]
    assert event["SUMMARY"].params["LANGUAGE"] == "en"


def test_programs_are_told_how_long_it_lasts_and_what_is_unchanged(
    session: Session, browser: Browser, case: PilotCast
) -> None:
    path = made(session, case.person("member"))
    answer = browser.client.get(path)
    assert answer.headers["Cache-Control"] == "private, max-age=900"
    assert answer.content_type == "text/calendar; charset=utf-8"
    same = browser.client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    case.checkpoint().dropped_at = now()
    session.flush()
    other = browser.client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert other.status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_cases(
    session: Session, browser: Browser, case: PilotCast
) -> None:
    path, counted = made(session, case.person("coordinator")), []
    for _ in range(2):
        with count_queries(session) as counter:
            browser.client.get(path)
        counted.append(counter.count)
        make_pilot_cast(session)
        session.expire_all()
    assert len(set(counted)) == 1


# ---------------------------------------------------------------- one date


def test_a_date_is_a_file_for_whoever_sees_the_case(
    signed_in: SignedIn, browser: Browser, case: PilotCast
) -> None:
    path = f"/calendar/dates/checkpoint/{case.checkpoint().id}.ics"
    (event,) = calendar_at(signed_in(case.person("leader")), path).walk("VEVENT")
    assert event["UID"] == f"checkpoint-{case.checkpoint().id}@localhost"
    assert signed_in(case.person("other_unit")).get(path).status == 404
    assert browser.get(path).status in {302, 303, 401}


@pytest.mark.parametrize("kind", ["nothing", "step", "decision", "answer_due"])
def test_a_date_that_is_not_there_is_no_page(
    signed_in: SignedIn, case: PilotCast, kind: str
) -> None:
    path = f"/calendar/dates/{kind}/{case.checkpoint().id + 1000}.ics"
    assert signed_in(case.person("leader")).get(path).status == 404


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("/pairings/{pairing}/pilot", PilotDate.CHECKPOINT),
        ("/pairings/{pairing}/decision", DecisionDate.AGREED),
        ("/needs/{need}", NeedDate.QUESTIONS_CLOSE),
        ("/needs/{need}", NeedDate.INTERESTS_CLOSE),
    ],
)
def test_the_pages_lead_to_the_file_of_each_date(
    signed_in: SignedIn, case: PilotCast, page: str, kind: StrEnum
) -> None:
    path = page.format(pairing=case.pairing.id, need=case.pairing.need_id)
    shown = signed_in(case.person("leader")).get(path)
    link = shown.soup.select_one(f'main a[href^="/calendar/dates/{kind.value}/"]')
    assert link is not None
    assert link.get_text() == "Legg i kalender"


def test_a_day_that_is_over_has_no_file_to_take(
    session: Session, signed_in: SignedIn, case: PilotCast
) -> None:
    need = case.pairing.need
    need.questions_close_on = today() - timedelta(days=1)
    need.interests_close_on = today()
    session.flush()
    page = signed_in(case.person("leader")).get(f"/needs/{need.id}")
    links = [str(link["href"]) for link in page.soup.select('main a[href^="/calendar/"]')]
    assert links == [f"/calendar/dates/interests_close/{need.id}.ics"]
