"""People: invited, closed and opened again by administrators."""

from sqlalchemy.orm import Session

from marketplace.accounts import policies, queries
from marketplace.accounts.identifiers import read_email
from marketplace.accounts.models import Person
from marketplace.accounts.services.links import (
    REGISTRATION,
    REOPENING,
    expire_links,
    send_invitation,
    send_link,
)
from marketplace.accounts.services.memberships import (
    add_membership,
    keep_an_administrator,
    send_role_link,
)
from marketplace.accounts.services.sessions import revoke_sessions_of
from marketplace.accounts.states import AccountEvent, AccountRefusal, Language
from marketplace.accounts.tokens import link_path, link_token
from marketplace.core.actor import SYSTEM, Actor, Grant, Role, person_of
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.reactions import run_reactions


def invite_person(session: Session, actor: Actor, *, email: str, name: str, grant: Grant) -> Person:
    """Make an account with a first role; the person chooses a password with a one-time link."""
    _administrators_only(actor)
    person = _make_person(session, actor, email, name, grant)
    send_invitation(session, actor, person=person)
    return person


def invite_first_administrator(session: Session, *, email: str, name: str, secret_key: str) -> str:
    """For an installation where nobody can sign in yet; returns the path of the link."""
    person = _make_person(session, SYSTEM, email, name, Grant(Role.ADMINISTRATOR))
    secret = send_invitation(session, SYSTEM, person=person)
    return link_path(link_token(secret_key, secret))


def resend_invitation(session: Session, actor: Actor, *, person: Person) -> None:
    """The link that the person has not opened, whichever it is, once more."""
    _administrators_only(actor)
    if not person.active:
        raise NotNow(AccountRefusal.PERSON_INACTIVE)
    offers = queries.list_role_offers(session, person.id)
    if offers:
        send_role_link(session, actor, offer=offers[-1])
    elif person.password_hash is not None:
        raise NotNow(AccountRefusal.INVITATION_ACCEPTED)
    elif queries.find_registration(session, person):
        send_link(session, actor, REGISTRATION, person=person)
    else:
        send_invitation(session, actor, person=person)


def deactivate_person(session: Session, actor: Actor, *, person: Person, version: int) -> None:
    """Close the account at once: sign-ins and links end, what the person wrote stays."""
    person.expect_version(version)
    _administrators_only(actor)
    expect_active(person)
    keep_an_administrator(session, person)
    person.active = False
    record(session, actor, AccountEvent.PERSON_DEACTIVATED, person)
    expire_links(session, person)
    revoke_sessions_of(session, actor, person=person)
    run_reactions(session, actor, AccountEvent.PERSON_DEACTIVATED, person)


def expect_active(person: Person) -> None:
    if not person.active:
        raise NotNow(AccountRefusal.PERSON_INACTIVE)


def activate_person(session: Session, actor: Actor, *, person: Person, version: int) -> None:
    """Open the account again, to whoever reads the mail of its address today."""
    person.expect_version(version)
    _administrators_only(actor)
    if person.active:
        raise NotNow(AccountRefusal.PERSON_ACTIVE)
    person.active, person.password_hash, person.email_proved_at = True, None, None
    record(session, actor, AccountEvent.PERSON_ACTIVATED, person)
    send_invitation(session, actor, person=person, letter=REOPENING)


def change_profile(
    session: Session, actor: Actor, *, version: int, name: str, language: Language
) -> None:
    """Everyone decides on their own name and language."""
    person = queries.get_person(session, person_of(actor))
    person.expect_version(version)
    person.name, person.language = name, language
    record(session, actor, AccountEvent.PERSON_CHANGED, person)


def change_language(session: Session, actor: Actor, *, language: Language) -> None:
    person = queries.get_person(session, person_of(actor))
    if person.language is not language:
        person.language = language
        record(session, actor, AccountEvent.PERSON_CHANGED, person)


def _administrators_only(actor: Actor) -> None:
    if not policies.can_administer(actor):
        raise NotAllowed(AccountRefusal.ADMINISTRATORS_ONLY)


def _make_person(session: Session, actor: Actor, email: str, name: str, grant: Grant) -> Person:
    address = read_email(email)
    if queries.get_person_by_email(session, address) is not None:
        raise InvalidField("email", AccountRefusal.EMAIL_HAS_ACCOUNT)
    person = Person(name=name, email=address)
    session.add(person)
    session.flush()
    add_membership(session, actor, person=person, grant=grant)
    return person
