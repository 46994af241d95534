"""What stops a move of a need: the wrong person or state, a stale page, something missing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.core.errors import Incomplete, InvalidField, NotAllowed, NotNow, Refused, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import OutboxMessage
from marketplace.needs import policies
from marketplace.needs.models import Need
from marketplace.needs.requirements import missing_for_publishing
from marketplace.needs.services import closing, publishing, returning, writing
from marketplace.needs.states import (
    EDITABLE,
    ENDORSABLE,
    NeedMove,
    NeedOutcome,
    NeedRefusal,
    NeedState,
    PublishRequirement,
)
from tests.engines import decided_in_python
from tests.factories import actor_for, grant_role
from tests.needs import (
    STRANGERS,
    Cast,
    Move,
    add,
    ask,
    close,
    endorse,
    publish,
    refuse,
    save,
    stranger,
    submit,
    take_back,
)

# ---------------------------------------------------------------- the wrong person

UNIT_ONLY = NeedRefusal.UNIT_MEMBERS_ONLY
LEADERS_ONLY = NeedRefusal.UNIT_LEADERS_ONLY
COORDINATORS_ONLY = NeedRefusal.COORDINATORS_ONLY
CLOSERS_ONLY = NeedRefusal.LEADERS_AND_COORDINATORS_ONLY

REFUSED: list[tuple[Move, NeedState, NeedRefusal, tuple[str, ...]]] = [
    (save, NeedState.DRAFT, UNIT_ONLY, (*STRANGERS, "coordinator")),
    (submit, NeedState.DRAFT, UNIT_ONLY, (*STRANGERS, "coordinator")),
    (add, NeedState.PUBLISHED, UNIT_ONLY, (*STRANGERS, "coordinator")),
    (endorse, NeedState.DRAFT, LEADERS_ONLY, (*STRANGERS, "member", "coordinator")),
    (ask, NeedState.IN_REVIEW, COORDINATORS_ONLY, (*STRANGERS, "member", "leader")),
    (refuse, NeedState.IN_REVIEW, LEADERS_ONLY, (*STRANGERS, "member", "coordinator")),
    (take_back, NeedState.IN_REVIEW, UNIT_ONLY, (*STRANGERS, "coordinator")),
    (publish, NeedState.IN_REVIEW, COORDINATORS_ONLY, (*STRANGERS, "member", "leader")),
    (close, NeedState.PUBLISHED, CLOSERS_ONLY, (*STRANGERS, "member")),
]
WRONG_PEOPLE = [(move, state, code, who) for move, state, code, people in REFUSED for who in people]


@decided_in_python
@pytest.mark.parametrize(("move", "state", "code", "who"), WRONG_PEOPLE)
def test_a_move_is_refused_to_the_wrong_person(
    move: Move, state: NeedState, code: NeedRefusal, who: str, session: Session, people: Cast
) -> None:
    need = people.need(session, state)
    with pytest.raises(NotAllowed) as refused:
        move(session, stranger(session, who, people), need)
    assert refused.value.code is code
    assert need.state is state
    assert session.scalars(select(OutboxMessage)).all() == []


def test_a_need_is_begun_only_in_ones_own_unit(session: Session, people: Cast) -> None:
    with pytest.raises(NotAllowed) as refused:
        writing.create_need(session, stranger(session, "other unit", people), unit=people.unit)
    assert refused.value.code is NeedRefusal.UNIT_MEMBERS_ONLY


def test_a_coordinator_does_not_publish_what_they_wrote(session: Session, people: Cast) -> None:
    grant_role(session, people.author, Role.COORDINATOR, people.unit.organisation)
    session.refresh(people.author)
    need = people.need(session, NeedState.IN_REVIEW)
    with pytest.raises(NotAllowed) as refused:
        publish(session, actor_for(people.author), need)
    assert refused.value.code is NeedRefusal.OWN_NEED
    assert need.state is NeedState.IN_REVIEW
    assert NeedMove.PUBLISH not in policies.open_moves(actor_for(people.author), need)


# ---------------------------------------------------------------- the wrong state

LOCKED = {
    NeedState.IN_REVIEW: NeedRefusal.LOCKED_IN_REVIEW,
    NeedState.PUBLISHED: NeedRefusal.LOCKED_PUBLISHED,
    NeedState.CLOSED: NeedRefusal.LOCKED_CLOSED,
}
RIGHT_STATES: list[tuple[Move, str, frozenset[NeedState], Any]] = [
    (save, "member", EDITABLE, LOCKED),
    (submit, "member", EDITABLE, LifecycleRefusal.WRONG_STATE),
    (endorse, "leader", ENDORSABLE, NeedRefusal.NOT_ENDORSABLE),
    (ask, "coordinator", frozenset({NeedState.IN_REVIEW}), LifecycleRefusal.WRONG_STATE),
    (refuse, "leader", frozenset({NeedState.IN_REVIEW}), LifecycleRefusal.WRONG_STATE),
    (take_back, "member", frozenset({NeedState.IN_REVIEW}), LifecycleRefusal.WRONG_STATE),
    (publish, "coordinator", frozenset({NeedState.IN_REVIEW}), LifecycleRefusal.WRONG_STATE),
    (add, "member", frozenset({NeedState.PUBLISHED}), NeedRefusal.NOT_PUBLISHED),
    (close, "leader", frozenset({NeedState.PUBLISHED}), LifecycleRefusal.WRONG_STATE),
]


@decided_in_python
@pytest.mark.parametrize("state", NeedState)
@pytest.mark.parametrize(("move", "who", "right", "code"), RIGHT_STATES)
def test_a_move_is_refused_in_every_other_state(
    move: Move,
    who: str,
    right: frozenset[NeedState],
    code: object,
    state: NeedState,
    session: Session,
    people: Cast,
) -> None:
    unsigned = {"endorsed_by": None, "endorsed_at": None} if state in ENDORSABLE else {}
    need = people.need(session, state, **(unsigned if move is endorse else {}))
    actor = actor_for(getattr(people, who))
    if state in right:
        move(session, actor, need)
        return
    with pytest.raises(NotNow) as refused:
        move(session, actor, need)
    assert refused.value.code is (code[state] if isinstance(code, dict) else code)
    assert need.state is state


@decided_in_python
@pytest.mark.parametrize(
    ("move", "who", "state"),
    [
        (submit, "member", NeedState.DRAFT),
        (ask, "coordinator", NeedState.IN_REVIEW),
        (publish, "coordinator", NeedState.IN_REVIEW),
        (refuse, "leader", NeedState.IN_REVIEW),
        (take_back, "member", NeedState.IN_REVIEW),
        (close, "leader", NeedState.PUBLISHED),
    ],
)
def test_a_move_is_not_made_twice(
    move: Move, who: str, state: NeedState, session: Session, people: Cast
) -> None:
    need = people.need(session, state)
    actor = actor_for(getattr(people, who))
    move(session, actor, need)
    with pytest.raises(NotNow):
        move(session, actor, need)


def test_a_need_is_not_endorsed_twice(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    with pytest.raises(NotNow) as refused:
        endorse(session, actor_for(people.leader), need)
    assert refused.value.code is NeedRefusal.ALREADY_ENDORSED


# ---------------------------------------------------------------- a stale page


@decided_in_python
@pytest.mark.parametrize(
    ("call", "who", "state"),
    [
        (publishing.submit_need, "member", NeedState.DRAFT),
        (publishing.endorse_need, "leader", NeedState.DRAFT),
        (publishing.publish_need, "coordinator", NeedState.IN_REVIEW),
        (returning.ask_for_changes, "coordinator", NeedState.IN_REVIEW),
        (returning.refuse_need, "leader", NeedState.IN_REVIEW),
        (returning.take_back_need, "member", NeedState.IN_REVIEW),
        (writing.add_addendum, "member", NeedState.PUBLISHED),
        (closing.close_need, "leader", NeedState.PUBLISHED),
        (writing.save_need, "member", NeedState.DRAFT),
    ],
)
def test_a_stale_page_is_refused(
    call: Callable[..., object], who: str, state: NeedState, session: Session, people: Cast
) -> None:
    need = people.need(session, state)
    more: dict[Callable[..., object], dict[str, Any]] = {
        returning.ask_for_changes: {"reason": "Fordi."},
        returning.refuse_need: {"reason": "Fordi."},
        returning.take_back_need: {"reason": "Fordi."},
        writing.add_addendum: {"text": "Nytt."},
        closing.close_need: {"outcome": NeedOutcome.MET, "reason": "Fordi."},
        writing.save_need: {"fields": {"title": "Ny tittel"}},
    }
    with pytest.raises(Stale):
        call(
            session,
            actor_for(getattr(people, who)),
            need=need,
            version=need.version - 1,
            **more.get(call, {}),
        )
    assert need.state is state


# ---------------------------------------------------------------- what a move asks for


@pytest.mark.parametrize("reason", ["", "   "])
@pytest.mark.parametrize(
    ("move", "who"), [(ask, "coordinator"), (refuse, "leader"), (take_back, "member")]
)
def test_sending_a_need_back_needs_a_reason(
    move: Callable[..., None], who: str, reason: str, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    with pytest.raises(InvalidField) as refused:
        move(session, actor_for(getattr(people, who)), need, reason)
    assert (refused.value.field, need.state) == ("reason", NeedState.IN_REVIEW)


@pytest.mark.parametrize(
    ("outcome", "reason", "field"),
    [(None, "Fordi.", "outcome"), (NeedOutcome.MET, "  ", "reason")],
)
def test_closing_needs_outcome_and_reason(
    outcome: NeedOutcome | None, reason: str, field: str, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    with pytest.raises(InvalidField) as refused:
        closing.close_need(
            session,
            actor_for(people.leader),
            need=need,
            version=need.version,
            outcome=outcome,
            reason=reason,
        )
    assert (refused.value.field, need.state) == (field, NeedState.PUBLISHED)


def test_an_addendum_needs_a_text(session: Session, people: Cast) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    with pytest.raises(InvalidField) as refused:
        writing.add_addendum(
            session, actor_for(people.member), need=need, version=need.version, text=" \n"
        )
    assert (refused.value.field, need.addenda) == ("text", [])


# ---------------------------------------------------------------- what publishing asks for

WITHOUT: dict[PublishRequirement, dict[str, Any]] = {
    PublishRequirement.TITLE: {"title": ""},
    PublishRequirement.PROBLEM: {"problem": ""},
    PublishRequirement.TARGET_GROUP: {"target_group": ""},
    PublishRequirement.TARGET_COUNT: {"target_count": None},
    PublishRequirement.TRIED: {"tried": ""},
    PublishRequirement.WANTED_EFFECT: {"wanted_effect": ""},
    PublishRequirement.EFFECT_MEASURE: {"effect_measure": ""},
    PublishRequirement.CONTRIBUTION_HOURS: {"contribution_hours": None},
    PublishRequirement.CONTRIBUTION: {"contribution": ""},
    PublishRequirement.CONTACT: {"contact": None},
    PublishRequirement.DECISION_MAKER: {"decision_maker": None},
    PublishRequirement.BUDGET_STATUS: {"budget_status": None},
    PublishRequirement.ESTIMATED_VALUE: {"estimated_value": None},
    PublishRequirement.SERVICE_CATEGORY: {"service_category": None},
    PublishRequirement.INTENDED_ROUTE: {"intended_route": None},
    PublishRequirement.QUESTIONS_CLOSE_ON: {"questions_close_on": None},
    PublishRequirement.INTERESTS_CLOSE_ON: {"interests_close_on": None},
    PublishRequirement.DATES_IN_ORDER: {"questions_close_on": "+30", "interests_close_on": "+30"},
    PublishRequirement.DATES_AHEAD: {"questions_close_on": "+0"},
    PublishRequirement.RAISED_BY: {"raised_by": None},
    PublishRequirement.NO_PERSONAL_DATA: {"tried": "Ring 91234567."},
    PublishRequirement.ENDORSEMENT: {"endorsed_by": None, "endorsed_at": None},
}


def lacking(session: Session, people: Cast, *points: PublishRequirement) -> Need:
    values = {name: value for point in points for name, value in WITHOUT[point].items()}
    days = {n: today() + timedelta(days=int(v)) for n, v in values.items() if str(v)[:1] == "+"}
    return people.need(session, NeedState.IN_REVIEW, **(values | days))


@decided_in_python
@pytest.mark.parametrize("point", PublishRequirement)
def test_publishing_names_the_one_thing_that_is_missing(
    point: PublishRequirement, session: Session, people: Cast
) -> None:
    need = lacking(session, people, point)
    with pytest.raises(Incomplete) as refused:
        publish(session, actor_for(people.coordinator), need)
    assert refused.value.code is NeedRefusal.NOT_READY
    assert refused.value.missing == (point,)
    assert need.state is NeedState.IN_REVIEW


def test_publishing_names_all_that_is_missing_in_order(session: Session, people: Cast) -> None:
    points = (
        PublishRequirement.PROBLEM,
        PublishRequirement.CONTACT,
        PublishRequirement.ENDORSEMENT,
    )
    with pytest.raises(Incomplete) as refused:
        publish(session, actor_for(people.coordinator), lacking(session, people, *points))
    assert refused.value.missing == points


def test_an_empty_draft_lacks_everything_but_what_can_be_wrong_of_what_is_written(
    session: Session, people: Cast
) -> None:
    need = writing.create_need(session, actor_for(people.member), unit=people.unit)
    right = {
        PublishRequirement.DATES_IN_ORDER,
        PublishRequirement.DATES_AHEAD,
        PublishRequirement.NO_PERSONAL_DATA,
    }
    assert set(missing_for_publishing(need)) == set(PublishRequirement) - right


# ---------------------------------------------------------------- what sending in asks for

STOPS_REVIEW: list[tuple[dict[str, Any], tuple[PublishRequirement, ...]]] = [
    ({"title": ""}, (PublishRequirement.TITLE,)),
    ({"problem": ""}, (PublishRequirement.PROBLEM,)),
    ({"problem": "01019012345"}, (PublishRequirement.NO_PERSONAL_DATA,)),
    ({"interests": 14}, (PublishRequirement.DATES_IN_ORDER,)),
    ({"questions": 0}, (PublishRequirement.DATES_AHEAD,)),
    ({"questions": None, "interests": -1}, (PublishRequirement.DATES_AHEAD,)),
    ({"interests": 732}, (PublishRequirement.DATES_AHEAD,)),
    (
        {"title": "", "problem": "", "questions": 3, "interests": -3},
        (
            PublishRequirement.TITLE,
            PublishRequirement.PROBLEM,
            PublishRequirement.DATES_IN_ORDER,
            PublishRequirement.DATES_AHEAD,
        ),
    ),
]


def with_days(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a need, where the dates are given as days from today."""
    days = {"questions": "questions_close_on", "interests": "interests_close_on"}
    return {
        days.get(name, name): today() + timedelta(days=value) if isinstance(value, int) else value
        for name, value in values.items()
    }


