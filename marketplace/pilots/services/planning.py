"""What a version of the agreement that comes into force means for the test."""

from sqlalchemy.orm import Session

from marketplace.agreements.models import AgreedCheckpoint, Agreement
from marketplace.agreements.states import AgreementTrigger
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.outbox import tell
from marketplace.core.reactions import run_reactions
from marketplace.pairings.capacity import capacity_refusals
from marketplace.pairings.services.closing import resume_test
from marketplace.pairings.told import CaseTold, named
from marketplace.pilots import queries, recipients
from marketplace.pilots.locks import hold_pilot
from marketplace.pilots.models import Checkpoint, Pilot
from marketplace.pilots.services.efforts import watch_cap
from marketplace.pilots.states import (
    PILOT_LIFECYCLE,
    Ending,
    PilotEvent,
    PilotMove,
    PilotState,
    PilotTopic,
)


def follow_agreement(session: Session, actor: Actor, agreement: Agreement) -> None:
    """Plan the test by the first version; bring it in line with each later one."""
    pilot = queries.find_pilot(session, agreement.pairing_id)
    if pilot is None:
        _plan(session, actor, agreement)
        return
    hold_pilot(session, pilot)
    _fit_checkpoints(session, actor, pilot, agreement)
    extended = agreement.trigger is AgreementTrigger.EXTENSION
    if extended and pilot.ending is Ending.COMPLETED:
        _resume(session, actor, pilot)
    watch_cap(session, actor, pilot)


def _plan(session: Session, actor: Actor, agreement: Agreement) -> None:
    pilot = Pilot(
        pairing_id=agreement.pairing_id,
        pairing=agreement.pairing,
        state=PilotState.PLANNED,
        checkpoints=[_checkpoint(agreed) for agreed in agreement.checkpoints],
        efforts=[],
        measurements=[],
    )
    session.add(pilot)
    record(session, actor, PilotEvent.PLANNED, pilot, extra={"agreement": agreement.number})


def _checkpoint(agreed: AgreedCheckpoint) -> Checkpoint:
    return Checkpoint(due_on=agreed.due_on, topic=agreed.topic, reports=[])


def _fit_checkpoints(session: Session, actor: Actor, pilot: Pilot, agreement: Agreement) -> None:
    """What somebody has reported on stays; of the rest, only what is agreed now."""
    agreed = {checkpoint.due_on: checkpoint for checkpoint in agreement.checkpoints}
    changed = False
    for checkpoint in pilot.checkpoints:
        now_agreed = agreed.pop(checkpoint.due_on, None)
        changed = _fit(checkpoint, now_agreed) or changed
    pilot.checkpoints.extend(_checkpoint(added) for added in agreed.values())
    if agreed or changed:
        number = {"agreement": agreement.number}
        record(session, actor, PilotEvent.CHECKPOINTS_CHANGED, pilot, extra=number)
        session.expire(pilot, ["checkpoints"])  # in the order of their days


def _fit(checkpoint: Checkpoint, agreed: AgreedCheckpoint | None) -> bool:
    if checkpoint.reports:
        return False
    before = (checkpoint.topic, checkpoint.dropped_at is None)
    if agreed is None:
        checkpoint.dropped_at = checkpoint.dropped_at or now()
    else:
        checkpoint.topic, checkpoint.dropped_at = agreed.topic, None
    return before != (checkpoint.topic, checkpoint.dropped_at is None)


def _resume(session: Session, actor: Actor, pilot: Pilot) -> None:
    """The test goes on after an extension; how it had ended stays in the audit trail."""
    PILOT_LIFECYCLE.make(pilot, PilotMove.RESUME)
    pilot.ended_by_id = pilot.ended_at = pilot.ending = pilot.ended_under_id = None
    for refusal in capacity_refusals(session, pilot.pairing):
        raise refusal
    resume_test(pilot.pairing)
    event = record(session, actor, PilotEvent.RESUMED, pilot)
    told = recipients.everybody(session, pilot.pairing)
    tell(session, told, PilotTopic.RESUMED, event, CaseTold(**named(pilot.pairing)))
    run_reactions(session, actor, PilotEvent.RESUMED, pilot)
