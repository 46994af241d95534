"""Choosing what comes by mail, and when. How a person wants it is told by no audit row."""

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotFound
from marketplace.core.outbox import MailState, OutboxMessage
from marketplace.core.topics import TopicGroup, topics_in
from marketplace.notifications.models import MailPreference
from marketplace.notifications.preferences import hold_person
from marketplace.notifications.states import (
    PreferenceRefusal,
    Rhythm,
)

NOT_IN_A_DIGEST = {Rhythm.AT_ONCE: MailState.PENDING, Rhythm.NEVER: MailState.NOT_MAILED}


def set_preferences(
    session: Session, actor: Actor, *, rhythms: Mapping[TopicGroup, Rhythm | None]
) -> None:
    """Choose for every group; what has not been sent yet follows the new choice."""
    if actor.person_id is None:
        raise NotFound
    hold_person(session, actor.person_id, to_change=True)
    for group in TopicGroup:
        rhythm = rhythms.get(group)
        if rhythm is None:
            raise InvalidField(group.value, PreferenceRefusal.RHYTHM_MISSING)
        _choose(session, actor.person_id, group, rhythm)
        _redirect_waiting(session, actor.person_id, group, rhythm)
    session.flush()


def _choose(session: Session, person_id: int, group: TopicGroup, rhythm: Rhythm) -> None:
    chosen = session.scalars(
        select(MailPreference).where(
            MailPreference.person_id == person_id, MailPreference.topic_group == group
        )
    ).one_or_none()
    if chosen is None:
        session.add(MailPreference(person_id=person_id, topic_group=group, rhythm=rhythm))
    else:
        chosen.rhythm = rhythm


def _redirect_waiting(session: Session, person_id: int, group: TopicGroup, rhythm: Rhythm) -> None:
    """What waits for a digest stays where it is while there is one; which, it is asked then."""
    if rhythm not in NOT_IN_A_DIGEST:
        return
    waiting = (
        OutboxMessage.person_id == person_id,
        OutboxMessage.topic.in_(topics_in(group)),
        OutboxMessage.mail_state == MailState.IN_DIGEST,
        OutboxMessage.digest_id.is_(None),
    )
    values = {"mail_state": NOT_IN_A_DIGEST[rhythm], "next_attempt_at": now()}
    session.execute(update(OutboxMessage).where(*waiting).values(values))
