"""The migration puts every event that was there into its chain, and guards the tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.core.audit import AuditEvent
from marketplace.core.audit_anchors import Anchors
from marketplace.core.audit_chain import NO_MUNICIPALITY
from marketplace.core.audit_check import check_trail
from marketplace.core.audit_rows import AuditLink
from marketplace.core.engine import Database
from marketplace.core.migrate import differences, upgrade
from marketplace.demo.load import fill_if_empty
from marketplace.models import metadata
from tests.demo import copy_rows
from tests.guards.test_migrations import taken_back, two_empty_databases

__all__ = ["two_empty_databases"]

BEFORE = "0004"


@pytest.fixture
def filled(
    two_empty_databases: tuple[Engine, Engine], whole_app: object, demo_file: Path
) -> Iterator[Database]:
    """The demo town; what PostgreSQL does when it is filled is seen here alone."""
    engine = two_empty_databases[0]
    database = Database(engine.url.render_as_string(hide_password=False))
    upgrade(database.engine)
    assert whole_app
    if engine.dialect.name == "sqlite":
        copy_rows(demo_file, database)
    else:
        fill_if_empty(database)
    yield database
    database.engine.dispose()


LATER = frozenset({"Invitation", "PaidTest", "ToldMatch"})
"""Kinds of rows that the migration cannot have found events about: they came after it."""


def chains(database: Database) -> dict[int, int]:
    with database.reading() as session:
        links = (
            select(AuditLink.event_id, AuditLink.chain)
            .join(AuditEvent, AuditEvent.id == AuditLink.event_id)
            .where(AuditEvent.subject_type.not_in(LATER))
        )
        return {link.event_id: link.chain for link in session.execute(links)}


def test_events_that_were_there_are_chained_and_kept_as_new_ones_are(filled: Database) -> None:
    as_written = chains(filled)
    assert len(set(as_written.values())) > 1
    taken_back(filled.engine, BEFORE)
    upgrade(filled.engine)
    assert chains(filled) == as_written
    with filled.reading_portions() as session:
        result = check_trail(session, Anchors())
    assert result.faults == []
    assert result.events >= len(as_written)
    expect_the_trail_to_go_on(filled)
    for table in ("audit_event", "audit_link"):
        expect_no_change_of(table, filled)


def expect_the_trail_to_go_on(filled: Database) -> None:
    with filled.writing() as session:
        event = AuditEvent(event="x", subject_type="Need", subject_id=7, before={}, after={})
        session.add(event)
        session.commit()
        assert session.get_one(AuditLink, event.id).chain == NO_MUNICIPALITY
        assert check_trail(session, Anchors()).faults == []


def expect_no_change_of(table: str, filled: Database) -> None:
    with Session(filled.engine) as session, pytest.raises(IntegrityError, match="only added to"):
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608  the names above


def test_a_missing_trigger_is_noticed(
    two_empty_databases: tuple[Engine, Engine],
) -> None:
    migrated, created = two_empty_databases
    metadata.create_all(migrated)
    metadata.create_all(created)
    with created.begin() as connection:
        postgresql = connection.dialect.name == "postgresql"
        name = "no_change ON audit_event" if postgresql else "no_delete"
        connection.execute(text(f"DROP TRIGGER audit_event_{name}"))
    assert len(differences(migrated, created, metadata)) == 1
