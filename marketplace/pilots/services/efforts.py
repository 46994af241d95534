"""Hours and money that a side has used: what may be entered, and what happens at the cost cap."""

from datetime import date

from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import record
from marketplace.core.clock import NORWAY, today
from marketplace.core.errors import InvalidField
from marketplace.core.outbox import tell
from marketplace.core.texts import expect_text
from marketplace.pairings.states import Side
from marketplace.pairings.told import CaseTold, named
from marketplace.pilots import queries, recipients
from marketplace.pilots.budget import cap_level
from marketplace.pilots.locks import hold_pilot
from marketplace.pilots.models import Effort, Pilot
from marketplace.pilots.services.expectations import (
    expect_open_case,
    expect_side,
)
from marketplace.pilots.states import CapLevel, PilotEvent, PilotRefusal, PilotTopic

MOST_HOURS = 20_000
MOST_MONEY = 100_000_000
"""More than this in one entry is a slip of the keyboard."""


def record_effort(
    session: Session,
    actor: Actor,
    *,
    pilot: Pilot,
    hours: int,
    money: int,
    used_on: date,
    note: str,
) -> None:
    """Outside the checkpoints. An entry is never changed: a wrong one is taken back by another."""
    hold_pilot(session, pilot)
    side = expect_may_record(actor, pilot)
    if used_on > today():
        raise InvalidField("used_on", PilotRefusal.DATE_AHEAD)
    first = first_day_of_use(session, pilot)
    if used_on < first:
        raise InvalidField("used_on", PilotRefusal.DATE_BEFORE_AGREEMENT, first=first)
    _expect_sound(session, pilot, side, hours, money)
    effort = Effort(
        pilot_id=pilot.id,
        side=side,
        hours=hours,
        money=money,
        used_on=used_on,
        note=expect_text("note", note, PilotRefusal.TEXT_MISSING),
        recorded_by_id=person_of(actor),
    )
    session.add(effort)
    session.flush()
    session.expire(pilot, ["efforts"])
    said = {"side": side.value, "hours": hours, "money": money, "used_on": used_on.isoformat()}
    record(session, actor, PilotEvent.EFFORT_RECORDED, pilot, reason=effort.note, extra=said)
    watch_cap(session, actor, pilot)


def first_day_of_use(session: Session, pilot: Pilot) -> date:
    """Preparing counts from when both have signed, or from the first day of what they signed."""
    signed = pilot.created_at.astimezone(NORWAY).date()
    agreed = [
        version.test_starts_on
        for version in agreements.list_versions(session, pilot.pairing_id)
        if version.unit_signed_at and version.entrepreneur_signed_at and version.test_starts_on
    ]
    return min([signed, *agreed])


def expect_may_record(actor: Actor, pilot: Pilot) -> Side:
    side = expect_side(actor, pilot)
    expect_open_case(pilot)
    return side


def expect_in_range(hours: int, money: int, *, least: int = 0) -> None:
    for field, value, most in (("hours", hours, MOST_HOURS), ("money", money, MOST_MONEY)):
        smallest = least * most
        if not smallest <= value <= most:
            raise InvalidField(field, PilotRefusal.NUMBER_OUT_OF_RANGE, least=smallest, most=most)


def _expect_sound(session: Session, pilot: Pilot, side: Side, hours: int, money: int) -> None:
    """A correction takes back no more than the side has entered."""
    expect_in_range(hours, money, least=-1)
    if not hours and not money:
        raise InvalidField("hours", PilotRefusal.NOTHING_USED)
    used = queries.sums_by_side(session, pilot.id)[side]
    for field, sum_before, change in zip(("hours", "money"), used, (hours, money), strict=True):
        if sum_before + change < 0:
            raise InvalidField(field, PilotRefusal.BELOW_NOTHING, used=sum_before)


def watch_cap(session: Session, actor: Actor, pilot: Pilot) -> None:
    """Tell once of each cost cap that is exceeded; the caller holds the pilot."""
    agreement = agreements.find_in_force(session, pilot.pairing_id)
    cap = agreement.cost_cap if agreement is not None else None
    money = sum(side_money for _, side_money in queries.sums_by_side(session, pilot.id).values())
    if cap_level(money, cap) is not CapLevel.OVER or pilot.cap_told == cap:
        return
    pilot.cap_told = cap
    event = record(session, actor, PilotEvent.CAP_EXCEEDED, pilot, extra={"money": money})
    people = recipients.answerable_for_costs(session, pilot.pairing)
    tell(session, people, PilotTopic.OVER_COST_CAP, event, CaseTold(**named(pilot.pairing)))
