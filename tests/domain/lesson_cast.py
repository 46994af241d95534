"""Cases that have come to their end, in each way that a case can, and their lessons."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from marketplace.core.actor import Role
from marketplace.core.clock import now, today
from marketplace.core.revision import Collection, next_revision
from marketplace.decisions.states import DecisionState
from marketplace.lessons import services
from marketplace.lessons.models import Lesson
from marketplace.lessons.services import Words
from marketplace.lessons.states import Outcome
from marketplace.needs.models import Need
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState, Side
from marketplace.pilots.states import Ending
from marketplace.procurements.models import Procurement
from marketplace.procurements.states import ProcurementState
from tests.domain.decision_cast import (
    approved,
    made,
    make_agreement,
    make_pilot,
    save,
    stop_reasons,
)
from tests.domain.pairing_cast import Cast
from tests.factories import make_concept, make_member, make_need, make_pairing

SAID = Words(
    worked="Faste møtedager virket.",
    did_not_work="Det gikk for lang tid før vi kom i gang.",
    do_differently="Vi ville tatt med innkjøp fra første dag.",
)
WRITER = {Side.UNIT: "member", Side.ENTREPRENEUR: "entrepreneur"}


def not_tested(cast: Cast) -> Pairing:
    """Approved, and then nothing came of it."""
    return approved(cast)


def decided(cast: Cast, state: DecisionState = DecisionState.STOP) -> Pairing:
    """Completed and decided."""
    pairing = approved(cast)
    make_agreement(cast, pairing)
    make_pilot(cast, pairing)
    made(cast, pairing, state)
    return pairing


def stopped(cast: Cast, *sides: str) -> Pairing:
    """Stopped on the way, with the reasons of the sides."""
    pairing = approved(cast)
    make_agreement(cast, pairing)
    make_pilot(cast, pairing, ending=Ending.STOPPED, **stop_reasons(cast, *sides))
    return pairing


def bought(cast: Cast, state: ProcurementState = ProcurementState.CONTRACTED) -> Pairing:
    pairing = decided(cast, DecisionState.BUY)
    by = cast.person("adviser").id
    given: dict[str, Any] = {
        "pairing": pairing,
        "state": state,
        "estimated_value": 400_000,
        "service_category": ServiceCategory.HEALTH_SOCIAL,
        "starts_on": today(),
        "route": ProcurementRoute.DIRECT_PURCHASE,
    }
    if state is ProcurementState.CONTRACTED:
        given |= {
            "contracted_at": now(),
            "contracted_by_id": by,
            "contract_value": 390_000,
            "award_reason": "Best for pengene.",
            "supplier_name": "Nabokaffe AS",
        }
    if state is ProcurementState.CANCELLED:
        given |= {"cancelled_at": now(), "cancelled_by_id": by, "cancel_reason": "Uten penger."}
    save(cast.session, Procurement(**given))
    return pairing


def write(
    cast: Cast, name: str, pairing: Pairing, side: Side, words: Words = SAID, version: int = 0
) -> Lesson:
    return services.write_lesson(
        cast.session,
        cast.actor(name),
        pairing=pairing,
        side=side,
        version=version,
        words=words,
    )


def write_both(cast: Cast, pairing: Pairing) -> None:
    for side, name in WRITER.items():
        write(cast, name, pairing, side)


def close(cast: Cast, name: str, pairing: Pairing, **values: Any) -> None:
    given: dict[str, Any] = {"version": pairing.version, "reason": "Alt er gjort."}
    services.close_case(cast.session, cast.actor(name), pairing=pairing, **(given | values))


def make_published(
    session: Session,
    need: Need | None = None,
    outcome: Outcome = Outcome.NOT_BOUGHT,
    **values: Any,
) -> Pairing:
    """A closed case with the published lessons of both sides; `values` are the unit's."""
    need = need or make_need(session)
    pairing = make_pairing(session, need, make_concept(session), PairingState.CLOSED)
    people = {
        Side.UNIT: make_member(session, Role.UNIT_MEMBER, need.unit),
        Side.ENTREPRENEUR: pairing.concept.author,
    }
    for side, author in people.items():
        given: dict[str, Any] = {
            "pairing": pairing,
            "side": side,
            "language": need.language,
            "worked": SAID.worked,
            "did_not_work": SAID.did_not_work,
            "do_differently": SAID.do_differently,
            "author": author,
            "outcome": outcome,
            "published_at": now() - timedelta(minutes=1),
            "revision": next_revision(session, Collection.LESSONS),
        }
        save(session, Lesson(**(given | (values if side is Side.UNIT else {}))))
    return pairing
