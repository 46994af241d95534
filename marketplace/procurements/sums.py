"""What has been bought in twelve months: recorded, or agreed on and not recorded yet (§ 5-4).

What a signed agreement pays for its test counts by itself, from the day the test starts; what is
recorded as paid of it takes its place. Tests and purchases are told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Unit
from marketplace.agreements.awaited import is_in_force
from marketplace.agreements.models import Agreement
from marketplace.concepts.models import Concept
from marketplace.core.actor import Actor
from marketplace.core.paging import PAGE_SIZE, Page
from marketplace.core.rules import in_sql, of
from marketplace.needs.models import Need
from marketplace.needs.states import ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.procurements.models import Procurement, Purchase
from marketplace.procurements.policies import READERS
from marketplace.procurements.queries import Supplier
from marketplace.procurements.states import PurchaseKind
from marketplace.procurements.thresholds import months_before


@dataclass(frozen=True, slots=True)
class Spent:
    """A part of what one supplier gets: for a test or for a purchase, in one case and unit."""

    unit_id: int
    pairing_id: int
    kind: PurchaseKind
    amount: int


@dataclass(frozen=True, slots=True)
class PurchaseSum:
    """What a unit has bought of one kind from one supplier, and the whole municipality beside it.

    `starts_on` is the day of the newest of the procurements: its limits count.
    """

    unit_name: str
    supplier_name: str
    category: ServiceCategory
    tests: int
    purchases: int
    whole: int
    count: int
    last_on: date
    starts_on: date

    @property
    def amount(self) -> int:
        return self.tests + self.purchases


def list_spent(
    session: Session,
    municipality_id: int,
    supplier: Supplier,
    category: ServiceCategory,
    day: date,
) -> Sequence[Spent]:
    """Of one category in the twelve months that end with the day, in all units and cases."""
    spent = _spent(day)
    same = (
        spent.c.supplier_id == supplier.id
        if supplier.id is not None
        else spent.c.supplier_id.is_(None) & (spent.c.supplier_name == supplier.name)
    )
    statement = (
        select(spent.c.unit_id, spent.c.pairing_id, spent.c.kind, func.sum(spent.c.amount))
        .join(Unit, Unit.id == spent.c.unit_id)
        .where(Unit.organisation_id == municipality_id, same, spent.c.category == str(category))
        .group_by(spent.c.unit_id, spent.c.pairing_id, spent.c.kind)
    )
    return [
        Spent(unit_id, pairing_id, PurchaseKind(kind), int(amount))
        for unit_id, pairing_id, kind, amount in session.execute(statement)
    ]


def list_sums(session: Session, actor: Actor, day: date, *, page: int = 1) -> Page[PurchaseSum]:
    """The sums of the actor's municipality, the largest first."""
    statement = _sums(actor, day)
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    number = min(max(1, page), max(1, -(-total // PAGE_SIZE)))
    cut = statement.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page(rows=_read(session, cut), number=number, total=total)


def list_all_sums(session: Session, actor: Actor, day: date) -> Sequence[PurchaseSum]:
    return _read(session, _sums(actor, day))


# ---------------------------------------------------------------- statements


def _sums(actor: Actor, day: date) -> Select[Any]:
    spent = _spent(day)
    amount = func.sum(spent.c.amount)
    seller = (spent.c.supplier_id, spent.c.supplier_name, spent.c.category)
    return (
        select(
            Unit.name,
            spent.c.supplier_name,
            spent.c.category,
            func.sum(case((spent.c.kind == str(PurchaseKind.PILOT), spent.c.amount), else_=0)),
            func.sum(case((spent.c.kind != str(PurchaseKind.PILOT), spent.c.amount), else_=0)),
            func.sum(amount).over(partition_by=(Unit.organisation_id, *seller)),
            func.count(),
            func.max(spent.c.day),
            func.max(spent.c.starts_on),
        )
        .join(Unit, Unit.id == spent.c.unit_id)
        .where(Unit.organisation_id.in_(sorted(actor.organisation_ids(*READERS))))
        .group_by(Unit.id, Unit.name, Unit.organisation_id, *seller)
        .order_by(amount.desc(), Unit.name, spent.c.supplier_name, Unit.id, *seller)
    )


def _spent(day: date) -> Subquery:
    """One row for each purchase, and for what each agreement in force pays beyond them."""
    since = months_before(day, 12)
    booked = _booked().where(Purchase.bought_on > since, Purchase.bought_on <= day)
    agreed = _agreed().where(Agreement.test_starts_on > since)
    return union_all(booked, agreed).subquery("spent")


def _booked() -> Select[Any]:
    """A purchase starts when its procurement does, and what is paid for a test on its own day."""
    follows = Purchase.kind == PurchaseKind.FOLLOW_UP
    started = case((follows, func.coalesce(Procurement.starts_on, Purchase.bought_on)))
    return _with_case(
        select(
            Purchase.pairing_id,
            Purchase.unit_id,
            Purchase.supplier_id,
            func.coalesce(Organisation.name, Purchase.supplier_name).label("supplier_name"),
            _category(),
            Purchase.kind.label("kind"),
            Purchase.amount,
            Purchase.bought_on.label("day"),
            func.coalesce(started, Purchase.bought_on).label("starts_on"),
        )
        .select_from(Purchase)
        .join(Pairing, Pairing.id == Purchase.pairing_id)
        .outerjoin(Organisation, Organisation.id == Purchase.supplier_id)
    )


def _agreed() -> Select[Any]:
    paid = (
        select(func.coalesce(func.sum(Purchase.amount), 0))
        .where(
            Purchase.pairing_id == Agreement.pairing_id,
            Purchase.kind == PurchaseKind.PILOT,
            Purchase.supplier_id == Concept.organisation_id,
        )
        .correlate(Agreement, Concept)
        .scalar_subquery()
    )
    return _with_case(
        select(
            Agreement.pairing_id,
            Need.unit_id,
            Concept.organisation_id.label("supplier_id"),
            Organisation.name.label("supplier_name"),
            _category(),
            literal(str(PurchaseKind.PILOT)).label("kind"),
            (Agreement.payment - paid).label("amount"),
            Agreement.test_starts_on.label("day"),
            Agreement.test_starts_on.label("starts_on"),
        )
        .select_from(Agreement)
        .join(Pairing, Pairing.id == Agreement.pairing_id)
        .join(Concept, Concept.id == Pairing.concept_id)
        .join(Organisation, Organisation.id == Concept.organisation_id)
        .where(in_sql(is_in_force(of(Agreement))), Agreement.payment > paid)
    )


def _with_case(statement: Select[Any]) -> Select[Any]:
    return statement.join(Need, Need.id == Pairing.need_id).outerjoin(
        Procurement, Procurement.pairing_id == Pairing.id
    )


def _category() -> Any:
    """What the adviser says it is, or until then the need."""
    known = (Procurement.service_category, Need.service_category)
    return func.coalesce(*known, str(ServiceCategory.OTHER)).label("category")


def _read(session: Session, statement: Select[Any]) -> list[PurchaseSum]:
    return [
        PurchaseSum(
            unit, supplier, ServiceCategory(category), int(tests), int(purchases), int(whole),
            count, last_on, starts_on,
        )
        for unit, supplier, category, tests, purchases, whole, count, last_on, starts_on
        in session.execute(statement)
    ]  # fmt: skip
