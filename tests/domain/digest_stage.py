"""People who have chosen how they want their mail, and messages that wait for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import NORWAY
from marketplace.core.engine import Database
from marketplace.core.outbox import MailState, OutboxMessage, tell
from marketplace.core.topics import TopicGroup
from marketplace.needs.states import NeedTopic
from marketplace.notifications.models import MailPreference
from marketplace.notifications.services.preferences import set_preferences
from marketplace.notifications.states import Rhythm
from tests.factories import actor_for, make_person
from tests.told import AsStored

WAITING, FOLLOWED = NeedTopic.CHANGES_ASKED, NeedTopic.ADDENDUM_ADDED
"""A topic that goes at once unless somebody has chosen otherwise, and one for the digest."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of September 2026 in Norway: the 14th is the Monday on which the tests run."""
    return datetime(2026, 9, day, hour, minute, tzinfo=NORWAY)


def put_message(
    session: Session,
    person: Person,
    topic: Any = FOLLOWED,
    payload: Mapping[str, Any] | None = None,
    subject_type: str = "Need",
    **values: Any,
) -> OutboxMessage:
    event = AuditEvent(event="x", subject_type=subject_type, subject_id=7, before={}, after={})
    session.add(event)
    session.flush()
    told = AsStored(payload=payload or {"title": "Ensomme eldre"})
    tell(session, [person.id], topic, event, told)
    newest = session.scalars(select(func.max(OutboxMessage.id))).one()
    message = session.get_one(OutboxMessage, newest)
    for name, value in values.items():
        setattr(message, name, value)
    session.flush()
    return message


def choose(session: Session, person: Person, **chosen: Rhythm) -> None:
    """The defaults, but for what is named by its group."""
    rhythms: dict[TopicGroup, Rhythm | None] = dict.fromkeys(TopicGroup, Rhythm.AT_ONCE)
    rhythms[TopicGroup.FOLLOWED] = rhythms[TopicGroup.ADMINISTRATION] = Rhythm.DAILY
    rhythms.update({TopicGroup(name): rhythm for name, rhythm in chosen.items()})
    set_preferences(session, actor_for(person), rhythms=rhythms)


def receiver(database: Database, messages: int = 1, **values: Any) -> int:
    """Somebody with messages for the digest, committed; returns the person's id."""
    with database.writing() as session:
        person = make_person(session, **values)
        for number in range(messages):
            put_message(session, person, payload={"title": f"Behov {number + 1}"})
        session.commit()
        return person.id


def states(database: Database, person_id: int) -> list[MailState]:
    with database.reading() as session:
        statement = select(OutboxMessage.mail_state).where(OutboxMessage.person_id == person_id)
        return list(session.scalars(statement.order_by(OutboxMessage.id)))


def digests_of(database: Database, person_id: int) -> list[OutboxMessage]:
    with database.reading() as session:
        statement = select(OutboxMessage).where(
            OutboxMessage.person_id == person_id, OutboxMessage.topic.startswith("digest.")
        )
        return list(session.scalars(statement.order_by(OutboxMessage.id)))


def preferences(session: Session) -> int:
    return session.scalars(select(func.count(MailPreference.id))).one()
