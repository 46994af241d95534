"""What stands between a planned test and its start: one answer for page and service."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.models import Agreement
from marketplace.core.clock import today
from marketplace.core.errors import NotNow, Refused
from marketplace.pairings.roles.policies import ASSIGNERS
from marketplace.pairings.roles.role_map import empty_roles
from marketplace.pairings.states import PairingRefusal
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import NEEDED_ROLES, PilotMove, PilotRefusal


def obstacles_to_start(session: Session, pilot: Pilot) -> list[Refused]:
    """Empty roles, no signed agreement, its first day to come, or its decision date gone."""
    agreement = agreements.find_in_force(session, pilot.pairing_id)
    dates = [NotNow(PilotRefusal.AGREEMENT_MISSING)] if agreement is None else _in_dates(agreement)
    return [*_in_the_role_map(pilot), *dates]


def _in_the_role_map(pilot: Pilot) -> Iterator[Refused]:
    for role in empty_roles(pilot.pairing, NEEDED_ROLES[PilotMove.START]):
        yield NotNow(PairingRefusal.ROLE_EMPTY, role=role, who=ASSIGNERS[role])


def _in_dates(agreement: Agreement) -> Iterator[Refused]:
    starts_on, decision_on = agreement.test_starts_on, agreement.decision_on
    if decision_on is None or decision_on <= today():
        yield NotNow(PilotRefusal.DECISION_DATE_PASSED, day=decision_on)
    if starts_on is not None and starts_on > today():
        yield NotNow(PilotRefusal.STARTS_LATER, day=starts_on)
