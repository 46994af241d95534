"""What a version must say before it is offered, and what stands in the way of signing it."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from marketplace.agreements.models import Agreement
from marketplace.agreements.states import (
    NEEDED_ROLES,
    AgreementMove,
    AgreementRefusal,
    AgreementRequirement,
)
from marketplace.core.clock import today
from marketplace.core.errors import NotNow, Refused
from marketplace.core.registry import Registry
from marketplace.pairings.roles import role_map
from marketplace.pairings.roles.policies import ASSIGNERS
from marketplace.pairings.states import PairingRefusal

Check = Callable[[Agreement], bool]
FULL_WEIGHT = 100


def missing_for_offering(agreement: Agreement) -> list[AgreementRequirement]:
    """The points that stand between this version and being offered, in the order of the form."""
    return [point for point in AgreementRequirement if not CHECKS[point](agreement)]


def dates_ahead(agreement: Agreement) -> bool:
    """Whether the test can still be carried through, and be decided on after it."""
    ends, decision = agreement.test_ends_on, agreement.decision_on
    return bool(ends and decision and ends >= today() and decision > today())


def _filled(*fields: str) -> Check:
    return lambda agreement: all(getattr(agreement, field) not in {None, ""} for field in fields)


def _cap_covers_payment(agreement: Agreement) -> bool:
    cap = agreement.cost_cap
    return cap is not None and (agreement.payment or 0) <= cap


def _criteria_whole(agreement: Agreement) -> bool:
    rows = agreement.criteria
    return bool(rows) and all(row.title and row.measure and row.target for row in rows)


def _weights_add_up(agreement: Agreement) -> bool:
    return sum(row.weight for row in agreement.criteria) == FULL_WEIGHT


def _period_in_order(agreement: Agreement) -> bool:
    starts, ends = agreement.test_starts_on, agreement.test_ends_on
    return bool(starts and ends and starts <= ends)


def _checkpoints_in_period(agreement: Agreement) -> bool:
    starts, ends = agreement.test_starts_on, agreement.test_ends_on
    if starts is None or ends is None or not agreement.checkpoints:
        return False
    return all(starts <= row.due_on <= ends for row in agreement.checkpoints)


def _decision_after_test(agreement: Agreement) -> bool:
    ends, decision = agreement.test_ends_on, agreement.decision_on
    return bool(ends and decision and ends < decision)


CHECKS: Mapping[AgreementRequirement, Check] = {
    AgreementRequirement.PURPOSE: _filled("purpose"),
    AgreementRequirement.UNIT_CONTRIBUTION: _filled("unit_contribution"),
    AgreementRequirement.ENTREPRENEUR_CONTRIBUTION: _filled("entrepreneur_contribution"),
    AgreementRequirement.HOURS: _filled("unit_hours", "entrepreneur_hours"),
    AgreementRequirement.SITES: lambda agreement: bool(agreement.sites),
    AgreementRequirement.COST_CAP: _filled("cost_cap"),
    AgreementRequirement.COST_CAP_COVERS_PAYMENT: _cap_covers_payment,
    AgreementRequirement.CRITERIA: _criteria_whole,
    AgreementRequirement.WEIGHTS_ADD_UP: _weights_add_up,
    AgreementRequirement.TEST_PERIOD: _period_in_order,
    AgreementRequirement.CHECKPOINTS: lambda agreement: bool(agreement.checkpoints),
    AgreementRequirement.CHECKPOINTS_IN_PERIOD: _checkpoints_in_period,
    AgreementRequirement.DECISION_DATE: _filled("decision_on"),
    AgreementRequirement.DECISION_AFTER_TEST: _decision_after_test,
    AgreementRequirement.DATES_AHEAD: dates_ahead,
    AgreementRequirement.ON_YES: _filled("on_yes"),
    AgreementRequirement.ON_NO: _filled("on_no"),
    AgreementRequirement.DATA_PROTECTION: _filled("data_protection"),
    AgreementRequirement.OWNERSHIP: _filled("ownership"),
}


Obstacle = Callable[[Session, Agreement], Refused | None]
OBSTACLES: Registry[Obstacle] = Registry()
"""What a later stage wants to be in place before anybody signs."""


def obstacles_to_signing(session: Session, agreement: Agreement) -> list[Refused]:
    """What stands in the way of every signature, whoever gives it."""
    dates = [] if dates_ahead(agreement) else [NotNow(AgreementRefusal.DATES_PASSED)]
    empty = role_map.empty_roles(agreement.pairing, NEEDED_ROLES[AgreementMove.SIGN])
    roles = [NotNow(PairingRefusal.ROLE_EMPTY, role=role, who=ASSIGNERS[role]) for role in empty]
    others = [obstacle(session, agreement) for obstacle in OBSTACLES]
    return [*dates, *roles, *(other for other in others if other is not None)]
