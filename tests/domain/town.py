"""A municipality with everybody whom something may wait for, and one case of each kind."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.accounts.states import OrganisationState
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Role
from marketplace.core.clock import now, today
from marketplace.dashboards import queries
from marketplace.dashboards.queries import Pile, QueueFilter, WorkItem
from marketplace.needs.states import NeedState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState, Side
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_interest,
    make_member,
    make_need,
    make_organisation,
    make_pairing,
    make_unit,
)

DAYS = timedelta(days=1)


@dataclass
class Town:
    """One municipality with a unit, an entrepreneur, and everybody who could be concerned."""

    session: Session
    municipality: Organisation
    unit: Unit
    company: Organisation
    member: Person
    leader: Person
    coordinator: Person
    adviser: Person
    chief: Person
    entrepreneur: Person
    administrator: Person

    def people(self) -> list[Person]:
        return [
            self.member,
            self.leader,
            self.coordinator,
            self.adviser,
            self.chief,
            self.entrepreneur,
            self.administrator,
        ]

    def whose(self, kind: StrEnum) -> set[Person]:
        return {p for p in self.people() if kind in kinds(self.session, p)}

    def followed_by(self, kind: StrEnum) -> set[Person]:
        return {p for p in self.people() if kind in kinds_of_others(self.session, p)}

    def concept(self, **values: Any) -> Concept:
        return make_concept(self.session, self.company, author=self.entrepreneur, **values)

    def pairing(self, state: PairingState, **values: Any) -> Pairing:
        need = make_need(self.session, self.unit, author=self.member, leader=self.leader)
        return make_pairing(self.session, need, self.concept(), state=state, **values)


def build_town(session: Session) -> Town:
    municipality, company = make_organisation(session), make_entrepreneur(session)
    unit = make_unit(session, municipality)
    return Town(
        session=session,
        municipality=municipality,
        unit=unit,
        company=company,
        member=make_member(session, Role.UNIT_MEMBER, unit),
        leader=make_member(session, Role.UNIT_LEADER, unit),
        coordinator=make_member(session, Role.COORDINATOR, municipality),
        adviser=make_member(session, Role.PROCUREMENT_ADVISER, municipality),
        chief=make_member(session, Role.LEADERSHIP, municipality),
        entrepreneur=make_member(session, Role.ENTREPRENEUR, company),
        administrator=make_member(session, Role.ADMINISTRATOR),
    )


def my_work(session: Session, person: Person) -> list[WorkItem]:
    return list(queries.list_my_work(session, actor_for(person))[Pile.MINE].rows)


def kinds(session: Session, person: Person) -> set[StrEnum]:
    return {item.kind for item in my_work(session, person)}


def kinds_of_others(session: Session, person: Person) -> set[StrEnum]:
    rows = queries.list_my_work(session, actor_for(person))[Pile.OTHERS].rows
    return {item.kind for item in rows}


def queue(session: Session, person: Person, **wanted: object) -> list[WorkItem]:
    chosen = QueueFilter(**wanted)  # type: ignore[arg-type]  # the test's own words
    return list(queries.list_queue(session, actor_for(person), chosen, 1).rows)


# ---------------------------------------------------------------- one case of each kind


def old_draft(town: Town) -> None:
    make_need(
        town.session,
        town.unit,
        NeedState.DRAFT,
        author=town.member,
        leader=town.leader,
        updated_at=now() - DAYS,
    )


def changes_asked(town: Town) -> None:
    make_need(town.session, town.unit, NeedState.NEEDS_CHANGES, author=town.member)


def unendorsed(town: Town) -> None:
    values: dict[str, Any] = {"endorsed_by": None, "endorsed_at": None}
    make_need(town.session, town.unit, NeedState.IN_REVIEW, author=town.member, **values)


def in_review(town: Town) -> None:
    make_need(town.session, town.unit, NeedState.IN_REVIEW, author=town.member, leader=town.leader)


def closed_without_pairing(town: Town) -> None:
    make_need(
        town.session,
        town.unit,
        author=town.member,
        leader=town.leader,
        questions_close_on=today() - 9 * DAYS,
        interests_close_on=today() - 3 * DAYS,
    )


def concept_draft(town: Town) -> None:
    town.concept(state=ConceptState.DRAFT)


def new_interest(town: Town) -> None:
    need = make_need(town.session, town.unit, author=town.member, leader=town.leader)
    make_interest(town.session, need, town.concept())


def unit_to_say_yes(town: Town) -> None:
    town.pairing(
        PairingState.PROPOSED,
        proposed_by=town.entrepreneur,
        proposed_by_side=Side.ENTREPRENEUR,
        unit_accepted_by_id=None,
        unit_accepted_at=None,
        entrepreneur_accepted_by_id=town.entrepreneur.id,
        entrepreneur_accepted_at=now(),
    )


def entrepreneur_to_say_yes(town: Town) -> None:
    town.pairing(PairingState.PROPOSED)


def changes_for_unit(town: Town) -> None:
    town.pairing(
        PairingState.NEEDS_CHANGES,
        change_request="Hvem er kontakt?",
        changes_asked_at=now(),
        changes_asked_by_id=town.entrepreneur.id,
    )


def to_decide(town: Town) -> None:
    town.pairing(PairingState.ACCEPTED)


def organisation_waits(town: Town) -> None:
    town.company.state, town.company.decided_at = OrganisationState.PENDING, None
    town.session.flush()
