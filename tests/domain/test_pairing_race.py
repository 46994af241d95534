"""Two coordinators at the same moment: real connections, real threads, one winner.

These tests commit, so each has a database of its own. A barrier lets both threads start together;
no test waits for a time.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from marketplace.concepts.models import Concept
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.engine import Database
from marketplace.core.errors import NotNow, Stale
from marketplace.needs.models import Need
from marketplace.pairings import queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import deciding, proposing
from marketplace.pairings.states import PairingEvent, PairingRefusal, PairingState
from tests.domain.pairing_cast import EVERY_POINT, make_cast
from tests.factories import actor_for, make_member, make_need, make_pairing

SECONDS = 120
"""Long enough for the slowest machine: a thread that waits longer hangs, and the test fails."""

LOST = (NotNow, Stale, StaleDataError, IntegrityError)


@dataclass(frozen=True)
class Approval:
    """One coordinator's click on «Godkjenn», with the version that their page showed."""

    actor: Actor
    pairing_id: int
    version: int


def approval(actor: Actor, pairing: Pairing) -> Approval:
    return Approval(actor, pairing.id, pairing.version)


def race(database: Database, *actions: Callable[[Session], None]) -> list[BaseException | None]:
    """Run the actions together, each in its own thread, connection and transaction.

    On PostgreSQL both have begun before either goes on; on SQLite the first to begin holds the
    write lock, and the other begins when it has committed.
    """
    together = Barrier(len(actions), timeout=SECONDS)

    def run(action: Callable[[Session], None]) -> BaseException | None:
        with database.writing() as session:
            if database.engine.dialect.name == "postgresql":
                session.connection()
            together.wait()
            try:
                action(session)
                session.commit()
            except LOST as lost:
                return lost
        return None

    with ThreadPoolExecutor(len(actions)) as threads:
        return [running.result(SECONDS) for running in [threads.submit(run, a) for a in actions]]


def click(wanted: Approval, seen: Barrier | None = None) -> Callable[[Session], None]:
    """Approve as the page does; `seen` holds both until both have read the case."""

    def approve(session: Session) -> None:
        pairing = queries.get_pairing(session, wanted.actor, wanted.pairing_id)
        if seen is not None:
            seen.wait()
        deciding.approve_pairing(
            session,
            wanted.actor,
            pairing=pairing,
            version=wanted.version,
            points=EVERY_POINT,
            no_conflict=True,
        )

    return approve


def both_have_read(database: Database) -> Barrier | None:
    """Readers of PostgreSQL do not wait for each other, so both can hold the same old picture."""
    postgresql = database.engine.dialect.name == "postgresql"
    return Barrier(2, timeout=SECONDS) if postgresql else None


def count(database: Database, *conditions: object) -> int:
    with database.reading() as session:
        statement = select(func.count(Pairing.id)).where(*conditions)  # type: ignore[arg-type]  # conditions of SQLAlchemy, of many types
        return session.scalar(statement) or 0


def test_one_pairing_is_approved_once(committed: Database) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        pairing = cast.pairing(PairingState.ACCEPTED)
        clicks = [approval(cast.actor(n), pairing) for n in ("coordinator", "second_coordinator")]
        session.commit()

    seen = both_have_read(committed)
    ends = race(committed, *(click(wanted, seen) for wanted in clicks))

    lost = [end for end in ends if end is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], (Stale, NotNow))
    winner = clicks[ends.index(None)].actor
    with committed.reading() as session:
        pairing = session.scalars(select(Pairing)).one()
        assert pairing.state is PairingState.APPROVED
        assert pairing.decided_by_id == winner.person_id
        events = session.scalars(
            select(AuditEvent.actor_id).where(AuditEvent.event == PairingEvent.APPROVED)
        ).all()
        assert events == [winner.person_id]


def test_the_last_place_of_a_concept_is_given_once(committed: Database) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        cast.concept.capacity = 1
        first, second = make_need(session), make_need(session)
        clicks = []
        for need in (first, second):
            pairing = make_pairing(session, need, cast.concept, PairingState.ACCEPTED)
            clicks.append(approval(coordinator_of(session, need), pairing))
        session.commit()

    seen = both_have_read(committed)
    ends = race(committed, *(click(wanted, seen) for wanted in clicks))

    assert_one_lost_for(ends, PairingRefusal.CONCEPT_AT_CAPACITY)
    assert count(committed, Pairing.state == PairingState.APPROVED) == 1
    assert count(committed, Pairing.state == PairingState.ACCEPTED) == 1


def test_the_last_place_of_a_unit_is_given_once(committed: Database) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        cast.unit.capacity = 1
        other_need = make_need(session, cast.unit)
        pairings = [
            cast.pairing(PairingState.ACCEPTED),
            make_pairing(session, other_need, state=PairingState.ACCEPTED),
        ]
        names = ("coordinator", "second_coordinator")
        clicks = [approval(cast.actor(n), p) for n, p in zip(names, pairings, strict=True)]
        session.commit()

    seen = both_have_read(committed)
    ends = race(committed, *(click(wanted, seen) for wanted in clicks))

    assert_one_lost_for(ends, PairingRefusal.UNIT_AT_CAPACITY)
    assert count(committed, Pairing.state == PairingState.APPROVED) == 1


def test_a_pair_is_proposed_once(committed: Database) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        actors = [cast.actor("member"), cast.actor("coordinator")]
        need_id, concept_id = cast.need.id, cast.concept.id
        session.commit()

    def propose(actor: Actor) -> Callable[[Session], None]:
        def action(session: Session) -> None:
            proposing.propose_pairing(
                session,
                actor,
                need=session.get_one(Need, need_id),
                concept=session.get_one(Concept, concept_id),
                motivation="Nå.",
            )

        return action

    ends = race(committed, *(propose(actor) for actor in actors))

    assert sum(end is None for end in ends) == 1
    assert count(committed) == 1


def coordinator_of(session: Session, need: Need) -> Actor:
    return actor_for(make_member(session, Role.COORDINATOR, need.unit.organisation))


def assert_one_lost_for(ends: list[BaseException | None], refusal: PairingRefusal) -> None:
    lost = [end for end in ends if end is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], NotNow)
    assert lost[0].code is refusal
