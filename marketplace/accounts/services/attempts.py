"""How often something may be tried: counted per account, network address and device.

Rows hold keyed hashes only. On PostgreSQL those who count the same thing take turns, so that many
at once do not get more tries than one after the other; on SQLite writers take turns anyway.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import SignInAttempt
from marketplace.accounts.states import AccountRefusal
from marketplace.accounts.tokens import counted_key
from marketplace.core.clock import minutes_in, now
from marketplace.core.db import stand_in_line
from marketplace.core.errors import NotNow
from marketplace.core.security_log import SecurityEvent, write

MOST_DOUBLINGS = 8


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` tries in a `window`, and the next when the oldest of them is forgotten.

    With a `wait` the next is that long after the last, and after each more twice as long.
    """

    what: str
    most: int
    window: timedelta
    wait: timedelta | None = None


DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SIGN_IN_HERE = Limit("account and address", 5, DAY, MINUTE)
SIGN_IN_DEVICE = Limit("account and device", 5, DAY, MINUTE)
SIGN_IN_ADDRESS = Limit("address", 30, timedelta(minutes=15))
SIGN_IN_ACCOUNT = Limit("account", 100, DAY)
"""From all addresses together, and never on a device that the account knows: those who guess from
very many addresses come no further, and the owner has the device, or a link by mail."""

RESET_HERE = Limit("reset account and address", 3, HOUR)
RESET_ADDRESS = Limit("reset address", 10, HOUR)
RESET_ACCOUNT = Limit("reset account", 10, HOUR)
REGISTRATION = Limit("registration", 10, HOUR)
REGISTRATION_ACCOUNT = Limit("registration account", 3, HOUR)
ADDRESS_CHANGE = Limit("address change", 3, HOUR)


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that is counted: this account, or this address."""

    key: str
    limit: Limit


def counted(secret_key: str, limit: Limit, *values: str) -> Counted:
    return Counted(counted_key(secret_key, limit.what, "\n".join(values)), limit)


def refuse_too_many(
    session: Session,
    *all_counted: Counted,
    code: AccountRefusal = AccountRefusal.TOO_MANY_ATTEMPTS,
) -> None:
    free_at = wait_until(session, *all_counted)
    if free_at is not None:
        write(SecurityEvent.TOO_MANY_ATTEMPTS, what=all_counted[0].limit.what)
        raise NotNow(code, minutes=minutes_in(free_at - now()))


def wait_until(session: Session, *all_counted: Counted) -> datetime | None:
    """When the next try may be; None for now. Whoever counts the same waits until we commit."""
    _take_turns(session, *all_counted)
    return max(filter(None, (_free_at(session, what) for what in all_counted)), default=None)


def takes_one_more(session: Session, what: Counted) -> bool:
    """Count one more, unless there are too many: for what is then left undone without a word."""
    if wait_until(session, what):
        return False
    note_attempt(session, what)
    return True


def note_attempt(session: Session, *all_counted: Counted) -> None:
    session.add_all(SignInAttempt(counted_key=what.key) for what in all_counted)
    session.flush()


def forget_attempts(session: Session, *all_counted: Counted) -> None:
    keys = [what.key for what in all_counted]
    session.execute(delete(SignInAttempt).where(SignInAttempt.counted_key.in_(keys)))


def _take_turns(session: Session, *all_counted: Counted) -> None:
    """All in the same order, so that no two wait for each other."""
    for key in sorted(what.key for what in all_counted):
        stand_in_line(session, int(key[:15], 16))


def _free_at(session: Session, what: Counted) -> datetime | None:
    limit = what.limit
    statement = (
        select(SignInAttempt.at)
        .where(SignInAttempt.counted_key == what.key, SignInAttempt.at > now() - limit.window)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
    )
    tries = session.scalars(statement).all()
    if len(tries) < limit.most:
        return None
    if limit.wait is None:
        return tries[limit.most - 1] + limit.window
    free_at = tries[0] + limit.wait * 2 ** min(len(tries) - limit.most, MOST_DOUBLINGS)
    return free_at if free_at > now() else None
