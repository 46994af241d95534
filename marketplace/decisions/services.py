"""The only place that changes decisions.

A decision is awaited from the moment the test is completed. It is made once: whoever has the
decision maker's role buys, stops, or extends the test, and says why to both sides.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.services import beginning
from marketplace.agreements.states import AgreementTrigger
from marketplace.core.actor import SYSTEM, Actor
from marketplace.core.audit import record
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import tell
from marketplace.core.reactions import run_reactions
from marketplace.decisions import policies, queries, recipients
from marketplace.decisions.awaited import is_awaited
from marketplace.decisions.models import Decision
from marketplace.decisions.states import (
    DECISION_LIFECYCLE,
    NEEDED_ROLES,
    DecisionEvent,
    DecisionMove,
    DecisionRefusal,
    DecisionState,
    DecisionTopic,
    Reminder,
)
from marketplace.pairings.capacity import capacity_refusals
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.services.telling import tell_partner
from marketplace.pairings.states import CaseRole
from marketplace.pairings.told import CaseTold, named
from marketplace.pilots import queries as pilots
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending, PilotState
from marketplace.programmes.states import ProgrammeTopic

# ---------------------------------------------------------------- the clock starts


def await_decision(session: Session, actor: Actor, pilot: Pilot) -> Decision:
    """Start the clock: the test is completed, and its date stands in the agreement in force."""
    pairing = pilot.pairing
    agreement = agreements.find_in_force(session, pairing.id)
    if agreement is None or agreement.decision_on is None:
        raise NotNow(DecisionRefusal.AGREEMENT_MISSING)
    before = queries.find_latest(session, pairing.id)
    decision = Decision(
        pairing_id=pairing.id,
        pairing=pairing,
        number=before.number + 1 if before is not None else 1,
        state=DecisionState.AWAITED,
        awaited_since=pilot.ended_at or now(),
        due_on=agreement.decision_on,
    )
    session.add(decision)
    event = record(session, actor, DecisionEvent.AWAITED, decision)
    # Everybody else reads of it in what the pilot tells them: the test is completed.
    people = recipients.decision_makers(session, pairing)
    tell(session, people, DecisionTopic.AWAITED, event, CaseTold(**named(pairing)))
    return decision


# ---------------------------------------------------------------- the decision maker decides


def decide_to_buy(
    session: Session, actor: Actor, *, decision: Decision, version: int, reason: str
) -> None:
    _expect_decidable(actor, decision, version, DecisionMove.BUY)
    _decide(actor, decision, DecisionMove.BUY, reason)
    _announce(session, actor, decision, DecisionEvent.BOUGHT, DecisionTopic.BOUGHT)


def decide_to_stop(
    session: Session, actor: Actor, *, decision: Decision, version: int, reason: str
) -> None:
    _expect_decidable(actor, decision, version, DecisionMove.STOP)
    _decide(actor, decision, DecisionMove.STOP, reason)
    _announce(session, actor, decision, DecisionEvent.STOPPED, DecisionTopic.STOPPED)


def decide_to_extend(
    session: Session,
    actor: Actor,
    *,
    decision: Decision,
    version: int,
    reason: str,
    extended_to: date | None,
) -> None:
    """Test on, once: both sides sign a new version with the new dates, and the pilot goes on."""
    _expect_decidable(actor, decision, version, DecisionMove.EXTEND)
    if decision.number > 1:
        raise NotNow(DecisionRefusal.EXTENDED_BEFORE)
    new_date = _expect_later(decision, extended_to)
    # Asked again when the extension is signed: the room may have gone meanwhile.
    for refusal in capacity_refusals(session, decision.pairing):
        raise refusal
    _decide(actor, decision, DecisionMove.EXTEND, reason)
    decision.extended_to = new_date
    _announce(session, actor, decision, DecisionEvent.EXTENDED, DecisionTopic.EXTENDED)
    beginning.start_version(
        session,
        actor,
        pairing=decision.pairing,
        trigger=AgreementTrigger.EXTENSION,
        reason=reason.strip(),
        decision_on=new_date,
    )


# ---------------------------------------------------------------- done by the clock

_REMINDED_IN: dict[Reminder, DecisionTopic] = {
    Reminder.BEFORE: DecisionTopic.DUE_SOON,
    Reminder.ON_THE_DAY: DecisionTopic.DUE_TODAY,
    Reminder.LATE: DecisionTopic.OVERDUE,
    Reminder.VERY_LATE: DecisionTopic.FAR_OVERDUE,
}


def remind(reminder: Reminder, session: Session, decision_id: int, _day: date) -> None:
    """Tell those whom it concerns by now, unless the decision was made since it was found."""
    held = select(Decision).where(Decision.id == decision_id).with_for_update()
    decision = session.scalars(held.execution_options(populate_existing=True)).one()
    if not is_awaited(decision):
        return
    which = {"reminder": reminder.value}
    event = record(session, SYSTEM, DecisionEvent.REMINDED, decision, extra=which)
    people = recipients.reminded(session, decision, reminder)
    tell(session, people, _REMINDED_IN[reminder], event, CaseTold(**named(decision.pairing)))


# ---------------------------------------------------------------- parts of the moves


def expect_awaited(session: Session, pairing: Pairing) -> Decision:
    """The decision that somebody can make now; refuses and says why there is none."""
    latest = queries.find_latest(session, pairing.id)
    if latest is not None:
        return latest
    pilot = pilots.find_pilot(session, pairing.id)
    if pilot is not None and pilot.state is PilotState.ENDED and pilot.ending is Ending.STOPPED:
        raise NotNow(DecisionRefusal.PILOT_STOPPED)
    raise NotNow(DecisionRefusal.NOT_AWAITED)


def _expect_decidable(actor: Actor, decision: Decision, version: int, move: DecisionMove) -> None:
    """The row as it was seen, the person, the moment, and the roles that the move needs."""
    decision.expect_version(version)
    pairing = decision.pairing
    role_map.expect_filled(pairing, {CaseRole.DECISION_MAKER})
    refusal = policies.deciding_refusal(actor, decision)
    if refusal is not None:
        raise NotAllowed(refusal, role=CaseRole.DECISION_MAKER)
    DECISION_LIFECYCLE.check(decision.state, move)
    role_map.expect_filled(pairing, NEEDED_ROLES[move])


def _expect_later(decision: Decision, extended_to: date | None) -> date:
    if extended_to is None:
        raise InvalidField("extended_to", DecisionRefusal.DATE_MISSING)
    if extended_to <= decision.due_on:
        raise InvalidField("extended_to", DecisionRefusal.DATE_NOT_LATER)
    if extended_to <= today():
        raise InvalidField("extended_to", DecisionRefusal.DATE_PASSED)
    return extended_to


def _decide(actor: Actor, decision: Decision, move: DecisionMove, reason: str) -> None:
    DECISION_LIFECYCLE.make(decision, move, reason=reason)
    decision.decided_by_id, decision.decided_at = actor.person_id, now()
    decision.reasons = reason.strip()


_FOR_PARTNER = {
    DecisionTopic.BOUGHT: ProgrammeTopic.CASE_BOUGHT,
    DecisionTopic.EXTENDED: ProgrammeTopic.CASE_EXTENDED,
    DecisionTopic.STOPPED: ProgrammeTopic.CASE_NOT_BOUGHT,
}


def _announce(
    session: Session, actor: Actor, decision: Decision, event: DecisionEvent, topic: DecisionTopic
) -> None:
    pairing = decision.pairing
    recorded = record(session, actor, event, decision, reason=decision.reasons)
    told = CaseTold(**named(pairing), reason=decision.reasons)
    tell(session, recipients.concerned(session, pairing), topic, recorded, told)
    tell_partner(session, pairing, _FOR_PARTNER[topic], recorded)
    run_reactions(session, actor, event, decision)
