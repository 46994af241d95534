"""Questions on a need: who asks and answers, when, what is told, and that nobody says who asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.states import AccountRefusal, OrganisationState
from marketplace.core.actor import ANONYMOUS, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow, Refused, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import OutboxMessage
from marketplace.interests.recipients import interested_people
from marketplace.needs import recipients as need_recipients
from marketplace.needs.states import NeedState
from marketplace.questions import hooks, queries, services
from marketplace.questions.models import Question
from marketplace.questions.states import (
    QuestionEvent,
    QuestionMove,
    QuestionRefusal,
    QuestionState,
    QuestionTopic,
)
from tests.domain.questions_cast import (
    ANSWER,
    OUTSIDERS,
    TEXT,
    UNIT,
    Cast,
    cast_for_questions,
    events,
    make_question,
    told,
)
from tests.engines import decided_in_python
from tests.factories import grant_role, make_entrepreneur, make_interest, make_member
from tests.needs import close

WAITING, ANSWERED, TURNED_DOWN = QuestionState


@pytest.fixture
def cast(session: Session) -> Cast:
    return cast_for_questions(session)


def refusal_of(error: pytest.ExceptionInfo[Refused]) -> object:
    return error.value.code


# ---------------------------------------------------------------- asking


def test_an_entrepreneur_asks_about_a_published_need(session: Session, cast: Cast) -> None:
    question = cast.ask(text=f"  {TEXT}\n")
    assert (question.state, question.text, question.asked_at) == (WAITING, TEXT, now())
    (event,) = events(session, question)
    assert (event.event, event.actor_id) == (QuestionEvent.ASKED, cast.people["asker"].id)


@decided_in_python
@pytest.mark.parametrize("name", [*UNIT, "coordinator", *OUTSIDERS])
def test_only_entrepreneurs_ask(cast: Cast, name: str) -> None:
    if name == "rival":
        assert cast.ask(name).id
        return
    with pytest.raises(NotAllowed) as refused:
        cast.ask(name)
    assert refusal_of(refused) is QuestionRefusal.ENTREPRENEURS_ONLY


@pytest.mark.parametrize("state", [OrganisationState.PENDING, OrganisationState.REJECTED])
def test_an_organisation_that_is_not_approved_waits(
    session: Session, cast: Cast, state: OrganisationState
) -> None:
    company = make_entrepreneur(session, state=state)
    cast.people["new"] = make_member(session, Role.ENTREPRENEUR, company)
    with pytest.raises(NotNow) as refused:
        cast.ask("new")
    assert refusal_of(refused) is AccountRefusal.ORGANISATION_NOT_APPROVED


def test_nobody_asks_their_own_unit(session: Session, cast: Cast) -> None:
    grant_role(session, cast.people["asker"], Role.UNIT_MEMBER, cast.need.unit)
    session.refresh(cast.people["asker"])
    with pytest.raises(NotAllowed) as refused:
        cast.ask()
    assert refusal_of(refused) is QuestionRefusal.OWN_QUESTION


@decided_in_python
@pytest.mark.parametrize("state", [s for s in NeedState if s is not NeedState.PUBLISHED])
def test_only_a_published_need_takes_questions(session: Session, state: NeedState) -> None:
    other = cast_for_questions(session, state=state)
    with pytest.raises(NotNow) as refused:
        other.ask()
    assert refusal_of(refused) is QuestionRefusal.NEED_NOT_OPEN


def closing_in(session: Session, days: int) -> Cast:
    return cast_for_questions(session, questions_close_on=today() + timedelta(days=days))


def test_the_day_of_the_deadline_is_still_in_time(session: Session) -> None:
    assert closing_in(session, 0).ask().due_on == today()


def test_the_day_after_the_deadline_is_too_late(session: Session) -> None:
    with pytest.raises(NotNow) as refused:
        closing_in(session, -1).ask()
    assert refusal_of(refused) is QuestionRefusal.DEADLINE_PASSED


@pytest.mark.parametrize(("closes_in", "due_in"), [(3, 3), (7, 7), (14, 7)])
def test_a_question_has_its_own_deadline(session: Session, closes_in: int, due_in: int) -> None:
    assert closing_in(session, closes_in).ask().due_on == today() + timedelta(days=due_in)


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_question_says_something(cast: Cast, text: str) -> None:
    with pytest.raises(InvalidField) as refused:
        cast.ask(text=text)
    assert (refused.value.field, refusal_of(refused)) == ("text", QuestionRefusal.TEXT_MISSING)


def test_the_same_is_not_asked_twice_while_it_waits(cast: Cast) -> None:
    question = cast.ask()
    with pytest.raises(NotNow) as refused:
        cast.ask()
    assert refusal_of(refused) is QuestionRefusal.ALREADY_ASKED
    assert cast.ask("rival").id != question.id
    cast.answer("member", question)
    assert cast.ask().id


def test_the_people_of_the_unit_are_told_and_not_who_asked(session: Session, cast: Cast) -> None:
    cast.ask()
    messages = told(session, QuestionTopic.ASKED)
    assert set(messages) == cast.id_of(*UNIT)
    expected = {"need_id": cast.need.id, "title": cast.need.title}
    assert all(payload == expected for payload in messages.values())


# ---------------------------------------------------------------- answering


@pytest.mark.parametrize("name", UNIT)
def test_the_people_of_the_unit_answer(session: Session, cast: Cast, name: str) -> None:
    question = cast.question()
    cast.answer(name, question)
    assert (question.state, question.answer, question.answered_at) == (ANSWERED, ANSWER, now())
    assert question.answered_by_id == cast.people[name].id
    assert [event.event for event in events(session, question)] == [QuestionEvent.ANSWERED]


@decided_in_python
@pytest.mark.parametrize("name", ["coordinator", "colleague", *OUTSIDERS])
def test_nobody_else_answers(cast: Cast, name: str) -> None:
    question = cast.question()
    with pytest.raises(NotAllowed) as refused:
        cast.answer(name, question)
    assert refusal_of(refused) is QuestionRefusal.UNIT_MEMBERS_ONLY


def test_nobody_answers_their_own_question(session: Session, cast: Cast) -> None:
    """Somebody may come to work in the unit after they asked."""
    question = cast.question()
    grant_role(session, cast.people["asker"], Role.UNIT_MEMBER, cast.need.unit)
    session.refresh(cast.people["asker"])
    with pytest.raises(NotAllowed) as refused:
        cast.answer("asker", question)
    assert refusal_of(refused) is QuestionRefusal.OWN_QUESTION


@pytest.mark.parametrize("state", [ANSWERED, TURNED_DOWN])
def test_what_does_not_wait_is_not_answered(cast: Cast, state: QuestionState) -> None:
    question = cast.question(state)
    with pytest.raises(NotNow) as refused:
        cast.answer("member", question)
    assert refusal_of(refused) is LifecycleRefusal.WRONG_STATE


@pytest.mark.parametrize("move", QuestionMove)
def test_a_stale_question_is_not_moved(session: Session, cast: Cast, move: QuestionMove) -> None:
    question = cast.question(ANSWERED if move is QuestionMove.ADD_TO_ANSWER else WAITING)
    stale: dict[str, Any] = {"question": question, "version": question.version + 1}
    member = cast.actor("member")
    moves: dict[QuestionMove, Callable[[], object]] = {
        QuestionMove.ANSWER: lambda: services.answer_question(
            session, member, answer=ANSWER, **stale
        ),
        QuestionMove.ADD_TO_ANSWER: lambda: services.add_to_answer(
            session, member, text="Mer.", **stale
        ),
        QuestionMove.TURN_DOWN: lambda: services.turn_down_question(
            session, member, reason="Nei.", **stale
        ),
    }
    with pytest.raises(Stale):
        moves[move]()


def test_everybody_who_follows_the_need_is_told_the_answer(session: Session, cast: Cast) -> None:
    need_recipients.FOLLOWERS.add(queries.askers)
    need_recipients.FOLLOWERS.add(interested_people)
    interest = make_interest(session, cast.need)
    cast.question(ANSWERED, text="Noe annet?", answered_at=now())
    make_question(session, cast.need, asker_id=cast.people["rival"].id)
    question = cast.question()
    cast.answer("member", question)
    assert set(told(session, QuestionTopic.YOURS_ANSWERED)) == cast.id_of("asker")
    expected = cast.id_of("leader", "rival") | {interest.concept.author_id}
    assert set(told(session, QuestionTopic.ANSWERED)) == expected


def test_an_answer_says_something(cast: Cast) -> None:
    with pytest.raises(InvalidField) as refused:
        cast.answer("member", cast.question(), " ")
    assert (refused.value.field, refusal_of(refused)) == ("answer", QuestionRefusal.TEXT_MISSING)


# ---------------------------------------------------------------- correcting


def test_an_answer_is_corrected_by_an_addition(session: Session, cast: Cast) -> None:
    need_recipients.FOLLOWERS.add(queries.askers)
    question = cast.question(ANSWERED)
    cast.add("leader", question)
    assert question.answer == ANSWER
    assert [addition.text for addition in question.additions] == ["Også i helgene."]
    (event,) = events(session, question)
    assert event.event == QuestionEvent.ANSWER_ADDED_TO
    assert set(told(session, QuestionTopic.ANSWER_ADDED_TO)) == cast.id_of("member", "asker")


@pytest.mark.parametrize("state", [WAITING, TURNED_DOWN])
def test_only_an_answer_is_added_to(cast: Cast, state: QuestionState) -> None:
    with pytest.raises(NotNow) as refused:
        cast.add("member", cast.question(state))
    assert refusal_of(refused) is LifecycleRefusal.WRONG_STATE


@decided_in_python
@pytest.mark.parametrize("name", ["coordinator", "colleague", *OUTSIDERS])
def test_nobody_else_adds_to_an_answer(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        cast.add(name, cast.question(ANSWERED))
    assert refusal_of(refused) is QuestionRefusal.UNIT_MEMBERS_ONLY


def test_of_two_additions_at_once_the_second_is_stale(session: Session, cast: Cast) -> None:
    question = cast.question(ANSWERED, updated_at=now() - timedelta(hours=1))
    seen = question.version
    cast.add("member", question)
    session.flush()
    with pytest.raises(Stale):
        services.add_to_answer(
            session, cast.actor("leader"), question=question, version=seen, text="Mer."
        )


# ---------------------------------------------------------------- turning down


@pytest.mark.parametrize("name", [*UNIT, "coordinator"])
@pytest.mark.parametrize("state", [WAITING, ANSWERED])
def test_unit_and_coordinator_turn_down_and_the_asker_is_told_why(
    session: Session, cast: Cast, name: str, state: QuestionState
) -> None:
    question = cast.question(state)
    cast.turn_down(name, question)
    assert (question.state, question.turned_down_at) == (TURNED_DOWN, now())
    (event,) = events(session, question)
    assert (event.event, event.reason) == (QuestionEvent.TURNED_DOWN, "Gjelder én bruker.")
    messages = told(session, QuestionTopic.TURNED_DOWN)
    assert set(messages) == cast.id_of("asker")
    assert messages[cast.people["asker"].id]["reason"] == "Gjelder én bruker."


@decided_in_python
@pytest.mark.parametrize("name", ["asker", "colleague", *OUTSIDERS])
def test_nobody_else_turns_down(cast: Cast, name: str) -> None:
    question = cast.question()
    with pytest.raises(NotAllowed) as refused:
        cast.turn_down(name, question)
    assert refusal_of(refused) is QuestionRefusal.UNIT_AND_COORDINATORS_ONLY


def test_turning_down_needs_a_reason_and_happens_once(cast: Cast) -> None:
    question = cast.question()
    with pytest.raises(InvalidField) as without:
        cast.turn_down("member", question, "  ")
    assert refusal_of(without) is LifecycleRefusal.REASON_MISSING
    cast.turn_down("member", question)
    with pytest.raises(NotNow) as refused:
        cast.turn_down("member", question)
    assert refusal_of(refused) is LifecycleRefusal.WRONG_STATE


def test_what_waits_falls_with_the_need(session: Session, cast: Cast) -> None:
    hooks.register()
    waiting, answered = cast.question(), cast.question(ANSWERED)
    close(session, cast.actor("leader"), cast.need)
    assert (waiting.state, answered.state) == (TURNED_DOWN, ANSWERED)
    assert waiting.turning_down_reason == cast.need.closing_reason
    assert cast.people["asker"].id in told(session, QuestionTopic.TURNED_DOWN)


# ---------------------------------------------------------------- who sees what


def seen(session: Session, cast: Cast, name: str, question: Question) -> bool:
    actor = ANONYMOUS if name == "public" else cast.actor(name)
    try:
        queries.get_question(session, actor, question.id)
    except NotFound:
        found = False
    else:
        found = True
    listed = queries.list_questions_of_need(session, actor, cast.need)
    assert (question in listed) is found
    return found


@pytest.mark.parametrize("state", QuestionState)
def test_who_sees_a_question(session: Session, cast: Cast, state: QuestionState) -> None:
    question = cast.question(state)
    concerned = {*UNIT, "coordinator", "asker"}
    for name in [*cast.people, "public"]:
        expected = state is ANSWERED or name in concerned
        assert seen(session, cast, name, question) is expected, name


def test_the_list_of_what_waits_is_for_unit_and_coordinators(session: Session, cast: Cast) -> None:
    late = cast.question(due_on=today() - timedelta(days=2))
    early = cast.question(due_on=today() - timedelta(days=3))
    cast.question(ANSWERED)
    for name in cast.people:
        rows = list(queries.list_waiting(session, cast.actor(name), 1).rows)
        assert rows == ([early, late] if name in {*UNIT, "coordinator"} else []), name
    own = queries.list_own_questions(session, cast.actor("asker"), 1)
    assert own.total == 3
    assert queries.list_own_questions(session, cast.actor("colleague"), 1).total == 0


def test_no_message_tells_who_asked(session: Session, cast: Cast) -> None:
    need_recipients.FOLLOWERS.add(queries.askers)
    asker = cast.people["asker"]
    question = cast.ask()
    services.remind_coordinators(session, question.id, today())
    cast.answer("member", question)
    cast.add("member", question)
    cast.turn_down("member", question)
    payloads = str([m.payload for m in session.scalars(select(OutboxMessage))])
    for secret in (asker.name, asker.email, cast.company.name, "asker"):
        assert secret not in payloads
    asked = select(AuditEvent.actor_id).where(AuditEvent.event == str(QuestionEvent.ASKED))
    assert session.scalars(asked).one() == asker.id


# ---------------------------------------------------------------- the database


@pytest.mark.parametrize(
    "values",
    [
        {"state": ANSWERED},
        {"state": TURNED_DOWN},
        {"answer": ANSWER},
        {"answer": ANSWER, "answered_at": now()},
        {"state": WAITING, "turning_down_reason": "Nei."},
    ],
)
def test_the_database_keeps_the_rules(
    session: Session, cast: Cast, values: dict[str, object]
) -> None:
    session.add(
        Question(
            need_id=cast.need.id,
            asker_id=cast.people["asker"].id,
            text=TEXT,
            due_on=today(),
            **values,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_refuses_an_answer_by_the_asker(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        cast.question(ANSWERED, answered_by_id=cast.people["asker"].id)
