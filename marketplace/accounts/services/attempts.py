"""How often something may be tried: counted per account and per network address.

Rows hold keyed hashes only. On PostgreSQL attempts on the same account take turns, so that many
at once do not get more tries than one after the other; on SQLite writers take turns anyway.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import SignInAttempt
from marketplace.accounts.states import AccountRefusal
from marketplace.accounts.tokens import counted_key
from marketplace.core.clock import now
from marketplace.core.errors import NotNow


@dataclass(frozen=True, slots=True)
class Limit:
    what: str
    most: int
    window: timedelta


SIGN_IN_ACCOUNT = Limit("account", 5, timedelta(minutes=15))
SIGN_IN_ADDRESS = Limit("address", 30, timedelta(minutes=15))
RESET_ACCOUNT = Limit("reset account", 3, timedelta(hours=1))
RESET_ADDRESS = Limit("reset address", 10, timedelta(hours=1))
REGISTRATION = Limit("registration", 10, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that is counted: this account, or this address."""

    key: str
    limit: Limit


def counted(secret_key: str, limit: Limit, value: str) -> Counted:
    return Counted(counted_key(secret_key, limit.what, value), limit)


def take_turn(session: Session, what: Counted) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(what.key[:15], 16))))


def refuse_too_many(session: Session, *all_counted: Counted) -> None:
    moments = [free_at for what in all_counted if (free_at := _free_at(session, what))]
    if moments:
        seconds = (max(moments) - now()).total_seconds()
        minutes = max(1, -int(-seconds // 60))
        raise NotNow(AccountRefusal.TOO_MANY_ATTEMPTS, minutes=minutes)


def note_attempt(session: Session, *all_counted: Counted) -> None:
    session.add_all(SignInAttempt(counted_key=what.key) for what in all_counted)
    session.flush()


def forget_attempts(session: Session, what: Counted) -> None:
    session.execute(delete(SignInAttempt).where(SignInAttempt.counted_key == what.key))


def _free_at(session: Session, what: Counted) -> datetime | None:
    """When the oldest attempt that still fills the limit is forgotten."""
    statement = (
        select(SignInAttempt.at)
        .where(SignInAttempt.counted_key == what.key, SignInAttempt.at > now() - what.limit.window)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
        .offset(what.limit.most - 1)
        .limit(1)
    )
    oldest = session.scalar(statement)
    return None if oldest is None else oldest + what.limit.window
