"""The decision after a test: when its clock starts, who makes it, how, and who is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.agreements import queries as agreements
from marketplace.agreements.states import AgreementState, AgreementTrigger
from marketplace.core import reactions as core_reactions
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import OutboxMessage
from marketplace.core.reactions import run_reactions
from marketplace.decisions import hooks, queries, services
from marketplace.decisions.clock import clock_of
from marketplace.decisions.models import Decision
from marketplace.decisions.states import (
    NEEDED_ROLES,
    DecisionEvent,
    DecisionMove,
    DecisionRefusal,
    DecisionState,
    DecisionTopic,
)
from marketplace.pairings.roles.policies import ASSIGNERS
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole, PairingRefusal
from marketplace.pilots.states import Ending, PilotEvent
from tests.domain.decision_cast import (
    DUE,
    approved,
    awaited,
    give_deputy,
    made,
    make_agreement,
    make_pilot,
    stop_reasons,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS, Cast
from tests.engines import decided_in_python
from tests.factories import grant_role, make_member

WHY = "To av tre mål er nådd."
Decide = Callable[..., None]


def buy(cast: Cast, name: str, decision: Decision, **values: Any) -> None:
    given: dict[str, Any] = {"version": decision.version, "reason": WHY}
    services.decide_to_buy(cast.session, cast.actor(name), decision=decision, **(given | values))


def stop(cast: Cast, name: str, decision: Decision, **values: Any) -> None:
    given: dict[str, Any] = {"version": decision.version, "reason": WHY}
    services.decide_to_stop(cast.session, cast.actor(name), decision=decision, **(given | values))


def extend(cast: Cast, name: str, decision: Decision, **values: Any) -> None:
    given: dict[str, Any] = {
        "version": decision.version,
        "reason": WHY,
        "extended_to": decision.due_on + timedelta(days=60),
    }
    services.decide_to_extend(cast.session, cast.actor(name), decision=decision, **(given | values))


MOVES = pytest.mark.parametrize("decide", [buy, extend, stop])


# ---------------------------------------------------------------- the clock starts


def test_a_completed_pilot_starts_the_clock(cast: Cast) -> None:
    hooks.register()
    pairing = approved(cast)
    agreement = make_agreement(cast, pairing)
    pilot = make_pilot(cast, pairing)

    run_reactions(cast.session, cast.actor("leader"), PilotEvent.COMPLETED, pilot)

    decision = queries.find_latest(cast.session, pairing.id)
    assert decision is not None
    assert decision.state is DecisionState.AWAITED
    assert (decision.number, decision.due_on) == (1, agreement.decision_on)
    assert decision.awaited_since == pilot.ended_at


def test_no_clock_without_an_agreed_date(cast: Cast) -> None:
    pilot = make_pilot(cast, approved(cast))

    with pytest.raises(NotNow) as refused:
        services.await_decision(cast.session, cast.actor("leader"), pilot)
    assert refused.value.code is DecisionRefusal.AGREEMENT_MISSING


def test_the_test_after_an_extension_ends_in_a_second_decision(cast: Cast) -> None:
    pairing = approved(cast)
    made(cast, pairing, DecisionState.EXTEND)
    make_agreement(cast, pairing, decision_on=today() + timedelta(days=90))

    decision = services.await_decision(
        cast.session, cast.actor("leader"), make_pilot(cast, pairing)
    )

    assert decision.number == 2
    assert decision.due_on == today() + timedelta(days=90)
    assert queries.find_latest(cast.session, pairing.id) is decision


def test_the_clock_counts_days_for_everyone(cast: Cast) -> None:
    decision = awaited(cast)

    assert (clock_of(decision).days, clock_of(decision).days_left) == (0, 30)
    with clock_at(now() + timedelta(days=42)):
        late = clock_of(decision)
        assert (late.days, late.days_left, late.days_late) == (42, 0, 12)
        stop(cast, "leader", decision)
    with clock_at(now() + timedelta(days=80)):
        assert clock_of(decision).days == 42


# ---------------------------------------------------------------- who decides, and when


@decided_in_python
@MOVES
@pytest.mark.parametrize(
    "name", [*NO_PART_IN_IT, *ONLOOKERS, "member", "entrepreneur", "coordinator"]
)
def test_only_the_decision_maker_decides(cast: Cast, decide: Decide, name: str) -> None:
    decision = awaited(cast)

    with pytest.raises(NotAllowed) as refused:
        decide(cast, name, decision)
    assert refused.value.code is DecisionRefusal.DECISION_MAKER_ONLY
    assert refused.value.values == {"role": CaseRole.DECISION_MAKER}
    assert decision.state is DecisionState.AWAITED


@MOVES
def test_nobody_decides_to_buy_from_their_own(cast: Cast, decide: Decide) -> None:
    decision = awaited(cast)
    grant_role(cast.session, cast.person("leader"), Role.ENTREPRENEUR, cast.concept.organisation)

    with pytest.raises(NotAllowed) as refused:
        decide(cast, "leader", decision)
    assert refused.value.code is DecisionRefusal.SPEAKS_FOR_ENTREPRENEUR
    assert decision.state is DecisionState.AWAITED


@pytest.mark.parametrize("decide", [buy, stop])
def test_the_deputy_decides_as_well(cast: Cast, decide: Decide) -> None:
    decision = awaited(cast)
    give_deputy(cast, decision.pairing, CaseRole.DECISION_MAKER, "leadership")

    decide(cast, "leadership", decision)

    assert decision.decided_by_id == cast.person("leadership").id


@decided_in_python
@MOVES
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_says_why(cast: Cast, decide: Decide, reason: str) -> None:
    decision = awaited(cast)

    with pytest.raises(InvalidField) as refused:
        decide(cast, "leader", decision, reason=reason)
    assert refused.value.code is LifecycleRefusal.REASON_MISSING
    assert decision.state is DecisionState.AWAITED


@MOVES
def test_a_decision_is_made_once(cast: Cast, decide: Decide) -> None:
    decision = awaited(cast)
    stop(cast, "leader", decision)

    with pytest.raises(NotNow) as refused:
        decide(cast, "leader", decision)
    assert refused.value.code is LifecycleRefusal.WRONG_STATE


@MOVES
def test_a_stale_decision_is_refused(cast: Cast, decide: Decide) -> None:
    decision = awaited(cast)

    with pytest.raises(Stale):
        decide(cast, "leader", decision, version=decision.version - 1)


@MOVES
def test_nobody_decides_without_a_decision_maker(cast: Cast, decide: Decide) -> None:
    decision = awaited(cast)
    cast.person("leader").active = False

    with pytest.raises(NotNow) as refused:
        decide(cast, "leader", decision)
    assert refused.value.code is PairingRefusal.ROLE_EMPTY
    who = ASSIGNERS[CaseRole.DECISION_MAKER]
    assert refused.value.values == {"role": CaseRole.DECISION_MAKER, "who": who}


def test_buying_needs_an_adviser(cast: Cast) -> None:
    decision = awaited(cast)
    cast.person("adviser").active = False

    with pytest.raises(NotNow) as refused:
        buy(cast, "leader", decision)
    assert refused.value.values["role"] is CaseRole.PROCUREMENT_ADVISER
    stop(cast, "leader", decision)


def test_a_case_without_a_decision_says_why(cast: Cast) -> None:
    pairing = approved(cast)

    with pytest.raises(NotNow) as early:
        services.expect_awaited(cast.session, pairing)
    assert early.value.code is DecisionRefusal.NOT_AWAITED

    make_pilot(cast, pairing, ending=Ending.STOPPED, **stop_reasons(cast, "unit"))
    with pytest.raises(NotNow) as stopped:
        services.expect_awaited(cast.session, pairing)
    assert stopped.value.code is DecisionRefusal.PILOT_STOPPED


# ---------------------------------------------------------------- what it comes to


def test_the_decision_names_who_when_and_why(cast: Cast) -> None:
    decision = awaited(cast)

    stop(cast, "leader", decision, reason=f"  {WHY} ")

    assert decision.state is DecisionState.STOP
    assert (decision.decided_by_id, decision.decided_at) == (cast.person("leader").id, now())
    assert decision.reasons == WHY
    event = cast.session.scalars(
        select(AuditEvent).where(AuditEvent.event == DecisionEvent.STOPPED)
    ).one()
    assert event.reason == WHY
    assert event.after["state"] == DecisionState.STOP


@pytest.mark.parametrize(
    ("later", "code"),
    [
        (None, DecisionRefusal.DATE_MISSING),
        (timedelta(0), DecisionRefusal.DATE_NOT_LATER),
        (timedelta(-1), DecisionRefusal.DATE_NOT_LATER),
    ],
)
def test_an_extension_names_a_later_date(
    cast: Cast, later: timedelta | None, code: DecisionRefusal
) -> None:
    decision = awaited(cast)
    wanted = None if later is None else decision.due_on + later

    with pytest.raises(InvalidField) as refused:
        extend(cast, "leader", decision, extended_to=wanted)
    assert (refused.value.field, refused.value.code) == ("extended_to", code)


def test_an_extension_names_a_date_ahead(cast: Cast) -> None:
    decision = awaited(cast)

    with clock_at(now() + timedelta(days=40)), pytest.raises(InvalidField) as refused:
        extend(cast, "leader", decision, extended_to=decision.due_on + timedelta(days=2))
    assert refused.value.code is DecisionRefusal.DATE_PASSED


def test_nobody_extends_twice(cast: Cast) -> None:
    pairing = approved(cast)
    made(cast, pairing, DecisionState.EXTEND)
    decision = awaited(cast, pairing)

    with pytest.raises(NotNow) as refused:
        extend(cast, "leader", decision)
    assert refused.value.code is DecisionRefusal.EXTENDED_BEFORE


@pytest.mark.parametrize("name", ["leader", "leadership"])
def test_an_extension_opens_a_version_with_the_new_date(cast: Cast, name: str) -> None:
    """Also where the decision maker is no party to the agreement."""
    decision = awaited(cast)
    give_deputy(cast, decision.pairing, CaseRole.DECISION_MAKER, "leadership")
    new_date = decision.due_on + timedelta(days=60)

    extend(cast, name, decision, extended_to=new_date)

    assert (decision.state, decision.extended_to) == (DecisionState.EXTEND, new_date)
    version = agreements.find_open_version(cast.session, decision.pairing_id)
    assert version is not None
    assert (version.number, version.trigger) == (2, AgreementTrigger.EXTENSION)
    assert (version.state, version.change_reason) == (AgreementState.DRAFT, WHY)
    assert version.decision_on == new_date


# ---------------------------------------------------------------- who is told

CONCERNED = {
    "member",
    "entrepreneur",
    "colleague",
    "coordinator",
    "second_coordinator",
    "publisher",
    "adviser",
    "leadership",
}
"""Both sides, the coordinators and those with a role; the one who decides knows already."""


def told(cast: Cast, topic: DecisionTopic) -> set[str]:
    statement = select(OutboxMessage.person_id).where(OutboxMessage.topic == str(topic))
    by_id = {person.id: name for name, person in cast.people.items()}
    return {by_id.get(person_id, "somebody else") for person_id in cast.session.scalars(statement)}


def test_the_decision_maker_is_told_that_the_clock_runs(cast: Cast) -> None:
    pairing = approved(cast)
    give_deputy(cast, pairing, CaseRole.DECISION_MAKER, "leadership")
    make_agreement(cast, pairing)

    services.await_decision(cast.session, cast.actor("member"), make_pilot(cast, pairing))

    assert told(cast, DecisionTopic.AWAITED) == {"leader", "leadership"}


@pytest.mark.parametrize(
    ("decide", "topic"),
    [
        (buy, DecisionTopic.BOUGHT),
        (stop, DecisionTopic.STOPPED),
        (extend, DecisionTopic.EXTENDED),
    ],
)
def test_everyone_concerned_is_told_the_decision_and_its_reasons(
    cast: Cast, decide: Decide, topic: DecisionTopic
) -> None:
    decision = awaited(cast)
    give_deputy(cast, decision.pairing, CaseRole.DECISION_MAKER, "leadership")

    decide(cast, "leader", decision)

    assert told(cast, topic) - {"somebody else"} == CONCERNED
    payload = cast.session.scalars(
        select(OutboxMessage.payload).where(OutboxMessage.topic == str(topic)).limit(1)
    ).one()
    assert payload["pairing_id"] == decision.pairing_id
    assert payload["need_title"] == cast.need.title
    assert payload["reason"] == WHY


def test_later_stages_answer_to_a_purchase(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setitem(
        core_reactions.REACTIONS,
        DecisionEvent.BOUGHT,
        [lambda _session, _actor, decision: seen.append(decision)],
    )
    decision = awaited(cast)

    buy(cast, "leader", decision)

    assert seen == [decision]


def test_every_move_has_its_own_needs() -> None:
    assert set(NEEDED_ROLES) == set(DecisionMove)
    assert all(CaseRole.DECISION_MAKER in needed for needed in NEEDED_ROLES.values())


def test_the_date_is_the_one_in_the_agreement_in_force(cast: Cast) -> None:
    assert awaited(cast).due_on == today() + DUE


def test_the_role_map_is_read_as_it_is_now(cast: Cast) -> None:
    """Whoever took the role over decides; whoever had it does not any more."""
    decision = awaited(cast)
    holder = holder_of(decision.pairing, CaseRole.DECISION_MAKER)
    assert holder is not None
    successor = make_member(cast.session, Role.UNIT_LEADER, cast.unit)
    cast.people["successor"] = successor
    holder.person = successor
    cast.session.flush()

    with pytest.raises(NotAllowed):
        stop(cast, "leader", decision)
    stop(cast, "successor", decision)
