"""Each event has a place in the chain of its municipality, and a hash over the one before."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.accounts.states import AccountEvent
from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from marketplace.core.audit_chain import NO_MUNICIPALITY, canonical, head_of
from marketplace.core.audit_rows import AuditEvent, AuditLink
from marketplace.core.engine import Database
from marketplace.needs.states import NeedEvent
from marketplace.pairings.states import PairingEvent
from tests.domain.trail_tools import faults, put_event
from tests.factories import make_need, make_pairing, make_person, make_unit
from tests.queries import count_queries


@pytest.fixture
def unit(session: Session) -> Unit:
    unit = make_unit(session)
    session.commit()
    return unit


def change(session: Session, unit: Unit) -> AuditEvent:
    unit.capacity += 1
    return record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit)


def places(session: Session, chain: int) -> list[tuple[int, int]]:
    statement = select(AuditLink.sequence, AuditLink.event_id).where(AuditLink.chain == chain)
    return [
        (place, event_id)
        for place, event_id in session.execute(statement.order_by(AuditLink.sequence))
    ]


def test_a_place_is_taken_once(session: Session, unit: Unit) -> None:
    change(session, unit)
    session.commit()
    other = put_event(session)
    link = insert(AuditLink).values(
        event_id=other.id, chain=unit.organisation_id, sequence=1, contents_hash="", hash=""
    )
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(link)


def test_events_are_sealed_in_their_order_when_the_transaction_commits(
    session: Session, unit: Unit
) -> None:
    events = [change(session, unit) for _ in range(3)]
    assert places(session, unit.organisation_id) == []
    session.commit()
    expected = [(place, event.id) for place, event in enumerate(events, start=1)]
    assert places(session, unit.organisation_id) == expected
    later = change(session, unit)
    session.commit()
    assert places(session, unit.organisation_id) == [*expected, (4, later.id)]
    assert faults(session) == []


def test_each_municipality_has_a_chain_and_the_rest_has_one(session: Session, unit: Unit) -> None:
    other, person = make_unit(session), make_person(session)
    need = make_need(session, other)
    pairing = make_pairing(session, need)
    told = [
        change(session, unit),
        record(session, SYSTEM, NeedEvent.CHANGED, need),
        record(session, SYSTEM, PairingEvent.PROPOSED, pairing),
        record(session, SYSTEM, AccountEvent.PERSON_CHANGED, person),
        put_event(session),
    ]
    session.commit()
    chains = [session.get_one(AuditLink, event.id).chain for event in told]
    theirs = other.organisation_id
    assert chains == [unit.organisation_id, theirs, theirs, NO_MUNICIPALITY, NO_MUNICIPALITY]
    assert faults(session) == []


def test_what_a_savepoint_has_taken_back_has_no_place(session: Session, unit: Unit) -> None:
    before = change(session, unit)
    with session.begin_nested() as savepoint:
        change(session, unit)
        savepoint.rollback()
    with session.begin_nested():
        after = record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit)
    session.commit()
    assert places(session, unit.organisation_id) == [(1, before.id), (2, after.id)]
    assert faults(session) == []


def test_what_is_rolled_back_leaves_no_gap(session: Session, unit: Unit) -> None:
    change(session, unit)
    session.rollback()
    event = change(session, unit)
    session.commit()
    assert places(session, unit.organisation_id) == [(1, event.id)]


def test_one_event_costs_two_statements_more(session: Session, unit: Unit) -> None:
    change(session, unit)
    with count_queries(session) as counted:
        session.commit()
    assert counted.count == 2


def test_many_events_of_a_transaction_cost_three(session: Session, unit: Unit) -> None:
    for _ in range(20):
        change(session, unit)
    with count_queries(session) as counted:
        session.commit()
    assert counted.count == 3


def test_the_words_may_be_of_any_kind(session: Session, unit: Unit) -> None:
    """What is read back is what was sealed: letters, numbers as keys, floats, long texts."""
    odd = {
        "æøå «»\u2028\U0001f600": [1.1, 1e300, None, True],
        "n": {2: "b", 10: "a"},
        "x": "y" * 9999,
    }
    record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit, reason="Grønn\t\n", extra=odd)
    session.commit()
    session.expunge_all()
    assert faults(session) == []


def test_the_same_is_written_in_one_way() -> None:
    assert (
        canonical({"b": 1, "a": "å"}) == canonical({"a": "å", "b": 1}) == b'{"a":"\\u00e5","b":1}'
    )


def test_equal_words_have_unequal_hashes(session: Session, unit: Unit) -> None:
    """So that nobody guesses what a text was that had to be removed."""
    for _ in range(2):
        record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit, reason="Syk")
    session.commit()
    assert len(set(session.scalars(select(AuditLink.contents_hash)))) == 2


def test_a_session_of_its_own_goes_on_where_the_last_one_ended(
    committed: Database,
) -> None:
    with committed.writing() as session:
        unit = make_unit(session)
        change(session, unit)
        session.commit()
        first = head_of(session, unit.organisation_id)
    with committed.writing() as session:
        change(session, session.get_one(Unit, unit.id))
        session.commit()
        assert head_of(session, first.chain).sequence == first.sequence + 1
        assert faults(session) == []
