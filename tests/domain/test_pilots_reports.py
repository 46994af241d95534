"""Checkpoints, efforts and the cost cap: who reports, when, once, and who is told."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.states import AgreementState, AgreementTrigger
from marketplace.core.actor import Role
from marketplace.core.clock import clock_at, now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.pairings.states import Side
from marketplace.pilots import queries
from marketplace.pilots.budget import budget_of, cap_level
from marketplace.pilots.models import CheckpointReport
from marketplace.pilots.services.efforts import MOST_HOURS, MOST_MONEY
from marketplace.pilots.states import (
    CapLevel,
    CheckpointAnswer,
    PilotRefusal,
    PilotState,
    PilotTopic,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS
from tests.domain.pilot_cast import (
    CAP,
    COORDINATORS,
    PARTIES,
    PilotCast,
    make_pilot_cast,
    next_version,
)
from tests.engines import decided_in_python
from tests.factories import grant_role

WRONG = (*NO_PART_IN_IT, *ONLOOKERS, "coordinator")
WISH: dict[str, Any] = {"answer": CheckpointAnswer.RENEGOTIATE, "reason": "Vi trenger flere timer."}


def refusal(error: pytest.ExceptionInfo[Any]) -> tuple[str, object]:
    return error.value.field, error.value.code


# ---------------------------------------------------------------- reporting


@decided_in_python
@pytest.mark.parametrize("name", WRONG)
def test_only_a_party_reports(case: PilotCast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        case.report(name)
    assert refused.value.code is PilotRefusal.PARTIES_ONLY


@pytest.mark.parametrize("state", [PilotState.PLANNED, PilotState.ENDED])
def test_a_report_is_given_while_the_test_runs(session: Session, state: PilotState) -> None:
    case = make_pilot_cast(session, state)
    with pytest.raises(NotNow) as refused:
        case.report("member")
    assert refused.value.code is PilotRefusal.NOT_RUNNING


def test_a_checkpoint_far_ahead_waits(case: PilotCast) -> None:
    with pytest.raises(NotNow) as refused:
        case.report("member", 1)
    assert refused.value.code is PilotRefusal.CHECKPOINT_LATER
    assert refused.value.values["day"] == case.checkpoint(1).due_on - timedelta(days=14)
    with clock_at(now() + timedelta(days=26)):
        case.report("member", 1)


def test_a_dropped_checkpoint_takes_no_report(case: PilotCast) -> None:
    case.checkpoint().dropped_at = now()
    case.session.flush()
    with pytest.raises(NotNow) as refused:
        case.report("member")
    assert refused.value.code is PilotRefusal.CHECKPOINT_DROPPED


@decided_in_python
@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"status": None}, ("status", PilotRefusal.STATUS_MISSING)),
        ({"note": "  "}, ("note", PilotRefusal.TEXT_MISSING)),
        ({"note": "Ring 91234567."}, ("note", PilotRefusal.PERSONAL_DATA)),
        ({"answer": None}, ("answer", PilotRefusal.ANSWER_MISSING)),
        ({"hours": -1}, ("hours", PilotRefusal.NUMBER_OUT_OF_RANGE)),
        ({"hours": MOST_HOURS + 1}, ("hours", PilotRefusal.NUMBER_OUT_OF_RANGE)),
        ({"money": MOST_MONEY + 1}, ("money", PilotRefusal.NUMBER_OUT_OF_RANGE)),
        ({**WISH, "reason": ""}, ("reason", PilotRefusal.RENEGOTIATION_REASON_MISSING)),
        ({**WISH, "reason": "01019012345"}, ("reason", PilotRefusal.PERSONAL_DATA)),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field(
    case: PilotCast, values: dict[str, Any], told: tuple[str, PilotRefusal]
) -> None:
    with pytest.raises(InvalidField) as refused:
        case.report("member", **values)
    assert refusal(refused) == told
    assert case.session.scalars(select(CheckpointReport)).all() == []
    assert agreements.find_open_version(case.session, case.pairing.id) is None


def test_each_side_reports_once(case: PilotCast) -> None:
    case.report("member")
    for name in ("member", "leader"):
        with pytest.raises(NotNow) as refused:
            case.report(name)
        assert refused.value.code is PilotRefusal.ALREADY_REPORTED
    case.report("colleague")

    sides = {report.side: report for report in case.checkpoint().reports}
    assert set(sides) == {Side.UNIT, Side.ENTREPRENEUR}
    assert sides[Side.UNIT].agreement_id == case.agreement.id
    assert case.told(PilotTopic.REPORTED) == PARTIES | COORDINATORS


def test_nobody_reports_for_both_sides(case: PilotCast) -> None:
    grant_role(
        case.session, case.person("member"), Role.ENTREPRENEUR, case.cast.concept.organisation
    )
    case.session.refresh(case.person("member"))
    case.report("member")
    with pytest.raises(NotNow) as refused:
        case.report("member")
    assert refused.value.code is PilotRefusal.REPORTED_FOR_OTHER_SIDE


def test_renegotiating_opens_the_next_version(case: PilotCast) -> None:
    case.report("entrepreneur", **WISH)

    version = agreements.find_open_version(case.session, case.pairing.id)
    assert version is not None
    assert (version.number, version.state) == (2, AgreementState.DRAFT)
    assert version.trigger is AgreementTrigger.RENEGOTIATION
    assert version.change_reason == WISH["reason"]
    assert case.checkpoint().reports[0].agreement_id == version.id
    assert case.told(PilotTopic.RENEGOTIATION_ASKED) == (PARTIES | COORDINATORS) - {"entrepreneur"}
    assert case.told(PilotTopic.REPORTED) == set()


def test_a_second_wish_joins_the_version_that_is_open(case: PilotCast) -> None:
    case.report("entrepreneur", **WISH)
    case.report("member", **(WISH | {"reason": "Vi også."}))

    first, second = case.checkpoint().reports
    assert first.agreement_id == second.agreement_id
    assert second.reason == "Vi også."
    assert len(agreements.list_versions(case.session, case.pairing.id)) == 2


# ---------------------------------------------------------------- efforts


@decided_in_python
@pytest.mark.parametrize("name", WRONG)
def test_only_a_party_logs_effort(case: PilotCast, name: str) -> None:
    with pytest.raises(NotAllowed):
        case.use(name)


@decided_in_python
@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"hours": 0}, ("hours", PilotRefusal.NOTHING_USED)),
        ({"note": ""}, ("note", PilotRefusal.TEXT_MISSING)),
        ({"hours": -6}, ("hours", PilotRefusal.BELOW_NOTHING)),
        ({"money": -1}, ("money", PilotRefusal.BELOW_NOTHING)),
        ({"hours": MOST_HOURS + 1}, ("hours", PilotRefusal.NUMBER_OUT_OF_RANGE)),
        ({"money": -MOST_MONEY - 1}, ("money", PilotRefusal.NUMBER_OUT_OF_RANGE)),
    ],
)
def test_an_entry_that_cannot_be_right(
    case: PilotCast, values: dict[str, Any], told: tuple[str, PilotRefusal]
) -> None:
    case.use("member")
    with pytest.raises(InvalidField) as refused:
        case.use("leader", **values)
    assert refusal(refused) == told


def test_what_is_still_to_be_used_is_not_logged(case: PilotCast) -> None:
    with pytest.raises(InvalidField) as refused:
        case.use("member", used_on=today() + timedelta(days=1))
    assert refusal(refused) == ("used_on", PilotRefusal.DATE_AHEAD)


def test_nothing_was_used_before_there_was_an_agreement(session: Session) -> None:
    case = make_pilot_cast(session, test_starts_on=today() + timedelta(days=2))
    case.use("member", used_on=today())  # to prepare, as both have signed
    with pytest.raises(InvalidField) as refused:
        case.use("member", used_on=today() - timedelta(days=1))
    assert refusal(refused) == ("used_on", PilotRefusal.DATE_BEFORE_AGREEMENT)
    assert refused.value.values == {"first": today()}


def test_what_was_signed_late_counts_from_the_day_the_test_began(case: PilotCast) -> None:
    first = case.agreement.test_starts_on
    assert first is not None
    assert first < today()
    case.use("member", used_on=first)
    with pytest.raises(InvalidField) as refused:
        case.use("member", used_on=first - timedelta(days=1))
    assert refused.value.values == {"first": first}


@pytest.mark.parametrize("state", list(PilotState))
def test_bills_come_before_and_after_too(session: Session, state: PilotState) -> None:
    case = make_pilot_cast(session, state)
    case.use("colleague", hours=0, money=500)
    assert queries.sums_by_side(session, case.pilot.id)[Side.ENTREPRENEUR] == (0, 500)


def test_reports_entries_and_corrections_add_up(case: PilotCast) -> None:
    case.report("member", hours=10, money=1_000)
    case.use("leader", hours=5, money=2_000)
    case.use("member", hours=-3, money=0, note="Retting: ført for mye.")
    case.use("entrepreneur", hours=40, money=500)

    sums = queries.sums_by_side(case.session, case.pilot.id)
    assert sums == {Side.UNIT: (12, 3_000), Side.ENTREPRENEUR: (40, 500)}
    budget = budget_of(case.agreement, sums)
    unit, entrepreneur = budget.sides
    assert (unit.money.agreed, entrepreneur.money.agreed) == (70_000, 10_000)
    assert (budget.money.used, budget.cap, budget.left) == (3_500, CAP, CAP - 3_500)
    assert budget.hours.agreed == 300


# ---------------------------------------------------------------- the cost cap


@pytest.mark.parametrize(
    ("money", "cap", "level"),
    [
        (0, 0, CapLevel.BELOW),
        (1, 0, CapLevel.OVER),
        (79_999, CAP, CapLevel.BELOW),
        (80_000, CAP, CapLevel.NEAR),
        (CAP, CAP, CapLevel.NEAR),
        (CAP + 1, CAP, CapLevel.OVER),
        (5, None, CapLevel.BELOW),
    ],
)
def test_how_near_the_cap_is(money: int, cap: int | None, level: CapLevel) -> None:
    assert cap_level(money, cap) is level


def test_over_the_cap_is_told_once_for_each_cap(case: PilotCast) -> None:
    case.use("member", money=CAP)
    assert case.told(PilotTopic.OVER_COST_CAP) == set()

    case.report("entrepreneur", money=1)
    answerable = {"leader", "entrepreneur", "colleague"} | COORDINATORS
    assert case.told(PilotTopic.OVER_COST_CAP) == answerable - {"entrepreneur"}
    first = len(case.messages(PilotTopic.OVER_COST_CAP))

    case.use("member", money=1)
    assert len(case.messages(PilotTopic.OVER_COST_CAP)) == first

    next_version(case, cost_cap=2 * CAP)
    assert len(case.messages(PilotTopic.OVER_COST_CAP)) == first
    case.use("member", money=CAP)
    assert len(case.messages(PilotTopic.OVER_COST_CAP)) > first


def test_a_lower_cap_in_a_new_version_is_exceeded_at_once(case: PilotCast) -> None:
    case.use("member", money=60_000)
    next_version(case, cost_cap=50_000)
    assert "entrepreneur" in case.told(PilotTopic.OVER_COST_CAP)
