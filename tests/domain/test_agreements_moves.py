"""Offering, sending back and signing: who may, when, and what stands in the way."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.agreements import queries
from marketplace.agreements.content import DATES
from marketplace.agreements.models import Criterion
from marketplace.agreements.states import (
    AgreementRefusal,
    AgreementRequirement,
    AgreementState,
)
from marketplace.core.actor import Role
from marketplace.core.clock import now
from marketplace.core.errors import Incomplete, InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.pairings.states import CaseRole, PairingRefusal
from tests.domain.agreement_cast import (
    OUTSIDERS,
    READERS,
    WHY,
    AgreementCast,
    in_days,
    make_agreement_cast,
)
from tests.engines import decided_in_python


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


Act = Callable[..., None]
MOVES: list[tuple[Act, AgreementState]] = [
    (AgreementCast.offer, AgreementState.DRAFT),
    (AgreementCast.send_back, AgreementState.OFFERED),
    (AgreementCast.sign, AgreementState.OFFERED),
]


# ---------------------------------------------------------------- refusals that all moves share


@decided_in_python
@pytest.mark.parametrize("name", [*OUTSIDERS, *READERS])
@pytest.mark.parametrize(("move", "state"), MOVES)
def test_others_move_nothing(
    cast: AgreementCast, move: Act, state: AgreementState, name: str
) -> None:
    agreement = cast.version(state)

    with pytest.raises(NotAllowed) as refused:
        move(cast, name, agreement)

    assert refused.value.code in {AgreementRefusal.PARTIES_ONLY, AgreementRefusal.SIGNERS_ONLY}
    assert agreement.state is state


@pytest.mark.parametrize(("move", "state"), MOVES)
def test_a_move_on_what_somebody_changed_meanwhile_is_refused(
    cast: AgreementCast, move: Act, state: AgreementState
) -> None:
    agreement = cast.version(state)

    with pytest.raises(Stale):
        move(cast, "leader", agreement, version=agreement.version - 1)


@decided_in_python
@pytest.mark.parametrize("state", AgreementState)
@pytest.mark.parametrize(("move", "source"), MOVES)
def test_a_move_from_another_state_is_refused(
    cast: AgreementCast, move: Act, source: AgreementState, state: AgreementState
) -> None:
    if state is source:
        return
    withdrawn = state is AgreementState.WITHDRAWN
    agreement = cast.withdrawn() if withdrawn else cast.version(state)

    with pytest.raises(NotNow) as refused:
        move(cast, "leader", agreement)

    assert refused.value.code is LifecycleRefusal.WRONG_STATE


@pytest.mark.parametrize(("move", "state"), MOVES)
def test_nothing_moves_in_a_case_that_is_over(
    cast: AgreementCast, move: Act, state: AgreementState
) -> None:
    agreement = cast.version(state)
    cast.close()

    with pytest.raises(NotNow) as refused:
        move(cast, "leader", agreement)

    assert refused.value.code is AgreementRefusal.CASE_NOT_APPROVED


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_sending_back_needs_a_reason(cast: AgreementCast, reason: str) -> None:
    agreement = cast.version(AgreementState.OFFERED)

    with pytest.raises(InvalidField) as refused:
        cast.send_back("entrepreneur", agreement, reason=reason)

    assert refused.value.field == "reason"


# ---------------------------------------------------------------- offering

MISSING: list[tuple[AgreementRequirement, dict[str, Any]]] = [
    (AgreementRequirement.PURPOSE, {"purpose": ""}),
    (AgreementRequirement.UNIT_CONTRIBUTION, {"unit_contribution": ""}),
    (AgreementRequirement.ENTREPRENEUR_CONTRIBUTION, {"entrepreneur_contribution": ""}),
    (AgreementRequirement.HOURS, {"entrepreneur_hours": None}),
    (AgreementRequirement.SITES, {"sites": []}),
    (AgreementRequirement.COST_CAP_COVERS_PAYMENT, {"cost_cap": 80_000}),
    (
        AgreementRequirement.WEIGHTS_ADD_UP,
        {"criteria": ("A", "B", "C", 99)},
    ),
    (
        AgreementRequirement.CRITERIA,
        {"criteria": ("A", "B", "", 100)},
    ),
    (AgreementRequirement.ON_YES, {"on_yes": ""}),
    (AgreementRequirement.ON_NO, {"on_no": ""}),
    (AgreementRequirement.DATA_PROTECTION, {"data_protection": ""}),
    (AgreementRequirement.OWNERSHIP, {"ownership": ""}),
]


@decided_in_python
@pytest.mark.parametrize(("point", "values"), MISSING, ids=[point for point, _ in MISSING])
def test_what_is_missing_stops_the_offer(
    cast: AgreementCast, point: AgreementRequirement, values: dict[str, Any]
) -> None:
    if "criteria" in values:
        names = ("title", "measure", "target", "weight")
        row = dict(zip(names, values["criteria"], strict=True))
        values = {"criteria": [Criterion(position=1, **row)]}
    agreement = cast.version(**values)

    with pytest.raises(Incomplete) as refused:
        cast.offer("member", agreement)

    assert refused.value.missing == (point,)


@decided_in_python
@pytest.mark.parametrize(
    ("values", "point"),
    [
        ({"cost_cap": None}, AgreementRequirement.COST_CAP),
        ({"test_starts_on": None}, AgreementRequirement.TEST_PERIOD),
        ({"test_starts_on": 150}, AgreementRequirement.TEST_PERIOD),
        ({"test_starts_on": 61}, AgreementRequirement.CHECKPOINTS_IN_PERIOD),
        ({"test_ends_on": 59}, AgreementRequirement.CHECKPOINTS_IN_PERIOD),
        ({"checkpoints": []}, AgreementRequirement.CHECKPOINTS),
        ({"decision_on": None}, AgreementRequirement.DECISION_DATE),
        ({"decision_on": 140}, AgreementRequirement.DECISION_AFTER_TEST),
        ({"test_ends_on": -1}, AgreementRequirement.DATES_AHEAD),
    ],
)
def test_money_and_dates_that_do_not_fit_stop_the_offer(
    cast: AgreementCast, values: dict[str, Any], point: AgreementRequirement
) -> None:
    days = {name: in_days(value) for name, value in values.items() if name in DATES and value}
    agreement = cast.version(**values | days)

    with pytest.raises(Incomplete) as refused:
        cast.offer("entrepreneur", agreement)

    assert point in refused.value.missing


def test_an_offer_needs_the_contacts(cast: AgreementCast) -> None:
    agreement = cast.version()
    cast.empty(CaseRole.UNIT_CONTACT)

    with pytest.raises(NotNow) as refused:
        cast.offer("member", agreement)

    assert refused.value.code is PairingRefusal.ROLE_EMPTY
    assert refused.value.values["who"] == (Role.UNIT_LEADER, Role.COORDINATOR)


@pytest.mark.parametrize("name", ["member", "leader", "entrepreneur", "colleague"])
def test_either_side_offers(cast: AgreementCast, name: str) -> None:
    agreement = cast.version(sent_back_reason="Før.")

    cast.offer(name, agreement)

    assert agreement.state is AgreementState.OFFERED
    assert agreement.offered_by_id == cast.case.person(name).id
    assert agreement.offered_at == now()
    assert agreement.sent_back_reason is None


# ---------------------------------------------------------------- sending back and withdrawing


@pytest.mark.parametrize("name", ["member", "leader", "entrepreneur"])
def test_sent_back_what_was_signed_lapses(cast: AgreementCast, name: str) -> None:
    agreement = cast.version(AgreementState.OFFERED)
    cast.sign("leader", agreement)

    cast.send_back(name, agreement)

    assert agreement.state is AgreementState.DRAFT
    assert agreement.sent_back_reason == WHY
    assert agreement.unit_signed_at is None
    assert agreement.unit_signed_by is None
    assert agreement.offered_at is None


def test_only_a_renegotiated_version_is_withdrawn(cast: AgreementCast) -> None:
    first = cast.version()

    with pytest.raises(NotNow) as refused:
        cast.withdraw("member", first)

    assert refused.value.code is AgreementRefusal.ONLY_RENEGOTIATION_WITHDRAWN


@pytest.mark.parametrize("state", [AgreementState.DRAFT, AgreementState.OFFERED])
def test_a_new_version_is_withdrawn_and_the_old_one_stands(
    cast: AgreementCast, state: AgreementState
) -> None:
    first = cast.version(AgreementState.SIGNED)
    second = cast.version(state, number=2)

    cast.withdraw("entrepreneur", second)

    assert second.state is AgreementState.WITHDRAWN
    assert second.withdrawal_reason == WHY
    assert queries.find_in_force(cast.session, cast.pairing.id) is first
    assert queries.find_open_version(cast.session, cast.pairing.id) is None


@decided_in_python
@pytest.mark.parametrize("name", [*OUTSIDERS, *READERS])
def test_others_withdraw_nothing(cast: AgreementCast, name: str) -> None:
    cast.version(AgreementState.SIGNED)
    second = cast.version(number=2)

    with pytest.raises(NotAllowed):
        cast.withdraw(name, second)
