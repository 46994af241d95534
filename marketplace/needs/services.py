"""All changes of needs. Each checks who, then when; writes the event; tells those it concerns."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.accounts.states import Language
from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import Incomplete, InvalidField, NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import tell
from marketplace.core.personal_data import expect_no_personal_data
from marketplace.core.reactions import run_reactions
from marketplace.core.revision import Collection, next_revision
from marketplace.core.texts import expect_shared_text
from marketplace.needs import policies, queries
from marketplace.needs.models import Need, NeedAddendum
from marketplace.needs.requirements import missing_for_publishing, missing_for_submitting
from marketplace.needs.states import (
    EDITABLE,
    ENDORSABLE,
    NEED_LIFECYCLE,
    NeedEvent,
    NeedMove,
    NeedOutcome,
    NeedRefusal,
    NeedState,
    NeedTopic,
)
from marketplace.needs.told import ClosedTold, NeedTold, named

CONTENT = frozenset(
    {
        "language", "title", "problem", "target_group", "target_count", "tried",
        "wanted_effect", "effect_measure", "contribution", "contribution_hours",
        "contact_id", "decision_maker_id", "budget_status", "estimated_value",
        "service_category", "intended_route", "questions_close_on", "interests_close_on",
        "raised_by",
    }
)  # fmt: skip
"""What a unit writes. A leader endorses all of it, so a change of any of it lapses that."""

LOCKED = {
    NeedState.IN_REVIEW: NeedRefusal.LOCKED_IN_REVIEW,
    NeedState.PUBLISHED: NeedRefusal.LOCKED_PUBLISHED,
    NeedState.CLOSED: NeedRefusal.LOCKED_CLOSED,
}
"""Why the text cannot be changed, in each state in which it cannot."""

_PEOPLE = {"contact_id": "contact", "decision_maker_id": "decision_maker"}


# ---------------------------------------------------------------- writing


def create_need(
    session: Session,
    actor: Actor,
    *,
    unit: Unit,
    title: str = "",
    language: Language = Language.BOKMAL,
) -> Need:
    if not policies.can_write_in(actor, unit.id):
        raise NotAllowed(NeedRefusal.UNIT_MEMBERS_ONLY, unit=unit.name)
    refuse_too_many(session, actor, NeedEvent.CREATED)
    need = Need(unit=unit, author_id=actor.person_id, title=title, language=language)
    need.state = NeedState.DRAFT
    session.add(need)
    record(session, actor, NeedEvent.CREATED, need)
    return need


def expect_editable(actor: Actor, need: Need) -> None:
    """Refuse whoever may not write, and everyone while the text is in other hands."""
    expect_writer(actor, need)
    if need.state not in EDITABLE:
        raise NotNow(LOCKED[need.state])


def save_need(
    session: Session, actor: Actor, *, need: Need, version: int, fields: Mapping[str, Any]
) -> bool:
    """Store some of the fields. Saving the same again does nothing, whatever the version."""
    expect_editable(actor, need)
    changed = differing(need, fields)
    if not changed:
        return False
    need.expect_version(version)
    _expect_people_of_the_municipality(session, need, changed)
    for name, value in changed.items():
        setattr(need, name, value)
    need.updated_at = now()
    record(session, actor, NeedEvent.CHANGED, need)
    _lapse_endorsement(session, actor, need)
    session.expire(need, [_PEOPLE[name] for name in _PEOPLE.keys() & changed.keys()])
    return True


def differing(need: Need, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields whose values are not what is stored."""
    unknown = fields.keys() - CONTENT
    if unknown:
        raise ValueError(f"no content of a need: {sorted(unknown)}")
    return {name: value for name, value in fields.items() if getattr(need, name) != value}


def _expect_people_of_the_municipality(
    session: Session, need: Need, changed: Mapping[str, Any]
) -> None:
    for name in sorted(_PEOPLE.keys() & changed.keys()):
        person_id = changed[name]
        home = need.unit.organisation_id
        if person_id and not queries.belongs_to_municipality(session, person_id, home):
            raise InvalidField(name, NeedRefusal.PERSON_OUTSIDE_MUNICIPALITY)


def _lapse_endorsement(session: Session, actor: Actor, need: Need) -> None:
    """What a leader said yes to is no longer what stands there."""
    if need.endorsed_at is None:
        return
    need.endorsed_by_id = need.endorsed_at = None
    record(session, actor, NeedEvent.ENDORSEMENT_LAPSED, need)
    session.expire(need, ["endorsed_by"])


