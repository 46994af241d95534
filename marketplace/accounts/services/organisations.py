"""Organisations: registered by entrepreneurs, created, changed and answered by administrators."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import policies, queries
from marketplace.accounts.identifiers import read_email, read_organisation_number
from marketplace.accounts.models import Membership, Organisation, Person
from marketplace.accounts.passwords import check_password, hash_password
from marketplace.accounts.services.attempts import (
    REGISTRATION,
    counted,
    note_attempt,
    refuse_too_many,
)
from marketplace.accounts.states import (
    ORGANISATION_LIFECYCLE,
    AccountEvent,
    AccountRefusal,
    AccountTopic,
    Language,
    OrganisationKind,
    OrganisationMove,
    OrganisationState,
)
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed
from marketplace.core.outbox import tell


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    name: str
    organisation_number: str
    legal_form: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    name: str
    email: str
    password: str
    language: Language = Language.BOKMAL


def register_organisation(
    session: Session,
    *,
    details: OrganisationDetails,
    person: NewPerson,
    address: str,
    secret_key: str,
) -> Person:
    """An entrepreneur registers organisation and self; an administrator is asked to approve.

    Every try counts towards the limit, also one that is refused: commit after a refusal too.
    """
    network = counted(secret_key, REGISTRATION, address)
    refuse_too_many(session, network)
    note_attempt(session, network)
    organisation = _make_organisation(session, OrganisationKind.ENTREPRENEUR, details)
    founder = _make_person(session, person)
    session.add_all([organisation, founder])
    session.add(Membership(person=founder, role=Role.ENTREPRENEUR, organisation=organisation))
    session.flush()
    actor = queries.actor_of(session, founder)
    event = record(session, actor, AccountEvent.ORGANISATION_REGISTERED, organisation)
    administrators = queries.people_with_role(session, Role.ADMINISTRATOR)
    _tell(session, administrators, AccountTopic.ORGANISATION_WAITING, event, organisation)
    return founder


def create_organisation(
    session: Session, actor: Actor, *, kind: OrganisationKind, details: OrganisationDetails
) -> Organisation:
    _administrators_only(actor)
    organisation = _make_organisation(session, kind, details)
    organisation.state = OrganisationState.APPROVED
    organisation.decided_by_id, organisation.decided_at = actor.person_id, now()
    session.add(organisation)
    record(session, actor, AccountEvent.ORGANISATION_CREATED, organisation)
    return organisation


def change_organisation(
    session: Session,
    actor: Actor,
    *,
    organisation: Organisation,
    version: int,
    details: OrganisationDetails,
) -> None:
    organisation.expect_version(version)
    _administrators_only(actor)
    organisation.organisation_number = _free_number(session, details, organisation.id)
    organisation.name = details.name
    organisation.legal_form, organisation.about = details.legal_form, details.about
    record(session, actor, AccountEvent.ORGANISATION_CHANGED, organisation)


def change_presentation(
    session: Session,
    actor: Actor,
    *,
    organisation: Organisation,
    version: int,
    legal_form: str | None,
    about: str,
) -> None:
    """What an entrepreneur may say anew; name and number are as the administrator checked them."""
    organisation.expect_version(version)
    if not policies.can_present(actor, organisation):
        raise NotAllowed(AccountRefusal.OWN_ENTREPRENEURS_ONLY)
    organisation.legal_form, organisation.about = legal_form, about
    record(session, actor, AccountEvent.ORGANISATION_CHANGED, organisation)


def approve_organisation(
    session: Session, actor: Actor, *, organisation: Organisation, version: int
) -> None:
    _decide(session, actor, organisation, version, OrganisationMove.APPROVE)
    organisation.rejection_reason = None
    event = record(session, actor, AccountEvent.ORGANISATION_APPROVED, organisation)
    people = queries.organisation_people(session, organisation.id)
    _tell(session, people, AccountTopic.ORGANISATION_APPROVED, event, organisation)


def reject_organisation(
    session: Session, actor: Actor, *, organisation: Organisation, version: int, reason: str
) -> None:
    _decide(session, actor, organisation, version, OrganisationMove.REJECT, reason)
    organisation.rejection_reason = reason
    event = record(session, actor, AccountEvent.ORGANISATION_REJECTED, organisation, reason=reason)
    people = queries.organisation_people(session, organisation.id)
    _tell(session, people, AccountTopic.ORGANISATION_REJECTED, event, organisation)


def _decide(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    version: int,
    move: OrganisationMove,
    reason: str | None = None,
) -> None:
    session.refresh(organisation, with_for_update=True)
    organisation.expect_version(version)
    _administrators_only(actor)
    ORGANISATION_LIFECYCLE.make(organisation, move, reason=reason)
    organisation.decided_by_id, organisation.decided_at = actor.person_id, now()


def _administrators_only(actor: Actor) -> None:
    if not policies.can_administer(actor):
        raise NotAllowed(AccountRefusal.ADMINISTRATORS_ONLY)


def _make_organisation(
    session: Session, kind: OrganisationKind, details: OrganisationDetails
) -> Organisation:
    return Organisation(
        kind=kind,
        state=OrganisationState.PENDING,
        name=details.name,
        organisation_number=_free_number(session, details, None),
        legal_form=details.legal_form,
        about=details.about,
    )


def _free_number(session: Session, details: OrganisationDetails, own_id: int | None) -> str:
    number = read_organisation_number(details.organisation_number)
    holder = session.scalar(
        select(Organisation.id).where(Organisation.organisation_number == number)
    )
    if holder is not None and holder != own_id:
        raise InvalidField("organisation_number", AccountRefusal.ORGANISATION_NUMBER_TAKEN)
    return number


def _make_person(session: Session, new: NewPerson) -> Person:
    email = read_email(new.email)
    places = queries.list_municipality_names(session)
    check_password(new.password, email=email, name=new.name, places=places)
    if queries.get_person_by_email(session, email) is not None:
        raise InvalidField("email", AccountRefusal.EMAIL_TAKEN)
    password_hash = hash_password(new.password)
    return Person(name=new.name, email=email, password_hash=password_hash, language=new.language)


def _tell(
    session: Session,
    people: list[int],
    topic: AccountTopic,
    event: AuditEvent,
    organisation: Organisation,
) -> None:
    payload = {
        "organisation_id": organisation.id,
        "title": organisation.name,
        "reason": event.reason,
    }
    tell(session, people, topic, event, payload)
