"""Using a one-time link: the only way to a first password, and what becomes true by it."""

from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.models import OneTimeLink, Person
from marketplace.accounts.services.attempts import SIGN_IN_ACCOUNT, counted, forget_attempts
from marketplace.accounts.services.credentials import expect_good_password, set_password
from marketplace.accounts.services.links import expire_links, use_up
from marketplace.accounts.services.memberships import take_up_offers
from marketplace.accounts.services.registration import finish_registration
from marketplace.accounts.services.sessions import revoke_sessions_of
from marketplace.accounts.states import SIGNING_IN, AccountRefusal, LinkPurpose
from marketplace.core.clock import now
from marketplace.core.errors import NotNow


def use_link(session: Session, *, token: str, password: str, secret_key: str) -> Person:
    """Choose a password with a link: it works once, and ends every sign-in there was.

    Whoever opened it reads the mail of the address, so the address is proved, and what has been
    registered with it or given to it is theirs.
    """
    link = queries.get_open_link(session, token=token, secret_key=secret_key)
    person = link.person
    if link.purpose not in SIGNING_IN or link.email != person.email:
        raise NotNow(AccountRefusal.LINK_INVALID)
    expect_good_password(session, person, password)
    use_up(session, link)
    person.email_proved_at = now()
    actor = queries.actor_of(person)
    set_password(session, actor, person=person, password=password)
    expire_links(session, person)
    revoke_sessions_of(session, actor, person=person)
    forget_attempts(session, counted(secret_key, SIGN_IN_ACCOUNT, person.email))
    _take_up(session, link)
    return person


def _take_up(session: Session, link: OneTimeLink) -> None:
    confirmed = link.purpose is LinkPurpose.REGISTRATION
    finish_registration(session, person=link.person, confirmed=confirmed)
    take_up_offers(session, person=link.person)
