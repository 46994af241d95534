"""What every change of a need ends with."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.outbox import tell
from marketplace.core.revision import Collection, next_revision
from marketplace.needs.models import Need
from marketplace.needs.states import NeedTopic
from marketplace.needs.told import NeedTold, named


def show_change(session: Session, need: Need) -> None:
    """Let every reader know that what is public of this need is new."""
    need.updated_at = now()
    need.revision = next_revision(session, Collection.NEEDS)


def tell_of(
    session: Session,
    people: Iterable[int],
    topic: NeedTopic,
    event: AuditEvent,
    need: Need,
    reason: str | None = None,
) -> None:
    tell(session, people, topic, event, NeedTold(**named(need), reason=reason))
