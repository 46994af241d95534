"""What a unit writes, before a need is published and after."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.accounts.states import Language
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.reactions import run_reactions
from marketplace.core.target_groups import TargetGroup, proposed, set_target
from marketplace.core.texts import expect_shared_text
from marketplace.needs import policies, queries, recipients
from marketplace.needs.content import ENDORSED, differing
from marketplace.needs.models import Need, NeedAddendum
from marketplace.needs.services.telling import show_change, tell_of
from marketplace.needs.states import EDITABLE, NeedEvent, NeedRefusal, NeedState, NeedTopic

LOCKED = {
    NeedState.IN_REVIEW: NeedRefusal.LOCKED_IN_REVIEW,
    NeedState.PUBLISHED: NeedRefusal.LOCKED_PUBLISHED,
    NeedState.CLOSED: NeedRefusal.LOCKED_CLOSED,
}
"""Why the text cannot be changed, in each state in which it cannot."""

_PEOPLE = {"contact_id": "contact", "decision_maker_id": "decision_maker"}


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
    _propose_target(need)
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
    _propose_target(need)
    need.updated_at = now()
    record(session, actor, NeedEvent.CHANGED, need)
    if changed.keys() & ENDORSED:
        _lapse_endorsement(session, actor, need)
    session.expire(need, [_PEOPLE[name] for name in _PEOPLE.keys() & changed.keys()])
    return True


def _expect_people_of_the_municipality(
    session: Session, need: Need, changed: Mapping[str, Any]
) -> None:
    for name in sorted(_PEOPLE.keys() & changed.keys()):
        person_id = changed[name]
        home = need.unit.organisation_id
        if person_id and not queries.belongs_to_municipality(session, person_id, home):
            raise InvalidField(name, NeedRefusal.PERSON_OUTSIDE_MUNICIPALITY)


def _propose_target(need: Need) -> None:
    if need.target_confirmed_at is None:
        text = queries.text_of(need)
        set_target(need, proposed(need.target_group, text, title=need.title))


def confirm_target(
    session: Session, actor: Actor, *, need: Need, version: int, target: TargetGroup
) -> None:
    """Say whom the need is for. It is no part of what a leader endorses: the text says it too."""
    need.expect_version(version)
    expect_writer(actor, need)
    expect_not_closed(need)
    set_target(need, target)
    need.target_confirmed_at = need.updated_at = now()
    if need.state is NeedState.PUBLISHED:
        show_change(session, need)
    record(session, actor, NeedEvent.TARGET_GROUP_CONFIRMED, need)


def expect_not_closed(need: Need) -> None:
    if need.state is NeedState.CLOSED:
        raise NotNow(NeedRefusal.LOCKED_CLOSED)


def _lapse_endorsement(session: Session, actor: Actor, need: Need) -> None:
    """What a leader said yes to is no longer what stands there."""
    if need.endorsed_at is None:
        return
    need.endorsed_by_id = need.endorsed_at = None
    record(session, actor, NeedEvent.ENDORSEMENT_LAPSED, need)
    session.expire(need, ["endorsed_by"])


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
    show_change(session, need)
    event = record(session, actor, NeedEvent.ADDENDUM_ADDED, need, extra={"text": addendum.text})
    tell_of(session, recipients.followers(session, need), NeedTopic.ADDENDUM_ADDED, event, need)
    run_reactions(session, actor, NeedEvent.ADDENDUM_ADDED, need)
    return addendum


def expect_open_for_addenda(need: Need) -> None:
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(NeedRefusal.NOT_PUBLISHED, state=need.state)


def expect_writer(actor: Actor, need: Need) -> None:
    if not policies.can_write(actor, need):
        raise NotAllowed(NeedRefusal.UNIT_MEMBERS_ONLY, unit=need.unit.name)
