"""A need that is under review comes back into the hands of its unit."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotAllowed
from marketplace.needs import policies, recipients
from marketplace.needs.models import Need
from marketplace.needs.services.publishing import expect_coordinator
from marketplace.needs.services.telling import tell_of
from marketplace.needs.services.writing import expect_writer
from marketplace.needs.states import (
    NEED_LIFECYCLE,
    NeedEvent,
    NeedMove,
    NeedRefusal,
    NeedTopic,
    SentBack,
)


def ask_for_changes(
    session: Session, actor: Actor, *, need: Need, version: int, reason: str
) -> None:
    need.expect_version(version)
    expect_coordinator(actor, need)
    _send_back(actor, need, NeedMove.ASK_FOR_CHANGES, SentBack.COORDINATOR, reason)
    event = record(session, actor, NeedEvent.CHANGES_ASKED, need, reason=reason)
    told = {need.author_id} | recipients.unit_leaders(session, need)
    tell_of(session, told, NeedTopic.CHANGES_ASKED, event, need, reason=reason)


def refuse_need(session: Session, actor: Actor, *, need: Need, version: int, reason: str) -> None:
    """A leader says that the unit does not stand behind it, also after having said that it does."""
    need.expect_version(version)
    check_refusable(actor, need)
    _send_back(actor, need, NeedMove.REFUSE, SentBack.LEADER, reason)
    need.endorsed_by_id = need.endorsed_at = None
    event = record(session, actor, NeedEvent.REFUSED, need, reason=reason)
    session.expire(need, ["endorsed_by"])
    told = {need.author_id} | recipients.coordinators(session, need)
    tell_of(session, told, NeedTopic.REFUSED, event, need, reason=reason)


def take_back_need(
    session: Session, actor: Actor, *, need: Need, version: int, reason: str
) -> None:
    """The unit wants to write on; what a leader has endorsed stands until the text changes."""
    need.expect_version(version)
    check_taking_back(actor, need)
    _send_back(actor, need, NeedMove.TAKE_BACK, SentBack.UNIT, reason)
    event = record(session, actor, NeedEvent.TAKEN_BACK, need, reason=reason)
    told = {need.author_id} | recipients.unit_leaders(session, need)
    told |= recipients.coordinators(session, need)
    tell_of(session, told, NeedTopic.TAKEN_BACK, event, need, reason=reason)


def check_refusable(actor: Actor, need: Need) -> None:
    if not policies.can_endorse(actor, need):
        raise NotAllowed(NeedRefusal.UNIT_LEADERS_ONLY, unit=need.unit.name)
    NEED_LIFECYCLE.check(need.state, NeedMove.REFUSE)


def check_taking_back(actor: Actor, need: Need) -> None:
    expect_writer(actor, need)
    NEED_LIFECYCLE.check(need.state, NeedMove.TAKE_BACK)


def _send_back(actor: Actor, need: Need, move: NeedMove, sent_back: SentBack, reason: str) -> None:
    NEED_LIFECYCLE.make(need, move, reason=reason)
    need.sent_back_as, need.sent_back_by_id = sent_back, actor.person_id
    need.review_comment, need.updated_at = reason.strip(), now()
