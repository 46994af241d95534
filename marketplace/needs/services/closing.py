"""A need is over."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed
from marketplace.core.outbox import tell
from marketplace.core.personal_data import expect_no_personal_data
from marketplace.core.reactions import run_reactions
from marketplace.needs import policies, recipients
from marketplace.needs.models import Need
from marketplace.needs.services.telling import show_change
from marketplace.needs.states import (
    NEED_LIFECYCLE,
    NeedEvent,
    NeedMove,
    NeedOutcome,
    NeedRefusal,
    NeedTopic,
)
from marketplace.needs.told import ClosedTold, named


def close_need(
    session: Session,
    actor: Actor,
    *,
    need: Need,
    version: int,
    outcome: NeedOutcome | None,
    reason: str,
) -> None:
    need.expect_version(version)
    expect_closer(actor, need)
    NEED_LIFECYCLE.check(need.state, NeedMove.CLOSE)
    if outcome is None:
        raise InvalidField("outcome", NeedRefusal.OUTCOME_MISSING)
    expect_no_personal_data("reason", reason, NeedRefusal.PERSONAL_DATA)
    NEED_LIFECYCLE.make(need, NeedMove.CLOSE, reason=reason)
    need.closed_by_id, need.closed_at = actor.person_id, now()
    need.outcome, need.closing_reason = outcome, reason
    show_change(session, need)
    event = record(session, actor, NeedEvent.CLOSED, need, reason=reason)
    told = recipients.followers(session, need) | {need.author_id}
    closed = ClosedTold(**named(need), reason=reason, outcome=outcome)
    tell(session, told, NeedTopic.CLOSED, event, closed)
    run_reactions(session, actor, NeedEvent.CLOSED, need)


def expect_closer(actor: Actor, need: Need) -> None:
    if not policies.can_close(actor, need):
        raise NotAllowed(NeedRefusal.LEADERS_AND_COORDINATORS_ONLY, unit=need.unit.name)
