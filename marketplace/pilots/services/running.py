"""A test starts, is completed, or is stopped by one of its sides."""

from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.models import Agreement
from marketplace.agreements.policies import can_withdraw
from marketplace.agreements.services.offering import withdraw_version
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotNow
from marketplace.core.outbox import tell
from marketplace.core.reactions import run_reactions
from marketplace.core.texts import expect_text
from marketplace.pairings.policies import sides_of
from marketplace.pairings.roles import role_map
from marketplace.pairings.services.closing import end_test
from marketplace.pairings.services.telling import tell_partner
from marketplace.pairings.states import Side
from marketplace.pairings.told import CaseTold, named
from marketplace.pilots import policies, recipients
from marketplace.pilots.locks import hold_pilot
from marketplace.pilots.models import Pilot
from marketplace.pilots.results import results_of
from marketplace.pilots.services.expectations import (
    expect_agreement,
    expect_move,
    expect_open_case,
    expect_side,
)
from marketplace.pilots.starting import obstacles_to_start
from marketplace.pilots.states import (
    NEEDED_ROLES,
    PILOT_LIFECYCLE,
    Ending,
    PilotEvent,
    PilotMove,
    PilotRefusal,
    PilotTopic,
    StopReason,
)
from marketplace.pilots.told import StoppedTold
from marketplace.programmes.states import ProgrammeTopic

# ---------------------------------------------------------------- starting


def start_pilot(session: Session, actor: Actor, *, pilot: Pilot, version: int) -> None:
    hold_pilot(session, pilot)
    pilot.expect_version(version)
    expect_move(actor, pilot, PilotMove.START)
    for obstacle in obstacles_to_start(session, pilot):
        raise obstacle
    PILOT_LIFECYCLE.make(pilot, PilotMove.START)
    pilot.started_by_id, pilot.started_at = actor.person_id, now()
    event = record(session, actor, PilotEvent.STARTED, pilot)
    told = recipients.everybody(session, pilot.pairing)
    tell(session, told, PilotTopic.STARTED, event, CaseTold(**named(pilot.pairing)))
    run_reactions(session, actor, PilotEvent.STARTED, pilot)


# ---------------------------------------------------------------- completing

COMPLETED = "Utprøvingen ble fullført."
"""Why a version that was being agreed on is given up; it is stored among the texts of the case."""


def complete_pilot(session: Session, actor: Actor, *, pilot: Pilot, version: int) -> None:
    """By the unit, when something is said about every criterion; the decision comes next."""
    hold_pilot(session, pilot)
    pilot.expect_version(version)
    agreement = expect_may_complete(session, actor, pilot)
    PILOT_LIFECYCLE.make(pilot, PilotMove.COMPLETE)
    _end(actor, pilot, Ending.COMPLETED, agreement)
    event = record(session, actor, PilotEvent.COMPLETED, pilot)
    _give_up_new_version(session, actor, pilot, COMPLETED)
    told = recipients.everybody(session, pilot.pairing)
    tell(session, told, PilotTopic.COMPLETED, event, CaseTold(**named(pilot.pairing)))
    run_reactions(session, actor, PilotEvent.COMPLETED, pilot)


def expect_may_complete(session: Session, actor: Actor, pilot: Pilot) -> Agreement:
    expect_move(actor, pilot, PilotMove.COMPLETE)
    role_map.expect_filled(pilot.pairing, NEEDED_ROLES[PilotMove.COMPLETE])
    agreement = expect_agreement(session, pilot)
    missing = results_of(pilot, agreement).unmeasured
    if missing:
        named = ", ".join(f"«{criterion.title}»" for criterion in missing)
        raise NotNow(PilotRefusal.CRITERIA_UNMEASURED, criteria=named)
    return agreement


def _end(actor: Actor, pilot: Pilot, ending: Ending, agreement: Agreement | None) -> None:
    pilot.ended_by_id, pilot.ended_at, pilot.ending = actor.person_id, now(), ending
    pilot.ended_under_id = agreement.id if agreement is not None else None
    end_test(pilot.pairing)


# ---------------------------------------------------------------- stopping


