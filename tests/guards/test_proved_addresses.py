"""Migration 0007: whose address counts as proved, and that links of before are no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from marketplace.core.engine import make_engine
from marketplace.core.migrate import upgrade

BEFORE, AFTER = "0004", "0007"


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database as it was, with one person of each kind."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'before.db'}")
        yield _filled(engine)
        engine.dispose()
        return
    server = make_engine(request.getfixturevalue("postgresql_url"))
    _alone(server, "CREATE DATABASE proved")
    url = server.url.set(database="proved").render_as_string(hide_password=False)
    engine = make_engine(url)
    yield _filled(engine)
    engine.dispose()
    _alone(server, "DROP DATABASE proved")
    server.dispose()


def _alone(engine: Engine, statement: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


def _filled(engine: Engine) -> Engine:
    upgrade(engine, BEFORE)
    with engine.begin() as connection:
        for number, (name, password) in enumerate(PEOPLE.items(), start=1):
            connection.execute(text(PERSON), {"id": number, "name": name, "password": password})
            if name.startswith("registered"):
                _event(connection, number, "organisation.registered")
                _event(connection, number, "session.signed_in")
            if name == "registered, came back":
                _event(connection, number, "session.signed_in")
            connection.execute(text(LINK), {"person": number})
            if name == "registered, used a link":
                connection.execute(text(USED), {"person": number})
            connection.execute(text(SESSION), {"person": number, "hash": f"hash {number}"})
        connection.execute(text(MESSAGE))
    return engine


PEOPLE = {
    "invited, in use": "x",
    "invited": None,
    "registered": "x",
    "registered, came back": "x",
    "registered, used a link": "x",
}
PERSON = """
    INSERT INTO person (id, name, email, password_hash, language, active, version, created_at)
    VALUES (:id, :name, :name, :password, 'nb', true, 1, CURRENT_TIMESTAMP)
"""
LINK = """
    INSERT INTO one_time_link (person_id, purpose, created_at, expires_at)
    VALUES (:person, 'reset', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
"""
USED = "UPDATE one_time_link SET used_at = CURRENT_TIMESTAMP WHERE person_id = :person"
SESSION = """
    INSERT INTO web_session (token_hash, person_id, created_at, last_seen_at, device)
    VALUES (:hash, :person, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, '')
"""
EVENT = """
    INSERT INTO audit_event (at, actor_id, event, subject_type, subject_id, before, after)
    VALUES (CURRENT_TIMESTAMP, :person, :event, 'Person', :person, '{}', '{}')
"""
MESSAGE = """
    INSERT INTO outbox_message (created_at, person_id, topic, audit_event_id, subject_type,
        subject_id, payload, in_app, mail_state, attempts, next_attempt_at)
    SELECT CURRENT_TIMESTAMP, 2, 'account.invited', min(id), 'Person',
        2, '{}', false, 'pending', 0, CURRENT_TIMESTAMP FROM audit_event
"""


def _event(connection: Connection, person: int, event: str) -> None:
    connection.execute(text(EVENT), {"person": person, "event": event})


def test_the_invited_and_the_used_count_as_proved_and_old_links_die(before: Engine) -> None:
    upgrade(before, AFTER)
    with before.connect() as connection:
        proved = connection.execute(
            text("SELECT name FROM person WHERE email_proved_at IS NOT NULL ORDER BY id")
        )
        assert list(proved.scalars()) == [
            "invited, in use",
            "registered, came back",
            "registered, used a link",
        ]
        by_password = text("SELECT name FROM person WHERE password_hash IS NOT NULL ORDER BY id")
        assert len(list(connection.execute(by_password))) == 3
        signed_in = text("SELECT person_id FROM web_session ORDER BY person_id")
        assert list(connection.execute(signed_in).scalars()) == [1, 4, 5]
        themselves = text("SELECT count(*) FROM person WHERE self_registered")
        assert connection.scalar(themselves) == 3
        assert connection.scalar(text("SELECT count(*) FROM one_time_link")) == 0
        assert connection.scalar(text("SELECT mail_state FROM outbox_message")) == "failed"
