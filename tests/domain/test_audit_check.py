"""Whatever is done to the audit trail behind the application's back is found."""

from dataclasses import replace

import pytest

from marketplace.accounts.services.purging import purge_sign_in_traces
from marketplace.core.audit_anchors import Anchors, list_heads
from marketplace.core.audit_check import FaultKind, check_trail
from marketplace.core.clock import clock_at
from marketplace.core.engine import Database
from tests.conftest import NOW
from tests.domain.trail_tools import faults, tamper, write_events
from tests.factories import make_person

NO_ANCHORS = Anchors()
SWAP = (
    "UPDATE audit_link SET sequence = 99 WHERE sequence = 2",
    "UPDATE audit_link SET sequence = 2 WHERE sequence = 3",
    "UPDATE audit_link SET sequence = 3 WHERE sequence = 99",
)
MAKE_ROOM = (
    "UPDATE audit_link SET sequence = sequence + 100 WHERE sequence > 2",
    "UPDATE audit_link SET sequence = sequence - 99 WHERE sequence > 100",
)
INSERT_EVENT = (
    "INSERT INTO audit_event (id, at, event, subject_type, subject_id, before, after)"
    " VALUES (999, '2026-01-01', 'unit.changed', 'Unit', 1, '{}', '{}')"
)
FORGE_LINK = (
    "INSERT INTO audit_link (event_id, chain, sequence, salt, contents_hash, hash)"
    " SELECT 999, chain, 3, salt, contents_hash, hash FROM audit_link WHERE sequence = 2"
)


@pytest.fixture
def trail(committed: Database) -> Database:
    write_events(committed, 5)
    return committed


def found(database: Database, *statements: str, anchors: Anchors = NO_ANCHORS) -> set[FaultKind]:
    with database.writing() as session:
        tamper(session, *statements)
        session.commit()
        return set(faults(session, anchors))


def anchors_of(database: Database) -> Anchors:
    with database.reading() as session:
        return Anchors({(one.chain, one.sequence): {one.hash} for one in list_heads(session)})


def test_a_trail_that_nobody_touched_holds(trail: Database) -> None:
    with trail.reading_portions() as session:
        result = check_trail(session, anchors_of(trail))
    assert (result.events, result.chains, result.anchors, result.faults) == (5, 1, 1, [])


@pytest.mark.parametrize(
    "change",
    [
        "event = 'unit.created'",
        "subject_id = subject_id + 1",
        "subject_type = 'Need'",
        "at = '2026-01-02 03:04:05'",
        "reason = NULL",
        "reason = 'Noe annet'",
        "after = '{\"capacity\": 9}'",
        "before = '{}'",
    ],
)
def test_a_changed_event_is_found(trail: Database, change: str) -> None:
    statement = f"UPDATE audit_event SET {change} WHERE id = 3"  # noqa: S608  the cases above
    assert found(trail, statement) == {FaultKind.CHANGED}


def test_a_changed_actor_is_found(trail: Database) -> None:
    with trail.writing() as session:
        person = make_person(session)
        session.commit()
    change = f"UPDATE audit_event SET actor_id = {person.id} WHERE id = 3"  # noqa: S608  a number
    assert found(trail, change) == {FaultKind.CHANGED}


@pytest.mark.parametrize("column", ["hash", "contents_hash", "salt"])
def test_a_changed_link_is_found(trail: Database, column: str) -> None:
    change = f"UPDATE audit_link SET {column} = 'x' WHERE sequence = 3"  # noqa: S608  the cases above
    assert found(trail, change) == {FaultKind.CHANGED}


def test_a_removed_event_is_found(trail: Database) -> None:
    gone = ("DELETE FROM audit_link WHERE sequence = 3", "DELETE FROM audit_event WHERE id = 3")
    assert found(trail, *gone) == {FaultKind.MISSING}


def test_a_removed_event_whose_gap_was_closed_is_found(trail: Database) -> None:
    gone = (
        "DELETE FROM audit_link WHERE sequence = 3",
        "DELETE FROM audit_event WHERE id = 3",
        "UPDATE audit_link SET sequence = 3 WHERE sequence = 4",
        "UPDATE audit_link SET sequence = 4 WHERE sequence = 5",
    )
    assert found(trail, *gone) == {FaultKind.CHANGED}


