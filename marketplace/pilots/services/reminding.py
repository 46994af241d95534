"""Reminders of checkpoints: both sides before the day, the silent side after, then coordinators."""

from datetime import date

from sqlalchemy.orm import Session

from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from marketplace.core.outbox import tell
from marketplace.pairings.recipients import deciders
from marketplace.pairings.states import PARTIES, Side
from marketplace.pairings.told import named
from marketplace.pilots import queries, recipients
from marketplace.pilots.awaited import awaits_report
from marketplace.pilots.models import Checkpoint
from marketplace.pilots.states import (
    CheckpointReminder,
    PilotEvent,
    PilotTopic,
)
from marketplace.pilots.told import CheckpointTold

TOPICS = {
    CheckpointReminder.NEAR: PilotTopic.CHECKPOINT_NEAR,
    CheckpointReminder.OVERDUE: PilotTopic.CHECKPOINT_OVERDUE,
    CheckpointReminder.LONG_OVERDUE: PilotTopic.CHECKPOINT_LONG_OVERDUE,
}


def remind(kind: CheckpointReminder, session: Session, checkpoint_id: int, _day: date) -> None:
    checkpoint = queries.get_checkpoint_with_case(session, checkpoint_id)
    silent = _silent_sides(checkpoint)
    if not silent:
        return
    pairing = checkpoint.pilot.pairing
    people = set().union(*(recipients.contact_of(session, pairing, side) for side in silent))
    if kind is CheckpointReminder.LONG_OVERDUE:
        people = deciders(session, pairing)
    said = {"reminder": kind.value, "sides": [side.value for side in silent]}
    event = record(session, SYSTEM, PilotEvent.REMINDED, checkpoint, extra=said)
    told = CheckpointTold(**named(pairing), day=checkpoint.due_on)
    tell(session, people, TOPICS[kind], event, told)


def _silent_sides(checkpoint: Checkpoint) -> list[Side]:
    """Who has not reported; nobody where there is nothing to report on any more."""
    pilot = checkpoint.pilot
    return [s for s in PARTIES if awaits_report(pilot.pairing, pilot, checkpoint, s)]
