"""Messages in the application."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import AccountTopic
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.outbox import OutboxMessage, tell
from marketplace.decisions.states import DecisionTopic
from marketplace.interests.states import InterestTopic
from marketplace.lessons.states import LessonTopic
from marketplace.needs.states import NeedTopic, ParticipationTopic
from marketplace.pairings.states import PairingTopic
from marketplace.questions.states import QuestionTopic
from marketplace.ui.messages import NEWS, put_in_words, registered_messages
from marketplace.wishes.states import WishTopic
from tests.factories import make_member, make_need, make_person, make_unit
from tests.queries import count_queries
from tests.told import AsStored
from tests.web.client import Browser

SignedIn = Callable[[Person], Browser]
TOPICS: list[StrEnum] = [
    *AccountTopic,
    *NeedTopic,
    *ParticipationTopic,
    *QuestionTopic,
    *WishTopic,
    *InterestTopic,
    *PairingTopic,
    *DecisionTopic,
    *LessonTopic,
]


@pytest.fixture
def person(session: Session) -> Person:
    return make_member(session, Role.UNIT_MEMBER, make_unit(session))


def put(
    session: Session,
    person: Person,
    topic: StrEnum = NeedTopic.CHANGES_ASKED,
    *,
    subject_id: int = 7,
    payload: Mapping[str, Any] | None = None,
    **values: Any,
) -> OutboxMessage:
    event = AuditEvent(event="x", subject_type="Need", subject_id=subject_id, before={}, after={})
    session.add(event)
    session.flush()
    usual = {"title": "Ensomme eldre", "reason": "Skriv hvor mange det gjelder."}
    told = AsStored(payload=payload or usual)
    tell(session, [person.id], topic, event, told, in_app=values.pop("in_app", True))
    message = session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert message is not None
    for name, value in values.items():
        setattr(message, name, value)
    session.flush()
    return message


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("topic", TOPICS, ids=str)
def test_every_topic_says_what_happened_and_what_to_do(app: Flask, topic: StrEnum) -> None:
    payload = {
        "title": "Tittel",
        "need_title": "Behov",
        "concept_title": "Konsept",
        "unit": "Enhet",
        "reason": "Nei",
    }
    with app.test_request_context():
        message = put_in_words(str(topic), payload, 1)
    assert message.heading != str(NEWS.heading)
    assert message.text
    assert message.what_to_do
    assert message.reason == "Nei"
    assert "Uten tittel" not in message.text
    assert not {"Tittel", "Behov»", "Konsept»"} & set(message.heading.split())


def test_the_fixed_reason_stands_before_the_written_one(app: Flask) -> None:
    with app.test_request_context():
        closed = put_in_words(NeedTopic.CLOSED, {"outcome": "no_match", "reason": "Fant ingen."}, 1)
        declined = put_in_words(
            PairingTopic.DECLINED, {"decline_reason": "capacity", "reason": "Fullt."}, 1
        )
    assert closed.reason == "Vi fant ingen som passet. Fant ingen."
    assert declined.reason.endswith(". Fullt.")


@pytest.mark.parametrize(
    "topic", [PairingTopic.PROPOSED_ALREADY_YES, PairingTopic.PROPOSED_AGAIN_ALREADY_YES]
)
def test_who_has_said_yes_is_not_asked_to(app: Flask, topic: StrEnum) -> None:
    with app.test_request_context():
        message = put_in_words(topic, {"need_title": "Behov", "concept_title": "Konsept"}, 1)
    assert "Si ja" not in message.what_to_do
    assert "den andre parten som svarer" in message.what_to_do


def test_a_topic_that_is_not_known_here_is_news_all_the_same(app: Flask) -> None:
    with app.test_request_context():
        message = put_in_words("ship.launched", {}, 3)
    assert (message.heading, message.path) == ("Det har skjedd noe i en sak", "/")
    assert "ship.launched" not in registered_messages()


# ---------------------------------------------------------------- the list


def test_the_list_shows_ones_own_messages_newest_first(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    put(session, person, created_at=now() - timedelta(days=2), read_at=now())
    put(session, person, NeedTopic.PUBLISHED)
    put(session, make_person(session), NeedTopic.CLOSED)
    page = signed_in(person).get("/notifications")
    assert page.status == 200
    assert page.heading == "Varsler"
    cards = page.soup.select("main li.ds-card")
    assert [card.h2.get_text() for card in cards if card.h2] == [
        "Behovet er publisert",
        "Behovet må endres før det kan publiseres",
    ]
    assert ["Ulest" in card.get_text() for card in cards] == [True, False]
    assert "Skriv hvor mange det gjelder." in cards[1].get_text()
    assert "12.09.2026" in cards[1].get_text()


def test_what_is_only_mailed_is_not_listed(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    put(session, person, AccountTopic.RESET, payload={"link_id": 1}, in_app=False)
    page = signed_in(person).get("/notifications")
    assert "Ingen varsler ennå" in page.text
    assert "Varsler (" not in page.text


def test_an_empty_list_says_what_to_do(signed_in: SignedIn, person: Person) -> None:
    page = signed_in(person).get("/notifications")
    assert page.soup.select_one('main .empty-state a[href="/"]')


def test_what_others_typed_is_escaped(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    put(session, person, payload={"title": "<b>fet</b>", "reason": "<script>x</script>"})
    page = signed_in(person).get("/notifications")
    assert "&lt;b&gt;fet" in page.response.text
    assert "<script>x" not in page.response.text


def test_long_lists_have_pages_and_a_constant_number_of_queries(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    browser, counted = signed_in(person), []
    for number in (3, 9, 12):
        for _ in range(number):
            put(session, person)
        with count_queries(session) as counter:
            browser.get("/notifications")
        counted.append(counter.count)
    assert len(set(counted)) == 1
    assert len(browser.get("/notifications").soup.select("main li.ds-card")) == 20
    assert len(browser.get("/notifications?page=2").soup.select("main li.ds-card")) == 4


# ---------------------------------------------------------------- the header


def test_the_header_counts_what_is_unread_with_one_query(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    put(session, person)
    put(session, person, read_at=now())
    browser = signed_in(person)
    with count_queries(session) as counter:
        page = browser.get("/needs")
    link = page.soup.select_one('header a[href="/notifications"]')
    assert link is not None
    assert link.get_text() == "Varsler (1)"
    assert sum("outbox_message" in statement for statement in counter.statements) == 1


def test_the_public_has_no_messages(browser: Browser) -> None:
    assert browser.get("/needs").soup.select_one('a[href="/notifications"]') is None
    assert browser.get("/notifications").status in {302, 303, 401}


# ---------------------------------------------------------------- reading


def test_open_marks_as_read_and_leads_to_the_case(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    need = make_need(session)
    message = put(session, person, NeedTopic.PUBLISHED, subject_id=need.id)
    browser = signed_in(person)
    answer = browser.submit(browser.get("/notifications"), f"/notifications/{message.id}/open")
    assert answer.location == f"/needs/{need.id}"
    assert browser.follow(answer).status == 200
    assert session.get_one(OutboxMessage, message.id).read_at == now()
    page = browser.get("/notifications")
    assert not page.has_form(f"/notifications/{message.id}/open")
    assert page.soup.select_one(f'main a[href="/needs/{need.id}"]')


def test_reading_changes_nothing(session: Session, signed_in: SignedIn, person: Person) -> None:
    message = put(session, person)
    browser = signed_in(person)
    browser.get("/notifications")
    assert browser.get(f"/notifications/{message.id}/open").status in {404, 405}
    assert browser.get(f"/notifications/{message.id}/read").status in {404, 405}
    assert session.get_one(OutboxMessage, message.id).read_at is None


def test_one_message_is_marked_as_read_and_stays_so(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    first, second = put(session, person), put(session, person)
    browser = signed_in(person)
    page = browser.get("/notifications")
    assert browser.submit(page, f"/notifications/{first.id}/read").status == 302
    assert browser.post(f"/notifications/{first.id}/read").status == 302
    assert session.get_one(OutboxMessage, first.id).read_at == now()
    assert session.get_one(OutboxMessage, second.id).read_at is None


def test_all_that_was_shown_is_marked_as_read_and_nothing_newer(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    shown = [put(session, person), put(session, person)]
    browser = signed_in(person)
    page = browser.get("/notifications")
    late = put(session, person)
    browser.submit(page, "/notifications/read")
    assert all(session.get_one(OutboxMessage, m.id).read_at for m in shown)
    assert session.get_one(OutboxMessage, late.id).read_at is None
    assert "1 ulest varsel" in browser.get("/notifications").text


def test_messages_of_others_are_not_touched(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    foreign = put(session, make_person(session))
    browser = signed_in(person)
    assert browser.post(f"/notifications/{foreign.id}/read").status == 404
    assert browser.post(f"/notifications/{foreign.id}/open").status == 404
    browser.post("/notifications/read", {"newest_id": foreign.id})
    assert session.get_one(OutboxMessage, foreign.id).read_at is None


@pytest.mark.parametrize("newest_id", ["", "x", "-1", "-" + "9" * 30])
def test_a_number_that_is_none_marks_nothing(
    session: Session, signed_in: SignedIn, person: Person, newest_id: str
) -> None:
    message = put(session, person)
    answer = signed_in(person).post("/notifications/read", {"newest_id": newest_id})
    assert answer.status < 500
    assert session.get_one(OutboxMessage, message.id).read_at is None


def test_a_number_that_is_too_large_marks_all(
    session: Session, signed_in: SignedIn, person: Person
) -> None:
    message = put(session, person)
    signed_in(person).post("/notifications/read", {"newest_id": "9" * 30})
    assert session.get_one(OutboxMessage, message.id).read_at == now()
