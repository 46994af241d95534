"""Pooled needs: who joins whose need, who stands behind it, and what all units give together."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow, Refused, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.needs import policies as needs_policies
from marketplace.needs import queries as needs
from marketplace.needs import recipients as need_recipients
from marketplace.needs.joining import queries, services
from marketplace.needs.joining.pages import sums_of
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.sites import list_sites
from marketplace.needs.states import (
    JOINABLE,
    NeedState,
    NeedTask,
    ParticipationEvent,
    ParticipationRefusal,
    ParticipationState,
    ParticipationTopic,
)
from tests.domain.pool_cast import JOINING, STRANGERS, Cast, cast_for_pool, events, told
from tests.domain.town import kinds, queue
from tests.engines import decided_in_python
from tests.factories import make_unit

ASKED, ENDORSED, WITHDRAWN = ParticipationState


@pytest.fixture
def cast(session: Session) -> Cast:
    return cast_for_pool(session)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> object:
    return refused.value.code


# ---------------------------------------------------------------- asking


@pytest.mark.parametrize("name", JOINING)
def test_a_unit_asks_to_join_and_its_leader_is_told(
    session: Session, cast: Cast, name: str
) -> None:
    row = cast.ask(name, site="  Dagsenteret ")
    assert (row.state, row.unit, row.site) == (ASKED, cast.joiner, "Dagsenteret")
    assert (row.hours, row.target_count, row.asked_at) == (60, 25, now())
    assert [event.event for event in events(session, row)] == [ParticipationEvent.ASKED]
    expected = cast.id_of("joining_leader") - cast.id_of(name)
    assert set(told(session, ParticipationTopic.ENDORSEMENT_ASKED)) == expected


@decided_in_python
@pytest.mark.parametrize("name", ["member", "leader", "coordinator", *STRANGERS])
def test_nobody_else_asks_for_the_unit(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        cast.ask(name)
    assert code_of(refused) is ParticipationRefusal.UNIT_MEMBERS_ONLY


@pytest.mark.parametrize("state", NeedState)
def test_one_joins_what_is_in_review_or_published(session: Session, state: NeedState) -> None:
    cast = cast_for_pool(session, state)
    if state in JOINABLE:
        assert cast.ask().id
        return
    with pytest.raises(NotNow) as refused:
        cast.ask()
    assert code_of(refused) is ParticipationRefusal.NOT_JOINABLE


def test_units_of_other_municipalities_do_not_join(cast: Cast) -> None:
    far = cast.people["elsewhere"].memberships[0].unit
    with pytest.raises(NotAllowed) as refused:
        cast.ask("elsewhere", far)
    assert code_of(refused) is ParticipationRefusal.OTHER_MUNICIPALITY


def test_the_unit_that_owns_the_need_is_in_it_already(cast: Cast) -> None:
    with pytest.raises(NotNow) as refused:
        cast.ask("member", cast.unit, contact_id=cast.people["member"].id)
    assert code_of(refused) is ParticipationRefusal.OWN_NEED


@pytest.mark.parametrize("state", [ASKED, ENDORSED])
def test_a_unit_is_in_a_need_once(cast: Cast, state: ParticipationState) -> None:
    cast.participation(state)
    with pytest.raises(NotNow) as refused:
        cast.ask()
    assert code_of(refused) is ParticipationRefusal.ALREADY_JOINED


def test_after_withdrawing_a_unit_may_ask_again(cast: Cast) -> None:
    cast.participation(WITHDRAWN)
    assert cast.ask().state is ASKED


@decided_in_python
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"site": " "}, ParticipationRefusal.TEXT_MISSING),
        ({"contribution": ""}, ParticipationRefusal.TEXT_MISSING),
        ({"hours": None}, ParticipationRefusal.NUMBER_OUTSIDE),
        ({"hours": -1}, ParticipationRefusal.NUMBER_OUTSIDE),
        ({"target_count": 0}, ParticipationRefusal.NUMBER_OUTSIDE),
        ({"contact_id": None}, ParticipationRefusal.CONTACT_OUTSIDE_UNIT),
    ],
)
def test_what_a_unit_brings_is_whole(
    cast: Cast, values: dict[str, Any], code: ParticipationRefusal
) -> None:
    with pytest.raises(InvalidField) as refused:
        cast.ask(**values)
    assert (refused.value.field, code_of(refused)) == (next(iter(values)), code)


def test_the_contact_works_in_the_unit(cast: Cast) -> None:
    with pytest.raises(InvalidField) as refused:
        cast.ask(contact_id=cast.people["member"].id)
    assert code_of(refused) is ParticipationRefusal.CONTACT_OUTSIDE_UNIT


# ---------------------------------------------------------------- standing behind it


def test_the_units_own_leader_endorses_and_all_who_follow_are_told(
    session: Session, cast: Cast
) -> None:
    row = cast.participation()
    cast.endorse("joining_leader", row)
    assert (row.state, row.endorsed_at) == (ENDORSED, now())
    assert row.endorsed_by_id == cast.people["joining_leader"].id
    assert [event.event for event in events(session, row)] == [ParticipationEvent.ENDORSED]
    messages = told(session, ParticipationTopic.JOINED)
    expected = cast.id_of("member", "leader", "joining_member", "coordinator")
    assert expected <= set(messages)
    assert not cast.id_of(*STRANGERS) & set(messages)
    assert messages[cast.people["member"].id]["unit"] == cast.joiner.name


def test_who_asked_may_be_the_leader_who_endorses(cast: Cast) -> None:
    row = cast.ask("joining_leader")
    cast.endorse("joining_leader", row)
    assert row.asked_by_id == row.endorsed_by_id


@decided_in_python
@pytest.mark.parametrize("name", ["member", "leader", "joining_member", "coordinator", *STRANGERS])
def test_nobody_else_endorses(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        cast.endorse(name, cast.participation())
    assert code_of(refused) is ParticipationRefusal.UNIT_LEADERS_ONLY


@pytest.mark.parametrize("state", [ENDORSED, WITHDRAWN])
def test_only_what_is_asked_is_endorsed(cast: Cast, state: ParticipationState) -> None:
    with pytest.raises(NotNow) as refused:
        cast.endorse("joining_leader", cast.participation(state))
    assert code_of(refused) is LifecycleRefusal.WRONG_STATE


def test_nobody_is_let_into_a_need_that_is_over(session: Session) -> None:
    cast = cast_for_pool(session, NeedState.CLOSED)
    with pytest.raises(NotNow) as refused:
        cast.endorse("joining_leader", cast.participation())
    assert code_of(refused) is ParticipationRefusal.NOT_JOINABLE


# ---------------------------------------------------------------- leaving


@pytest.mark.parametrize("name", [*JOINING, "coordinator"])
def test_what_was_only_asked_is_taken_back(session: Session, cast: Cast, name: str) -> None:
    row = cast.participation()
    cast.withdraw(name, row)
    assert (row.state, row.withdrawal_reason) == (WITHDRAWN, "Vi rekker det ikke.")
    messages = told(session, ParticipationTopic.WITHDRAWN)
    assert set(messages) == cast.id_of(*JOINING) - cast.id_of(name)


@pytest.mark.parametrize("name", ["joining_leader", "coordinator"])
def test_leaving_tells_all_who_follow_why(session: Session, cast: Cast, name: str) -> None:
    row = cast.participation(ENDORSED)
    cast.withdraw(name, row)
    (event,) = events(session, row)
    assert (event.event, event.reason) == (ParticipationEvent.WITHDRAWN, "Vi rekker det ikke.")
    messages = told(session, ParticipationTopic.WITHDRAWN)
    assert cast.id_of("member", "leader", "joining_member") <= set(messages)
    assert messages[cast.people["leader"].id]["reason"] == "Vi rekker det ikke."


def test_a_member_does_not_undo_what_the_leader_said(cast: Cast) -> None:
    with pytest.raises(NotAllowed) as refused:
        cast.withdraw("joining_member", cast.participation(ENDORSED))
    assert code_of(refused) is ParticipationRefusal.LEADERS_AND_COORDINATORS_ONLY


@decided_in_python
@pytest.mark.parametrize("name", ["member", "leader", *STRANGERS])
def test_nobody_else_takes_a_unit_out(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        cast.withdraw(name, cast.participation())
    assert code_of(refused) is ParticipationRefusal.OWN_UNIT_OR_COORDINATORS


def test_leaving_needs_a_reason_and_happens_once(cast: Cast) -> None:
    row = cast.participation(ENDORSED)
    with pytest.raises(InvalidField) as without:
        cast.withdraw("joining_leader", row, "  ")
    assert code_of(without) is LifecycleRefusal.REASON_MISSING
    cast.withdraw("joining_leader", row)
    with pytest.raises(NotNow) as again:
        cast.withdraw("joining_leader", row)
    assert code_of(again) is LifecycleRefusal.WRONG_STATE


def test_a_stale_participation_is_not_moved(session: Session, cast: Cast) -> None:
    row, leader = cast.participation(), cast.actor("joining_leader")
    stale: dict[str, Any] = {"participation": row, "version": row.version + 1}
    moves: list[Callable[[], object]] = [
        lambda: services.endorse_participation(session, leader, **stale),
        lambda: services.withdraw_participation(session, leader, reason="Nei.", **stale),
    ]
    for move in moves:
        with pytest.raises(Stale):
            move()


# ---------------------------------------------------------------- what all see


def test_the_sites_and_sums_of_all_units(session: Session, cast: Cast) -> None:
    own = [(cast.unit, cast.unit.name, 120)]
    asked = cast.participation()
    assert [(s.unit, s.name, s.hours) for s in list_sites(session, cast.need)] == own
    assert sums_of(cast.need, [asked]).hours == 120
    cast.endorse("joining_leader", asked)
    sites = [(s.unit, s.name, s.hours) for s in list_sites(session, cast.need)]
    assert sites == [*own, (cast.joiner, "Dagsenteret", 60)]
    sums = sums_of(cast.need, [asked])
    assert (sums.units, sums.hours, sums.target_count) == (2, 180, 65)


def test_the_people_of_a_joined_unit_follow_the_need(session: Session, cast: Cast) -> None:
    row = cast.participation()
    assert not cast.id_of(*JOINING) & need_recipients.followers(session, cast.need)
    cast.endorse("joining_leader", row)
    assert cast.id_of(*JOINING) <= need_recipients.followers(session, cast.need)
    cast.withdraw("joining_leader", row)
    assert not cast.id_of(*JOINING) & need_recipients.followers(session, cast.need)


def sees(session: Session, cast: Cast, name: str) -> bool:
    actor = cast.actor(name)
    listed = select(Need.id).where(Need.id == cast.need.id, needs.visible_to(actor))
    in_sql = session.scalar(listed) is not None
    assert needs_policies.can_see(actor, cast.need) is in_sql
    return in_sql


@pytest.mark.parametrize("state", NeedState)
def test_units_of_the_municipality_read_what_they_could_join(
    session: Session, state: NeedState
) -> None:
    cast = cast_for_pool(session, state)
    public = state in {NeedState.PUBLISHED, NeedState.CLOSED}
    assert sees(session, cast, "joining_member") is (public or state is NeedState.IN_REVIEW)
    assert sees(session, cast, "elsewhere") is public
    cast.participation(ENDORSED)
    session.expire(cast.need, ["participations"])
    assert sees(session, cast, "joining_member") is (state is not NeedState.DRAFT)


def test_what_is_not_endorsed_is_for_those_it_concerns(session: Session, cast: Cast) -> None:
    row = cast.participation()
    concerned = {"member", "leader", *JOINING, "coordinator"}
    for name in cast.people:
        actor, may_see = cast.actor(name), name in concerned
        assert (row in queries.list_participations(session, actor, cast.need)) is may_see, name
        if may_see:
            assert queries.get_participation(session, actor, row.id) is row
        else:
            with pytest.raises(NotFound):
                queries.get_participation(session, actor, row.id)


def test_the_list_of_needs_to_join(session: Session, cast: Cast) -> None:
    for name in cast.people:
        rows = queries.list_joinable(session, cast.actor(name), 1).rows
        assert (cast.need in rows) is (name in {*JOINING, "third_unit"}), name


@pytest.mark.usefixtures("installed")
def test_it_waits_for_the_leader_of_the_unit_that_was_brought_in(
    session: Session, cast: Cast
) -> None:
    row = cast.participation()
    for name, person in cast.people.items():
        waits = NeedTask.JOINING in kinds(session, person)
        assert waits is (name == "joining_leader"), name
    queued = [item.kind for item in queue(session, cast.people["coordinator"])]
    assert NeedTask.JOINING in queued
    cast.endorse("joining_leader", row)
    leader = cast.people["joining_leader"]
    assert NeedTask.JOINING not in kinds(session, leader)


# ---------------------------------------------------------------- the database


@pytest.mark.parametrize(
    "values",
    [
        {"state": ENDORSED},
        {"state": WITHDRAWN},
        {"endorsed_at": now()},
        {"withdrawal_reason": "Nei."},
        {"hours": -1},
        {"target_count": 0},
    ],
)
def test_the_database_keeps_the_rules(session: Session, cast: Cast, values: dict[str, Any]) -> None:
    member = cast.people["joining_member"].id
    defaults: dict[str, Any] = {
        "need_id": cast.need.id,
        "unit_id": make_unit(session, cast.unit.organisation).id,
        "site": "Her",
        "contribution": "Tid",
        "hours": 1,
        "target_count": 1,
        "contact_id": member,
        "asked_by_id": member,
    }
    session.add(NeedParticipation(**(defaults | values)))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_lets_a_unit_into_a_need_once(cast: Cast) -> None:
    cast.participation(WITHDRAWN)
    cast.participation(ENDORSED)
    with pytest.raises(IntegrityError):
        cast.participation()
