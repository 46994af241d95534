"""What was typed in a refused form: for its sender alone, unreadable as stored, and soon gone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core import refused_forms
from marketplace.core.clock import clock_at, now
from marketplace.core.refused_forms import (
    KEPT_FOR,
    RefusedForm,
    find_refused,
    keep_refused,
    purge_refused_forms,
)
from tests.factories import make_person

TYPED = "Kari Nordmann, 010190 12345"


@pytest.fixture
def sender(session: Session) -> Person:
    person = make_person(session)
    session.flush()
    return person


def count(session: Session) -> int:
    return session.scalar(select(func.count(RefusedForm.id))) or 0


def test_the_sender_gets_it_back_as_often_as_asked(session: Session, sender: Person) -> None:
    token = keep_refused(session, sender.id, "", TYPED)
    for browser in ("", "another"):
        assert find_refused(session, token, sender.id, browser) == TYPED


def test_nobody_else_gets_it(session: Session, sender: Person) -> None:
    token, other = keep_refused(session, sender.id, "a", TYPED), make_person(session)
    session.flush()
    assert find_refused(session, token, other.id, "a") is None
    assert find_refused(session, token, None, "a") is None
    assert find_refused(session, token[:-1] + "?", sender.id, "a") is None


def test_a_stranger_is_known_by_the_browser(session: Session, sender: Person) -> None:
    token = keep_refused(session, None, "this browser", TYPED)
    assert find_refused(session, token, None, "this browser") == TYPED
    assert find_refused(session, token, None, "another") is None
    assert find_refused(session, token, sender.id, "this browser") is None


def test_nothing_of_it_can_be_read_where_it_is_stored(session: Session, sender: Person) -> None:
    tokens = [keep_refused(session, sender.id, "", TYPED) for _ in (1, 2)]
    rows = session.scalars(select(RefusedForm)).all()
    stored = [text for row in rows for text in (row.token_hash, row.contents)]
    assert len(set(stored)) == 4
    assert not [text for text in stored if any(known in text for known in (TYPED, *tokens))]


def test_after_an_hour_it_is_gone(session: Session, sender: Person) -> None:
    with clock_at(now() - KEPT_FOR):
        old = keep_refused(session, sender.id, "", TYPED)
    with clock_at(now() - KEPT_FOR + timedelta(minutes=1)):
        young = keep_refused(session, sender.id, "", TYPED)
    assert find_refused(session, old, sender.id, "") is None
    purge_refused_forms(session)
    assert count(session) == 1
    assert find_refused(session, young, sender.id, "") == TYPED


def test_each_keeps_a_few_and_strangers_share(
    session: Session, sender: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refused_forms, "MOST_OF_ONE", 2)
    monkeypatch.setattr(refused_forms, "MOST_OF_STRANGERS", 3)
    theirs = [keep_refused(session, sender.id, "", str(n)) for n in range(4)]
    strange = [keep_refused(session, None, str(n), str(n)) for n in range(5)]
    found = [find_refused(session, token, sender.id, "") for token in theirs]
    assert found == [None, None, "2", "3"]
    seen = [find_refused(session, token, None, str(n)) for n, token in enumerate(strange)]
    assert seen == [None, None, "2", "3", "4"]
