"""Two people at the end of a case at the same moment: one decides, one closes, nothing is lost.

These tests commit, so each has a database of its own.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent
from marketplace.core.engine import Database
from marketplace.decisions import services as decisions
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionEvent, DecisionState
from marketplace.lessons import queries
from marketplace.lessons import services as lessons
from marketplace.lessons.models import Lesson
from marketplace.lessons.states import LessonEvent
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole, PairingEvent, PairingState, Side
from tests.domain.decision_cast import awaited, give_deputy
from tests.domain.lesson_cast import SAID, decided, write_both
from tests.domain.pairing_cast import make_cast
from tests.domain.test_pairing_race import race

Act = Callable[[Session], None]


def events(database: Database, *names: str) -> int:
    with database.reading() as session:
        told = select(func.count(AuditEvent.id)).where(AuditEvent.event.in_(names))
        return session.scalar(told) or 0


def decide(actor: Actor, version: int, reason: str) -> Act:
    def act(session: Session) -> None:
        decision = session.scalars(select(Decision)).one()
        decisions.decide_to_stop(session, actor, decision=decision, version=version, reason=reason)

    return act


def close(actor: Actor, version: int) -> Act:
    def act(session: Session) -> None:
        pairing = session.scalars(select(Pairing)).one()
        lessons.close_case(session, actor, pairing=pairing, version=version, reason="Alt er gjort.")

    return act


def change(actor: Actor, version: int) -> Act:
    def act(session: Session) -> None:
        pairing = session.scalars(select(Pairing)).one()
        words = replace(SAID, worked="Skrevet i siste liten.")
        lessons.write_lesson(
            session, actor, pairing=pairing, side=Side.UNIT, version=version, words=words
        )

    return act


def write(actor: Actor, worked: str) -> Act:
    def act(session: Session) -> None:
        pairing = session.scalars(select(Pairing)).one()
        words = replace(SAID, worked=worked)
        lessons.write_lesson(
            session, actor, pairing=pairing, side=Side.UNIT, version=0, words=words
        )

    return act


def test_the_decision_maker_and_the_deputy_decide_once(committed: Database) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        decision = awaited(cast)
        give_deputy(cast, decision.pairing, CaseRole.DECISION_MAKER, "leadership")
        clicks = [
            decide(cast.actor(name), decision.version, name) for name in ("leader", "leadership")
        ]
        session.commit()

    ends = race(committed, *clicks)

    assert [end is None for end in ends].count(True) == 1
    with committed.reading() as session:
        decision = session.scalars(select(Decision)).one()
        assert decision.state is DecisionState.STOP
        assert decision.reasons == ("leader", "leadership")[ends.index(None)]
    assert events(committed, DecisionEvent.STOPPED) == 1


@pytest.mark.parametrize("second", ["leader", "coordinator"])
def test_a_case_is_closed_once(committed: Database, second: str) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        pairing = decided(cast)
        write_both(cast, pairing)
        clicks = [
            close(cast.actor(name), pairing.version) for name in ("second_coordinator", second)
        ]
        session.commit()

    ends = race(committed, *clicks)

    assert [end is None for end in ends].count(True) == 1
    assert events(committed, PairingEvent.CLOSED) == 1
    assert events(committed, LessonEvent.PUBLISHED) == 2


def test_what_is_published_is_what_was_last_saved(committed: Database) -> None:
    """A change at the moment of closing comes before it, or is refused."""
    with committed.writing() as session:
        cast = make_cast(session)
        pairing = decided(cast)
        write_both(cast, pairing)
        version = queries.list_lessons(session, pairing.id)[Side.UNIT].version
        acts = (
            close(cast.actor("leader"), pairing.version),
            change(cast.actor("member"), version),
        )
        session.commit()

    closed, changed = race(committed, *acts)

    assert closed is None
    with committed.reading() as session:
        assert session.scalars(select(Pairing.state)).one() is PairingState.CLOSED
        lesson = session.scalars(select(Lesson).where(Lesson.side == Side.UNIT)).one()
        saved = changed is None
        assert (lesson.worked == "Skrevet i siste liten.") == saved
        assert lesson.published_at is not None
    assert events(committed, LessonEvent.CHANGED) == (1 if saved else 0)


def test_two_colleagues_write_the_same_side_once(committed: Database) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        decided(cast)
        acts = [write(cast.actor(name), name) for name in ("member", "leader")]
        session.commit()

    ends = race(committed, *acts)

    assert [end is None for end in ends].count(True) == 1
    with committed.reading() as session:
        lesson = session.scalars(select(Lesson)).one()
        assert lesson.worked == ("member", "leader")[ends.index(None)]