def test_the_removed_first_event_is_found(trail: Database) -> None:
    gone = ("DELETE FROM audit_link WHERE sequence = 1", "DELETE FROM audit_event WHERE id = 1")
    assert found(trail, *gone) == {FaultKind.MISSING}


def test_a_removed_link_is_found(trail: Database) -> None:
    removed = "DELETE FROM audit_link WHERE sequence = 5"
    assert found(trail, removed) == {FaultKind.OUTSIDE}


def test_an_event_beside_the_chain_is_found(trail: Database) -> None:
    assert found(trail, INSERT_EVENT) == {FaultKind.OUTSIDE}


def test_an_event_put_in_between_is_found(trail: Database) -> None:
    assert found(trail, INSERT_EVENT, *MAKE_ROOM, FORGE_LINK) == {FaultKind.CHANGED}


def test_another_order_is_found(trail: Database) -> None:
    assert found(trail, *SWAP) == {FaultKind.CHANGED}


def test_events_that_changed_places_are_found(trail: Database) -> None:
    swapped = (
        INSERT_EVENT,
        "UPDATE audit_link SET event_id = 999 WHERE event_id = 2",
        "UPDATE audit_link SET event_id = 2 WHERE event_id = 3",
        "UPDATE audit_link SET event_id = 3 WHERE event_id = 999",
        "DELETE FROM audit_event WHERE id = 999",
    )
    assert found(trail, *swapped) == {FaultKind.CHANGED}


# ---------------------------------------------------------------- what only anchors can show

CUT = ("DELETE FROM audit_link WHERE sequence > 3", "DELETE FROM audit_event WHERE id > 3")


def test_a_missing_end_is_found_by_the_anchor(trail: Database) -> None:
    anchors = anchors_of(trail)
    assert found(trail, *CUT, anchors=anchors) == {FaultKind.CUT_OFF}


def test_a_missing_chain_is_found_by_the_anchor(trail: Database) -> None:
    anchors = anchors_of(trail)
    everything = ("DELETE FROM audit_link", "DELETE FROM audit_event")
    assert found(trail, *everything, anchors=anchors) == {FaultKind.CUT_OFF}


def test_a_chain_that_was_written_anew_is_found_by_the_anchor(trail: Database) -> None:
    """Whoever knows how can make a chain that holds, but not the one that was anchored."""
    anchors = anchors_of(trail)
    ((chain, _),) = anchors.heads
    with trail.writing() as session:
        tamper(session, *CUT)
        session.commit()
    write_events(trail, 2, chain)
    assert found(trail) == set()
    assert found(trail, anchors=anchors) == {FaultKind.REWRITTEN}


def test_a_line_that_cannot_be_read_is_a_fault(trail: Database) -> None:
    anchors = replace(anchors_of(trail), unreadable=[7])
    assert found(trail, anchors=anchors) == {FaultKind.UNREADABLE}


# ---------------------------------------------------------------- what has to be removed

EMPTY = (
    "UPDATE audit_event SET before = '{}', after = '{}', reason = NULL WHERE id = 3",
    "UPDATE audit_link SET salt = NULL WHERE event_id = 3",
)


def test_what_an_event_told_can_be_removed_where_the_anchors_say_so(trail: Database) -> None:
    anchors = replace(anchors_of(trail), emptied={3})
    assert found(trail, *EMPTY, anchors=anchors) == set()
    with trail.reading_portions() as session:
        assert check_trail(session, anchors).emptied == [3]


def test_what_was_removed_in_silence_is_found(trail: Database) -> None:
    assert found(trail, *EMPTY) == {FaultKind.EMPTIED}


def test_other_words_instead_of_the_removed_ones_are_found(trail: Database) -> None:
    anchors = replace(anchors_of(trail), emptied={3})
    changed = "UPDATE audit_event SET reason = 'Noe annet' WHERE id = 3"
    assert found(trail, *EMPTY, changed, anchors=anchors) == {FaultKind.CHANGED}


def test_an_emptied_event_cannot_be_moved(trail: Database) -> None:
    anchors = replace(anchors_of(trail), emptied={3})
    assert FaultKind.CHANGED in found(trail, *EMPTY, *SWAP, anchors=anchors)


def test_the_purging_of_traces_leaves_the_chain_whole(trail: Database) -> None:
    with trail.writing() as session, clock_at(NOW.replace(year=2030)):
        purge_sign_in_traces(session)
        session.commit()
        assert faults(session) == []
