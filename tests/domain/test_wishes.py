"""Leadership's wishes: only a unit makes a need of one, a no has a reason, and who is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow, Refused, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.needs.states import NeedState, RaisedBy
from marketplace.wishes import hooks, queries, services
from marketplace.wishes.models import UnitNo, Wish
from marketplace.wishes.states import (
    Voice,
    WishEvent,
    WishMove,
    WishRefusal,
    WishState,
    WishTopic,
)
from tests.domain.wishes_cast import (
    CHIEFS,
    OUTSIDERS,
    TITLE,
    UNIT_PEOPLE,
    WHAT,
    WHY,
    Cast,
    cast_for_wishes,
    events,
    told,
)
from tests.engines import decided_in_python
from tests.factories import make_need, make_unit
from tests.needs import publish

OPEN, TAKEN_ON, WITHDRAWN = WishState


@pytest.fixture
def cast(session: Session) -> Cast:
    return cast_for_wishes(session)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> object:
    return refused.value.code


# ---------------------------------------------------------------- raising


def test_leadership_raises_a_wish_and_all_unit_leaders_are_told(
    session: Session, cast: Cast
) -> None:
    wish = cast.raise_wish(title=f" {TITLE} ")
    assert (wish.state, wish.title, wish.raised_at) == (OPEN, TITLE, now())
    (event,) = events(session, wish)
    assert (event.event, event.actor_id) == (WishEvent.RAISED, cast.people["chief"].id)
    assert set(told(session, WishTopic.RAISED)) == cast.id_of("leader", "second_leader")


def test_a_wish_for_an_area_is_told_to_its_leaders(session: Session, cast: Cast) -> None:
    cast.raise_wish(area=cast.unit.area)
    assert set(told(session, WishTopic.RAISED)) == cast.id_of("leader")


def test_a_wish_addressed_to_a_unit_is_told_to_its_leader(session: Session, cast: Cast) -> None:
    wish = cast.raise_wish(units=[cast.second_unit])
    assert [a.unit for a in wish.addressees] == [cast.second_unit]
    assert set(told(session, WishTopic.RAISED_TO_YOU)) == cast.id_of("second_leader")
    assert told(session, WishTopic.RAISED) == {}


@decided_in_python
@pytest.mark.parametrize("name", [*UNIT_PEOPLE, "coordinator", "adviser", *OUTSIDERS])
def test_only_leadership_of_the_municipality_raises(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        cast.raise_wish(name)
    assert code_of(refused) is WishRefusal.LEADERSHIP_ONLY


@pytest.mark.parametrize("field", ["title", "what", "why"])
def test_a_wish_says_what_and_why(cast: Cast, field: str) -> None:
    with pytest.raises(InvalidField) as refused:
        cast.raise_wish(**{field: "  "})
    assert (refused.value.field, code_of(refused)) == (field, WishRefusal.TEXT_MISSING)


def test_units_of_other_municipalities_are_not_addressed(session: Session, cast: Cast) -> None:
    with pytest.raises(InvalidField) as refused:
        cast.raise_wish(units=[make_unit(session)])
    assert code_of(refused) is WishRefusal.UNIT_OUTSIDE_MUNICIPALITY


# ---------------------------------------------------------------- taking on


@pytest.mark.parametrize("name", ["member", "leader"])
def test_a_unit_takes_a_wish_on_and_gets_a_draft(session: Session, cast: Cast, name: str) -> None:
    wish = cast.addressed(cast.second_unit)
    need = cast.take_on(name, wish)
    assert (wish.state, wish.unit, wish.need) == (TAKEN_ON, cast.unit, need)
    assert (wish.taken_on_at, wish.taken_on_by_id) == (now(), cast.people[name].id)
    assert (need.state, need.unit, need.title) == (NeedState.DRAFT, cast.unit, TITLE)
    assert need.raised_by is RaisedBy.LEADERSHIP
    assert need.problem == f"{WHAT}\n\n{WHY}"
    assert need.endorsed_at is None
    assert [event.event for event in events(session, wish)] == [WishEvent.TAKEN_ON]
    expected = cast.id_of(*CHIEFS, "leader") - cast.id_of(name)
    assert set(told(session, WishTopic.TAKEN_ON)) == expected


@decided_in_python
@pytest.mark.parametrize("name", [*CHIEFS, "coordinator", "adviser", *OUTSIDERS])
def test_nobody_outside_a_unit_takes_it_on(cast: Cast, name: str) -> None:
    wish = cast.wish()
    with pytest.raises(NotAllowed) as refused:
        cast.take_on(name, wish)
    assert code_of(refused) is WishRefusal.UNIT_MEMBERS_ONLY


def test_one_takes_on_for_ones_own_unit_in_the_municipality(session: Session, cast: Cast) -> None:
    wish = cast.wish()
    with pytest.raises(NotAllowed) as others:
        cast.take_on("member", wish, cast.second_unit)
    assert code_of(others) is WishRefusal.UNIT_MEMBERS_ONLY
    with pytest.raises(InvalidField) as outside:
        cast.take_on("member", wish, make_unit(session))
    assert code_of(outside) is WishRefusal.UNIT_OUTSIDE_MUNICIPALITY


def test_a_wish_is_taken_on_once(cast: Cast) -> None:
    wish = cast.wish()
    cast.take_on("member", wish)
    with pytest.raises(NotNow) as refused:
        cast.take_on("second_leader", wish, cast.second_unit)
    assert code_of(refused) is LifecycleRefusal.WRONG_STATE


# ---------------------------------------------------------------- saying no


def test_a_unit_says_no_with_a_reason_that_leadership_sees(session: Session, cast: Cast) -> None:
    wish = cast.wish()
    cast.say_no("leader", wish)
    assert wish.state is OPEN
    (no,) = wish.noes
    assert (no.unit, no.reason, no.at) == (cast.unit, "Ikke tid.", now())
    messages = told(session, WishTopic.UNIT_SAID_NO)
    assert set(messages) == cast.id_of(*CHIEFS)
    assert all(payload["reason"] == "Ikke tid." for payload in messages.values())
    cast.say_no("second_leader", wish, cast.second_unit)
    assert len(wish.noes) == 2


def test_only_the_leader_says_no(cast: Cast) -> None:
    wish = cast.wish()
    for name, code in {
        "member": WishRefusal.UNIT_LEADERS_ONLY,
        "chief": WishRefusal.UNIT_MEMBERS_ONLY,
        "coordinator": WishRefusal.UNIT_MEMBERS_ONLY,
        "leader_elsewhere": WishRefusal.UNIT_MEMBERS_ONLY,
    }.items():
        with pytest.raises(NotAllowed) as refused:
            cast.say_no(name, wish)
        assert code_of(refused) is code, name
    with pytest.raises(NotAllowed) as others:
        cast.say_no("leader", wish, cast.second_unit)
    assert code_of(others) is WishRefusal.UNIT_LEADERS_ONLY


def test_a_no_needs_a_reason_and_is_said_once(cast: Cast) -> None:
    wish = cast.wish()
    with pytest.raises(InvalidField) as without:
        cast.say_no("leader", wish, reason=" ")
    assert code_of(without) is LifecycleRefusal.REASON_MISSING
    cast.say_no("leader", wish)
    with pytest.raises(NotNow) as again:
        cast.say_no("leader", wish)
    assert code_of(again) is WishRefusal.ALREADY_SAID_NO


def test_who_said_no_may_think_again(cast: Cast) -> None:
    wish = cast.wish()
    cast.say_no("leader", wish)
    assert cast.take_on("leader", wish).id


# ---------------------------------------------------------------- withdrawing


@pytest.mark.parametrize("name", CHIEFS)
def test_leadership_withdraws_with_a_reason(session: Session, cast: Cast, name: str) -> None:
    wish = cast.addressed(cast.unit)
    cast.withdraw(name, wish)
    assert (wish.state, wish.withdrawal_reason) == (WITHDRAWN, "Vi venter.")
    assert set(told(session, WishTopic.WITHDRAWN)) == cast.id_of("leader")


@decided_in_python
@pytest.mark.parametrize("name", [*UNIT_PEOPLE, "coordinator", *OUTSIDERS])
def test_nobody_else_withdraws(cast: Cast, name: str) -> None:
    wish = cast.wish()
    with pytest.raises(NotAllowed) as refused:
        cast.withdraw(name, wish)
    assert code_of(refused) is WishRefusal.LEADERSHIP_ONLY


def test_withdrawing_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(InvalidField) as refused:
        cast.withdraw("chief", cast.wish(), "")
    assert code_of(refused) is LifecycleRefusal.REASON_MISSING


MOVES: dict[WishMove, Callable[[Cast, Wish], object]] = {
    WishMove.TAKE_ON: lambda cast, wish: cast.take_on("leader", wish),
    WishMove.SAY_NO: lambda cast, wish: cast.say_no("leader", wish),
    WishMove.WITHDRAW: lambda cast, wish: cast.withdraw("chief", wish),
}


@decided_in_python
@pytest.mark.parametrize("state", [TAKEN_ON, WITHDRAWN])
@pytest.mark.parametrize("move", WishMove)
def test_what_is_over_is_not_moved(cast: Cast, state: WishState, move: WishMove) -> None:
    wish = cast.wish(state)
    with pytest.raises(NotNow) as refused:
        MOVES[move](cast, wish)
    assert code_of(refused) is LifecycleRefusal.WRONG_STATE


def test_a_stale_wish_is_not_moved(session: Session, cast: Cast) -> None:
    wish = cast.wish(updated_at=now() - timedelta(hours=1))
    seen: dict[str, Any] = {"wish": wish, "version": wish.version}
    cast.say_no("second_leader", wish, cast.second_unit)
    session.flush()
    leader, chief = cast.actor("leader"), cast.actor("chief")
    for move in (
        lambda: services.take_on_wish(session, leader, unit=cast.unit, **seen),
        lambda: services.say_no_to_wish(session, leader, unit=cast.unit, reason="Nei.", **seen),
        lambda: services.withdraw_wish(session, chief, reason="Nei.", **seen),
    ):
        with pytest.raises(Stale):
            move()


# ---------------------------------------------------------------- what comes of it


def test_whoever_wished_is_told_when_the_need_is_published(session: Session, cast: Cast) -> None:
    hooks.register()
    need = make_need(session, cast.unit, NeedState.IN_REVIEW)
    wish = cast.wish(TAKEN_ON, need=need)
    publish(session, cast.actor("coordinator"), need)
    assert set(told(session, WishTopic.NEED_PUBLISHED)) == cast.id_of(*CHIEFS)
    assert queries.raisers(session, need) == {wish.author_id}


def test_the_municipality_sees_its_wishes_and_nobody_else(session: Session, cast: Cast) -> None:
    wish = cast.wish()
    for name in cast.people:
        listed = wish in queries.list_wishes(session, cast.actor(name), 1).rows
        assert listed is (name not in OUTSIDERS), name
        if name in OUTSIDERS:
            with pytest.raises(NotFound):
                queries.get_wish(session, cast.actor(name), wish.id)


def test_units_see_first_what_is_addressed_to_them_and_not_what_they_refused(
    session: Session, cast: Cast
) -> None:
    general, meant, refused = cast.wish(), cast.addressed(cast.unit), cast.wish()
    cast.wish(TAKEN_ON)
    cast.say_no("leader", refused)
    assert list(queries.list_unanswered(session, cast.actor("member"))) == [meant, general]
    assert refused in queries.list_unanswered(session, cast.actor("second_member"))
    assert list(queries.list_unanswered(session, cast.actor("leader_elsewhere"))) == []


def test_the_share_of_needs_raised_by_leadership_and_units(session: Session, cast: Cast) -> None:
    for raised_by in (RaisedBy.LEADERSHIP, RaisedBy.LEADER, RaisedBy.EMPLOYEE):
        make_need(session, cast.unit, raised_by=raised_by)
    make_need(session, cast.second_unit, NeedState.CLOSED, raised_by=RaisedBy.USER)
    make_need(session, cast.unit, NeedState.DRAFT, raised_by=RaisedBy.LEADERSHIP)
    make_need(session, raised_by=RaisedBy.LEADERSHIP)
    for name in ("chief", "coordinator"):
        counts = queries.count_raised_by(session, cast.actor(name))
        assert counts.total == 4
        assert set(counts.counts) == set(RaisedBy)
        voices = {voice: counts.of_voice(voice) for voice in Voice}
        assert voices == {Voice.LEADERSHIP: 1, Voice.UNITS: 2, Voice.USERS: 1, Voice.OTHERS: 0}
        assert counts.share(counts.of_voice(Voice.UNITS)) == 0.5
    empty = queries.count_raised_by(session, cast.actor("member"))
    assert (empty.total, empty.share(0)) == (0, 0.0)


def test_every_origin_of_a_need_is_some_voice() -> None:
    assert set(queries.VOICES) == set(RaisedBy)


# ---------------------------------------------------------------- the database


@pytest.mark.parametrize(
    "values",
    [
        {"state": TAKEN_ON},
        {"state": WITHDRAWN},
        {"taken_on_at": now()},
        {"withdrawal_reason": "Nei."},
    ],
)
def test_the_database_keeps_the_rules(
    session: Session, cast: Cast, values: dict[str, object]
) -> None:
    home, author = cast.municipality.id, cast.people["chief"].id
    session.add(
        Wish(organisation_id=home, author_id=author, title=TITLE, what=WHAT, why=WHY, **values)
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_refuses_a_second_no_and_a_second_wish_of_a_need(
    session: Session, cast: Cast
) -> None:
    wish = cast.wish(TAKEN_ON)
    with pytest.raises(IntegrityError), session.begin_nested():
        cast.wish(TAKEN_ON, need=wish.need)
    other = cast.wish()
    for _ in range(2):
        session.add(
            UnitNo(
                wish_id=other.id,
                unit_id=cast.unit.id,
                person_id=cast.people["leader"].id,
                reason="Nei.",
            )
        )
    with pytest.raises(IntegrityError):
        session.flush()
