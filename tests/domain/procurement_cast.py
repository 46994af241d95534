"""A case that is to end in a purchase: its adviser, their deputy, and its procurement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.audit import forget_changes
from marketplace.core.clock import now, today
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.procurements.models import Procurement, ProcurementStep, Purchase
from marketplace.procurements.states import (
    ANNOUNCED_ROUTES,
    UNTIL_SUPPLIER_IS_CHOSEN,
    ProcurementState,
    PurchaseKind,
)
from tests.domain.pairing_cast import Cast, make_cast
from tests.factories import make_member

PROTOCOL = {
    "object": "Et møtested for eldre som bor alene.",
    "invited": "Tre leverandører i kommunen.",
    "impartiality": "Ingen er inhabile.",
    "subcontractors": "Ingen som vi kjenner til.",
}
NOT_THE_ADVISER = (
    "member",
    "leader",
    "entrepreneur",
    "coordinator",
    "adviser",  # of the municipality, but not of this case
    "leadership",
    "other_unit",
    "other_municipality",
    "other_organisation",
    "administrator",
)


@dataclass
class Purchasing:
    """The cast of one approved case; «buyer» has the adviser's role in it."""

    cast: Cast
    pairing: Pairing

    @property
    def session(self) -> Session:
        return self.cast.session

    def actor(self, name: str = "buyer") -> Any:
        return self.cast.actor(name)

    def person(self, name: str) -> Person:
        return self.cast.person(name)

    def procurement(
        self, state: ProcurementState = ProcurementState.PREPARING, **values: Any
    ) -> Procurement:
        return make_procurement(self.session, self.pairing, state, **values)

    def add_step(self, procurement: Procurement, **values: Any) -> ProcurementStep:
        defaults: dict[str, Any] = {
            "procurement_id": procurement.id,
            "position": 1 + len(procurement.steps),
            "title": "Be om tilbud",
            "owner_id": self.person("buyer").id,
            "started_on": today(),
            "due_on": today(),
        }
        step = ProcurementStep(**(defaults | values))
        self.session.add(step)
        self.session.flush()
        self.session.refresh(procurement)
        forget_changes(self.session)
        return step

    def add_purchase(self, amount: int, bought_on: date | None = None, **values: Any) -> Purchase:
        organisation = self.cast.concept.organisation
        defaults: dict[str, Any] = {
            "pairing_id": self.pairing.id,
            "unit_id": self.cast.unit.id,
            "supplier_id": organisation.id,
            "supplier_name": organisation.name,
            "kind": PurchaseKind.PILOT,
            "amount": amount,
            "bought_on": bought_on or today(),
            "recorded_by_id": self.person("buyer").id,
        }
        purchase = Purchase(**(defaults | values))
        self.session.add(purchase)
        self.session.flush()
        forget_changes(self.session)
        return purchase


def make_purchasing(session: Session) -> Purchasing:
    cast = make_cast(session)
    pairing = cast.pairing(PairingState.APPROVED)
    holder = holder_of(pairing, CaseRole.PROCUREMENT_ADVISER)
    assert holder is not None
    deputy = make_member(session, Role.PROCUREMENT_ADVISER, cast.municipality)
    holder.deputy_id, holder.deputy_since = deputy.id, now()
    session.flush()
    session.refresh(pairing)
    forget_changes(session)
    cast.people |= {"buyer": holder.person, "deputy": deputy}
    return Purchasing(cast, pairing)


def make_procurement(
    session: Session,
    pairing: Pairing,
    state: ProcurementState = ProcurementState.PREPARING,
    **values: Any,
) -> Procurement:
    """A procurement whose protocol lacks nothing but its winner."""
    holder = holder_of(pairing, CaseRole.PROCUREMENT_ADVISER)
    assert holder is not None
    defaults: dict[str, Any] = {
        "pairing": pairing,
        "state": state,
        "estimated_value": 400_000,
        "service_category": ServiceCategory.HEALTH_SOCIAL,
        "starts_on": today(),
        "exempt_paragraph": UNTIL_SUPPLIER_IS_CHOSEN,
        **PROTOCOL,
    }
    if state is not ProcurementState.PREPARING:
        defaults["route"] = ProcurementRoute.DIRECT_PURCHASE
    if state is ProcurementState.ANNOUNCED:
        defaults["route"] = ProcurementRoute.OPEN_TENDER
    route = (defaults | values).get("route")
    if route in ANNOUNCED_ROUTES and state is not ProcurementState.PREPARING:
        defaults |= {
            "notice_reference": "2026-123456",
            "announced_at": now(),
            "announced_by_id": holder.person_id,
        }
    if state is ProcurementState.CONTRACTED:
        organisation = pairing.concept.organisation
        defaults |= {
            "contracted_at": now(),
            "contracted_by_id": holder.person_id,
            "supplier_id": organisation.id,
            "supplier_name": organisation.name,
            "contract_value": 390_000,
            "award_reason": "De ga det beste tilbudet.",
            "exempt_until": today(),
        }
    if state is ProcurementState.CANCELLED:
        defaults |= {
            "cancelled_at": now(),
            "cancelled_by_id": holder.person_id,
            "cancel_reason": "Pengene ble brukt til noe annet.",
        }
    procurement = Procurement(**(defaults | values))
    session.add(procurement)
    session.flush()
    forget_changes(session)
    return procurement
