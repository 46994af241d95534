"""A digest tells the ten best of many matches, and how many more there are and where."""

import pytest

from marketplace.config import Settings
from marketplace.core import schedule
from marketplace.core.clock import clock_at
from marketplace.core.engine import Database
from marketplace.core.schedule import do_what_is_due
from marketplace.news.states import NewsTopic
from marketplace.notifications import hooks
from marketplace.notifications.states import Rhythm
from marketplace.worker import run_once
from tests.domain.digest_stage import at, choose, put_message
from tests.domain.mail_stage import Collected
from tests.factories import make_person

MATCHES = 13


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.register()


def put_matches(database: Database, rhythm: Rhythm | None = None) -> None:
    """The weakest came first, and one other thing last."""
    with database.writing() as session:
        person = make_person(session)
        if rhythm:
            choose(session, person, new_matches=rhythm)
        for rank in range(MATCHES, 0, -1):
            strong = rank in {5, 13}
            payload = {
                "need_id": rank,
                "title": f"Behov nummer {rank}.",
                "concept_id": 1,
                "concept": "Søndagsbordet",
                "strength": "strong" if strong else "good",
                "rank": rank,
            }
            put_message(session, person, NewsTopic.NEED_MATCHES, payload)
        put_message(session, person, payload={"title": "Et behov de følger", "need_id": 99})
        session.commit()


def digest(database: Database, settings: Settings) -> str:
    run_once(database, settings, Collected())
    do_what_is_due(database, at(15, 7))
    sent = Collected()
    with clock_at(at(15, 7)):
        run_once(database, settings, sent)
    (mail,) = sent
    return str(mail.get_content())


def test_the_ten_best_are_told_and_how_many_more_there_are(
    real: Database, settings: Settings
) -> None:
    put_matches(real)
    text = digest(real, settings)
    told = [number for number in range(1, MATCHES + 1) if f"Behov nummer {number}." in text]
    assert told == [1, 2, 3, 4, 5, 6, 7, 8, 9, 13]
    assert "Og 3 til. Alt står under «Varsler»: http://torget.example/notifications" in text
    assert "Et behov de følger" in text


def test_nobody_who_wants_none_gets_any(real: Database, settings: Settings) -> None:
    put_matches(real, Rhythm.NEVER)
    text = digest(real, settings)
    assert "Et behov de følger" in text
    assert "Behov nummer" not in text
    assert "til. Alt" not in text


def test_who_wants_them_at_once_gets_each(real: Database, settings: Settings) -> None:
    put_matches(real, Rhythm.AT_ONCE)
    sent = Collected()
    assert run_once(real, settings, sent) == MATCHES
    assert {mail["Subject"] for mail in sent} == {"Et behov passer til konseptet deres"}
