"""Taking messages out of the outbox, so that two workers never hold the same one.

Before a mail is handed over the row says so. From then on it may have arrived: where no answer is
heard, or the worker dies, it is held for a day before it goes once more, under the same id. The
row is also the gate: a worker that has lost its claim meanwhile does not come through.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true, update
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.queries import find_open_link
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
UNANSWERED_HELD = timedelta(days=1)
UNANSWERED = "no answer after it was handed over"
GIVEN_UP = "not finished in any attempt"
INACTIVE = "the person is not active"
LINK_SECRET = "link_secret"  # noqa: S105  a key of the payload


class NotOurs(Exception):
    """Another worker has the message now, or it has been put back."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one message tells."""

    topic: str
    payload: Mapping[str, Any]
    subject_id: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One message in the hands of one worker. `attempt` tells this claim from a later one.

    `parts` are what a digest lists; `names` are those that no mail shows. `handed_over_at` is of
    an earlier attempt that nobody answered.
    """

    id: int
    attempt: int
    email: str
    language: str
    told: Part
    created_at: datetime
    parts: tuple[Part, ...]
    names: frozenset[str]
    handed_over_at: datetime | None = None


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
        OutboxMessage.mail_state == MailState.CLAIMED,
        OutboxMessage.claimed_until <= moment,
        func.coalesce(OutboxMessage.handed_over_at <= moment - UNANSWERED_HELD, true()),
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
    address = _address_for(session, message, person)
    if address is None:
        message.mail_state = MailState.NOT_MAILED
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
        email=address,
        language=str(person.language),
        told=_part(message),
        created_at=message.created_at,
        parts=tuple(_part(part) for part in parts),
        names=names_around(session, [message, *parts]),
        handed_over_at=message.handed_over_at,
    )


def _address_for(session: Session, message: OutboxMessage, person: Person) -> str | None:
    """Where a link proves the address it goes to; anything else only to one that is proved."""
    secret = message.payload.get(LINK_SECRET)
    if secret is not None:
        link = find_open_link(session, secret)
        return link.email if link else None
    return person.email if person.email_proved_at else None


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
    return Part(message.topic, message.payload, message.subject_id)


def hand_over(database: Database, claim: Claim) -> None:
    """Note that the mail goes now, or raise NotOurs; nobody else takes it before it is held out."""
    if not _change(database, _ours(claim), handed_over_at=now()):
        raise NotOurs


def mark_sent(database: Database, claim: Claim) -> None:
    """From now on the secret of a link is in the mail, and nowhere else."""
    told = claim.told.payload
    forgotten = {"payload": {k: v for k, v in told.items() if k != LINK_SECRET}}
    changed = forgotten if LINK_SECRET in told else {}
    _finish(database, claim, mail_state=MailState.SENT, sent_at=now(), last_error=None, **changed)


def mark_failed(database: Database, claim: Claim, error: str, *, for_good: bool) -> None:
    """Try again later, a little longer each time; or never, when it has been tried enough."""
    values = {"last_error": error, "handed_over_at": claim.handed_over_at}
    if for_good or claim.attempt >= MOST_ATTEMPTS:
        _finish(database, claim, mail_state=MailState.FAILED, **values)
        return
    later = now() + wait_after(claim.attempt)
    _finish(database, claim, mail_state=MailState.PENDING, next_attempt_at=later, **values)


def mark_unanswered(database: Database, claim: Claim) -> None:
    """It may have arrived. It goes once more when it has been held, and then never again."""
    if claim.handed_over_at is not None or claim.attempt >= MOST_ATTEMPTS:
        _finish(database, claim, mail_state=MailState.FAILED, last_error=UNANSWERED)
        return
    later = now() + UNANSWERED_HELD
    pending = MailState.PENDING
    _finish(database, claim, mail_state=pending, next_attempt_at=later, last_error=UNANSWERED)


def put_back(database: Database, claim: Claim) -> None:
    """Let go of what could not be sent in time: for the next worker, or held if it is on its way.

    A thread that still works at it does not come past `hand_over` any more.
    """
    before = OutboxMessage.handed_over_at.is_not_distinct_from(claim.handed_over_at)
    ours = and_(_ours(claim), before)
    if not _change(database, ours, mail_state=MailState.PENDING, claimed_until=None):
        mark_unanswered(database, claim)


def wait_after(attempt: int) -> timedelta:
    """One minute, three, nine … and never more than half a day."""
    return min(LONGEST_WAIT, FIRST_WAIT * int(3 ** (attempt - 1)))


def _finish(database: Database, claim: Claim, **values: Any) -> None:
    """Only while the claim is still ours: a worker that was too slow changes nothing."""
    _change(database, _ours(claim), claimed_until=None, **values)


def _ours(claim: Claim) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.id == claim.id,
        OutboxMessage.mail_state == MailState.CLAIMED,
        OutboxMessage.attempts == claim.attempt,
    )


def _change(database: Database, ours: ColumnElement[bool], **values: Any) -> bool:
    changed = update(OutboxMessage).where(ours).values(values).returning(OutboxMessage.id)
    with database.writing() as session:
        found = session.scalars(changed).one_or_none()
        session.commit()
    return found is not None