# ---------------------------------------------------------------- towards publishing


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
        told |= queries.coordinators(session, need)
    _tell(session, told, NeedTopic.ENDORSED, event, need)


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
    _tell(session, queries.coordinators(session, need), NeedTopic.SUBMITTED, event, need)
    if need.endorsed_at is None and not policies.can_endorse(actor, need):
        leaders = queries.unit_leaders(session, need)
        _tell(session, leaders, NeedTopic.ENDORSEMENT_ASKED, event, need)


def ask_for_changes(
    session: Session, actor: Actor, *, need: Need, version: int, reason: str
) -> None:
    need.expect_version(version)
    _expect_coordinator(actor, need)
    NEED_LIFECYCLE.make(need, NeedMove.ASK_FOR_CHANGES, reason=reason)
    need.review_comment, need.updated_at = reason, now()
    event = record(session, actor, NeedEvent.CHANGES_ASKED, need, reason=reason)
    told = {need.author_id} | queries.unit_leaders(session, need)
    _tell(session, told, NeedTopic.CHANGES_ASKED, event, need, reason=reason)


def publish_need(session: Session, actor: Actor, *, need: Need, version: int) -> None:
    need.expect_version(version)
    _expect_coordinator(actor, need)
    if policies.is_author(actor, need):
        raise NotAllowed(NeedRefusal.OWN_NEED)
    NEED_LIFECYCLE.check(need.state, NeedMove.PUBLISH)
    missing = missing_for_publishing(need)
    if missing:
        raise Incomplete(NeedRefusal.NOT_READY, missing)
    NEED_LIFECYCLE.make(need, NeedMove.PUBLISH)
    need.published_by_id, need.published_at = actor.person_id, now()
    _show_change(session, need)
    event = record(session, actor, NeedEvent.PUBLISHED, need)
    told = {need.author_id} | queries.unit_leaders(session, need)
    _tell(session, told, NeedTopic.PUBLISHED, event, need)
    run_reactions(session, actor, NeedEvent.PUBLISHED, need)


# ---------------------------------------------------------------- after publishing


def add_addendum(
    session: Session, actor: Actor, *, need: Need, version: int, text: str
) -> NeedAddendum:
    need.expect_version(version)
    expect_writer(actor, need)
    expect_open_for_addenda(need)
    said = expect_shared_text("text", text, NeedRefusal.TEXT_MISSING, NeedRefusal.PERSONAL_DATA)
    refuse_too_many(session, actor, NeedEvent.ADDENDUM_ADDED)
    addendum = NeedAddendum(author_id=actor.person_id, text=said, at=now())
    need.addenda.append(addendum)
    _show_change(session, need)
    event = record(session, actor, NeedEvent.ADDENDUM_ADDED, need, extra={"text": addendum.text})
    _tell(session, queries.followers(session, need), NeedTopic.ADDENDUM_ADDED, event, need)
    run_reactions(session, actor, NeedEvent.ADDENDUM_ADDED, need)
    return addendum


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
    _show_change(session, need)
    event = record(session, actor, NeedEvent.CLOSED, need, reason=reason)
    told = queries.followers(session, need) | {need.author_id}
    closed = ClosedTold(**named(need), reason=reason, outcome=outcome)
    tell(session, told, NeedTopic.CLOSED, event, closed)
    run_reactions(session, actor, NeedEvent.CLOSED, need)


# ---------------------------------------------------------------- shared steps


def expect_open_for_addenda(need: Need) -> None:
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(NeedRefusal.NOT_PUBLISHED, state=need.state)


def expect_closer(actor: Actor, need: Need) -> None:
    if not policies.can_close(actor, need):
        raise NotAllowed(NeedRefusal.LEADERS_AND_COORDINATORS_ONLY, unit=need.unit.name)


def expect_writer(actor: Actor, need: Need) -> None:
    if not policies.can_write(actor, need):
        raise NotAllowed(NeedRefusal.UNIT_MEMBERS_ONLY, unit=need.unit.name)


def _expect_coordinator(actor: Actor, need: Need) -> None:
    if not policies.can_review(actor, need):
        raise NotAllowed(NeedRefusal.COORDINATORS_ONLY)


def _show_change(session: Session, need: Need) -> None:
    """Let every reader know that what is public of this need is new."""
    need.updated_at = now()
    need.revision = next_revision(session, Collection.NEEDS)


def _tell(
    session: Session,
    people: Iterable[int],
    topic: NeedTopic,
    event: AuditEvent,
    need: Need,
    reason: str | None = None,
) -> None:
    tell(session, people, topic, event, NeedTold(**named(need), reason=reason))
