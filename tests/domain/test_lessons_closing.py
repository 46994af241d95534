"""A case is closed with the lessons of both sides, and they become public with it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import OutboxMessage
from marketplace.decisions.states import DecisionState
from marketplace.interests import recipients as interests
from marketplace.lessons import queries
from marketplace.lessons.case_facts import facts_of
from marketplace.lessons.closing import missing_for_closing
from marketplace.lessons.states import LessonEvent, LessonRefusal, LessonTopic, Outcome
from marketplace.needs import recipients as need_recipients
from marketplace.pairings.models import ConflictDeclaration, Pairing
from marketplace.pairings.states import CaseRole, PairingState, PairingTopic, Side
from marketplace.procurements.states import ProcurementState
from tests.domain.decision_cast import RUNNING, approved, awaited, give_deputy, make_pilot
from tests.domain.lesson_cast import (
    WRITER,
    bought,
    close,
    decided,
    not_tested,
    stopped,
    write,
    write_both,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS, Cast
from tests.engines import decided_in_python
from tests.factories import make_interest

Make = Callable[[Cast], Pairing]


def written(cast: Cast, make: Make = decided) -> Pairing:
    pairing = make(cast)
    write_both(cast, pairing)
    return pairing


# ---------------------------------------------------------------- who closes


@decided_in_python
@pytest.mark.parametrize("name", [*NO_PART_IN_IT, *ONLOOKERS, "member", "entrepreneur"])
def test_others_do_not_close(cast: Cast, name: str) -> None:
    pairing = written(cast)

    with pytest.raises(NotAllowed) as refused:
        close(cast, name, pairing)
    assert refused.value.code is LessonRefusal.LEADER_OWNER_OR_COORDINATOR
    assert pairing.state is PairingState.APPROVED


def test_a_coordinator_with_a_conflict_does_not_close(cast: Cast) -> None:
    pairing = written(cast)
    person_id = cast.person("coordinator").id
    pairing.conflicts.append(ConflictDeclaration(person_id=person_id, note="Søsken."))

    with pytest.raises(NotAllowed):
        close(cast, "coordinator", pairing)


@pytest.mark.parametrize("name", ["leader", "coordinator", "leadership"])
def test_the_leader_a_coordinator_and_the_owner_close(cast: Cast, name: str) -> None:
    pairing = written(cast)
    give_deputy(cast, pairing, CaseRole.OWNER, "leadership")

    close(cast, name, pairing)

    assert pairing.state is PairingState.CLOSED
    assert (pairing.closed_by_id, pairing.closed_at) == (cast.person(name).id, now())
    assert pairing.closing_reason == "Alt er gjort."


@pytest.mark.parametrize("reason", ["", " "])
def test_closing_says_why(cast: Cast, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        close(cast, "leader", written(cast), reason=reason)
    assert refused.value.code is LifecycleRefusal.REASON_MISSING


def test_a_stale_close_is_refused(cast: Cast) -> None:
    pairing = written(cast)

    with pytest.raises(Stale):
        close(cast, "leader", pairing, version=pairing.version + 1)


def test_nobody_closes_twice(cast: Cast) -> None:
    pairing = written(cast)
    close(cast, "leader", pairing)

    with pytest.raises(NotNow) as refused:
        close(cast, "leader", pairing)
    assert refused.value.code is LifecycleRefusal.WRONG_STATE


# ---------------------------------------------------------------- what must be there first


def running(cast: Cast) -> Pairing:
    pairing = approved(cast)
    make_pilot(cast, pairing, **RUNNING)
    return pairing


def undecided(cast: Cast) -> Pairing:
    return awaited(cast).pairing


def completed_before_the_clock(cast: Cast) -> Pairing:
    pairing = approved(cast)
    make_pilot(cast, pairing)
    return pairing


def stopped_by_the_unit(cast: Cast) -> Pairing:
    return stopped(cast, "unit")


def preparing(cast: Cast) -> Pairing:
    return bought(cast, ProcurementState.PREPARING)


def without_procurement(cast: Cast) -> Pairing:
    return decided(cast, DecisionState.BUY)


OBSTACLES = [
    (running, LessonRefusal.PILOT_ONGOING),
    (undecided, LessonRefusal.DECISION_AWAITED),
    (completed_before_the_clock, LessonRefusal.DECISION_AWAITED),
    (stopped_by_the_unit, LessonRefusal.STOP_REASON_MISSING),
    (preparing, LessonRefusal.PROCUREMENT_ONGOING),
    (without_procurement, LessonRefusal.PROCUREMENT_ONGOING),
]


@decided_in_python
@pytest.mark.parametrize(("make", "code"), OBSTACLES)
def test_a_case_that_is_not_over_is_not_closed(cast: Cast, make: Make, code: LessonRefusal) -> None:
    pairing = make(cast)
    if make is not running:
        write_both(cast, pairing)

    with pytest.raises(NotNow) as refused:
        close(cast, "leader", pairing)
    assert refused.value.code is code
    assert pairing.state is PairingState.APPROVED


@pytest.mark.parametrize("side", list(WRITER))
def test_both_sides_must_have_written(cast: Cast, side: Side) -> None:
    pairing = decided(cast)
    write(cast, WRITER[side], pairing, side)

    with pytest.raises(NotNow) as refused:
        close(cast, "leader", pairing)
    assert refused.value.code is LessonRefusal.LESSON_MISSING
    assert refused.value.values["side"] is (Side.ENTREPRENEUR if side is Side.UNIT else Side.UNIT)


def test_everything_that_is_missing_is_listed(cast: Cast) -> None:
    pairing = stopped(cast, "entrepreneur")

    missing = missing_for_closing(facts_of(cast.session, pairing))

    assert [(each.code, each.values["side"]) for each in missing] == [
        (LessonRefusal.STOP_REASON_MISSING, Side.UNIT),
        (LessonRefusal.LESSON_MISSING, Side.UNIT),
        (LessonRefusal.LESSON_MISSING, Side.ENTREPRENEUR),
    ]


# ---------------------------------------------------------------- what comes of it


def stopped_by_both(cast: Cast) -> Pairing:
    return stopped(cast, "unit", "entrepreneur")


def cancelled(cast: Cast) -> Pairing:
    return bought(cast, ProcurementState.CANCELLED)


def extended(cast: Cast) -> Pairing:
    return decided(cast, DecisionState.EXTEND)


@pytest.mark.parametrize(
    ("make", "outcome"),
    [
        (bought, Outcome.BOUGHT),
        (cancelled, Outcome.PURCHASE_CANCELLED),
        (decided, Outcome.NOT_BOUGHT),
        (stopped_by_both, Outcome.STOPPED),
        (extended, Outcome.EXTENSION_LAPSED),
        (not_tested, Outcome.NOT_TESTED),
    ],
)
def test_the_lessons_are_published_with_how_it_went(
    cast: Cast, make: Make, outcome: Outcome
) -> None:
    pairing = written(cast, make)

    close(cast, "leader", pairing)

    lessons = queries.list_lessons(cast.session, pairing.id)
    assert set(lessons) == {Side.UNIT, Side.ENTREPRENEUR}
    for lesson in lessons.values():
        assert (lesson.published_at, lesson.outcome) == (now(), outcome)
        assert lesson.revision > 0
    events = select(AuditEvent.event).where(AuditEvent.event == LessonEvent.PUBLISHED)
    assert len(cast.session.scalars(events).all()) == 2
    assert queries.get_published(cast.session, pairing.id).outcome is outcome


def test_everyone_concerned_is_told_once(cast: Cast) -> None:
    need_recipients.FOLLOWERS.add(interests.interested_people)
    interest = make_interest(cast.session, cast.need)
    pairing = written(cast)
    give_deputy(cast, pairing, CaseRole.DECISION_MAKER, "leadership")
    cast.session.query(OutboxMessage).delete()

    close(cast, "leader", pairing)

    by_id = {person.id: name for name, person in cast.people.items()}
    by_id[interest.person_id] = "follower"
    told: dict[str, set[str]] = {}
    for message in cast.session.scalars(select(OutboxMessage)):
        told.setdefault(message.topic, set()).add(by_id.get(message.person_id, "approver"))
        if message.topic == LessonTopic.PUBLISHED:
            assert message.payload["case_outcome"] == Outcome.NOT_BOUGHT
    assert told == {
        PairingTopic.CLOSED: {
            "member",
            "entrepreneur",
            "colleague",
            "coordinator",
            "second_coordinator",
            "publisher",
            "approver",
            "adviser",
            "leadership",
        },
        LessonTopic.PUBLISHED: {"follower"},
    }
