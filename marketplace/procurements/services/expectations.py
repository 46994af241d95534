"""What all services of procurements share: who may, what was typed, who is told."""

from datetime import date

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.clock import today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.texts import expect_text
from marketplace.pairings import recipients
from marketplace.pairings.awaited import was_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.procurements import policies
from marketplace.procurements.awaited import is_ongoing
from marketplace.procurements.models import Procurement
from marketplace.procurements.states import ProcurementRefusal

LARGEST_AMOUNT = 2_000_000_000
LONG = 5000
SHORT = 200

# ---------------------------------------------------------------- who and when


def expect_adviser(actor: Actor, pairing: Pairing) -> None:
    expect_handler(actor, pairing)
    if pairing.state is not PairingState.APPROVED:
        raise NotNow(ProcurementRefusal.CASE_CLOSED)


def expect_bookkeeper(actor: Actor, pairing: Pairing) -> None:
    """By the adviser, and also after the case is closed: bills come late."""
    expect_handler(actor, pairing)
    if not was_approved(pairing):
        raise NotNow(ProcurementRefusal.CASE_CLOSED)


def expect_handler(actor: Actor, pairing: Pairing) -> None:
    refusal = policies.handling_refusal(actor, pairing)
    if refusal is not None:
        raise NotAllowed(refusal)


def expect_changeable(actor: Actor, procurement: Procurement) -> None:
    """By the adviser, while the procurement goes on."""
    expect_adviser(actor, procurement.pairing)
    expect_ongoing(procurement)


def expect_ongoing(procurement: Procurement) -> None:
    if procurement.pairing.state is not PairingState.APPROVED:
        raise NotNow(ProcurementRefusal.CASE_CLOSED)
    if not is_ongoing(procurement):
        raise NotNow(ProcurementRefusal.OVER, state=procurement.state)


# ---------------------------------------------------------------- what was typed


def expect_fitting_text(
    field: str,
    text: str,
    most: int = LONG,
    missing: ProcurementRefusal = ProcurementRefusal.TEXT_MISSING,
) -> str:
    return fitting_text(field, expect_text(field, text, missing), most)


def fitting_text(field: str, text: str, most: int = LONG) -> str:
    if len(text.strip()) > most:
        raise InvalidField(field, ProcurementRefusal.TEXT_TOO_LONG, most=most)
    return text.strip()


def expect_amount(field: str, amount: int | None) -> int:
    if amount is None or not 1 <= amount <= LARGEST_AMOUNT:
        raise InvalidField(field, ProcurementRefusal.NUMBER_OUT_OF_RANGE)
    return amount


def expect_day(field: str, day: date | None) -> date:
    if day is None:
        raise InvalidField(field, ProcurementRefusal.DAY_MISSING)
    return day


def expect_past_day(field: str, day: date | None) -> date:
    """Today at the latest: what is written down has happened."""
    if expect_day(field, day) > today():
        raise InvalidField(field, ProcurementRefusal.DAY_AHEAD)
    return expect_day(field, day)


# ---------------------------------------------------------------- who is told


def adviser_id(pairing: Pairing) -> int | None:
    """Who acts as the adviser of the case."""
    holder = role_map.holder_of(pairing, CaseRole.PROCUREMENT_ADVISER)
    person = role_map.acting(holder) if holder is not None else None
    return person.id if person is not None else None


def everybody(session: Session, pairing: Pairing) -> set[int]:
    """Both sides, the coordinators, and whoever has a role in the case."""
    parties = recipients.parties(session, pairing)
    in_roles = recipients.in_role_map(session, pairing)
    return parties | recipients.deciders(session, pairing) | in_roles
