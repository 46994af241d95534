"""Reading messages, and finding calendars: each person their own."""

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Person
from marketplace.accounts.tokens import hash_token
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.outbox import OutboxMessage
from marketplace.core.paging import Page, paginate
from marketplace.notifications.models import CalendarFeed


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return and_(OutboxMessage.person_id == actor.person_id, OutboxMessage.in_app)


def list_messages(session: Session, actor: Actor, page: int) -> Page[OutboxMessage]:
    newest = OutboxMessage.id.desc()
    return paginate(session, select(OutboxMessage).where(visible_to(actor)).order_by(newest), page)


def get_message(session: Session, actor: Actor, message_id: int) -> OutboxMessage:
    own = select(OutboxMessage).where(OutboxMessage.id == message_id, visible_to(actor))
    message = session.scalars(own).one_or_none()
    if message is None:
        raise NotFound
    return message


def count_unread(session: Session, actor: Actor) -> int:
    return session.scalar(_COUNT_UNREAD, {"person": actor.person_id}) or 0


_COUNT_UNREAD = select(func.count(OutboxMessage.id)).where(
    OutboxMessage.person_id == bindparam("person"),
    OutboxMessage.in_app,
    OutboxMessage.read_at.is_(None),
)
"""Put together once: every page asks it."""


def find_calendar(session: Session, person_id: int) -> CalendarFeed | None:
    statement = select(CalendarFeed).where(
        CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None)
    )
    return session.scalars(statement).one_or_none()


def has_had_calendar(session: Session, person_id: int) -> bool:
    """Whether there is an address that the person may believe to be working."""
    statement = select(CalendarFeed.id).where(CalendarFeed.person_id == person_id)
    return session.scalar(statement.limit(1)) is not None


def get_calendar_owner(session: Session, secret: str) -> Person:
    """Whose calendar the secret opens; unknown, revoked and closed accounts look the same."""
    statement = (
        select(CalendarFeed)
        .join(CalendarFeed.person)
        .options(joinedload(CalendarFeed.person).selectinload(Person.memberships))
        .where(
            CalendarFeed.token_hash == hash_token(secret),
            CalendarFeed.revoked_at.is_(None),
            Person.active,
        )
    )
    feed = session.scalars(statement).one_or_none()
    if feed is None:
        raise NotFound
    return feed.person
