"""The database refuses to change the audit trail, whoever asks it: past the application too."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.core.audit_rows import AuditEvent, AuditLink
from tests.domain.trail_tools import put_event

REFUSED = "the audit trail is only added to"


@pytest.fixture
def event_id(session: Session) -> int:
    event = put_event(session)
    session.commit()
    return event.id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET reason = 'noe annet'",
        "DELETE FROM audit_event",
        "UPDATE audit_link SET hash = ''",
        "UPDATE audit_link SET sequence = 9",
        "DELETE FROM audit_link",
    ],
)
def test_a_change_is_refused(session: Session, event_id: int, statement: str) -> None:
    with pytest.raises(IntegrityError, match=REFUSED), session.begin_nested():
        session.execute(text(statement))
    assert session.get_one(AuditEvent, event_id).reason is None
    assert session.get_one(AuditLink, event_id).sequence == 1


ANEW = {
    "sqlite": {
        "audit_event": "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event",
        "audit_link": "INSERT OR REPLACE INTO audit_link SELECT * FROM audit_link",
    },
    "postgresql": {
        "audit_event": "INSERT INTO audit_event SELECT * FROM audit_event"
        " ON CONFLICT (id) DO UPDATE SET reason = 'noe annet'",
        "audit_link": "INSERT INTO audit_link SELECT * FROM audit_link"
        " ON CONFLICT (event_id) DO UPDATE SET hash = ''",
    },
}
EVERYTHING = {
    "sqlite": {"audit_event": "DELETE FROM audit_event", "audit_link": "DELETE FROM audit_link"},
    "postgresql": {
        "audit_event": "TRUNCATE audit_event CASCADE",
        "audit_link": "TRUNCATE audit_link",
    },
}


@pytest.mark.parametrize("ways", [ANEW, EVERYTHING], ids=["anew", "everything"])
@pytest.mark.parametrize("table", ["audit_event", "audit_link"])
def test_other_ways_to_the_same_are_refused(
    session: Session, event_id: int, ways: dict[str, dict[str, str]], table: str
) -> None:
    """A replacement is a removal; and each database has its own way to remove all."""
    statement = ways[session.get_bind().dialect.name][table]
    with pytest.raises(IntegrityError, match=REFUSED), session.begin_nested():
        session.execute(text(statement))
    assert session.get(AuditEvent, event_id) is not None


def test_adding_is_not_refused(session: Session, event_id: int) -> None:
    assert put_event(session).id != event_id
    session.commit()
