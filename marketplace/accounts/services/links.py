"""One-time links: to accept an invitation, and to choose a new password."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.identifiers import same_email
from marketplace.accounts.models import OneTimeLink, Person
from marketplace.accounts.services.attempts import (
    RESET_ACCOUNT,
    RESET_ADDRESS,
    RESET_HERE,
    SIGN_IN_ACCOUNT,
    counted,
    forget_attempts,
    note_attempt,
    refuse_too_many,
    wait_until,
)
from marketplace.accounts.services.credentials import set_password
from marketplace.accounts.services.sessions import revoke_sessions_of
from marketplace.accounts.states import AccountEvent, AccountRefusal, AccountTopic, LinkPurpose
from marketplace.core.actor import ANONYMOUS, Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotNow
from marketplace.core.outbox import tell

LIFETIME = {
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.RESET: timedelta(hours=1),
}


def send_invitation(session: Session, actor: Actor, *, person: Person) -> OneTimeLink:
    link = issue_link(session, person, LinkPurpose.INVITATION)
    event = record(session, actor, AccountEvent.PERSON_INVITED, person)
    payload = _about(link) | _first_role(person)
    tell(session, [person.id], AccountTopic.INVITED, event, payload, in_app=False)
    return link


def ask_for_reset(session: Session, *, email: str, address: str, secret_key: str) -> None:
    """Send a link where there is such an account; whoever asks cannot see whether there is.

    Who asks too often from one address is refused. Where many addresses ask for one account, no
    more is sent and the last link goes on working: nobody can keep its owner from having one.
    """
    email = same_email(email)
    here = counted(secret_key, RESET_HERE, email, address)
    network = counted(secret_key, RESET_ADDRESS, address)
    refuse_too_many(session, here, network)
    note_attempt(session, here, network)
    account = counted(secret_key, RESET_ACCOUNT, email)
    if wait_until(session, account):
        return
    note_attempt(session, account)
    person = queries.get_person_by_email(session, email)
    if person is None or not person.active:
        return
    link = issue_link(session, person, LinkPurpose.RESET)
    event = record(session, ANONYMOUS, AccountEvent.RESET_REQUESTED, person)
    tell(session, [person.id], AccountTopic.RESET, event, _about(link), in_app=False)


def _about(link: OneTimeLink) -> dict[str, object]:
    return {"link_id": link.id, "expires_at": link.expires_at.isoformat()}


def _first_role(person: Person) -> dict[str, object]:
    """What the person is invited to be, and where: nothing about who they are."""
    if not person.memberships:
        return {}
    first = person.memberships[0]
    places = (first.unit, first.organisation)
    return {"role": first.role, "place": ", ".join(place.name for place in places if place)}


def issue_link(session: Session, person: Person, purpose: LinkPurpose) -> OneTimeLink:
    """Make a link; those of the same purpose that came before it stop working."""
    _expire_links(session, person, purpose)
    link = OneTimeLink(person=person, purpose=purpose, expires_at=now() + LIFETIME[purpose])
    session.add(link)
    session.flush()
    return link


def use_link(session: Session, *, token: str, password: str, secret_key: str) -> Person:
    """Choose a password with a link: it works once, and ends every sign-in there was."""
    link = queries.get_open_link(session, token=token, secret_key=secret_key)
    person = link.person
    actor = queries.actor_of(session, person)
    set_password(session, actor, person=person, password=password)
    _use_up(session, link)
    _expire_links(session, person, *LinkPurpose)
    revoke_sessions_of(session, actor, person=person)
    forget_attempts(session, counted(secret_key, SIGN_IN_ACCOUNT, person.email))
    return person


def expire_all_links(session: Session, person: Person) -> None:
    _expire_links(session, person, *LinkPurpose)


def _use_up(session: Session, link: OneTimeLink) -> None:
    """Of two who use the link at the same moment, one is refused here."""
    statement = (
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now())
        .returning(OneTimeLink.id)
    )
    if session.scalar(statement) is None:
        raise NotNow(AccountRefusal.LINK_INVALID)


def _expire_links(session: Session, person: Person, *purposes: LinkPurpose) -> None:
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.person_id == person.id,
            OneTimeLink.purpose.in_(purposes),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now(),
        )
        .values(expires_at=now())
    )
