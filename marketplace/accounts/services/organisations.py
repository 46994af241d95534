"""Organisations: created, changed and answered by administrators."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import policies, queries
from marketplace.accounts.identifiers import read_organisation_number
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import (
    ORGANISATION_LIFECYCLE,
    AccountEvent,
    AccountRefusal,
    AccountTopic,
    OrganisationKind,
    OrganisationMove,
    OrganisationState,
)
from marketplace.accounts.told import OrganisationTold
from marketplace.core.actor import Actor
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


def create_organisation(
    session: Session, actor: Actor, *, kind: OrganisationKind, details: OrganisationDetails
) -> Organisation:
    _administrators_only(actor)
    organisation = make_organisation(session, kind, details)
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
    organisation.organisation_number = free_number(session, details, organisation.id)
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
    tell_of_organisation(session, people, AccountTopic.ORGANISATION_APPROVED, event, organisation)


def reject_organisation(
    session: Session, actor: Actor, *, organisation: Organisation, version: int, reason: str
) -> None:
    _decide(session, actor, organisation, version, OrganisationMove.REJECT, reason)
    organisation.rejection_reason = reason
    event = record(session, actor, AccountEvent.ORGANISATION_REJECTED, organisation, reason=reason)
    people = queries.organisation_people(session, organisation.id)
    tell_of_organisation(session, people, AccountTopic.ORGANISATION_REJECTED, event, organisation)


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


def make_organisation(
    session: Session, kind: OrganisationKind, details: OrganisationDetails
) -> Organisation:
    return Organisation(
        kind=kind,
        state=OrganisationState.PENDING,
        name=details.name,
        organisation_number=free_number(session, details, None),
        legal_form=details.legal_form,
        about=details.about,
    )


def free_number(session: Session, details: OrganisationDetails, own_id: int | None) -> str:
    number = read_organisation_number(details.organisation_number)
    holder = session.scalar(
        select(Organisation.id).where(Organisation.organisation_number == number)
    )
    if holder is not None and holder != own_id:
        raise InvalidField("organisation_number", AccountRefusal.ORGANISATION_NUMBER_TAKEN)
    return number


def tell_of_organisation(
    session: Session,
    people: list[int],
    topic: AccountTopic,
    event: AuditEvent,
    organisation: Organisation,
) -> None:
    tell(session, people, topic, event, OrganisationTold.of(organisation, reason=event.reason))
