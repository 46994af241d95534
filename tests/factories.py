"""Valid, boring rows for tests. Every maker takes the session first and adds and flushes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from stdnum.no import orgnr

from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.accounts.states import OrganisationKind, OrganisationState, ServiceArea
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState, EvidenceLevel
from marketplace.core.actor import UNIT_ROLES, Actor, Grant, Role
from marketplace.core.audit import forget_changes
from marketplace.core.clock import now, today
from marketplace.core.db import Base
from marketplace.core.revision import Collection, next_revision
from marketplace.interests.models import Interest
from marketplace.needs.models import Need
from marketplace.needs.states import (
    PUBLIC,
    BudgetStatus,
    NeedOutcome,
    NeedState,
    ProcurementRoute,
    RaisedBy,
    ServiceCategory,
)
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.states import CaseRole, DeclineReason, PairingState, Side

M = TypeVar("M", bound=Base)
AT_ONCE = "rows that are saved at once"
_numbers = count(1)
_organisation_numbers = (
    number for serial in count(910_000_000) if orgnr.is_valid(number := str(serial))
)


def _save(session: Session, row: M) -> M:
    session.add(row)
    if AT_ONCE not in session.info:
        _flush(session)
    return row


def _flush(session: Session) -> None:
    session.flush()
    forget_changes(session)


@contextmanager
def at_once(session: Session) -> Iterator[None]:
    """Rows that need no numbers of each other go to the database together: that is far quicker."""
    outermost = AT_ONCE not in session.info
    session.info[AT_ONCE] = True
    yield
    if outermost:
        del session.info[AT_ONCE]
        _flush(session)


def make_organisation(
    session: Session, kind: OrganisationKind = OrganisationKind.MUNICIPALITY, **values: Any
) -> Organisation:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "kind": kind,
        "state": OrganisationState.APPROVED,
        "name": f"Organisasjon {number}",
        "organisation_number": next(_organisation_numbers),
    }
    values = defaults | values
    if values["state"] is not OrganisationState.PENDING:
        values.setdefault("decided_at", now())
    if values["state"] is OrganisationState.REJECTED:
        values.setdefault("rejection_reason", "Ikke et foretak.")
    return _save(session, Organisation(**values))


def make_entrepreneur(session: Session, **values: Any) -> Organisation:
    return make_organisation(session, OrganisationKind.ENTREPRENEUR, **values)


def make_unit(session: Session, organisation: Organisation | None = None, **values: Any) -> Unit:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "organisation": organisation or make_organisation(session),
        "name": f"Enhet {number}",
        "area": ServiceArea.HEALTH_CARE,
        "capacity": 2,
        "contact_name": "Kari Kontakt",
        "contact_email": f"enhet{number}@kommune.example",
    }
    return _save(session, Unit(**(defaults | values)))


def make_person(session: Session, **values: Any) -> Person:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "name": f"Person {number}",
        "email": f"person{number}@kommune.example",
        "email_proved_at": now(),
    }
    return _save(session, Person(**(defaults | values)))


def make_member(
    session: Session, role: Role, where: Unit | Organisation | None = None, **values: Any
) -> Person:
    """A new person with one role, in `where`."""
    with at_once(session):
        person = make_person(session, **values)
        grant_role(session, person, role, where)
    return person


def grant_role(
    session: Session, person: Person, role: Role, where: Unit | Organisation | None = None
) -> Membership:
    unit = where if isinstance(where, Unit) else None
    organisation = where.organisation if isinstance(where, Unit) else where
    assert (role in UNIT_ROLES) == (unit is not None)
    return _save(
        session, Membership(person=person, role=role, organisation=organisation, unit=unit)
    )


def actor_for(person: Person) -> Actor:
    grants = tuple(Grant(m.role, m.organisation_id, m.unit_id) for m in person.memberships)
    return Actor(person_id=person.id, name=person.name, grants=grants)


def make_need(
    session: Session,
    unit: Unit | None = None,
    state: NeedState = NeedState.PUBLISHED,
    **values: Any,
) -> Need:
    """A complete need; its author and endorser are made when they are not given."""
    unit = unit or make_unit(session)
    author = values.pop("author", None) or make_member(session, Role.UNIT_MEMBER, unit)
    leader = values.pop("leader", None) or make_member(session, Role.UNIT_LEADER, unit)
    publisher = values.pop("publisher", None)
    defaults: dict[str, Any] = {
        "unit": unit,
        "author": author,
        "state": state,
        "title": "Ensomme eldre i hjemmetjenesten",
        "problem": "Mange eldre som bor alene, har lite kontakt med andre mennesker.",
        "target_group": "Hjemmeboende over 80 år",
        "target_count": 40,
        "tried": "Besøksvenner, men for få frivillige.",
        "wanted_effect": "Færre kjenner seg ensomme.",
        "effect_measure": "Spørreskjema før og etter.",
        "contribution": "En kontaktperson en dag i uka.",
        "contribution_hours": 120,
        "contact": author,
        "decision_maker": leader,
        "budget_status": BudgetStatus.FUNDED,
        "estimated_value": 400_000,
        "service_category": ServiceCategory.HEALTH_SOCIAL,
        "intended_route": ProcurementRoute.DIRECT_PURCHASE,
        "questions_close_on": today() + timedelta(days=14),
        "interests_close_on": today() + timedelta(days=28),
        "raised_by": RaisedBy.EMPLOYEE,
        "revision": next_revision(session, Collection.NEEDS),
    }
    if state in PUBLIC | {NeedState.IN_REVIEW}:
        defaults |= {"submitted_at": now(), "endorsed_by": leader, "endorsed_at": now()}
    if state in PUBLIC:
        publisher = publisher or make_member(session, Role.COORDINATOR, unit.organisation)
        defaults |= {"published_at": now(), "published_by_id": publisher.id}
    if state is NeedState.CLOSED:
        defaults |= {
            "closed_at": now(),
            "closed_by_id": leader.id,
            "outcome": NeedOutcome.NO_MATCH,
            "closing_reason": "Ingen konsepter passet.",
        }
    return _save(session, Need(**(defaults | values)))


def make_concept(
    session: Session,
    organisation: Organisation | None = None,
    state: ConceptState = ConceptState.PUBLISHED,
    **values: Any,
) -> Concept:
    organisation = organisation or make_entrepreneur(session)
    author = values.pop("author", None) or make_member(session, Role.ENTREPRENEUR, organisation)
    defaults: dict[str, Any] = {
        "organisation": organisation,
        "author": author,
        "state": state,
        "title": "Nabokaffe",
        "description": "Vi samler folk som bor alene, til kaffe og prat hver uke.",
        "target_group": "Eldre",
        "evidence_level": EvidenceLevel.TESTED,
        "evidence": "Prøvd i to bydeler.",
        "used_where": "To bydeler",
        "price_indication": "Fra 200 000 kr i året",
        "capacity": 2,
        "needs_from_municipality": "Et lokale",
        "legal_form": "AS",
        "published_at": now() if state is ConceptState.PUBLISHED else None,
        "revision": next_revision(session, Collection.CONCEPTS),
    }
    return _save(session, Concept(**(defaults | values)))


def make_interest(
    session: Session, need: Need | None = None, concept: Concept | None = None, **values: Any
) -> Interest:
    concept = concept or make_concept(session)
    defaults: dict[str, Any] = {
        "need": need or make_need(session),
        "concept": concept,
        "person": concept.author,
        "meets_problem": "Vi møter dem som sitter alene.",
        "meets_target_group": "De er over 80 år.",
        "meets_effect": "Vi måler ensomhet før og etter.",
        "needs_from_unit": "En kontaktperson.",
    }
    return _save(session, Interest(**(defaults | values)))


def make_pairing(
    session: Session,
    need: Need | None = None,
    concept: Concept | None = None,
    state: PairingState = PairingState.PROPOSED,
    **values: Any,
) -> Pairing:
    """A pairing that the unit proposed, with a full role map."""
    need = need or make_need(session)
    concept = concept or make_concept(session)
    municipality = need.unit.organisation
    defaults: dict[str, Any] = {
        "need": need,
        "concept": concept,
        "state": state,
        "proposed_by": need.author,
        "proposed_by_side": Side.UNIT,
        "motivation": "Konseptet treffer det vi trenger.",
        "unit_accepted_by_id": need.author_id,
        "unit_accepted_at": now(),
    }
    approved = {PairingState.APPROVED, PairingState.CLOSED}
    if state in approved | {PairingState.ACCEPTED, PairingState.DECLINED}:
        defaults |= {
            "entrepreneur_accepted_by_id": concept.author_id,
            "entrepreneur_accepted_at": now(),
        }
    if state in approved | {PairingState.DECLINED}:
        decider = make_member(session, Role.COORDINATOR, municipality)
        defaults |= {
            "decided_by_id": decider.id,
            "decided_at": now(),
            "no_conflict_declared": True,
        }
    if state is PairingState.DECLINED:
        defaults |= {"decline_reason": DeclineReason.CAPACITY, "decline_note": "Fullt i år."}
    if state is PairingState.CLOSED:
        defaults |= {
            "closed_by_id": need.decision_maker_id,
            "closed_at": now(),
            "closing_reason": "Utprøvingen er ferdig.",
        }
    if values.get("proposed_by_side") is Side.ENTREPRENEUR and "interest" not in values:
        defaults["interest"] = make_interest(session, need, concept)
    if state is PairingState.NEEDS_CHANGES:
        defaults |= {
            "change_request": "Si mer om hva dere trenger fra enheten.",
            "changes_asked_by_id": need.decision_maker_id,
            "changes_asked_at": now(),
        }
    if state is PairingState.WITHDRAWN:
        defaults |= {
            "withdrawn_by_id": need.author_id,
            "withdrawn_at": now(),
            "withdrawn_by_side": Side.UNIT,
            "withdrawal_reason": "Vi fant en annen vei.",
        }
    pairing = _save(session, Pairing(**(defaults | values)))
    _fill_role_map(session, pairing)
    return pairing


def _fill_role_map(session: Session, pairing: Pairing) -> None:
    need, concept = pairing.need, pairing.concept
    adviser = make_member(session, Role.PROCUREMENT_ADVISER, need.unit.organisation)
    holders = {
        CaseRole.OWNER: need.endorsed_by_id,
        CaseRole.DECISION_MAKER: need.decision_maker_id,
        CaseRole.PROCUREMENT_ADVISER: adviser.id,
        CaseRole.DATA_PROTECTION: adviser.id,
        CaseRole.UNIT_CONTACT: need.contact_id,
        CaseRole.ENTREPRENEUR_CONTACT: concept.author_id,
    }
    with at_once(session):
        for role, person_id in holders.items():
            if person_id is not None:
                holder = CaseRoleHolder(pairing_id=pairing.id, role=role, person_id=person_id)
                _save(session, holder)
    session.refresh(pairing)
