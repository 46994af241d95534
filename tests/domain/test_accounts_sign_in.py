"""Signing in: right and wrong passwords, sessions and one-time links."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.models import OneTimeLink, Person, SignInAttempt, WebSession
from marketplace.accounts.services import arrivals, credentials, links, people, sessions
from marketplace.accounts.services.links import Issued
from marketplace.accounts.services.purging import purge_sign_in_traces
from marketplace.accounts.states import AccountRefusal, LinkPurpose
from marketplace.accounts.tokens import hash_token, link_path, link_token, read_link_token
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now
from marketplace.core.errors import InvalidField, NotAllowed, NotFound
from marketplace.core.outbox import OutboxMessage
from tests.domain.refused import refusal
from tests.factories import actor_for, make_member, make_organisation, make_person
from tests.passwords import PASSWORD, PASSWORD_HASH

pytestmark = pytest.mark.usefixtures("quick_hashing")

SECRET = "a secret of the tests"
LIMITS = {"idle": timedelta(hours=2), "absolute": timedelta(hours=12)}


def make_account(session: Session, **values: object) -> Person:
    return make_person(session, **{"password_hash": PASSWORD_HASH, **values})


def sign_in(
    session: Session, email: str, password: str = PASSWORD, address: str = "192.0.2.1"
) -> Person:
    return credentials.check_credentials(
        session, email=email, password=password, address=address, secret_key=SECRET
    )


def test_the_right_password_gives_the_person(session: Session) -> None:
    person = make_account(session, email="kari@kommune.example")
    assert sign_in(session, " Kari@Kommune.example ") is person


@pytest.mark.parametrize("state", ["wrong", "unknown", "closed", "invited"])
def test_every_failed_sign_in_gets_the_same_answer(session: Session, state: str) -> None:
    person = make_account(
        session,
        active=state != "closed",
        password_hash=None if state == "invited" else PASSWORD_HASH,
    )
    email = "ingen@kommune.example" if state == "unknown" else person.email
    password = "et annet passord" if state == "wrong" else PASSWORD
    refused = refusal(lambda: sign_in(session, email, password))
    assert isinstance(refused, NotAllowed)
    assert (refused.code, refused.values) == (AccountRefusal.WRONG_CREDENTIALS, {})


def test_the_database_holds_only_the_hash_of_a_token(session: Session) -> None:
    token = sessions.open_session(session, make_account(session), device="Firefox, Linux")
    stored = session.scalars(select(WebSession)).one()
    assert (stored.token_hash, stored.device) == (hash_token(token), "Firefox, Linux")
    recorded = session.scalars(select(AuditEvent)).one()
    assert token not in str(recorded.after)
    assert stored.token_hash not in str(recorded.after)


@pytest.mark.parametrize(
    ("later", "seen_before", "is_live"),
    [
        (timedelta(hours=1, minutes=59), timedelta(hours=2), True),
        (timedelta(hours=2), timedelta(hours=2), False),
        (timedelta(hours=11, minutes=59), timedelta(minutes=1), True),
        (timedelta(hours=12), timedelta(minutes=1), False),
    ],
)
def test_a_session_ends_when_idle_and_when_old(
    session: Session, later: timedelta, seen_before: timedelta, *, is_live: bool
) -> None:
    token = sessions.open_session(session, make_account(session))
    found = session.scalars(select(WebSession)).one()
    found.last_seen_at = now() + max(later - seen_before, timedelta())
    session.flush()
    with clock_at(now() + later):
        live = queries.get_live_session(session, token, **LIMITS)
    assert (live is not None) is is_live


def test_a_closed_account_has_no_session(session: Session) -> None:
    person = make_account(session)
    token = sessions.open_session(session, person)
    person.active = False
    session.flush()
    assert queries.get_live_session(session, token, **LIMITS) is None


def test_signing_out_ends_the_session(session: Session) -> None:
    person = make_account(session)
    token = sessions.open_session(session, person)
    sessions.close_session(session, actor_for(person), token=token)
    assert queries.get_live_session(session, token, **LIMITS) is None
    sessions.close_session(session, actor_for(person), token=token)


def test_nobody_ends_the_session_of_another(session: Session) -> None:
    owner, other = make_account(session), make_account(session)
    token = sessions.open_session(session, owner)
    found = session.scalars(select(WebSession)).one()
    with pytest.raises(NotFound):
        sessions.revoke_session(session, actor_for(other), web_session_id=found.id)
    sessions.close_session(session, actor_for(other), token=token)
    assert queries.get_live_session(session, token, **LIMITS) is found
    sessions.revoke_session(session, actor_for(owner), web_session_id=found.id)
    assert queries.list_live_sessions(session, owner.id, **LIMITS) == []


def test_a_new_password_ends_the_other_sessions(session: Session) -> None:
    person = make_account(session)
    here, there = (sessions.open_session(session, person) for _ in range(2))
    change = {"token": here, "address": "192.0.2.1", "secret_key": SECRET}
    wrong = refusal(
        lambda: credentials.change_password(
            session, actor_for(person), old="ikke dette nei", new="fem andre gode ord", **change
        )
    )
    assert isinstance(wrong, InvalidField)
    assert (wrong.field, wrong.code) == ("old_password", AccountRefusal.OLD_PASSWORD_WRONG)
    credentials.change_password(
        session, actor_for(person), old=PASSWORD, new="fem andre gode ord", **change
    )
    assert sign_in(session, person.email, "fem andre gode ord") is person
    assert queries.get_live_session(session, here, **LIMITS) is not None
    assert queries.get_live_session(session, there, **LIMITS) is None


def ask_for_reset(session: Session, email: str, address: str = "192.0.2.1") -> None:
    links.ask_for_reset(session, email=email, address=address, secret_key=SECRET)


def use_link(session: Session, issued: Issued, password: str = "fem andre gode ord") -> Person:
    token = link_token(SECRET, issued.secret)
    return arrivals.use_link(session, token=token, password=password, secret_key=SECRET)


def mailed_links(session: Session) -> list[Issued]:
    """What waits in the outbox, with the secret that the mail will have."""
    messages = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    secrets = [str(message.payload["link_secret"]) for message in messages]
    rows = {link.token_hash: link for link in session.scalars(select(OneTimeLink))}
    return [Issued(rows[hash_token(secret)], secret) for secret in secrets]


def test_a_reset_link_works_once_and_ends_every_session(session: Session) -> None:
    person = make_account(session)
    token = sessions.open_session(session, person)
    ask_for_reset(session, person.email.upper())
    (issued,) = mailed_links(session)
    message = session.scalars(select(OutboxMessage)).one()
    ends = {"expires_at": issued.link.expires_at.isoformat()}
    assert (message.person_id, message.in_app) == (person.id, False)
    assert message.payload == {"link_secret": issued.secret, **ends}
    assert use_link(session, issued) is person
    assert queries.get_live_session(session, token, **LIMITS) is None
    assert sign_in(session, person.email, "fem andre gode ord") is person
    session.expire_all()
    assert refusal(lambda: use_link(session, issued)).code is AccountRefusal.LINK_INVALID


def test_a_refused_password_does_not_use_up_the_link(session: Session) -> None:
    ask_for_reset(session, make_account(session).email)
    (issued,) = mailed_links(session)
    assert isinstance(refusal(lambda: use_link(session, issued, "kort")), InvalidField)
    assert use_link(session, issued) is issued.link.person


@pytest.mark.parametrize(
    ("purpose", "lifetime"),
    [(LinkPurpose.RESET, timedelta(hours=1)), (LinkPurpose.INVITATION, timedelta(days=7))],
)
def test_a_link_expires(session: Session, purpose: LinkPurpose, lifetime: timedelta) -> None:
    issued = links.issue_link(session, make_account(session), purpose)
    with clock_at(now() + lifetime):
        assert refusal(lambda: use_link(session, issued)).code is AccountRefusal.LINK_INVALID
    with clock_at(now() + lifetime - timedelta(seconds=1)):
        assert use_link(session, issued) is issued.link.person


def test_only_the_newest_link_works(session: Session) -> None:
    person = make_account(session)
    for _ in range(2):
        ask_for_reset(session, person.email)
    session.expire_all()
    first, second = mailed_links(session)
    assert refusal(lambda: use_link(session, first)).code is AccountRefusal.LINK_INVALID
    assert use_link(session, second) is person


def test_a_link_of_a_closed_account_does_not_work(session: Session) -> None:
    person = make_account(session)
    issued = links.issue_link(session, person, LinkPurpose.RESET)
    person.active = False
    session.flush()
    assert refusal(lambda: use_link(session, issued)).code is AccountRefusal.LINK_INVALID


@pytest.mark.parametrize("email", ["ingen@kommune.example", "ikke en adresse", "closed"])
def test_a_reset_for_nobody_sends_nothing_and_says_nothing(session: Session, email: str) -> None:
    closed = make_account(session, active=False)
    ask_for_reset(session, closed.email if email == "closed" else email)
    assert session.scalar(select(func.count(OneTimeLink.id))) == 0
    assert session.scalar(select(func.count(OutboxMessage.id))) == 0


def test_a_link_token_is_only_made_with_the_secret_key() -> None:
    token = link_token(SECRET, "sju")
    assert read_link_token(SECRET, token) == "sju"
    assert link_path(token) == f"/link/{token}"
    for forged in (link_token("another key", "sju"), token[:-1], "sju", ""):
        assert read_link_token(SECRET, forged) is None


def test_closing_an_account_ends_links_and_sessions(session: Session) -> None:
    administrator = actor_for(make_member(session, Role.ADMINISTRATOR))
    person = make_member(session, Role.COORDINATOR, make_organisation(session))
    token = sessions.open_session(session, person)
    issued = links.issue_link(session, person, LinkPurpose.INVITATION)
    people.deactivate_person(session, administrator, person=person, version=person.version)
    person.active = True
    session.flush()
    session.expire_all()
    assert queries.get_live_session(session, token, **LIMITS) is None
    assert refusal(lambda: use_link(session, issued)).code is AccountRefusal.LINK_INVALID


def test_old_traces_are_removed_and_new_ones_kept(session: Session) -> None:
    person = make_account(session)
    for days in (40, 0):
        with clock_at(now() - timedelta(days=days)):
            refusal(lambda: sign_in(session, person.email, "feil passord igjen"))
            sessions.open_session(session, person)
            links.issue_link(session, person, LinkPurpose.RESET)
    purge_sign_in_traces(session)
    for model, left in ((SignInAttempt, 3), (WebSession, 1), (OneTimeLink, 1)):
        assert session.scalar(select(func.count()).select_from(model)) == left
