"""A case whose test has ended: an agreement in force, a pilot, and a decision that is awaited."""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from marketplace.agreements.models import Agreement, Criterion
from marketplace.agreements.states import AgreementState
from marketplace.core.audit import forget_changes
from marketplace.core.clock import now, today
from marketplace.core.db import Base
from marketplace.decisions import services
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending, PilotState, StopReason
from tests.domain.pairing_cast import Cast

M = TypeVar("M", bound=Base)
DUE = timedelta(days=30)


def approved(cast: Cast, **values: Any) -> Pairing:
    """The case, approved, with the people of the cast in its roles."""
    pairing = cast.pairing(PairingState.APPROVED, **values)
    people = {
        CaseRole.OWNER: "leader",
        CaseRole.DECISION_MAKER: "leader",
        CaseRole.PROCUREMENT_ADVISER: "adviser",
        CaseRole.DATA_PROTECTION: "adviser",
    }
    for role, name in people.items():
        holder = holder_of(pairing, role)
        assert holder is not None
        holder.person = cast.person(name)
    cast.session.flush()
    forget_changes(cast.session)
    return pairing


def give_deputy(cast: Cast, pairing: Pairing, role: CaseRole, name: str) -> None:
    holder = holder_of(pairing, role)
    assert holder is not None
    holder.deputy, holder.deputy_since = cast.person(name), now()
    cast.session.flush()
    forget_changes(cast.session)


def make_agreement(cast: Cast, pairing: Pairing, **values: Any) -> Agreement:
    """The version in force; the decision falls due in thirty days unless told."""
    decision_on: date = values.pop("decision_on", today() + DUE)
    given: dict[str, Any] = {
        "pairing": pairing,
        "number": 1,
        "state": AgreementState.SIGNED,
        "author_id": cast.person("member").id,
        "purpose": "Finne ut om det virker.",
        "unit_contribution": "En kontaktperson.",
        "entrepreneur_contribution": "To medarbeidere.",
        "unit_hours": 100,
        "entrepreneur_hours": 200,
        "payment": 0,
        "cost_cap": 0,
        "test_starts_on": decision_on - timedelta(days=100),
        "test_ends_on": decision_on - timedelta(days=20),
        "decision_on": decision_on,
        "on_yes": "Kommunen kjøper.",
        "on_no": "Vi deler det vi lærte.",
        "data_protection": "Ingen helseopplysninger.",
        "ownership": "Hver eier sitt.",
        "offered_by_id": cast.person("member").id,
        "offered_at": now(),
        "unit_signed_by_id": cast.person("leader").id,
        "unit_signed_at": now(),
        "entrepreneur_signed_by_id": cast.person("entrepreneur").id,
        "entrepreneur_signed_at": now(),
        "criteria": [
            Criterion(position=1, title="Mindre ensomhet", measure="Spørreskjema",
                      target="Én av tre er mindre ensom", weight=100)
        ],
    }  # fmt: skip
    return save(cast.session, Agreement(**(given | values)))


def make_pilot(cast: Cast, pairing: Pairing, **values: Any) -> Pilot:
    """A pilot that was completed just now, unless told."""
    given: dict[str, Any] = {
        "pairing": pairing,
        "state": PilotState.ENDED,
        "started_by_id": cast.person("leader").id,
        "started_at": now() - timedelta(days=80),
        "ended_by_id": cast.person("leader").id,
        "ended_at": now(),
        "ending": Ending.COMPLETED,
    }
    return save(cast.session, Pilot(**(given | values)))


RUNNING: dict[str, Any] = {
    "state": PilotState.RUNNING,
    "ended_by_id": None,
    "ended_at": None,
    "ending": None,
}


def stop_reasons(cast: Cast, *sides: str) -> dict[str, Any]:
    """Why each of the sides wanted to stop."""
    people = {"unit": "member", "entrepreneur": "entrepreneur"}
    return {
        f"{side}_stop_{name}": value
        for side in sides
        for name, value in {
            "reason": StopReason.TOO_FEW_PARTICIPANTS,
            "note": "For få ville være med.",
            "by_id": cast.person(people[side]).id,
            "at": now(),
        }.items()
    }


def save(session: Session, row: M) -> M:
    """Stored as a row that was there before: the audit trail begins after it."""
    session.add(row)
    session.flush()
    forget_changes(session)
    return row


def awaited(cast: Cast, pairing: Pairing | None = None, **values: Any) -> Decision:
    """A decision whose clock has just started; the test ended now unless told."""
    pairing = pairing or approved(cast)
    make_agreement(cast, pairing, **values)
    pilot = make_pilot(cast, pairing)
    decision = services.await_decision(cast.session, cast.actor("leader"), pilot)
    forget_changes(cast.session)
    return decision


def made(cast: Cast, pairing: Pairing, state: DecisionState, **values: Any) -> Decision:
    """A decision that was made before, written straight to the database."""
    since: datetime = now() - timedelta(days=10)
    given: dict[str, Any] = {
        "pairing": pairing,
        "state": state,
        "awaited_since": since,
        "due_on": today(),
        "decided_by_id": cast.person("leader").id,
        "decided_at": now(),
        "reasons": "Det virket.",
    }
    if state is DecisionState.EXTEND:
        given["extended_to"] = today() + timedelta(days=60)
    return save(cast.session, Decision(**(given | values)))
