"""One-time links: who gets which, where it is mailed, and that it works once."""

from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import update
from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.identifiers import same_email
from marketplace.accounts.models import Membership, OneTimeLink, Person, RoleOffer
from marketplace.accounts.services.attempts import (
    RESET_ACCOUNT,
    RESET_ADDRESS,
    RESET_HERE,
    counted,
    note_attempt,
    refuse_too_many,
    takes_one_more,
)
from marketplace.accounts.states import (
    LINK_LIFETIMES,
    AccountEvent,
    AccountRefusal,
    AccountTopic,
    LinkPurpose,
)
from marketplace.accounts.tokens import hash_token, new_token
from marketplace.accounts.told import LinkTold
from marketplace.core.actor import ANONYMOUS, Actor, Role
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import NotNow
from marketplace.core.outbox import tell


@dataclass(frozen=True, slots=True)
class Issued:
    """A new link, and its secret: nobody can read that from the link again."""

    link: OneTimeLink
    secret: str


class Held(TypedDict, total=False):
    """A role that the person has or is offered, and where."""

    role: Role
    place: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Why a link is mailed, and what its mail tells."""

    purpose: LinkPurpose
    event: AccountEvent
    topic: AccountTopic


INVITATION = Letter(LinkPurpose.INVITATION, AccountEvent.PERSON_INVITED, AccountTopic.INVITED)
REOPENING = Letter(LinkPurpose.INVITATION, AccountEvent.PERSON_INVITED, AccountTopic.REOPENED)
REGISTRATION = Letter(
    LinkPurpose.REGISTRATION, AccountEvent.REGISTRATION_ASKED, AccountTopic.REGISTERED
)
ROLE = Letter(LinkPurpose.ROLE, AccountEvent.ROLE_OFFERED, AccountTopic.ROLE_OFFERED)
RESET = Letter(LinkPurpose.RESET, AccountEvent.RESET_REQUESTED, AccountTopic.RESET)


def send_link(
    session: Session,
    actor: Actor,
    letter: Letter,
    *,
    person: Person,
    about: Held | None = None,
) -> str:
    """Mail a link to the person's address; returns its secret."""
    event = record(session, actor, letter.event, person, extra=about)
    issued = issue_link(session, person, letter.purpose)
    post_link(session, issued, letter.topic, event, about=about)
    return issued.secret


def post_link(
    session: Session,
    issued: Issued,
    topic: AccountTopic,
    event: AuditEvent,
    *,
    about: Held | None = None,
) -> None:
    """Only mailed, and also to the one who did it: this is how their address is proved."""
    link = issued.link
    told = LinkTold(link_secret=issued.secret, expires_at=link.expires_at, **(about or Held()))
    tell(session, [link.person.id], topic, event, told, in_app=False, also_the_actor=True)


def issue_link(
    session: Session, person: Person, purpose: LinkPurpose, *, email: str | None = None
) -> Issued:
    """Make a link; those of the same purpose that came before it stop working."""
    expire_links(session, person, purpose)
    secret = new_token()
    link = OneTimeLink(
        person=person,
        purpose=purpose,
        email=email or person.email,
        token_hash=hash_token(secret),
        expires_at=now() + LINK_LIFETIMES[purpose],
    )
    session.add(link)
    session.flush()
    return Issued(link, secret)


def send_invitation(
    session: Session, actor: Actor, *, person: Person, letter: Letter = INVITATION
) -> str:
    first = next(iter(person.memberships), None)
    return send_link(session, actor, letter, person=person, about=role_and_place(first))


def role_and_place(held: Membership | RoleOffer | None) -> Held:
    """What the person is to be, and where: nothing about who they are."""
    if held is None:
        return Held()
    places = (held.unit, held.organisation)
    return Held(role=held.role, place=", ".join(place.name for place in places if place))


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
    if not takes_one_more(session, counted(secret_key, RESET_ACCOUNT, email)):
        return
    person = queries.get_person_by_email(session, email)
    if person is not None and person.active:
        send_link(session, ANONYMOUS, way_in(session, person), person=person)


def way_in(session: Session, person: Person) -> Letter:
    """A registration that waits for its link is not finished by a link that does not tell of it."""
    waits = person.email_proved_at is None and queries.find_registration(session, person)
    return REGISTRATION if waits and not queries.list_role_offers(session, person.id) else RESET


def use_up(session: Session, link: OneTimeLink) -> None:
    """Of two who use the link at the same moment, one is refused here."""
    statement = (
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now())
        .returning(OneTimeLink.id)
    )
    if session.scalar(statement) is None:
        raise NotNow(AccountRefusal.LINK_INVALID)


def expire_links(session: Session, person: Person, *purposes: LinkPurpose) -> None:
    """Those of the purposes, or all of them."""
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.person_id == person.id,
            OneTimeLink.purpose.in_(purposes or LinkPurpose),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now(),
        )
        .values(expires_at=now())
    )
