"""The only place that changes which units are in a need."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import tell
from marketplace.core.reactions import run_reactions
from marketplace.core.texts import expect_shared_text
from marketplace.needs import recipients
from marketplace.needs.joining import policies, queries
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import (
    JOINABLE,
    PARTICIPATION_LIFECYCLE,
    NeedRefusal,
    ParticipationEvent,
    ParticipationMove,
    ParticipationRefusal,
    ParticipationState,
    ParticipationTopic,
)
from marketplace.needs.told import JoiningTold, named

MOST_PEOPLE, MOST_HOURS = 1_000_000, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a unit brings into a need of another."""

    site: str
    contribution: str
    hours: int | None
    target_count: int | None
    contact_id: int | None


# ---------------------------------------------------------------- joining


def ask_to_join(
    session: Session, actor: Actor, *, need: Need, unit: Unit, share: Share
) -> NeedParticipation:
    session.refresh(need, ["state", "version"], with_for_update=True)
    _expect_joinable_by(session, actor, need, unit)
    refuse_too_many(session, actor, ParticipationEvent.ASKED)
    participation = NeedParticipation(
        need=need,
        unit=unit,
        state=ParticipationState.ASKED,
        site=_expect_text("site", share.site),
        contribution=_expect_text("contribution", share.contribution),
        hours=_expect_number("hours", share.hours, 0, MOST_HOURS),
        target_count=_expect_number("target_count", share.target_count, 1, MOST_PEOPLE),
        contact_id=_expect_contact(session, unit, share.contact_id),
        asked_by_id=actor.person_id,
        asked_at=now(),
    )
    session.add(participation)
    event = record(session, actor, ParticipationEvent.ASKED, participation)
    leaders = queries.leaders_of(session, unit.id)
    _tell(session, leaders, ParticipationTopic.ENDORSEMENT_ASKED, event, participation)
    return participation


def expect_open_for_joining(need: Need) -> None:
    if need.state not in JOINABLE:
        raise NotNow(ParticipationRefusal.NOT_JOINABLE, state=need.state)


def _expect_joinable_by(session: Session, actor: Actor, need: Need, unit: Unit) -> None:
    if not policies.can_ask_for(actor, unit.id):
        raise NotAllowed(ParticipationRefusal.UNIT_MEMBERS_ONLY, unit=unit.name)
    if unit.organisation_id != need.unit.organisation_id:
        raise NotAllowed(ParticipationRefusal.OTHER_MUNICIPALITY)
    if unit.id == need.unit_id:
        raise NotNow(ParticipationRefusal.OWN_NEED, unit=unit.name)
    expect_open_for_joining(need)
    if queries.find_standing(session, need.id, unit.id) is not None:
        raise NotNow(ParticipationRefusal.ALREADY_JOINED, unit=unit.name)


def endorse_participation(
    session: Session, actor: Actor, *, participation: NeedParticipation, version: int
) -> None:
    """The unit's leader stands behind it: from here on the unit is in the need."""
    participation.expect_version(version)
    need, unit = participation.need, participation.unit
    if not policies.can_endorse(actor, participation):
        raise NotAllowed(ParticipationRefusal.UNIT_LEADERS_ONLY, unit=unit.name)
    _hold(session, need, unit)
    PARTICIPATION_LIFECYCLE.check(participation.state, ParticipationMove.ENDORSE)
    expect_open_for_joining(need)
    PARTICIPATION_LIFECYCLE.make(participation, ParticipationMove.ENDORSE)
    participation.endorsed_by_id, participation.endorsed_at = actor.person_id, now()
    event = record(session, actor, ParticipationEvent.ENDORSED, participation)
    told = recipients.followers(session, need) | recipients.coordinators(session, need)
    _tell(session, told, ParticipationTopic.JOINED, event, participation)
    run_reactions(session, actor, ParticipationEvent.ENDORSED, participation)


def withdraw_participation(
    session: Session, actor: Actor, *, participation: NeedParticipation, version: int, reason: str
) -> None:
    participation.expect_version(version)
    expect_may_withdraw(actor, participation)
    was_in = participation.state is ParticipationState.ENDORSED
    told = _concerned(session, participation, was_in=was_in)
    reason = reason.strip()
    PARTICIPATION_LIFECYCLE.make(participation, ParticipationMove.WITHDRAW, reason=reason)
    participation.withdrawn_by_id, participation.withdrawn_at = actor.person_id, now()
    participation.withdrawal_reason = reason
    event = record(session, actor, ParticipationEvent.WITHDRAWN, participation, reason=reason)
    _tell(session, told, ParticipationTopic.WITHDRAWN, event, participation, reason=reason)
    run_reactions(session, actor, ParticipationEvent.WITHDRAWN, participation)


def expect_may_withdraw(actor: Actor, participation: NeedParticipation) -> None:
    if policies.can_withdraw(actor, participation):
        return
    asked = participation.state is ParticipationState.ASKED
    refusal = (
        ParticipationRefusal.OWN_UNIT_OR_COORDINATORS
        if asked
        else ParticipationRefusal.LEADERS_AND_COORDINATORS_ONLY
    )
    raise NotAllowed(refusal, unit=participation.unit.name)


# ---------------------------------------------------------------- shared steps


def _hold(session: Session, need: Need, unit: Unit) -> None:
    """Unit, then need, as an approval does: what it counts does not change meanwhile."""
    session.refresh(unit, ["capacity", "version"], with_for_update=True)
    session.refresh(need, ["state", "version"], with_for_update={"read": True})


def _expect_text(field: str, text: str) -> str:
    missing, personal = ParticipationRefusal.TEXT_MISSING, NeedRefusal.PERSONAL_DATA
    return expect_shared_text(field, text, missing, personal)


def _expect_number(field: str, number: int | None, least: int, most: int) -> int:
    if number is None or not least <= number <= most:
        raise InvalidField(field, ParticipationRefusal.NUMBER_OUTSIDE, least=least, most=most)
    return number


def _expect_contact(session: Session, unit: Unit, person_id: int | None) -> int:
    if person_id is None or not queries.works_in(session, person_id, unit.id):
        raise InvalidField("contact_id", ParticipationRefusal.CONTACT_OUTSIDE_UNIT, unit=unit.name)
    return person_id


def _concerned(session: Session, participation: NeedParticipation, *, was_in: bool) -> set[int]:
    """All who follow the need where the unit was in it; else only the unit that had asked."""
    need = participation.need
    own = {participation.asked_by_id} | queries.leaders_of(session, participation.unit_id)
    everybody = recipients.followers(session, need) | recipients.coordinators(session, need)
    return own | (everybody if was_in else set())


def _tell(
    session: Session,
    people: Iterable[int],
    topic: ParticipationTopic,
    event: AuditEvent,
    participation: NeedParticipation,
    reason: str | None = None,
) -> None:
    need = participation.need
    told = JoiningTold(**named(need), unit=participation.unit.name, reason=reason)
    tell(session, people, topic, event, told)
