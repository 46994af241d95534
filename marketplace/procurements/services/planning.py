"""Opening a procurement, choosing its route, and the steps that follow from it."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import NORWAY, now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import tell
from marketplace.decisions.models import Decision
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.pairings.told import CaseTold, named
from marketplace.procurements import policies, queries
from marketplace.procurements.advice import advise
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.services.expectations import (
    SHORT,
    adviser_id,
    expect_amount,
    expect_changeable,
    expect_day,
    expect_fitting_text,
    expect_ongoing,
    fitting_text,
)
from marketplace.procurements.services.tables import fill_steps, fill_thresholds
from marketplace.procurements.states import (
    ROUTES,
    UNTIL_SUPPLIER_IS_CHOSEN,
    ProcurementEvent,
    ProcurementRefusal,
    ProcurementState,
    ProcurementTopic,
)


def open_decided(session: Session, actor: Actor, decision: Decision) -> None:
    open_procurement(session, actor, pairing=decision.pairing)


def open_procurement(session: Session, actor: Actor, *, pairing: Pairing) -> Procurement:
    """When the decision is to buy: all are told of that, and the adviser of what to do now."""
    fill_thresholds(session)
    fill_steps(session)
    need = pairing.need
    procurement = Procurement(
        pairing_id=pairing.id,
        pairing=pairing,
        estimated_value=need.estimated_value or 0,
        service_category=need.service_category or ServiceCategory.OTHER,
        starts_on=today(),
        exempt_paragraph=UNTIL_SUPPLIER_IS_CHOSEN,
    )
    session.add(procurement)
    event = record(session, actor, ProcurementEvent.OPENED, procurement)
    person_id = adviser_id(pairing)
    adviser = set() if person_id is None else {person_id}
    tell(session, adviser, ProcurementTopic.OPENED, event, CaseTold(**named(pairing)))
    return procurement


def choose_route(
    session: Session,
    actor: Actor,
    *,
    procurement: Procurement,
    version: int,
    route: ProcurementRoute | None,
    route_reason: str,
    estimated_value: int | None,
    service_category: ServiceCategory,
    starts_on: date | None,
) -> None:
    """Where the route departs from the advice, the reason is written down."""
    procurement.expect_version(version)
    expect_changeable(actor, procurement)
    if procurement.state is not ProcurementState.PREPARING:
        raise NotNow(ProcurementRefusal.ROUTE_FIXED)
    if route not in ROUTES:
        raise InvalidField("route", ProcurementRefusal.ROUTE_MISSING)
    value = expect_amount("estimated_value", estimated_value)
    day = expect_day("starts_on", starts_on)
    advice = advise(queries.list_thresholds(session), value, service_category, day)
    reason = fitting_text("route_reason", route_reason)
    if route not in advice.routes and not reason:
        raise InvalidField("route_reason", ProcurementRefusal.DEPARTURE_UNEXPLAINED)
    before, procurement.route = procurement.route, route
    procurement.route_reason, procurement.estimated_value = reason, value
    procurement.service_category, procurement.starts_on = service_category, day
    if before is not route:
        _replace_steps(session, procurement, route)
    record(session, actor, ProcurementEvent.PLANNED, procurement, reason=reason or None)


def _replace_steps(session: Session, procurement: Procurement, route: ProcurementRoute) -> None:
    """What was done stays and is not asked for again; what was left undone goes out of the list."""
    done = {step.title for step in queries.steps_of(procurement) if step.done_on is not None}
    for step in queries.open_steps(procurement):
        step.dropped_at = now()
    due = max(today(), procurement.starts_on)
    last = max((step.position for step in procurement.steps), default=0)
    left = [t for t in queries.list_step_templates(session, route) if t.title not in done]
    for template in left:
        due += timedelta(days=template.days)
        first = template is left[0]
        procurement.steps.append(
            ProcurementStep(
                position=last + template.position,
                title=template.title,
                started_on=today() if first else None,
                due_on=due,
            )
        )
    session.flush()


# ---------------------------------------------------------------- the steps


def finish_step(session: Session, actor: Actor, *, step: ProcurementStep, version: int) -> None:
    """Done today; the next step begins the same day, and so its days are counted."""
    step.expect_version(version)
    expect_finisher(actor, step)
    if step.done_on is not None:
        raise NotNow(ProcurementRefusal.STEP_DONE)
    step.started_on = step.started_on or today()
    step.done_on, step.done_by_id = today(), actor.person_id
    following = queries.open_step(step.procurement)
    if following is not None:
        following.started_on = following.started_on or today()
    record(session, actor, ProcurementEvent.STEP_DONE, step, extra={"title": step.title})


def reopen_step(session: Session, actor: Actor, *, step: ProcurementStep, version: int) -> None:
    _expect_step(actor, step, version)
    if step.done_on is None:
        raise NotNow(ProcurementRefusal.STEP_OPEN)
    step.done_on = step.done_by_id = None
    record(session, actor, ProcurementEvent.STEP_REOPENED, step, extra={"title": step.title})


def change_step(
    session: Session,
    actor: Actor,
    *,
    step: ProcurementStep,
    version: int,
    title: str,
    owner_id: int | None,
    due_on: date | None,
) -> None:
    _expect_step(actor, step, version)
    if step.done_on is not None:
        raise NotNow(ProcurementRefusal.STEP_DONE)
    step.title = expect_fitting_text("title", title, SHORT)
    step.owner_id = _owner(session, step.procurement, owner_id)
    step.due_on = _due_day(step.procurement, due_on)
    record(session, actor, ProcurementEvent.STEP_CHANGED, step, extra={"title": step.title})


def add_step(
    session: Session,
    actor: Actor,
    *,
    procurement: Procurement,
    title: str,
    owner_id: int | None,
    due_on: date | None,
) -> ProcurementStep:
    """A step of this case only, after the others."""
    expect_changeable(actor, procurement)
    waits = queries.open_step(procurement) is not None
    step = ProcurementStep(
        position=max((step.position for step in procurement.steps), default=0) + 1,
        title=expect_fitting_text("title", title, SHORT),
        owner_id=_owner(session, procurement, owner_id),
        started_on=None if waits else today(),
        due_on=_due_day(procurement, due_on),
    )
    procurement.steps.append(step)
    record(session, actor, ProcurementEvent.STEP_ADDED, step, extra={"title": step.title})
    return step


def expect_finisher(actor: Actor, step: ProcurementStep) -> None:
    """The adviser, or who has the step, while the procurement goes on."""
    if not policies.may_finish(actor, step):
        raise NotAllowed(ProcurementRefusal.STEP_OF_ANOTHER)
    expect_ongoing(step.procurement)


def _expect_step(actor: Actor, step: ProcurementStep, version: int) -> None:
    step.expect_version(version)
    expect_changeable(actor, step.procurement)


def _due_day(procurement: Procurement, due_on: date | None) -> date:
    """A day that has been may stand, so that what is late is seen; none before it all began."""
    day, first = expect_day("due_on", due_on), procurement.created_at.astimezone(NORWAY).date()
    if day < first:
        raise InvalidField("due_on", ProcurementRefusal.DAY_BEFORE_OPENING, first=first)
    return day


def _owner(session: Session, procurement: Procurement, owner_id: int | None) -> int | None:
    """Without a chosen one the step is the adviser's, whoever that is from day to day."""
    if owner_id in (None, adviser_id(procurement.pairing)):
        return None
    fitting = queries.list_step_owners(session, procurement.pairing)
    if owner_id not in {person.id for person in fitting}:
        raise InvalidField("owner_id", ProcurementRefusal.OWNER_DOES_NOT_FIT)
    return owner_id
