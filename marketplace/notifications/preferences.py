"""When a person wants which mails."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.topics import TopicGroup, group_of
from marketplace.notifications.models import MailPreference
from marketplace.notifications.states import DEFAULT_RHYTHMS, Rhythm

Rhythms = Mapping[TopicGroup, Rhythm]


def hold_person(session: Session, person_id: int, *, to_change: bool) -> Person:
    """Until this transaction ends, what the person wants stays as it is.

    Who changes it, or gathers a digest by it, waits for whoever sends by it, and the reverse.
    """
    own = select(Person).where(Person.id == person_id)
    statement = own.with_for_update(read=not to_change, key_share=to_change)
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def rhythms_of(session: Session, person_id: int) -> Rhythms:
    return rhythms_of_many(session, [person_id])[person_id]


def rhythms_of_many(session: Session, person_ids: Collection[int]) -> dict[int, Rhythms]:
    chosen = {person_id: dict(DEFAULT_RHYTHMS) for person_id in person_ids}
    statement = select(
        MailPreference.person_id, MailPreference.topic_group, MailPreference.rhythm
    ).where(MailPreference.person_id.in_(sorted(chosen)))
    for person_id, group, rhythm in session.execute(statement):
        chosen[person_id][group] = rhythm
    return dict(chosen)


def rhythm_for(rhythms: Rhythms, topic: str) -> Rhythm:
    """What has no group goes at once: signing in, and what an older worker does not know."""
    group = group_of(topic)
    return Rhythm.AT_ONCE if group is None else rhythms[group]
