"""What procurements wait for: of one procurement or step, or in SQL (`core.rules`)."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from marketplace.accounts.models import Person
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.core.awaited import Awaited, Follower, Party, start_of_day
from marketplace.core.clock import today
from marketplace.core.rules import before, in_sql, missing, of, one_of
from marketplace.pairings.awaited import holder_of, is_approved, of_approved_pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole
from marketplace.procurements.models import PaidTest, Procurement, ProcurementStep
from marketplace.procurements.states import ONGOING, ProcurementState, ProcurementTask


def is_ongoing(procurement: Procurement) -> bool:
    return one_of(procurement.state, ONGOING)


def awaits_route(procurement: Procurement) -> bool:
    return (procurement.state == ProcurementState.PREPARING) & missing(procurement.route)


def stands(step: ProcurementStep) -> bool:
    """Of the route that was chosen last, or done before it; the others are dropped."""
    return missing(step.dropped_at)


def is_open(step: ProcurementStep) -> bool:
    return stands(step) & missing(step.done_on)


def is_awaited(pairing: Pairing, procurement: Procurement, step: ProcurementStep) -> bool:
    return is_approved(pairing) & is_ongoing(procurement) & is_open(step)


def is_due(pairing: Pairing, procurement: Procurement, step: ProcurementStep) -> bool:
    """From the day itself on."""
    return is_awaited(pairing, procurement, step) & (step.due_on <= today())


def is_late(procurement: Procurement, step: ProcurementStep) -> bool:
    """When its day has passed, as long as the procurement goes on."""
    return is_ongoing(procurement) & is_open(step) & before(step.due_on, today())


def awaits_test_route(agreement: Agreement, paid: PaidTest) -> bool:
    """An offered version whose payment the adviser has been asked about, and not answered."""
    same_sums = (agreement.payment == paid.payment) & (agreement.cost_cap == paid.cost_cap)
    return (agreement.state == AgreementState.OFFERED) & same_sums & missing(paid.confirmed_at)


def is_somebodys_own() -> ColumnElement[bool]:
    """Given to one person, whose account is in use; the other steps are the adviser's."""
    return exists().where(Person.id == ProcurementStep.owner_id, Person.active)


# ---------------------------------------------------------------- what waits for whom


def _of_procurements(since: Any) -> Select[Any]:
    statement = of_approved_pairings(since, holder_of(CaseRole.PROCUREMENT_ADVISER))
    return statement.join(Procurement, Procurement.pairing_id == Pairing.id)


def _test_route() -> Select[Any]:
    adviser = holder_of(CaseRole.PROCUREMENT_ADVISER)
    statement = of_approved_pairings(PaidTest.asked_at, adviser)
    statement = statement.join(PaidTest, PaidTest.pairing_id == Pairing.id)
    statement = statement.join(Agreement, Agreement.pairing_id == Pairing.id)
    return statement.where(in_sql(awaits_test_route(of(Agreement), of(PaidTest))))


def _route() -> Select[Any]:
    lacking = in_sql(awaits_route(of(Procurement)))
    return _of_procurements(Procurement.created_at).where(lacking)


def _step() -> Select[Any]:
    """Each procurement once: since the first day that a step of the adviser was due."""
    oldest = _due(~is_somebodys_own()).subquery()
    statement = _of_procurements(start_of_day(oldest.c.due_on))
    statement = statement.join(oldest, oldest.c.procurement_id == Procurement.id)
    return statement.where(in_sql(is_ongoing(of(Procurement))))


def _own_step() -> Select[Any]:
    """Each procurement once for each who has steps of their own in it."""
    oldest = _due(is_somebodys_own(), ProcurementStep.owner_id).subquery()
    statement = of_approved_pairings(start_of_day(oldest.c.due_on), oldest.c.owner_id)
    statement = statement.join(Procurement, Procurement.pairing_id == Pairing.id)
    statement = statement.join(oldest, oldest.c.procurement_id == Procurement.id)
    return statement.where(in_sql(is_ongoing(of(Procurement))))


def _due(whose: ColumnElement[bool], *columns: Any) -> Select[Any]:
    return (
        select(
            ProcurementStep.procurement_id,
            *columns,
            func.min(ProcurementStep.due_on).label("due_on"),
        )
        .where(in_sql(is_open(of(ProcurementStep))), ProcurementStep.due_on <= today(), whose)
        .group_by(ProcurementStep.procurement_id, *columns)
    )


AWAITED = tuple(
    Awaited(kind, party, find, followed_by=frozenset({Follower.ENTREPRENEUR}))
    for kind, party, find in (
        (ProcurementTask.TEST_ROUTE, Party.CASE_ADVISER, _test_route),
        (ProcurementTask.ROUTE, Party.CASE_ADVISER, _route),
        (ProcurementTask.STEP, Party.CASE_ADVISER, _step),
        (ProcurementTask.OWN_STEP, Party.PERSON, _own_step),
    )
)
