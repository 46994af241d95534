"""Who people are, where they belong, and which sign-ins are theirs."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from marketplace.accounts.models import Person, WebSession
from marketplace.accounts.tokens import hash_token
from marketplace.core.actor import Actor, Grant
from marketplace.core.clock import now


def actor_of(_session: Session, person: Person) -> Actor:
    grants = tuple(Grant(m.role, m.organisation_id, m.unit_id) for m in person.memberships)
    return Actor(person_id=person.id, name=person.name, grants=grants)


def get_live_session(
    session: Session, token: str, *, idle: timedelta, absolute: timedelta
) -> WebSession | None:
    """The sign-in that a token stands for, where it is neither ended nor too old."""
    moment = now()
    statement = (
        select(WebSession)
        .join(WebSession.person)
        .options(contains_eager(WebSession.person).selectinload(Person.memberships))
        .where(
            WebSession.token_hash == hash_token(token),
            WebSession.revoked_at.is_(None),
            WebSession.last_seen_at > moment - idle,
            WebSession.created_at > moment - absolute,
            Person.active,
        )
    )
    return session.scalar(statement)


def list_open_sessions(session: Session, person_id: int) -> list[WebSession]:
    statement = (
        select(WebSession)
        .where(WebSession.person_id == person_id, WebSession.revoked_at.is_(None))
        .order_by(WebSession.last_seen_at.desc(), WebSession.id.desc())
    )
    return list(session.scalars(statement))
