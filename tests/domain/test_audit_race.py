"""Many write to one chain at the same moment: no place is taken twice, skipped or waited for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.accounts.states import AccountEvent
from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from marketplace.core.audit_rows import AuditLink
from marketplace.core.engine import Database
from tests.domain.trail_tools import faults
from tests.factories import make_organisation, make_unit

SECONDS = 120
THREADS = 6
ROUNDS = 8


def tell(session: Session, *units: Unit) -> None:
    for unit in units:
        record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit)


def race(database: Database, unit_ids: list[list[int]]) -> None:
    """Each thread writes about its units, in their order, again and again."""
    together = Barrier(len(unit_ids), timeout=SECONDS)

    def write(ids: list[int]) -> None:
        together.wait()
        for _ in range(ROUNDS):
            with database.writing() as session:
                tell(session, *(session.get_one(Unit, unit_id) for unit_id in ids))
                session.commit()

    with ThreadPoolExecutor(len(unit_ids)) as threads:
        for running in [threads.submit(write, ids) for ids in unit_ids]:
            running.result(SECONDS)


def taken(database: Database, chain: int) -> list[int]:
    with database.reading() as session:
        statement = select(AuditLink.sequence).where(AuditLink.chain == chain)
        return list(session.scalars(statement.order_by(AuditLink.sequence)))


def test_a_chain_that_many_write_to_has_no_gap_and_no_fork(committed: Database) -> None:
    with committed.writing() as session:
        town = make_organisation(session)
        units = [make_unit(session, organisation=town).id for _ in range(THREADS)]
        session.commit()
    race(committed, [[unit_id, unit_id] for unit_id in units])
    assert taken(committed, town.id) == list(range(1, 2 * THREADS * ROUNDS + 1))
    with committed.reading_portions() as session:
        assert faults(session) == []


def test_two_chains_in_opposite_order_do_not_wait_in_a_ring(committed: Database) -> None:
    with committed.writing() as session:
        units = [make_unit(session), make_unit(session)]
        ids = [unit.id for unit in units]
        session.commit()
    race(committed, [ids, ids[::-1]] * (THREADS // 2))
    for unit in units:
        assert taken(committed, unit.organisation_id) == list(range(1, THREADS * ROUNDS + 1))
    with committed.reading_portions() as session:
        assert faults(session) == []


def test_a_row_that_is_locked_after_an_event_makes_no_ring(committed: Database) -> None:
    """One has recorded and wants a row; the other has the row and records: both come through."""
    with committed.writing() as session:
        town = make_organisation(session)
        ids = [make_unit(session, organisation=town).id for _ in range(2)]
        session.commit()
    postgresql = committed.engine.dialect.name == "postgresql"
    both = Barrier(2 if postgresql else 1, timeout=SECONDS)

    def record_then_hold() -> None:
        with committed.writing() as session:
            tell(session, session.get_one(Unit, ids[0]))
            both.wait()
            session.get_one(Unit, ids[1], with_for_update=True)
            session.commit()

    def hold_then_record() -> None:
        with committed.writing() as session:
            unit = session.get_one(Unit, ids[1], with_for_update=True)
            both.wait()
            tell(session, unit)
            session.commit()

    with ThreadPoolExecutor(2) as threads:
        for running in [threads.submit(record_then_hold), threads.submit(hold_then_record)]:
            running.result(SECONDS)
    assert taken(committed, town.id) == [1, 2]
