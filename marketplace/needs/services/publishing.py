"""From the unit to the public: a leader endorses, a coordinator decides."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import Incomplete, NotAllowed, NotNow
from marketplace.core.reactions import run_reactions
from marketplace.needs import policies, recipients
from marketplace.needs.models import Need
from marketplace.needs.requirements import missing_for_publishing, missing_for_submitting
from marketplace.needs.services.telling import show_change, tell_of
from marketplace.needs.services.writing import expect_writer
from marketplace.needs.states import (
    ENDORSABLE,
    NEED_LIFECYCLE,
    NeedEvent,
    NeedMove,
    NeedRefusal,
    NeedState,
    NeedTopic,
)


def endorse_need(session: Session, actor: Actor, *, need: Need, version: int) -> None:
    need.expect_version(version)
    if not policies.can_endorse(actor, need):
        raise NotAllowed(NeedRefusal.UNIT_LEADERS_ONLY, unit=need.unit.name)
    if need.state not in ENDORSABLE:
        raise NotNow(NeedRefusal.NOT_ENDORSABLE, state=need.state)
    if need.endorsed_at is not None:
        raise NotNow(NeedRefusal.ALREADY_ENDORSED)
    need.endorsed_by_id, need.endorsed_at = actor.person_id, now()
    event = record(session, actor, NeedEvent.ENDORSED, need)
    session.expire(need, ["endorsed_by"])
    told = {need.author_id}
    if need.state is NeedState.IN_REVIEW:
        told |= recipients.coordinators(session, need)
    tell_of(session, told, NeedTopic.ENDORSED, event, need)


def submit_need(session: Session, actor: Actor, *, need: Need, version: int) -> None:
    """Send to the coordinators, who see what is still missing and may ask for it."""
    need.expect_version(version)
    expect_writer(actor, need)
    NEED_LIFECYCLE.check(need.state, NeedMove.SUBMIT)
    missing = missing_for_submitting(need)
    if missing:
        raise Incomplete(NeedRefusal.NOT_FOR_REVIEW, missing)
    NEED_LIFECYCLE.make(need, NeedMove.SUBMIT)
    need.submitted_at = need.updated_at = now()
    event = record(session, actor, NeedEvent.SUBMITTED, need)
    tell_of(session, recipients.coordinators(session, need), NeedTopic.SUBMITTED, event, need)
    if need.endorsed_at is None and not policies.can_endorse(actor, need):
        leaders = recipients.unit_leaders(session, need)
        tell_of(session, leaders, NeedTopic.ENDORSEMENT_ASKED, event, need)


def publish_need(session: Session, actor: Actor, *, need: Need, version: int) -> None:
    need.expect_version(version)
    expect_coordinator(actor, need)
    if policies.is_author(actor, need):
        raise NotAllowed(NeedRefusal.OWN_NEED)
    NEED_LIFECYCLE.check(need.state, NeedMove.PUBLISH)
    missing = missing_for_publishing(need)
    if missing:
        raise Incomplete(NeedRefusal.NOT_READY, missing)
    NEED_LIFECYCLE.make(need, NeedMove.PUBLISH)
    need.published_by_id, need.published_at = actor.person_id, now()
    show_change(session, need)
    event = record(session, actor, NeedEvent.PUBLISHED, need)
    told = {need.author_id} | recipients.unit_leaders(session, need)
    tell_of(session, told, NeedTopic.PUBLISHED, event, need)
    run_reactions(session, actor, NeedEvent.PUBLISHED, need)


def expect_coordinator(actor: Actor, need: Need) -> None:
    if not policies.can_review(actor, need):
        raise NotAllowed(NeedRefusal.COORDINATORS_ONLY)
