"""Choosing a route and carrying out its steps. The refusals first."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.roles.services import hand_over
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.procurements import policies, queries
from marketplace.procurements.dates import find_steps
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.pages.case import days_in_all, step_rows
from marketplace.procurements.services import planning, reminding
from marketplace.procurements.states import (
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementState,
    ProcurementTopic,
)
from tests.domain.procurement_cast import NOT_THE_ADVISER, Purchasing, make_purchasing
from tests.engines import decided_in_python

DIRECT, TENDER = ProcurementRoute.DIRECT_PURCHASE, ProcurementRoute.OPEN_TENDER


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


def choose(case: Purchasing, procurement: Procurement, name: str = "buyer", **values: Any) -> None:
    given: dict[str, Any] = {
        "version": procurement.version,
        "route": DIRECT,
        "route_reason": "",
        "estimated_value": 400_000,
        "service_category": ServiceCategory.HEALTH_SOCIAL,
        "starts_on": today(),
    }
    planning.choose_route(
        case.session, case.actor(name), procurement=procurement, **(given | values)
    )


# ---------------------------------------------------------------- the route


@decided_in_python
@pytest.mark.parametrize("name", NOT_THE_ADVISER)
def test_only_the_adviser_chooses_the_route(case: Purchasing, name: str) -> None:
    procurement = case.procurement()

    with pytest.raises(NotAllowed) as refused:
        choose(case, procurement, name)
    assert refused.value.code is ProcurementRefusal.ADVISER_ONLY
    assert procurement.route is None


def test_a_stale_version_is_refused(case: Purchasing) -> None:
    procurement = case.procurement()

    with pytest.raises(Stale):
        choose(case, procurement, version=procurement.version - 1)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ProcurementState.ANNOUNCED, ProcurementRefusal.ROUTE_FIXED),
        (ProcurementState.CONTRACTED, ProcurementRefusal.OVER),
        (ProcurementState.CANCELLED, ProcurementRefusal.OVER),
    ],
)
def test_the_route_is_fixed_after_the_notice(
    case: Purchasing, state: ProcurementState, code: ProcurementRefusal
) -> None:
    with pytest.raises(NotNow) as refused:
        choose(case, case.procurement(state))
    assert refused.value.code is code


@pytest.mark.parametrize("route", [None, ProcurementRoute.UNDECIDED])
def test_a_route_is_chosen(case: Purchasing, route: ProcurementRoute | None) -> None:
    with pytest.raises(InvalidField) as refused:
        choose(case, case.procurement(), route=route)
    assert (refused.value.field, refused.value.code) == ("route", ProcurementRefusal.ROUTE_MISSING)


@decided_in_python
@pytest.mark.parametrize("value", [None, 0, -5, 2_000_000_001])
def test_the_value_is_a_number(case: Purchasing, value: int | None) -> None:
    with pytest.raises(InvalidField) as refused:
        choose(case, case.procurement(), estimated_value=value)
    assert refused.value.field == "estimated_value"


def test_a_route_that_departs_from_the_advice_needs_a_reason(case: Purchasing) -> None:
    procurement = case.procurement()

    with pytest.raises(InvalidField) as refused:
        choose(case, procurement, estimated_value=500_000, route_reason="  ")
    assert refused.value.code is ProcurementRefusal.DEPARTURE_UNEXPLAINED

    choose(case, procurement, estimated_value=500_000, route_reason="Bare én kan levere.")
    assert procurement.route is DIRECT
    assert procurement.route_reason == "Bare én kan levere."


def test_the_advice_is_that_of_the_day_it_starts(case: Purchasing) -> None:
    """On 30 June 2026 the act began at 100 000."""
    with pytest.raises(InvalidField):
        choose(case, case.procurement(), starts_on=date(2026, 6, 30))


def test_choosing_is_audited(case: Purchasing) -> None:
    choose(case, case.procurement())

    statement = select(AuditEvent).where(AuditEvent.event == ProcurementEvent.PLANNED)
    audited = case.session.scalars(statement).one()
    assert audited.after["route"] == "direct_purchase"


# ---------------------------------------------------------------- the steps of a route


def test_the_steps_come_with_owner_and_due_dates(case: Purchasing) -> None:
    procurement = case.procurement()

    choose(case, procurement)

    templates = queries.list_step_templates(case.session, DIRECT)
    steps = queries.steps_of(procurement)
    assert [step.title for step in steps] == [template.title for template in templates]
    assert steps[0].due_on == today() + timedelta(days=templates[0].days)
    assert steps[-1].due_on == today() + timedelta(days=sum(t.days for t in templates))
    assert {step.owner_id for step in steps} == {None}, "the adviser of the day has them"
    assert [step.started_on for step in steps] == [today(), *[None] * (len(steps) - 1)]


def test_the_same_route_keeps_its_steps(case: Purchasing) -> None:
    procurement = case.procurement()
    choose(case, procurement)
    before = [step.id for step in procurement.steps]

    choose(case, procurement, estimated_value=300_000)

    assert [step.id for step in queries.steps_of(procurement)] == before


def test_another_route_keeps_what_was_done_and_drops_the_rest(case: Purchasing) -> None:
    procurement = case.procurement()
    choose(case, procurement)
    first = procurement.steps[0]
    planning.finish_step(case.session, case.actor(), step=first, version=first.version)

    choose(case, procurement, route=TENDER)

    titles = [t.title for t in queries.list_step_templates(case.session, TENDER)]
    left = [title for title in titles if title != first.title]
    assert [s.title for s in queries.steps_of(procurement)] == [first.title, *left]
    assert [s.started_on for s in queries.steps_of(procurement)][:3] == [today(), today(), None]
    assert sum(step.dropped_at is not None for step in procurement.steps) == 4


# ---------------------------------------------------------------- doing the steps


def finish(case: Purchasing, step: ProcurementStep, name: str = "buyer", **values: Any) -> None:
    given = {"version": step.version}
    planning.finish_step(case.session, case.actor(name), step=step, **(given | values))


def reopen(case: Purchasing, step: ProcurementStep, name: str = "buyer", **values: Any) -> None:
    given = {"version": step.version}
    planning.reopen_step(case.session, case.actor(name), step=step, **(given | values))


def change(case: Purchasing, step: ProcurementStep, name: str = "buyer", **values: Any) -> None:
    given: dict[str, Any] = {
        "version": step.version,
        "title": "Be om nye tilbud",
        "owner_id": None,
        "due_on": today() + timedelta(days=3),
    }
    planning.change_step(case.session, case.actor(name), step=step, **(given | values))


STEP_MOVES = pytest.mark.parametrize("act", [finish, reopen, change])


@decided_in_python
@STEP_MOVES
@pytest.mark.parametrize("name", NOT_THE_ADVISER)
def test_only_the_adviser_changes_steps(case: Purchasing, act: Any, name: str) -> None:
    step = case.add_step(case.procurement(route=DIRECT))

    with pytest.raises(NotAllowed):
        act(case, step, name)


@STEP_MOVES
def test_a_stale_step_is_refused(case: Purchasing, act: Any) -> None:
    step = case.add_step(case.procurement(route=DIRECT))

    with pytest.raises(Stale):
        act(case, step, version=step.version - 1)


@STEP_MOVES
def test_the_steps_of_what_is_over_are_left_alone(case: Purchasing, act: Any) -> None:
    step = case.add_step(case.procurement(ProcurementState.CONTRACTED))

    with pytest.raises(NotNow) as refused:
        act(case, step)
    assert refused.value.code is ProcurementRefusal.OVER


def test_a_step_is_done_once_and_opened_again_once(case: Purchasing) -> None:
    step = case.add_step(case.procurement(route=DIRECT))

    with pytest.raises(NotNow) as refused:
        reopen(case, step)
    assert refused.value.code is ProcurementRefusal.STEP_OPEN
    finish(case, step)
    with pytest.raises(NotNow) as refused:
        finish(case, step)
    assert refused.value.code is ProcurementRefusal.STEP_DONE
    with pytest.raises(NotNow):
        change(case, step)
    reopen(case, step)
    assert (step.done_on, step.done_by_id) == (None, None)


def test_a_done_step_starts_the_next_and_its_days_are_counted(case: Purchasing) -> None:
    procurement = case.procurement(route=DIRECT)
    first = case.add_step(procurement)
    second = case.add_step(procurement, started_on=None)

    with clock_at(now() + timedelta(days=4)):
        finish(case, first)
        assert second.started_on == today()
    with clock_at(now() + timedelta(days=6)):
        rows = list(step_rows(procurement))
        assert [row.days for row in rows] == [4, 2]
        assert [row.late for row in rows] == [False, True]
        assert days_in_all(procurement) == 6


def test_a_step_gets_a_new_owner_of_the_municipality(case: Purchasing) -> None:
    step = case.add_step(case.procurement(route=DIRECT))

    # Whoever leads another unit does not see the case, and could not open what they are to do.
    for stranger in ("entrepreneur", "other_municipality", "other_unit"):
        with pytest.raises(InvalidField) as refused:
            change(case, step, owner_id=case.person(stranger).id)
        assert refused.value.code is ProcurementRefusal.OWNER_DOES_NOT_FIT
    for name in ("member", "leadership", "coordinator", "deputy"):
        change(case, step, owner_id=case.person(name).id)
        assert step.owner_id == case.person(name).id
    change(case, step, owner_id=case.person("buyer").id)
    assert step.owner_id is None, "what the adviser has follows the role"


def test_who_has_a_role_in_the_case_may_have_a_step_too(case: Purchasing) -> None:
    step = case.add_step(case.procurement(route=DIRECT))
    holder = holder_of(case.pairing, CaseRole.DATA_PROTECTION)
    assert holder is not None
    holder.person = case.person("other_unit")
    case.session.flush()

    change(case, step, owner_id=case.person("other_unit").id)

    assert step.owner_id == case.person("other_unit").id


@pytest.mark.parametrize(("field", "value"), [("title", " "), ("due_on", None)])
def test_a_step_has_a_title_and_a_date(case: Purchasing, field: str, value: Any) -> None:
    step = case.add_step(case.procurement(route=DIRECT))

    with pytest.raises(InvalidField) as refused:
        change(case, step, **{field: value})
    assert refused.value.field == field


def test_a_step_is_added_at_the_end(case: Purchasing) -> None:
    procurement = case.procurement(route=DIRECT)
    case.add_step(procurement)

    added = planning.add_step(
        case.session,
        case.actor(),
        procurement=procurement,
        title="Spør kommuneadvokaten",
        owner_id=None,
        due_on=today(),
    )

    assert queries.steps_of(procurement)[-1] is added
    assert added.started_on is None
    with pytest.raises(NotAllowed):
        planning.add_step(
            case.session,
            case.actor("coordinator"),
            procurement=procurement,
            title="Nei",
            owner_id=None,
            due_on=today(),
        )


def test_no_step_is_due_before_the_procurement_was_opened(case: Purchasing) -> None:
    procurement = case.procurement(route=DIRECT)
    step, opened = case.add_step(procurement), today()
    early = opened - timedelta(days=1)

    with clock_at(now() + timedelta(days=5)):
        for act in (
            lambda day: change(case, step, due_on=day),
            lambda day: planning.add_step(
                case.session, case.actor(), procurement=procurement, title="Spør igjen",
                owner_id=None, due_on=day,
            ),
        ):  # fmt: skip
            with pytest.raises(InvalidField) as refused:
                act(early)
            assert refused.value.code is ProcurementRefusal.DAY_BEFORE_OPENING
            assert (refused.value.field, refused.value.values) == ("due_on", {"first": opened})
            act(opened)  # late already, and so to be seen


# ---------------------------------------------------------------- reminders


def reminded(case: Purchasing) -> list[tuple[int, str]]:
    statement = select(OutboxMessage).where(OutboxMessage.topic == ProcurementTopic.STEP_DUE)
    return [(m.person_id, m.payload["title"]) for m in case.session.scalars(statement)]


def test_who_has_a_step_is_reminded_on_the_day(case: Purchasing) -> None:
    procurement = case.procurement(route=DIRECT)
    step = case.add_step(procurement, owner_id=case.person("member").id)
    case.add_step(procurement, due_on=today() + timedelta(days=1))

    assert list(queries.find_due_steps(case.session)) == [(step.id, step.due_on)]
    reminding.remind_of_step(case.session, step.id, step.due_on)

    assert reminded(case) == [(case.person("member").id, step.title)]


def test_the_adviser_is_reminded_where_the_owner_has_left(case: Purchasing) -> None:
    step = case.add_step(case.procurement(route=DIRECT), owner_id=case.person("member").id)
    case.person("member").active = False

    reminding.remind_of_step(case.session, step.id, step.due_on)

    assert reminded(case) == [(case.person("buyer").id, step.title)]


@pytest.mark.parametrize("what", ["done", "dropped", "over", "closed", "later"])
def test_nobody_is_reminded_of_what_is_not_due(case: Purchasing, what: str) -> None:
    state = ProcurementState.CANCELLED if what == "over" else ProcurementState.PREPARING
    step = case.add_step(case.procurement(state, route=DIRECT))
    if what == "done":
        step.done_on, step.done_by_id = today(), case.person("buyer").id
    elif what == "dropped":
        step.dropped_at = now()
    elif what == "later":
        step.due_on = today() + timedelta(days=1)
    elif what == "closed":
        pairing = case.pairing
        pairing.closed_by_id, pairing.closed_at = case.person("leader").id, now()
        pairing.closing_reason, pairing.state = "Ferdig.", PairingState.CLOSED
    case.session.flush()

    reminding.remind_of_step(case.session, step.id, today())

    assert reminded(case) == []


# ---------------------------------------------------------------- whose a step is


def new_adviser(case: Purchasing) -> None:
    """The other adviser of the municipality takes over the role."""
    holder = holder_of(case.pairing, CaseRole.PROCUREMENT_ADVISER)
    assert holder is not None
    hand_over(holder, case.person("adviser"))
    case.session.flush()


@decided_in_python
@pytest.mark.parametrize("name", ["coordinator", "leader", "member", "entrepreneur", "adviser"])
def test_only_the_adviser_and_its_owner_finish_a_step(case: Purchasing, name: str) -> None:
    step = case.add_step(case.procurement(route=DIRECT), owner_id=None)

    with pytest.raises(NotAllowed) as refused:
        planning.finish_step(case.session, case.actor(name), step=step, version=step.version)

    assert refused.value.code is ProcurementRefusal.STEP_OF_ANOTHER


def test_the_owner_of_a_step_finishes_it(case: Purchasing) -> None:
    procurement = case.procurement(route=DIRECT)
    step = case.add_step(procurement, owner_id=case.person("member").id)

    planning.finish_step(case.session, case.actor("member"), step=step, version=step.version)

    assert step.done_by_id == case.person("member").id


def test_what_the_adviser_has_follows_the_role(case: Purchasing) -> None:
    step = case.add_step(case.procurement(route=DIRECT), owner_id=None)
    assert policies.is_theirs(case.actor("buyer"), step)

    new_adviser(case)

    assert policies.is_theirs(case.actor("adviser"), step)
    assert not policies.is_theirs(case.actor("buyer"), step)
    dates = [list(find_steps(case.session, case.actor(n), None)) for n in ("buyer", "adviser")]
    assert [len(each) for each in dates] == [0, 1]
    reminding.remind_of_step(case.session, step.id, today())
    statement = select(OutboxMessage.person_id).where(
        OutboxMessage.topic == ProcurementTopic.STEP_DUE
    )
    assert list(case.session.scalars(statement)) == [case.person("adviser").id]
