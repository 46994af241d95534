"""The people of one case, and those who have nothing to do with it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.concepts.models import Concept
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import UNTOLD
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import deciding
from marketplace.pairings.states import ApprovalPoint, PairingState, Side
from tests.factories import (
    actor_for,
    at_once,
    make_concept,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_pairing,
    make_unit,
)

EVERY_POINT = frozenset(ApprovalPoint)


@dataclass
class Cast:
    session: Session
    municipality: Organisation
    unit: Unit
    need: Need
    concept: Concept
    people: dict[str, Person]

    def person(self, name: str) -> Person:
        return self.people[name]

    def actor(self, name: str) -> Actor:
        return actor_for(self.people[name])

    def pairing(self, state: PairingState = PairingState.PROPOSED, **values: Any) -> Pairing:
        """A pairing of the case's need and concept, proposed by the unit unless told."""
        pairing = make_pairing(self.session, self.need, self.concept, state, **values)
        self.session.info.pop(UNTOLD, None)  # the audit trail sees it as a row that was there
        return pairing

    def proposed_by_coordinator(self, state: PairingState = PairingState.PROPOSED) -> Pairing:
        """A coordinator's proposal that nobody has answered, unless the state says otherwise."""
        values: dict[str, Any] = {}
        if state in {PairingState.PROPOSED, PairingState.NEEDS_CHANGES}:
            values = {"unit_accepted_by_id": None, "unit_accepted_at": None}
        return self.pairing(
            state,
            proposed_by=self.person("coordinator"),
            proposed_by_side=Side.COORDINATOR,
            **values,
        )

    def proposed_by_entrepreneur(self) -> Pairing:
        return self.pairing(
            proposed_by=self.person("entrepreneur"),
            proposed_by_side=Side.ENTREPRENEUR,
            unit_accepted_by_id=None,
            unit_accepted_at=None,
            entrepreneur_accepted_by_id=self.person("entrepreneur").id,
            entrepreneur_accepted_at=self.need.published_at,
        )

    def approve(self, pairing: Pairing, by: str = "coordinator", **values: Any) -> None:
        given: dict[str, Any] = {
            "version": pairing.version,
            "points": EVERY_POINT,
            "no_conflict": True,
        }
        deciding.approve_pairing(self.session, self.actor(by), pairing=pairing, **(given | values))


def make_cast(session: Session) -> Cast:
    with at_once(session):
        municipality = make_organisation(session)
        unit = make_unit(session, municipality)
        organisation = make_entrepreneur(session)
        people = _people(session, unit, organisation)
    need = make_need(
        session,
        unit,
        author=people["member"],
        leader=people["leader"],
        publisher=people["publisher"],
    )
    return Cast(
        session=session,
        municipality=municipality,
        unit=unit,
        need=need,
        concept=make_concept(session, organisation, author=people["entrepreneur"]),
        people=people,
    )


def _people(session: Session, unit: Unit, company: Organisation) -> dict[str, Person]:
    municipality = unit.organisation
    places: dict[str, tuple[Role, Unit | Organisation | None]] = {
        "member": (Role.UNIT_MEMBER, unit),
        "leader": (Role.UNIT_LEADER, unit),
        "entrepreneur": (Role.ENTREPRENEUR, company),
        "colleague": (Role.ENTREPRENEUR, company),
        "coordinator": (Role.COORDINATOR, municipality),
        "second_coordinator": (Role.COORDINATOR, municipality),
        "adviser": (Role.PROCUREMENT_ADVISER, municipality),
        "leadership": (Role.LEADERSHIP, municipality),
        "other_unit": (Role.UNIT_LEADER, make_unit(session, municipality)),
        "other_municipality": (Role.COORDINATOR, make_organisation(session)),
        "other_organisation": (Role.ENTREPRENEUR, make_entrepreneur(session)),
        "administrator": (Role.ADMINISTRATOR, None),
        "publisher": (Role.COORDINATOR, municipality),
    }
    return {name: make_member(session, role, where) for name, (role, where) in places.items()}


NO_PART_IN_IT = ("other_unit", "other_municipality", "other_organisation", "administrator")
ONLOOKERS = ("adviser", "leadership")
