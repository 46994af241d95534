"""Taking messages out of the outbox, so that two workers never hold the same one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from marketplace.core.clock import now
from marketplace.core.engine import Database
from marketplace.core.outbox import MailState, OutboxMessage
from marketplace.notifications.people import names_around
from marketplace.notifications.preferences import hold_person, rhythm_for, rhythms_of
from marketplace.notifications.states import Rhythm

HELD = timedelta(minutes=5)
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=12)
GIVEN_UP = "not finished in any attempt"
INACTIVE = "the person is not active"


@dataclass(frozen=True, slots=True)
class Part:
    """What one message tells."""

    topic: str
    payload: Mapping[str, Any]
    subject_type: str
    subject_id: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One message in the hands of one worker. `attempt` tells this claim from a later one.

    `parts` are what a digest lists; `names` are those that no mail shows.
    """

    id: int
    attempt: int
    email: str
    language: str
    told: Part
    created_at: datetime
    parts: tuple[Part, ...]
    names: frozenset[str]


def claim_next(database: Database) -> Claim | None:
    """Take the oldest message that is due, in a transaction of its own."""
    with database.writing() as session:
        while (message := _oldest_due(session)) is not None:
            claim = _claim(session, message)
            if claim is not None:
                session.commit()
                return claim
        session.commit()
    return None


def _oldest_due(session: Session) -> OutboxMessage | None:
    statement = select(OutboxMessage).where(_due()).order_by(OutboxMessage.id).limit(1)
    return session.scalars(statement.with_for_update(skip_locked=True)).one_or_none()


def _due() -> ColumnElement[bool]:
    moment = now()
    waiting = and_(
        OutboxMessage.mail_state == MailState.PENDING, OutboxMessage.next_attempt_at <= moment
    )
    abandoned = and_(
        OutboxMessage.mail_state == MailState.CLAIMED, OutboxMessage.claimed_until <= moment
    )
    return or_(waiting, abandoned)


def _claim(session: Session, message: OutboxMessage) -> Claim | None:
    """Mark it as taken; or as failed, where nobody is to have it or no attempt has ended well."""
    person = hold_person(session, message.person_id, to_change=False)
    if not person.active or message.attempts >= MOST_ATTEMPTS:
        message.mail_state = MailState.FAILED
        message.last_error = GIVEN_UP if person.active else INACTIVE
        session.flush()
        return None
    if not _goes_now(session, message):
        return None
    message.mail_state, message.claimed_until = MailState.CLAIMED, now() + HELD
    message.attempts += 1
    session.flush()
    parts = _parts_of(session, message)
    return Claim(
        id=message.id,
        attempt=message.attempts,
        email=person.email,
        language=str(person.language),
        told=_part(message),
        created_at=message.created_at,
        parts=tuple(_part(part) for part in parts),
        names=names_around(session, [message, *parts]),
    )


def _goes_now(session: Session, message: OutboxMessage) -> bool:
    """Put aside what the receiver wants later or never; what may have left already goes again."""
    rhythm = rhythm_for(rhythms_of(session, message.person_id), message.topic)
    if rhythm is Rhythm.AT_ONCE or message.attempts > 0:
        return True
    never = rhythm is Rhythm.NEVER
    message.mail_state = MailState.NOT_MAILED if never else MailState.IN_DIGEST
    session.flush()
    return False


def _parts_of(session: Session, message: OutboxMessage) -> list[OutboxMessage]:
    parts = select(OutboxMessage).where(OutboxMessage.digest_id == message.id)
    return list(session.scalars(parts.order_by(OutboxMessage.id)))


def _part(message: OutboxMessage) -> Part:
    return Part(message.topic, message.payload, message.subject_type, message.subject_id)


def mark_sent(database: Database, claim: Claim) -> None:
    _finish(database, claim, mail_state=MailState.SENT, sent_at=now(), last_error=None)


def mark_failed(database: Database, claim: Claim, error: str, *, for_good: bool) -> None:
    """Try again later, a little longer each time; or never, when it has been tried enough."""
    if for_good or claim.attempt >= MOST_ATTEMPTS:
        _finish(database, claim, mail_state=MailState.FAILED, last_error=error)
        return
    later = now() + wait_after(claim.attempt)
    _finish(database, claim, mail_state=MailState.PENDING, next_attempt_at=later, last_error=error)


def wait_after(attempt: int) -> timedelta:
    """One minute, three, nine … and never more than half a day."""
    return min(LONGEST_WAIT, FIRST_WAIT * int(3 ** (attempt - 1)))


def _finish(database: Database, claim: Claim, **values: Any) -> None:
    """Only while the claim is still ours: a worker that was too slow changes nothing."""
    ours = and_(
        OutboxMessage.id == claim.id,
        OutboxMessage.mail_state == MailState.CLAIMED,
        OutboxMessage.attempts == claim.attempt,
    )
    with database.writing() as session:
        session.execute(update(OutboxMessage).where(ours).values(claimed_until=None, **values))
        session.commit()
