"""Signing in and out: what a browser's token stands for."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.models import Person, WebSession
from marketplace.accounts.states import AccountEvent
from marketplace.accounts.tokens import hash_token, new_token
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotFound

SEEN_EVERY = timedelta(minutes=5)


def open_session(session: Session, person: Person, *, device: str = "") -> str:
    """Sign `person` in on a device; returns the token for its cookie, which is stored nowhere."""
    token = new_token()
    session.add(WebSession(token_hash=hash_token(token), person=person, device=device[:200]))
    session.flush()
    record(session, queries.actor_of(person), AccountEvent.SIGNED_IN, person)
    return token


def is_seen_long_ago(web_session: WebSession, at: datetime) -> bool:
    return at - web_session.last_seen_at >= SEEN_EVERY


def note_seen(session: Session, web_session_id: int) -> None:
    session.execute(
        update(WebSession).where(WebSession.id == web_session_id).values(last_seen_at=now())
    )


def close_session(session: Session, actor: Actor, *, token: str) -> None:
    """Sign out: the token opens nothing from now on."""
    found = session.scalar(
        select(WebSession).where(
            WebSession.token_hash == hash_token(token),
            WebSession.person_id == actor.person_id,
            WebSession.revoked_at.is_(None),
        )
    )
    if found is not None:
        _revoke(session, actor, found)


def revoke_session(session: Session, actor: Actor, *, web_session_id: int) -> None:
    """End one of one's own sign-ins; ending it twice changes nothing."""
    found = session.get(WebSession, web_session_id)
    if found is None or found.person_id != actor.person_id:
        raise NotFound
    if found.revoked_at is None:
        _revoke(session, actor, found)


def revoke_sessions_of(
    session: Session, actor: Actor, *, person: Person, keep_token: str | None = None
) -> None:
    """End all sign-ins of `person`, but for the one that is asking."""
    kept = hash_token(keep_token) if keep_token else ""
    statement = select(WebSession).where(
        WebSession.person_id == person.id,
        WebSession.revoked_at.is_(None),
        WebSession.token_hash != kept,
    )
    for web_session in session.scalars(statement.order_by(WebSession.id)):
        _revoke(session, actor, web_session)


def _revoke(session: Session, actor: Actor, web_session: WebSession) -> None:
    web_session.revoked_at = now()
    record(session, actor, AccountEvent.SESSION_REVOKED, web_session)
