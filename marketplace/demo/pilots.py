"""The tests of the demo: started, reported on, measured, and completed or stopped."""

from functools import partial

from marketplace.agreements import queries as agreements
from marketplace.demo.parts import in_days, side_of
from marketplace.demo.story import Story
from marketplace.demo.texts import Row, rows
from marketplace.pairings.states import Side
from marketplace.pilots.models import Checkpoint, Pilot
from marketplace.pilots.queries import find_pilot
from marketplace.pilots.services import checkpoints, efforts, measuring, running
from marketplace.pilots.states import CheckpointAnswer, CheckpointStatus, Reached, StopReason


def plan_pilots(story: Story) -> None:
    for row in rows("pilots", "pilot"):
        story.on(row["started_days_ago"], partial(_start, story, row))
        for report in row["reports"]:
            story.on(report["days_ago"], partial(_report, story, row, report))
        for effort in row.get("efforts", ()):
            story.on(effort["days_ago"], partial(_use, story, row, effort))
        if "measured_days_ago" in row:
            story.on(row["measured_days_ago"], partial(_measure, story, row))
            story.on(row["completed_days_ago"], partial(_complete, story, row))
        if "stop" in row:
            stop = row["stop"]
            story.on(stop["days_ago"], partial(_stop, story, row, stop))
            story.on(stop["other_days_ago"], partial(_give_reason, story, row, stop))


def _pilot(story: Story, row: Row) -> Pilot:
    pilot = find_pilot(story.session, story.cases[row["case"]].id)
    if pilot is None:
        raise LookupError(f"{row['case']} has no pilot: were the features' reactions registered?")
    return pilot


def _start(story: Story, row: Row) -> None:
    pilot = _pilot(story, row)
    unit = side_of(story, pilot.pairing, Side.UNIT)
    running.start_pilot(story.session, unit, pilot=pilot, version=pilot.version)


def _report(story: Story, row: Row, report: Row) -> None:
    pilot = _pilot(story, row)
    checkpoints.report_checkpoint(
        story.session,
        side_of(story, pilot.pairing, Side(report["side"])),
        checkpoint=_due_on(story, pilot, report["due"]),
        status=CheckpointStatus(report["status"]),
        note=report["note"],
        hours=report["hours"],
        money=report["money"],
        answer=CheckpointAnswer(report["answer"]),
        reason=report.get("reason", ""),
    )


def _due_on(story: Story, pilot: Pilot, day: int) -> Checkpoint:
    return next(point for point in pilot.checkpoints if point.due_on == in_days(story, day))


def _use(story: Story, row: Row, effort: Row) -> None:
    pilot = _pilot(story, row)
    efforts.record_effort(
        story.session,
        side_of(story, pilot.pairing, Side(effort["side"])),
        pilot=pilot,
        hours=effort["hours"],
        money=effort["money"],
        used_on=in_days(story, -effort["days_ago"]),
        note=effort["note"],
    )


# ---------------------------------------------------------------- the end


def _measure(story: Story, row: Row) -> None:
    """One measurement for each criterion of the version in force, in their order."""
    pilot = _pilot(story, row)
    agreement = agreements.find_in_force(story.session, pilot.pairing_id)
    criteria = agreement.criteria if agreement is not None else []
    for criterion, said in zip(criteria, row["measurements"], strict=True):
        reached, value, note = said
        measuring.measure_criterion(
            story.session,
            side_of(story, pilot.pairing, Side.UNIT),
            pilot=pilot,
            criterion=criterion,
            site=None,
            version=measuring.NOT_YET,
            reached=Reached(reached),
            value=value,
            note=note,
        )


def _complete(story: Story, row: Row) -> None:
    pilot = _pilot(story, row)
    unit = side_of(story, pilot.pairing, Side.UNIT)
    running.complete_pilot(story.session, unit, pilot=pilot, version=pilot.version)


def _stop(story: Story, row: Row, stop: Row) -> None:
    pilot = _pilot(story, row)
    running.stop_pilot(
        story.session,
        side_of(story, pilot.pairing, Side(stop["side"])),
        pilot=pilot,
        version=pilot.version,
        stop_reason=StopReason(stop["reason"]),
        note=stop["note"],
    )


def _give_reason(story: Story, row: Row, stop: Row) -> None:
    pilot = _pilot(story, row)
    other = Side.ENTREPRENEUR if stop["side"] == Side.UNIT else Side.UNIT
    running.give_stop_reason(
        story.session,
        side_of(story, pilot.pairing, other),
        pilot=pilot,
        version=pilot.version,
        stop_reason=StopReason(stop["other_reason"]),
        note=stop["other_note"],
    )
