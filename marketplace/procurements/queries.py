"""Reading procurements: always only those that the actor may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts.models import Membership, Person, Unit
from marketplace.agreements import queries as agreements
from marketplace.agreements.awaited import is_in_force
from marketplace.agreements.models import AgreedSite, Agreement
from marketplace.agreements.states import OPEN
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.db import one_or_404
from marketplace.core.engine import asked_once
from marketplace.core.errors import NotFound
from marketplace.core.rules import in_sql, of
from marketplace.needs.models import Need
from marketplace.needs.sites import list_sites
from marketplace.needs.states import ProcurementRoute
from marketplace.pairings import queries as pairings
from marketplace.pairings import recipients
from marketplace.pairings.awaited import is_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.queries import list_candidates
from marketplace.pairings.states import CaseRole
from marketplace.procurements import shipped
from marketplace.procurements.awaited import is_due, is_ongoing, is_open, stands
from marketplace.procurements.models import (
    DialogueEntry,
    PaidTest,
    Procurement,
    ProcurementStep,
    Purchase,
    StepTemplate,
    Threshold,
)
from marketplace.procurements.policies import READERS
from marketplace.procurements.states import ThresholdKey

# ---------------------------------------------------------------- one procurement


def get_procurement(session: Session, actor: Actor, pairing_id: int) -> Procurement:
    pairing = pairings.get_pairing(session, actor, pairing_id)
    return one_or_404(session, _whole().where(Procurement.pairing_id == pairing.id))


@asked_once
def find_procurement(session: Session, pairing_id: int) -> Procurement | None:
    """The procurement of a case, for whoever has asked whether the case may be seen."""
    return session.scalars(_whole().where(Procurement.pairing_id == pairing_id)).one_or_none()


def get_shared_package(session: Session, pairing_id: int) -> Procurement:
    """What everybody may read, also without signing in: only what has been shared."""
    statement = _whole().where(
        Procurement.pairing_id == pairing_id, Procurement.package_shared_at.is_not(None)
    )
    return one_or_404(session, statement)


def list_shared_packages(session: Session, need_id: int) -> Sequence[Procurement]:
    """What the pilots of a need taught, for everyone who reads the need."""
    statement = (
        _whole()
        .join(Procurement.pairing)
        .where(Pairing.need_id == need_id, Procurement.package_shared_at.is_not(None))
        .order_by(Procurement.package_shared_at.desc())
    )
    return session.scalars(statement).unique().all()


def get_step(procurement: Procurement, step_id: int) -> ProcurementStep:
    for step in steps_of(procurement):
        if step.id == step_id:
            return step
    raise NotFound


def steps_of(procurement: Procurement) -> list[ProcurementStep]:
    """The steps of the route that was chosen last, and those that were done before it."""
    return [step for step in procurement.steps if stands(step)]


def open_step(procurement: Procurement) -> ProcurementStep | None:
    return next(iter(open_steps(procurement)), None)


def open_steps(procurement: Procurement) -> list[ProcurementStep]:
    return [step for step in procurement.steps if is_open(step)]


def _whole() -> Select[Procurement]:
    return select(Procurement).options(
        joinedload(Procurement.pairing),
        selectinload(Procurement.steps).joinedload(ProcurementStep.owner),
        selectinload(Procurement.dialogue).joinedload(DialogueEntry.logged_by),
    )


# ---------------------------------------------------------------- what the rules ask


def list_step_owners(session: Session, pairing: Pairing) -> Sequence[Person]:
    """Whoever of the municipality sees the case: nobody else could open what they are to do."""
    need = pairing.need
    follows = and_(
        Membership.organisation_id == need.unit.organisation_id, Membership.role.in_(READERS)
    )
    units = sorted(site.unit.id for site in list_sites(session, need))
    works = and_(Membership.unit_id.in_(units), Membership.role.in_(sorted(UNIT_ROLES)))
    members = session.scalars(select(Membership.person_id).where(or_(follows, works)))
    seeing = set(members) | recipients.in_role_map(session, pairing)
    here = list_candidates(session, pairing, CaseRole.DATA_PROTECTION)
    return [person for person in here if person.id in seeing]


def list_units(session: Session, pairing: Pairing) -> Sequence[Unit]:
    """The unit of the need, then those whose sites the agreement in force names."""
    sites = (
        select(AgreedSite.unit_id)
        .join(Agreement, Agreement.id == AgreedSite.agreement_id)
        .where(Agreement.pairing_id == pairing.id, in_sql(is_in_force(of(Agreement))))
    )
    statement = select(Unit).where(Unit.id.in_(sites), Unit.id != pairing.need.unit_id)
    return [pairing.need.unit, *session.scalars(statement.order_by(Unit.name, Unit.id))]


def list_units_to_book(
    session: Session, pairing: Pairing, *, taken_back: bool = True
) -> Sequence[Unit]:
    """The units of the case; to take a purchase back, also those that it was booked on before."""
    units = list(list_units(session, pairing))
    booked = (purchase.unit for purchase in list_purchases(session, pairing)) if taken_back else ()
    return list(dict.fromkeys([*units, *booked]))


def list_suppliers(session: Session, pairing: Pairing) -> "Sequence[Supplier]":
    """The entrepreneur, who won the contract, and whom else something was booked on."""
    organisation = pairing.concept.organisation
    booked = [supplier_of(purchase) for purchase in list_purchases(session, pairing)]
    return list(dict.fromkeys([Supplier(organisation.id, organisation.name), *booked]))


def supplier_of(purchase: Purchase) -> "Supplier":
    """A registered one by its name of today, as it is on the lists."""
    named = purchase.supplier.name if purchase.supplier is not None else purchase.supplier_name
    return Supplier(purchase.supplier_id, named)


def agreed_payment(session: Session, pairing: Pairing) -> int | None:
    """What the agreement in force pays for the test."""
    agreement = agreements.find_in_force(session, pairing.id)
    return agreement.payment if agreement is not None else None


@asked_once
def find_paid_test(session: Session, agreement: Agreement) -> PaidTest | None:
    """What the adviser was asked, or has said, of this payment and cap in this case."""
    statement = select(PaidTest).options(joinedload(PaidTest.confirmed_by))
    return session.scalars(
        statement.where(
            PaidTest.pairing_id == agreement.pairing_id,
            PaidTest.payment == agreement.payment,
            PaidTest.cost_cap == agreement.cost_cap,
        )
    ).one_or_none()


# ---------------------------------------------------------------- what the clock asks


def find_due_steps(session: Session) -> Iterable[tuple[int, date]]:
    statement = (
        select(ProcurementStep.id, ProcurementStep.due_on)
        .join(ProcurementStep.procurement)
        .join(Procurement.pairing)
        .where(
            in_sql(is_due(of(Pairing), of(Procurement), of(ProcurementStep))),
        )
        .order_by(ProcurementStep.id)
    )
    return [(step_id, due_on) for step_id, due_on in session.execute(statement)]


# ---------------------------------------------------------------- the tables


def list_thresholds(session: Session) -> Sequence[Threshold]:
    """Those that count: by key, the newest first."""
    return [row for row in list_threshold_history(session) if row.withdrawn_at is None]


@asked_once
def list_threshold_history(session: Session) -> Sequence[Threshold]:
    """With those that were withdrawn; until somebody has written to the table, what is shipped."""
    people = joinedload(Threshold.added_by), joinedload(Threshold.withdrawn_by)
    rows = list(session.scalars(select(Threshold).options(*people))) or [
        Threshold(
            key=row.key,
            amount=row.amount,
            valid_from=row.valid_from,
            paragraph=row.paragraph,
            source=row.source,
            checked_on=row.checked_on,
        )
        for row in shipped.shipped_thresholds()
    ]
    order = list(ThresholdKey)
    return sorted(rows, key=lambda row: (order.index(row.key), -row.valid_from.toordinal()))


def get_threshold(session: Session, key: ThresholdKey | None, valid_from: date) -> Threshold:
    """The row that counts from that day."""
    for row in list_thresholds(session):
        if (row.key, row.valid_from) == (key, valid_from):
            return row
    raise NotFound


def list_ongoing(session: Session) -> Sequence[Procurement]:
    """In all municipalities: the table is one for the whole installation."""
    statement = (
        select(Procurement)
        .join(Procurement.pairing)
        .options(joinedload(Procurement.pairing).joinedload(Pairing.need).joinedload(Need.unit))
        .where(in_sql(is_approved(of(Pairing))), in_sql(is_ongoing(of(Procurement))))
        .order_by(Procurement.id)
    )
    return session.scalars(statement).all()


def list_paid_versions(session: Session) -> Sequence[Agreement]:
    """Versions that pay for a test and are not in force yet."""
    statement = (
        select(Agreement)
        .join(Agreement.pairing)
        .options(joinedload(Agreement.pairing).joinedload(Pairing.need).joinedload(Need.unit))
        .where(in_sql(is_approved(of(Pairing))), Agreement.state.in_(OPEN), Agreement.payment > 0)
        .order_by(Agreement.id)
    )
    return session.scalars(statement).all()


def list_advisers(session: Session) -> set[int]:
    """Everybody who advises on procurement somewhere."""
    statement = select(Membership.person_id).join(Membership.person)
    return set(
        session.scalars(statement.where(Membership.role == Role.PROCUREMENT_ADVISER, Person.active))
    )


def list_step_templates(session: Session, route: ProcurementRoute) -> Sequence[StepTemplate]:
    """The steps of a route; until somebody has changed the table, what is shipped."""
    rows = session.scalars(select(StepTemplate).order_by(StepTemplate.position)).all()
    found = rows or [
        StepTemplate(
            route=row.route, position=row.position, title=row.title, days=row.days, version=1
        )
        for row in shipped.shipped_steps()
    ]
    return [row for row in found if row.route is route]


# ---------------------------------------------------------------- purchases


@dataclass(frozen=True, slots=True)
class Supplier:
    """One that is registered here, or a name."""

    id: int | None
    name: str


def list_purchases(session: Session, pairing: Pairing) -> Sequence[Purchase]:
    statement = (
        select(Purchase)
        .options(joinedload(Purchase.unit), joinedload(Purchase.supplier))
        .where(Purchase.pairing_id == pairing.id)
        .order_by(Purchase.bought_on.desc(), Purchase.id.desc())
    )
    return session.scalars(statement).all()
