"""People are told of good matches that are new, once, and of nothing that is no news to them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationState
from marketplace.concepts import services as concepts
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.config import Settings
from marketplace.core import schedule
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now, today
from marketplace.core.db import broken_rule
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage, tell
from marketplace.core.schedule import TimedEvent
from marketplace.interests.states import InterestState
from marketplace.matches.blocking import Blocker
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.news import hooks, queries
from marketplace.news.models import NewText, ToldMatch
from marketplace.news.services import looking
from marketplace.news.states import NewsEvent, NewsTopic, ToldStrength
from marketplace.pairings.states import PairingState
from tests.domain.news_stage import (
    DINNER,
    GOOD,
    POSSIBLE,
    Stage,
    dismiss,
    note_concept,
    note_need,
    set_stage,
    strengths,
    told,
    waiting,
    work,
)
from tests.domain.worker_process import Place, worker_process
from tests.factories import actor_for, make_interest, make_pairing
from tests.needs import Cast, publish

SECONDS = 120
OWNERS, UNITS = NewsTopic.NEED_MATCHES, NewsTopic.CONCEPT_MATCHES


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.register()


@pytest.fixture
def stage(committed: Database) -> Stage:
    return set_stage(committed)


def change(database: Database, model: type[Any], row_id: int, **values: Any) -> None:
    with database.writing() as session:
        row = session.get_one(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.commit()


def add(database: Database, make: Any, stage: Stage, **values: Any) -> None:
    """What stands between the pair, made by a factory."""
    with database.writing() as session:
        need, concept = session.get_one(Need, stage.need), session.get_one(Concept, stage.concept)
        make(session, need, concept, **values)
        session.commit()


# ---------------------------------------------------------------- nobody is told


def look_at_both(database: Database, stage: Stage) -> None:
    note_need(database, stage.need)
    note_concept(database, stage.concept)
    assert work(database) >= 1
    assert waiting(database) == 0


def nobody_is_told(database: Database) -> bool:
    return told(database, OWNERS) == told(database, UNITS) == []


def test_nobody_is_told_of_a_possible_match(committed: Database, stage: Stage) -> None:
    note_concept(committed, stage.concept, **POSSIBLE)
    look_at_both(committed, stage)
    assert nobody_is_told(committed)


def test_nobody_is_told_of_a_need_that_takes_no_answers(committed: Database, stage: Stage) -> None:
    change(committed, Need, stage.need, questions_close_on=None)
    change(committed, Need, stage.need, interests_close_on=today() - timedelta(days=1))
    look_at_both(committed, stage)
    assert nobody_is_told(committed)


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.IN_REVIEW, NeedState.NEEDS_CHANGES])
def test_nobody_is_told_of_a_need_that_is_not_published(
    committed: Database, stage: Stage, state: NeedState
) -> None:
    change(committed, Need, stage.need, state=state)
    look_at_both(committed, stage)
    assert nobody_is_told(committed)


@pytest.mark.parametrize("state", [ConceptState.DRAFT, ConceptState.ARCHIVED])
def test_nobody_is_told_of_a_concept_that_is_not_published(
    committed: Database, stage: Stage, state: ConceptState
) -> None:
    note_concept(committed, stage.concept, state=state)
    look_at_both(committed, stage)
    assert nobody_is_told(committed)


def test_nobody_is_told_of_an_organisation_that_is_not_approved(
    committed: Database, stage: Stage
) -> None:
    with committed.writing() as session:
        concept = session.get_one(Concept, stage.concept)
        concept.organisation.state, concept.organisation.decided_at = (
            OrganisationState.PENDING,
            None,
        )
        session.commit()
    look_at_both(committed, stage)
    assert nobody_is_told(committed)


def decline(session: Session, need: Need, concept: Concept) -> None:
    make_pairing(session, need, concept, PairingState.DECLINED)


@pytest.mark.parametrize("what", [dismiss, decline, make_pairing, make_interest])
def test_nobody_is_told_of_a_pair_that_is_settled(
    committed: Database, stage: Stage, what: Any
) -> None:
    """Dismissed, declined, proposed already, answered already."""
    add(committed, what, stage)
    look_at_both(committed, stage)
    assert nobody_is_told(committed)


def test_nobody_is_told_of_a_pair_that_is_blocked(
    committed: Database, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = Blocker(
        lambda _session, _need: {stage.concept},
        lambda _session, _concept: {stage.need},
        lambda _session, _needs: {(stage.need, stage.concept)},
    )
    monkeypatch.setattr("marketplace.matches.blocking.BLOCKERS", [blocker])
    look_at_both(committed, stage)
    assert nobody_is_told(committed)


def test_nobody_is_told_again_when_an_answer_was_taken_back(
    committed: Database, stage: Stage
) -> None:
    add(
        committed,
        make_interest,
        stage,
        state=InterestState.WITHDRAWN,
        withdrawn_at=now(),
        withdrawal_reason="Nei.",
    )
    look_at_both(committed, stage)
    assert nobody_is_told(committed)


def test_what_has_waited_too_long_is_no_news(committed: Database, stage: Stage) -> None:
    note_need(committed, stage.need)
    assert work(committed, now() + queries.NEWS_FOR) == 0
    assert nobody_is_told(committed)


# ---------------------------------------------------------------- who is told


def test_owners_are_told_of_a_need_and_rivals_of_nothing(committed: Database, stage: Stage) -> None:
    note_need(committed, stage.need)
    assert work(committed) == 1
    assert told(committed, OWNERS) == [(stage.owner, stage.need)]
    assert told(committed, UNITS) == []
    with committed.reading() as session:
        (message,) = session.scalars(select(OutboxMessage)).all()
        assert message.payload["concept_id"] == stage.concept
        assert set(message.payload) == {
            "need_id", "title", "concept_id", "concept", "strength", "rank",
        }  # fmt: skip
        events = select(AuditEvent).where(AuditEvent.event == NewsEvent.MATCH_TOLD)
        (event,) = session.scalars(events).all()
        assert (event.actor_id, event.subject_type) == (None, "ToldMatch")


def test_the_unit_is_told_of_a_concept(committed: Database, stage: Stage) -> None:
    note_concept(committed, stage.concept)
    work(committed)
    assert told(committed, UNITS) == [(stage.member, stage.need)]
    assert told(committed, OWNERS) == []


def test_who_has_left_is_not_told(committed: Database, stage: Stage) -> None:
    change(committed, Person, stage.owner, active=False)
    note_need(committed, stage.need)
    work(committed)
    assert told(committed, OWNERS) == []


# ---------------------------------------------------------------- once


def test_a_pair_is_told_once_whoever_is_looked_at(committed: Database, stage: Stage) -> None:
    note_need(committed, stage.need)
    work(committed)
    note_concept(committed, stage.concept)
    work(committed)
    note_need(committed, stage.need)
    work(committed)
    assert told(committed, OWNERS) == [(stage.owner, stage.need)]
    assert told(committed, UNITS) == []


def test_it_is_told_again_when_it_is_stronger_and_not_when_it_is_weaker(
    committed: Database, stage: Stage
) -> None:
    for texts in (GOOD, DINNER, GOOD, DINNER):
        note_concept(committed, stage.concept, **texts)
        work(committed)
    assert strengths(committed) == ["good", "strong"]
    assert told(committed, UNITS) == [(stage.member, stage.need)] * 2


def test_who_was_told_that_it_is_strong_is_not_told_that_it_is_good(
    committed: Database, stage: Stage
) -> None:
    for texts in (DINNER, GOOD):
        note_concept(committed, stage.concept, **texts)
        work(committed)
    assert strengths(committed) == ["strong"]


def test_the_database_takes_no_pair_twice(session: Session) -> None:
    need, concept = make_interest(session).need, make_interest(session).concept
    for _ in range(2):
        told_match = ToldMatch(
            need_id=need.id, concept_id=concept.id, strength=ToldStrength.GOOD, told_at=now()
        )
        session.add(told_match)
    with pytest.raises(IntegrityError) as refused:
        session.flush()
    assert "told_match" in broken_rule(refused.value)


def test_changes_that_come_together_are_looked_at_together(
    committed: Database, stage: Stage
) -> None:
    for _ in range(3):
        note_concept(committed, stage.concept)
    assert work(committed) == 3
    assert told(committed, UNITS) == [(stage.member, stage.need)]
    assert work(committed) == 0


# ---------------------------------------------------------------- what is noted


def test_publishing_a_need_notes_it(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    assert session.scalars(select(NewText)).all() == []
    publish(session, actor_for(people.coordinator), need)
    assert [new.need_id for new in session.scalars(select(NewText))] == [need.id]


@pytest.mark.parametrize(("state", "noted"), [(ConceptState.PUBLISHED, 1), (ConceptState.DRAFT, 0)])
def test_changing_a_concept_notes_it_where_others_read_it(
    committed: Database, stage: Stage, state: ConceptState, noted: int
) -> None:
    with committed.writing() as session:
        concept = session.get_one(Concept, stage.concept)
        concept.state = state
        session.flush()
        names = concepts.ConceptContent.__dataclass_fields__
        content = {name: getattr(concept, name) for name in names} | {"capacity": 7}
        concepts.save_concept(
            session,
            actor_for(session.get_one(Person, stage.owner)),
            concept=concept,
            version=concept.version,
            content=concepts.ConceptContent(**content),
        )
        session.commit()
    assert waiting(committed) == noted


def test_a_note_is_of_a_need_or_of_a_concept(session: Session) -> None:
    session.add(NewText())
    with pytest.raises(IntegrityError):
        session.flush()


# ---------------------------------------------------------------- several workers, and crashes


def test_two_workers_at_once_tell_once(committed: Database, stage: Stage) -> None:
    note_need(committed, stage.need)
    note_concept(committed, stage.concept)
    together = Barrier(2, timeout=SECONDS)

    def look() -> int:
        together.wait()
        return work(committed)

    with ThreadPoolExecutor(2) as threads:
        done = [future.result(SECONDS) for future in [threads.submit(look) for _ in range(2)]]
    assert sum(done) == 2
    assert len(told(committed, OWNERS) + told(committed, UNITS)) == 1
    assert strengths(committed) == ["strong"]


def test_a_crash_in_the_middle_leaves_nothing_and_is_made_good(
    committed: Database, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_need(committed, stage.need)

    def told_half(*arguments: Any, **options: Any) -> None:
        tell(*arguments, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(looking, "tell", told_half)
        with pytest.raises(KeyboardInterrupt):
            work(committed)
    assert nobody_is_told(committed)
    assert (strengths(committed), waiting(committed)) == ([], 1)
    assert work(committed) == 1
    assert told(committed, OWNERS) == [(stage.owner, stage.need)]


@pytest.mark.real_time
def test_a_worker_killed_in_the_middle_is_made_good_by_another(
    real: Database, settings: Settings
) -> None:
    stage = set_stage(real)
    note_need(real, stage.need)
    with worker_process(real, settings, Place.HALF_TOLD_OF_A_MATCH) as other:
        assert other.wait_and_kill() == Place.HALF_TOLD_OF_A_MATCH
    with real.reading() as session:
        assert session.scalars(select(TimedEvent)).all() == []
    assert (strengths(real), waiting(real)) == ([], 1)
    assert work(real) == 1
    assert told(real, OWNERS) == [(stage.owner, stage.need)]
