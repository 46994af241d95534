"""The only place that changes interests."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.awaited import is_approved
from marketplace.accounts.states import AccountRefusal
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import SYSTEM, Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import tell
from marketplace.core.reactions import run_reactions
from marketplace.core.texts import expect_text
from marketplace.interests import policies, queries, recipients
from marketplace.interests.models import Interest
from marketplace.interests.states import (
    INTEREST_LIFECYCLE,
    InterestEvent,
    InterestMove,
    InterestRefusal,
    InterestTopic,
)
from marketplace.interests.told import AnswersTold, InterestTold
from marketplace.needs.awaited import answers_are_over, stands_after_its_deadline
from marketplace.needs.models import Need
from marketplace.needs.states import NeedEvent, NeedState
from marketplace.needs.told import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """How a concept meets a need, point by point."""

    meets_problem: str
    meets_target_group: str
    meets_effect: str
    needs_from_unit: str


def register_interest(
    session: Session, actor: Actor, *, need: Need, concept: Concept, points: Points
) -> Interest:
    """Answer a published need with a published concept, once."""
    _lock(session, need, concept)
    check_registrable(session, actor, need=need, concept=concept)
    refuse_too_many(session, actor, InterestEvent.REGISTERED)
    interest = Interest(
        need_id=need.id, concept_id=concept.id, person_id=actor.person_id, **_answered(points)
    )
    session.add(interest)
    event = record(session, actor, InterestEvent.REGISTERED, interest)
    _tell_unit(session, InterestTopic.REGISTERED, event, interest)
    run_reactions(session, actor, InterestEvent.REGISTERED, interest)
    return interest


def change_interest(
    session: Session, actor: Actor, *, interest: Interest, version: int, points: Points
) -> None:
    """Improve the answer, until the deadline."""
    interest.expect_version(version)
    expect_owner(actor, interest)
    check_changeable(interest)
    changed = {
        name: text for name, text in _answered(points).items() if getattr(interest, name) != text
    }
    if not changed:
        return
    for name, text in changed.items():
        setattr(interest, name, text)
    record(session, actor, InterestEvent.CHANGED, interest)


def withdraw_interest(
    session: Session, actor: Actor, *, interest: Interest, version: int, reason: str
) -> None:
    """Take the answer back; a later stage refuses while a pairing rests on it."""
    interest.expect_version(version)
    expect_owner(actor, interest)
    reason = reason.strip()
    INTEREST_LIFECYCLE.make(interest, InterestMove.WITHDRAW, reason=reason)
    interest.withdrawn_at, interest.withdrawal_reason = now(), reason
    event = record(session, actor, InterestEvent.WITHDRAWN, interest, reason=reason)
    _tell_unit(session, InterestTopic.WITHDRAWN, event, interest)
    run_reactions(session, actor, InterestEvent.WITHDRAWN, interest)


def decline_interest(
    session: Session, actor: Actor, *, interest: Interest, version: int, reason: str
) -> None:
    """The unit says no, and why; a later stage refuses while a pairing rests on it."""
    interest.expect_version(version)
    check_declinable(actor, interest)
    reason = reason.strip()
    INTEREST_LIFECYCLE.make(interest, InterestMove.DECLINE, reason=reason)
    interest.declined_by_id, interest.declined_at = actor.person_id, now()
    interest.decline_reason = reason
    event = record(session, actor, InterestEvent.DECLINED, interest, reason=reason)
    told = InterestTold(**named(interest.need), interest_id=interest.id, reason=reason)
    tell(session, recipients.owners(session, interest), InterestTopic.DECLINED, event, told)
    run_reactions(session, actor, InterestEvent.DECLINED, interest)


def tell_deadline_passed(session: Session, need_id: int, _day: date) -> None:
    """Tell the unit once, with what has come in, unless the need was closed since it was found.

    There is nothing to close: whether a need takes interests is asked of its date, so the deadline
    holds to the minute also where no worker runs.
    """
    held = select(Need).where(Need.id == need_id).with_for_update(of=Need, key_share=True)
    need = session.scalars(held.execution_options(populate_existing=True)).one()
    if not stands_after_its_deadline(need):
        return
    titles = queries.titles_of_answers(session, need)
    event = record(
        session, SYSTEM, NeedEvent.INTERESTS_CLOSED, need, extra={"answers": len(titles)}
    )
    told = AnswersTold(**named(need), concepts=tuple(titles))
    people = recipients.receivers(session, need)
    tell(session, people, InterestTopic.DEADLINE_PASSED, event, told)


def check_registrable(session: Session, actor: Actor, *, need: Need, concept: Concept) -> None:
    """Refuse before a form is filled in for nothing, and again when it is sent."""
    if not policies.can_register(actor, concept):
        raise NotAllowed(InterestRefusal.OWNERS_ONLY)
    if not is_approved(concept.organisation):
        raise NotNow(AccountRefusal.ORGANISATION_NOT_APPROVED)
    check_open(need)
    if concept.state is not ConceptState.PUBLISHED:
        raise NotNow(InterestRefusal.CONCEPT_NOT_PUBLISHED)
    if queries.standing_interest(session, need.id, concept.id):
        raise NotNow(InterestRefusal.ALREADY_REGISTERED)


def check_open(need: Need) -> None:
    """Refuse where the need takes no interests; the day of the deadline is the last."""
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(InterestRefusal.NEED_NOT_OPEN)
    if answers_are_over(need):
        raise NotNow(InterestRefusal.DEADLINE_PASSED)


def check_changeable(interest: Interest) -> None:
    INTEREST_LIFECYCLE.check(interest.state, InterestMove.CHANGE)
    check_open(interest.need)


def check_declinable(actor: Actor, interest: Interest) -> None:
    if not policies.can_decline(actor, interest):
        raise NotAllowed(InterestRefusal.UNIT_MEMBERS_ONLY, unit=interest.need.unit.name)
    INTEREST_LIFECYCLE.check(interest.state, InterestMove.DECLINE)
    if not policies.is_open(interest.need):
        raise NotNow(InterestRefusal.NEED_CLOSED)


def expect_owner(actor: Actor, interest: Interest) -> None:
    if not policies.can_change(actor, interest):
        raise NotAllowed(InterestRefusal.OWNERS_ONLY)


def _lock(session: Session, need: Need, concept: Concept) -> None:
    """Nobody closes the need or archives the concept while an interest is being registered."""
    for row in (need, concept):
        session.refresh(row, ["state", "version"], with_for_update={"read": True})


def _answered(points: Points) -> dict[str, str]:
    """The points without stray space; every one of them has to be answered."""
    return {
        name: expect_text(name, text, InterestRefusal.POINT_MISSING)
        for name, text in asdict(points).items()
    }


def _tell_unit(
    session: Session, topic: InterestTopic, event: AuditEvent, interest: Interest
) -> None:
    need = interest.need
    told = InterestTold(**named(need), interest_id=interest.id)
    tell(session, recipients.receivers(session, need), topic, event, told)
