"""A programme of the case's municipality, its partner, and cases at every stage."""

from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.core.actor import Role
from marketplace.core.audit import forget_changes
from marketplace.core.clock import now, today
from marketplace.core.db import Base
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending, PilotState, StopReason
from marketplace.programmes.models import Programme
from marketplace.programmes.services import ProgrammeContent
from tests.domain.pairing_cast import Cast, make_cast
from tests.factories import make_concept, make_member, make_organisation, make_pairing

M = TypeVar("M", bound=Base)


def make_partner(session: Session, **values: Any) -> Organisation:
    return make_organisation(session, OrganisationKind.PARTNER, **values)


def make_programme(session: Session, municipality: Organisation, **values: Any) -> Programme:
    """In the middle of its two years, three to five tests, half a million."""
    partner = values.pop("partner", None) or make_partner(session)
    creator = make_member(session, Role.COORDINATOR, municipality)
    defaults: dict[str, Any] = {
        "municipality": municipality,
        "partner": partner,
        "name": "Sammen om eldre",
        "about": "Vi prøver ut det som kan gi færre ensomme.",
        "starts_on": today() - timedelta(days=365),
        "ends_on": today() + timedelta(days=365),
        "minimum": 3,
        "maximum": 5,
        "funds": 500_000,
        "created_by_id": creator.id,
    }
    programme = Programme(**(defaults | values))
    session.add(programme)
    session.flush()
    forget_changes(session)
    return programme


def make_programme_cast(session: Session) -> Cast:
    """The people of a case, and besides a partner and the partner of somebody else."""
    cast = make_cast(session)
    for name in ("partner", "other_partner"):
        cast.people[name] = make_member(session, Role.PARTNER, make_partner(session))
    return cast


def put_in_programme(session: Session, pairing: Pairing) -> Person:
    """Let the case count in a programme of its municipality; returns somebody of the partner."""
    pairing.programme = make_programme(session, pairing.need.unit.organisation)
    session.flush()
    forget_changes(session)
    return make_member(session, Role.PARTNER, pairing.programme.partner)


def partner_of(cast: Cast) -> Organisation:
    (membership,) = cast.person("partner").memberships
    assert membership.organisation is not None
    return membership.organisation


def content_for(partner: Organisation, **values: Any) -> ProgrammeContent:
    defaults: dict[str, Any] = {
        "name": "Sammen om eldre",
        "about": "",
        "partner_id": partner.id,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2027, 12, 31),
        "minimum": 3,
        "maximum": 5,
        "funds": 500_000,
    }
    return ProgrammeContent(**(defaults | values))


# ---------------------------------------------------------------- cases, as far as they have come


def make_case(
    cast: Cast, programme: Programme | None, state: PairingState = PairingState.APPROVED
) -> Pairing:
    """A case of the need with a concept of its own."""
    concept = make_concept(cast.session, title=f"Konsept {len(_numbered(cast))}")
    return make_pairing(cast.session, cast.need, concept, state, programme=programme)


def _numbered(cast: Cast) -> list[int]:
    numbers: list[int] = cast.session.info.setdefault("cases of programmes", [])
    numbers.append(1)
    return numbers


def sign(cast: Cast, pairing: Pairing) -> None:
    _save(
        cast,
        Agreement(
            pairing_id=pairing.id,
            number=1,
            state=AgreementState.SIGNED,
            author_id=cast.person("leader").id,
            test_starts_on=today(),
            test_ends_on=today() + timedelta(days=60),
            decision_on=today() + timedelta(days=90),
            offered_by_id=cast.person("leader").id,
            offered_at=now(),
            unit_signed_by_id=cast.person("leader").id,
            unit_signed_at=now(),
            entrepreneur_signed_by_id=cast.person("entrepreneur").id,
            entrepreneur_signed_at=now(),
        ),
    )


def plan(cast: Cast, pairing: Pairing, state: PilotState = PilotState.PLANNED) -> Pilot:
    started = {} if state is PilotState.PLANNED else _who(cast, "started")
    ended = {} if state is not PilotState.ENDED else _who(cast, "ended")
    ending = Ending.COMPLETED if ended else None
    return _save(cast, Pilot(pairing_id=pairing.id, state=state, ending=ending, **started, **ended))


def stop(cast: Cast, pairing: Pairing, *, sides: tuple[str, ...]) -> Pilot:
    reasons: dict[str, Any] = {}
    for side in sides:
        person = cast.person("leader" if side == "unit" else "entrepreneur")
        reasons |= {
            f"{side}_stop_reason": StopReason.NO_EFFECT,
            f"{side}_stop_note": "Det virket ikke.",
            f"{side}_stop_by_id": person.id,
        }
        if hasattr(Pilot, f"{side}_stop_at"):
            reasons[f"{side}_stop_at"] = now()
    return _save(
        cast,
        Pilot(
            pairing_id=pairing.id,
            state=PilotState.ENDED,
            ending=Ending.STOPPED,
            **_who(cast, "started"),
            **_who(cast, "ended"),
            **reasons,
        ),
    )


def decide(cast: Cast, pairing: Pairing, state: DecisionState, number: int = 1) -> Decision:
    decided: dict[str, Any] = {}
    if state is not DecisionState.AWAITED:
        decided = {
            "decided_by_id": cast.person("leader").id,
            "decided_at": now(),
            "reasons": "Vi har sett nok.",
        }
    extended = today() + timedelta(days=90) if state is DecisionState.EXTEND else None
    return _save(
        cast,
        Decision(
            pairing_id=pairing.id,
            number=number,
            state=state,
            due_on=today() + timedelta(days=30),
            extended_to=extended,
            **decided,
        ),
    )


def _who(cast: Cast, move: str) -> dict[str, Any]:
    return {f"{move}_by_id": cast.person("leader").id, f"{move}_at": now()}


def _save(cast: Cast, row: M) -> M:
    cast.session.add(row)
    cast.session.flush()
    forget_changes(cast.session)
    return row
