"""Changing one's own address: the old one is told, and the new one counts when it is proved."""

from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.identifiers import read_email
from marketplace.accounts.models import Person
from marketplace.accounts.services.attempts import (
    ADDRESS_CHANGE,
    counted,
    note_attempt,
    refuse_too_many,
    takes_one_more,
)
from marketplace.accounts.services.credentials import check_own_password
from marketplace.accounts.services.links import expire_links, issue_link, post_link, use_up
from marketplace.accounts.states import AccountEvent, AccountRefusal, AccountTopic, LinkPurpose
from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotNow
from marketplace.core.outbox import tell
from marketplace.core.told import Told


def ask_for_address(
    session: Session,
    actor: Actor,
    *,
    email: str,
    password: str,
    address: str,
    secret_key: str,
    device: str = "",
) -> None:
    """Mail a link to the new address; whoever asks cannot see whether it has an account."""
    person = queries.get_person(session, actor.person_id or 0)
    new = read_email(email)
    if new == person.email:
        raise InvalidField("email", AccountRefusal.EMAIL_UNCHANGED)
    check_own_password(
        session,
        person=person,
        password=password,
        address=address,
        secret_key=secret_key,
        device=device,
    )
    own = counted(secret_key, ADDRESS_CHANGE, str(person.id))
    refuse_too_many(session, own)
    note_attempt(session, own)
    event = record(session, actor, AccountEvent.ADDRESS_ASKED, person)
    tell(session, [person.id], AccountTopic.ADDRESS_ASKED, event, Told(), also_the_actor=True)
    if takes_one_more(session, counted(secret_key, ADDRESS_CHANGE, new)):
        _mail_to(session, actor, person, new, event)


def _mail_to(session: Session, actor: Actor, person: Person, new: str, event: AuditEvent) -> None:
    holder = queries.get_person_by_email(session, new)
    if holder is not None and holder.email_proved_at is not None:
        tell_of_known_address(session, actor, holder)
    else:
        issued = issue_link(session, person, LinkPurpose.ADDRESS, email=new)
        post_link(session, issued, AccountTopic.ADDRESS, event)


def tell_of_known_address(session: Session, actor: Actor, holder: Person) -> None:
    """Whose address was typed by somebody hears of it, and the somebody hears nothing."""
    event = record(session, actor, AccountEvent.ADDRESS_KNOWN, holder)
    tell(session, [holder.id], AccountTopic.ADDRESS_KNOWN, event, Told(), in_app=False)


def confirm_address(session: Session, actor: Actor, *, token: str, secret_key: str) -> None:
    """Two things are proved: the mail is read at the new address, and the person is signed in."""
    link = queries.get_open_link(session, token=token, secret_key=secret_key)
    person = link.person
    if link.purpose is not LinkPurpose.ADDRESS or actor.person_id != person.id:
        raise NotNow(AccountRefusal.LINK_INVALID)
    use_up(session, link)
    _free(session, actor, link.email)
    person.email, person.email_proved_at = link.email, now()
    record(session, actor, AccountEvent.ADDRESS_CHANGED, person)
    expire_links(session, person)


def _free(session: Session, actor: Actor, email: str) -> None:
    """An account that nobody has proved to be theirs stands in nobody's way."""
    holder = queries.get_person_by_email(session, email)
    if holder is None:
        return
    if holder.email_proved_at is not None:
        raise NotNow(AccountRefusal.LINK_INVALID)
    holder.email, holder.active = f"{holder.id}@unproved.invalid", False
    record(session, actor, AccountEvent.ADDRESS_GIVEN_UP, holder)
    expire_links(session, holder)