def stop_pilot(
    session: Session,
    actor: Actor,
    *,
    pilot: Pilot,
    version: int,
    stop_reason: StopReason | None,
    note: str,
) -> None:
    """By either side, at once; the other is asked why it thinks the test was stopped."""
    hold_pilot(session, pilot)
    pilot.expect_version(version)
    expect_move(actor, pilot, PilotMove.STOP)
    side = expect_side(actor, pilot)
    reason, text = _expect_reason(stop_reason, note)
    agreement = agreements.find_in_force(session, pilot.pairing_id)
    PILOT_LIFECYCLE.make(pilot, PilotMove.STOP, reason=text)
    _give_reason(actor, pilot, side, reason, text)
    _end(actor, pilot, Ending.STOPPED, agreement)
    code = {"side": side.value, "stop_reason": reason.value}
    event = record(session, actor, PilotEvent.STOPPED, pilot, reason=text, extra=code)
    _give_up_new_version(session, actor, pilot, text)
    _tell_of_stop(session, pilot, side, event, reason)
    run_reactions(session, actor, PilotEvent.STOPPED, pilot)


def _give_up_new_version(session: Session, actor: Actor, pilot: Pilot, reason: str) -> None:
    """A test that is over needs no other agreement, so nobody is asked to write or sign one."""
    draft = agreements.find_open_version(session, pilot.pairing_id)
    if draft is not None and can_withdraw(draft):
        withdraw_version(session, actor, agreement=draft, version=draft.version, reason=reason)


def give_stop_reason(
    session: Session,
    actor: Actor,
    *,
    pilot: Pilot,
    version: int,
    stop_reason: StopReason | None,
    note: str,
) -> None:
    """The other side's own word; it is not changed afterwards."""
    hold_pilot(session, pilot)
    pilot.expect_version(version)
    side = expect_may_give_reason(actor, pilot)
    reason, text = _expect_reason(stop_reason, note)
    _give_reason(actor, pilot, side, reason, text)
    code = {"side": side.value, "stop_reason": reason.value}
    event = record(session, actor, PilotEvent.STOP_REASON_GIVEN, pilot, reason=text, extra=code)
    told = recipients.everybody(session, pilot.pairing)
    said = StoppedTold(**named(pilot.pairing), reason=text, stop_reason=reason)
    tell(session, told, PilotTopic.STOP_REASON_GIVEN, event, said)
    run_reactions(session, actor, PilotEvent.STOP_REASON_GIVEN, pilot)


def expect_may_give_reason(actor: Actor, pilot: Pilot) -> Side:
    expect_side(actor, pilot)
    expect_open_case(pilot)
    if pilot.ending is not Ending.STOPPED:
        raise NotNow(PilotRefusal.NOT_STOPPED)
    side = policies.side_to_give_reason(actor, pilot)
    if side is not None:
        return side
    if policies.missing_stop_reason(pilot) is None or not policies.gave_stop_reason(actor, pilot):
        raise NotNow(PilotRefusal.ALREADY_GAVE_REASON)
    raise NotNow(_silent_refusal(actor, pilot))


def _silent_refusal(actor: Actor, pilot: Pilot) -> PilotRefusal:
    """Who speaks for both sides has spoken for the one already."""
    both = len(sides_of(actor, pilot.pairing)) > 1
    return PilotRefusal.SPOKE_FOR_OTHER_SIDE if both else PilotRefusal.ALREADY_GAVE_REASON


def _expect_reason(stop_reason: StopReason | None, note: str) -> tuple[StopReason, str]:
    if stop_reason is None:
        raise InvalidField("stop_reason", PilotRefusal.STOP_REASON_MISSING)
    return stop_reason, expect_text("note", note, PilotRefusal.TEXT_MISSING)


def _give_reason(actor: Actor, pilot: Pilot, side: Side, reason: StopReason, text: str) -> None:
    if side is Side.UNIT:
        pilot.unit_stop_reason, pilot.unit_stop_note = reason, text
        pilot.unit_stop_by_id, pilot.unit_stop_at = person_of(actor), now()
    else:
        pilot.entrepreneur_stop_reason, pilot.entrepreneur_stop_note = reason, text
        pilot.entrepreneur_stop_by_id, pilot.entrepreneur_stop_at = person_of(actor), now()


def _tell_of_stop(
    session: Session, pilot: Pilot, side: Side, event: AuditEvent, reason: StopReason
) -> None:
    """Only those who are asked for a reason are asked for it."""
    other = Side.ENTREPRENEUR if side is Side.UNIT else Side.UNIT
    asked = recipients.people_of(session, pilot.pairing, other)
    said = StoppedTold(**named(pilot.pairing), reason=event.reason, stop_reason=reason)
    tell(session, asked, PilotTopic.STOP_REASON_ASKED, event, said)
    others = recipients.everybody(session, pilot.pairing) - asked
    tell(session, others, PilotTopic.STOPPED, event, said)
    tell_partner(session, pilot.pairing, ProgrammeTopic.CASE_STOPPED, event)