@decided_in_python
@pytest.mark.parametrize("state", sorted(EDITABLE))
@pytest.mark.parametrize(("values", "missing"), STOPS_REVIEW)
def test_a_need_that_nobody_could_judge_is_not_sent_in(
    values: dict[str, Any],
    missing: tuple[PublishRequirement, ...],
    state: NeedState,
    session: Session,
    people: Cast,
) -> None:
    need = people.need(session, state, **with_days(values))
    with pytest.raises(Incomplete) as refused:
        submit(session, actor_for(people.member), need)
    assert refused.value.code is NeedRefusal.NOT_FOR_REVIEW
    assert refused.value.missing == missing
    assert (need.state, need.submitted_at) == (state, None)
    assert session.scalars(select(OutboxMessage)).all() == []


def test_a_need_may_be_sent_in_with_the_rest_missing(session: Session, people: Cast) -> None:
    actor = actor_for(people.member)
    need = writing.create_need(session, actor, unit=people.unit, title="Ensomme eldre")
    need.problem = "Mange er alene."
    session.flush()
    submit(session, actor, need)
    assert need.state is NeedState.IN_REVIEW


# ---------------------------------------------------------------- buttons follow the rules

BY_MOVE: dict[NeedMove, Move] = {
    NeedMove.SUBMIT: submit,
    NeedMove.ASK_FOR_CHANGES: ask,
    NeedMove.REFUSE: refuse,
    NeedMove.TAKE_BACK: take_back,
    NeedMove.PUBLISH: publish,
    NeedMove.CLOSE: close,
}


@decided_in_python
@pytest.mark.parametrize("who", ["member", "leader", "coordinator", *STRANGERS])
@pytest.mark.parametrize("state", NeedState)
@pytest.mark.parametrize("move", NeedMove)
def test_the_page_offers_a_move_exactly_when_the_service_makes_it(
    move: NeedMove, state: NeedState, who: str, session: Session, people: Cast
) -> None:
    need = people.need(session, state)
    actor = stranger(session, who, people)
    offered = move in policies.open_moves(actor, need)
    try:
        BY_MOVE[move](session, actor, need)
    except Refused:
        assert not offered
    else:
        assert offered
