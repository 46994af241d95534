"""A side reports at a checkpoint, and confirms the agreement or asks to renegotiate it."""

from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.models import Agreement
from marketplace.agreements.services import beginning
from marketplace.agreements.states import AgreementTrigger
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField, NotNow
from marketplace.core.outbox import tell
from marketplace.core.texts import expect_shared_text
from marketplace.pairings.policies import sides_of
from marketplace.pairings.states import Side
from marketplace.pairings.told import named
from marketplace.pilots import policies, recipients
from marketplace.pilots.awaited import has_reported, opens_on
from marketplace.pilots.locks import hold_pilot
from marketplace.pilots.models import Checkpoint, CheckpointReport
from marketplace.pilots.services.efforts import expect_in_range, watch_cap
from marketplace.pilots.services.expectations import (
    expect_agreement,
    expect_nothing_against,
    expect_running,
)
from marketplace.pilots.states import (
    CheckpointAnswer,
    CheckpointStatus,
    PilotEvent,
    PilotRefusal,
    PilotTopic,
)
from marketplace.pilots.told import CheckpointTold


def report_checkpoint(
    session: Session,
    actor: Actor,
    *,
    checkpoint: Checkpoint,
    status: CheckpointStatus | None,
    note: str,
    hours: int,
    money: int,
    answer: CheckpointAnswer | None,
    reason: str = "",
) -> CheckpointReport:
    """Once for each side, and never changed; the database holds both."""
    pilot = checkpoint.pilot
    hold_pilot(session, pilot)
    side = expect_may_report(actor, checkpoint)
    if status is None:
        raise InvalidField("status", PilotRefusal.STATUS_MISSING)
    expect_in_range(hours, money)
    report = CheckpointReport(
        checkpoint_id=checkpoint.id,
        side=side,
        status=status,
        note=_expect_report_text("note", note),
        hours=hours,
        money=money,
        reported_by_id=person_of(actor),
        reported_at=now(),
    )
    agreement = _answer(session, actor, checkpoint, report, answer, reason)
    report.agreement_id = agreement.id
    session.add(report)
    session.flush()
    session.expire(checkpoint, ["reports"])
    _record(session, actor, checkpoint, report)
    watch_cap(session, actor, pilot)
    return report


def expect_may_report(actor: Actor, checkpoint: Checkpoint) -> Side:
    pilot = checkpoint.pilot
    expect_nothing_against(policies.party_refusal(actor, pilot))
    expect_running(pilot)
    if checkpoint.dropped_at is not None:
        raise NotNow(PilotRefusal.CHECKPOINT_DROPPED)
    if today() < opens_on(checkpoint):
        raise NotNow(PilotRefusal.CHECKPOINT_LATER, day=opens_on(checkpoint))
    side = policies.side_to_report(actor, pilot.pairing, checkpoint)
    if side is None:
        raise NotNow(_refusal(actor, checkpoint))
    return side


def _refusal(actor: Actor, checkpoint: Checkpoint) -> PilotRefusal:
    sides = sides_of(actor, checkpoint.pilot.pairing)
    if all(has_reported(checkpoint, side) for side in sides):
        return PilotRefusal.ALREADY_REPORTED
    return PilotRefusal.REPORTED_FOR_OTHER_SIDE


def _answer(
    session: Session,
    actor: Actor,
    checkpoint: Checkpoint,
    report: CheckpointReport,
    answer: CheckpointAnswer | None,
    reason: str,
) -> Agreement:
    """The version that is confirmed, or the one that is open to be renegotiated."""
    if answer is None:
        raise InvalidField("answer", PilotRefusal.ANSWER_MISSING)
    report.answer = answer
    if answer is CheckpointAnswer.CONFIRM:
        return expect_agreement(session, checkpoint.pilot)
    missing = PilotRefusal.RENEGOTIATION_REASON_MISSING
    report.reason = _expect_report_text("reason", reason, missing)
    return _renegotiate(session, actor, checkpoint, report.reason)


def _expect_report_text(
    field: str, text: str, missing: PilotRefusal = PilotRefusal.TEXT_MISSING
) -> str:
    """Both sides and the coordinator read it, so nothing in it may surely be about one person."""
    return expect_shared_text(field, text, missing, PilotRefusal.PERSONAL_DATA)


def _renegotiate(session: Session, actor: Actor, checkpoint: Checkpoint, reason: str) -> Agreement:
    """A new version, unless one is open already: then the wish belongs to that one."""
    pairing = checkpoint.pilot.pairing
    version = agreements.find_open_version(session, pairing.id)
    if version is not None:
        return version
    return beginning.start_version(
        session,
        actor,
        pairing=pairing,
        trigger=AgreementTrigger.RENEGOTIATION,
        reason=reason,
    )


def _record(
    session: Session, actor: Actor, checkpoint: Checkpoint, report: CheckpointReport
) -> None:
    said = {
        "side": report.side.value,
        "status": report.status.value,
        "answer": report.answer.value,
        "hours": report.hours,
        "money": report.money,
        "due_on": checkpoint.due_on.isoformat(),
    }
    event = record(session, actor, PilotEvent.REPORTED, checkpoint, reason=report.note, extra=said)
    if report.answer is CheckpointAnswer.CONFIRM:
        _tell(session, checkpoint, PilotTopic.REPORTED, event)
        return
    asked = record(
        session,
        actor,
        PilotEvent.RENEGOTIATION_ASKED,
        checkpoint,
        reason=report.reason,
        extra={"side": report.side.value, "agreement_id": report.agreement_id},
    )
    _tell(session, checkpoint, PilotTopic.RENEGOTIATION_ASKED, asked)


def _tell(session: Session, checkpoint: Checkpoint, topic: PilotTopic, event: AuditEvent) -> None:
    pairing = checkpoint.pilot.pairing
    said = CheckpointTold(**named(pairing), reason=event.reason, day=checkpoint.due_on)
    tell(session, recipients.who_works_on_it(session, pairing), topic, event, said)
