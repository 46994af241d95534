"""An entrepreneur registers: nothing comes of it before the mailed link was opened."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.identifiers import read_email
from marketplace.accounts.models import Membership, Person, Registration
from marketplace.accounts.services.addresses import tell_of_known_address
from marketplace.accounts.services.attempts import REGISTRATION as REGISTRATION_ADDRESS
from marketplace.accounts.services.attempts import (
    REGISTRATION_ACCOUNT,
    counted,
    note_attempt,
    refuse_too_many,
    takes_one_more,
)
from marketplace.accounts.services.links import REGISTRATION, send_link
from marketplace.accounts.services.organisations import (
    OrganisationDetails,
    free_number,
    make_organisation,
    tell_of_organisation,
)
from marketplace.accounts.states import AccountEvent, AccountTopic, Language, OrganisationKind
from marketplace.core.actor import ANONYMOUS, Role
from marketplace.core.audit import record


@dataclass(frozen=True, slots=True)
class NewPerson:
    name: str
    email: str
    language: Language = Language.BOKMAL


def ask_to_register(
    session: Session,
    *,
    details: OrganisationDetails,
    person: NewPerson,
    address: str,
    secret_key: str,
) -> None:
    """Keep what was typed, and mail a link; whoever asks cannot see whether there is an account.

    Every try counts towards the limits, also one that is refused: commit after a refusal too. An
    address to which too many were mailed gets no more, and the last link goes on working.
    """
    network = counted(secret_key, REGISTRATION_ADDRESS, address)
    refuse_too_many(session, network)
    note_attempt(session, network)
    email, number = read_email(person.email), free_number(session, details, None)
    if takes_one_more(session, counted(secret_key, REGISTRATION_ACCOUNT, email)):
        _begin(session, details, person, email, number)


def _begin(
    session: Session, details: OrganisationDetails, person: NewPerson, email: str, number: str
) -> None:
    founder = queries.get_person_by_email(session, email)
    if founder is not None and not _may_begin_anew(founder):
        tell_of_known_address(session, ANONYMOUS, founder)
        return
    founder = founder or Person(email=email, self_registered=True)
    founder.name, founder.language = person.name, person.language
    session.add(founder)
    session.flush()
    _keep(session, founder, details, number)
    send_link(session, ANONYMOUS, REGISTRATION, person=founder)


def _may_begin_anew(person: Person) -> bool:
    """Whether the address was only ever typed, by this person or by somebody else."""
    typed_only = person.self_registered and person.email_proved_at is None and person.active
    return typed_only and not person.memberships


def _keep(session: Session, founder: Person, details: OrganisationDetails, number: str) -> None:
    kept = queries.find_registration(session, founder) or Registration(person=founder)
    kept.name, kept.organisation_number = details.name, number
    kept.legal_form, kept.about = details.legal_form, details.about
    session.add(kept)
    session.flush()


def finish_registration(session: Session, *, person: Person, confirmed: bool) -> None:
    """Make the organisation of it, and ask administrators to approve; or forget it."""
    kept = queries.find_registration(session, person)
    if kept is None:
        return
    session.delete(kept)
    session.flush()
    if confirmed:
        _make(session, person, kept)


def _make(session: Session, founder: Person, kept: Registration) -> None:
    details = OrganisationDetails(kept.name, kept.organisation_number, kept.legal_form, kept.about)
    organisation = make_organisation(session, OrganisationKind.ENTREPRENEUR, details)
    session.add(organisation)
    founder.memberships.append(Membership(role=Role.ENTREPRENEUR, organisation=organisation))
    session.flush()
    actor = queries.actor_of(founder)
    event = record(session, actor, AccountEvent.ORGANISATION_REGISTERED, organisation)
    administrators = queries.people_with_role(session, Role.ADMINISTRATOR)
    topic = AccountTopic.ORGANISATION_WAITING
    tell_of_organisation(session, administrators, topic, event, organisation)
