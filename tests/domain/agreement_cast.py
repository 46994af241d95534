"""The people of an approved case, and its agreement in whatever state a test asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.agreements.content import roles_now
from marketplace.agreements.models import AgreedCheckpoint, AgreedSite, Agreement, Criterion
from marketplace.agreements.services import offering, signing
from marketplace.agreements.states import AgreementState, AgreementTrigger
from marketplace.core.actor import Actor
from marketplace.core.audit import forget_changes
from marketplace.core.clock import now, today
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole, PairingState
from tests.domain.pairing_cast import Cast, make_cast

WHY = "Vi må ha flere timer."
OUTSIDERS = ("other_unit", "other_municipality", "other_organisation", "administrator")
READERS = ("coordinator", "adviser", "leadership")
SIGNED = frozenset({AgreementState.SIGNED, AgreementState.SUPERSEDED})


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


@dataclass
class AgreementCast:
    case: Cast
    pairing: Pairing

    @property
    def session(self) -> Session:
        return self.case.session

    def actor(self, name: str) -> Actor:
        return self.case.actor(name)

    def version(self, state: AgreementState = AgreementState.DRAFT, **values: Any) -> Agreement:
        return make_agreement(self.session, self.pairing, state, **values)

    def withdrawn(self) -> Agreement:
        """A second version that somebody gave up."""
        given = {
            "withdrawn_at": now(),
            "withdrawn_by_id": self.pairing.need.author_id,
            "withdrawal_reason": WHY,
        }
        return self.version(AgreementState.WITHDRAWN, number=2, **given)

    def offer(self, by: str, agreement: Agreement, **values: Any) -> None:
        self._move(offering.offer_version, by, agreement, values)

    def sign(self, by: str, agreement: Agreement, **values: Any) -> None:
        self._move(signing.sign_version, by, agreement, values)

    def send_back(self, by: str, agreement: Agreement, **values: Any) -> None:
        self._move(offering.send_back, by, agreement, {"reason": WHY} | values)

    def withdraw(self, by: str, agreement: Agreement, **values: Any) -> None:
        self._move(offering.withdraw_version, by, agreement, {"reason": WHY} | values)

    def _move(
        self, service: Callable[..., object], by: str, agreement: Agreement, values: dict[str, Any]
    ) -> None:
        given = {"version": agreement.version} | values
        service(self.session, self.actor(by), agreement=agreement, **given)

    def close(self) -> None:
        pairing = self.pairing
        pairing.state, pairing.closed_at = PairingState.CLOSED, now()
        pairing.closed_by_id, pairing.closing_reason = pairing.decided_by_id, "Ferdig."
        self.session.flush()

    def empty(self, role: CaseRole) -> None:
        holder = next(h for h in self.pairing.roles if h.role is role)
        self.session.delete(holder)
        self.session.flush()
        self.session.expire(self.pairing, ["roles"])


def make_agreement_cast(session: Session) -> AgreementCast:
    case = make_cast(session)
    return AgreementCast(case, case.pairing(PairingState.APPROVED))


def make_agreement(
    session: Session,
    pairing: Pairing,
    state: AgreementState = AgreementState.DRAFT,
    **values: Any,
) -> Agreement:
    """A complete version, that somebody wrote; signed by the unit's leader and the author."""
    number = values.pop("number", 1)
    defaults: dict[str, Any] = {
        "pairing": pairing,
        "number": number,
        "state": state,
        "trigger": AgreementTrigger.FIRST if number == 1 else AgreementTrigger.RENEGOTIATION,
        "change_reason": None if number == 1 else "Vi trenger flere deltakere.",
        "language": Language.BOKMAL,
        "author_id": pairing.need.author_id,
        "purpose": "Finne ut om ukentlig kaffe gir færre ensomme.",
        "unit_contribution": "En kontaktperson én dag i uka.",
        "unit_hours": 120,
        "entrepreneur_contribution": "Opplæring og veiledning.",
        "entrepreneur_hours": 80,
        "payment": 90_000,
        "cost_cap": 150_000,
        "test_starts_on": in_days(14),
        "test_ends_on": in_days(140),
        "decision_on": in_days(170),
        "on_yes": "Kommunen lyser ut et kjøp.",
        "on_no": "Kommunen begrunner svaret.",
        "data_protection": "Ingen navn lagres.",
        "ownership": "Hver part eier sitt.",
        "criteria": [
            Criterion(position=1, title="Færre ensomme", measure="Skjema", target="Ti", weight=60),
            Criterion(position=2, title="Trives", measure="Samtaler", target="Åtte", weight=40),
        ],
        "checkpoints": [AgreedCheckpoint(due_on=in_days(60), topic="Er alle i gang?")],
        "sites": [AgreedSite(unit_id=pairing.need.unit_id, name="Dagsenteret", hours=40)],
    }
    if state not in {AgreementState.DRAFT, AgreementState.WITHDRAWN}:
        defaults |= {"offered_by_id": pairing.need.author_id, "offered_at": now()}
    if state in SIGNED:
        defaults |= _signatures(pairing)
    if state is AgreementState.SUPERSEDED:
        defaults["superseded_at"] = now()
    agreement = Agreement(**(defaults | values))
    session.add(agreement)
    session.flush()
    session.refresh(agreement)
    forget_changes(session)
    return agreement


def _signatures(pairing: Pairing) -> dict[str, Any]:
    return {
        "unit_signed_by_id": pairing.need.endorsed_by_id,
        "unit_signed_at": now(),
        "entrepreneur_signed_by_id": pairing.concept.author_id,
        "entrepreneur_signed_at": now(),
        "roles_at_signing": roles_now(pairing),
    }
