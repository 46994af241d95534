"""What the database refuses by itself, whoever writes to it."""

from typing import Any

import pytest
from sqlalchemy import Table, insert, update
from sqlalchemy.exc import IntegrityError

from marketplace.core.clock import now, today
from marketplace.pairings.states import Side
from marketplace.pilots.models import (
    Checkpoint,
    CheckpointReport,
    Effort,
    Measurement,
    Pilot,
)
from marketplace.pilots.states import (
    CheckpointAnswer,
    CheckpointStatus,
    Ending,
    PilotState,
    Reached,
    StopReason,
)
from tests.domain.pilot_cast import PilotCast


def refused(case: PilotCast, statement: Any, name: str) -> None:
    with pytest.raises(IntegrityError) as error, case.session.begin_nested():
        case.session.execute(statement)
    text = str(error.value.orig)
    assert name in text or "UNIQUE constraint failed" in text


def ending(case: PilotCast, **values: Any) -> dict[str, Any]:
    """A test stopped by the unit with nothing wrong with it, but for `values`."""
    given = {
        "state": PilotState.ENDED,
        "ended_at": now(),
        "ended_by_id": case.person("member").id,
        "ending": Ending.STOPPED,
        "unit_stop_reason": StopReason.OTHER,
        "unit_stop_note": "Nei.",
        "unit_stop_by_id": case.person("member").id,
        "unit_stop_at": now(),
    }
    return given | values


def other_side(case: PilotCast, person: str) -> dict[str, Any]:
    return {
        "entrepreneur_stop_reason": StopReason.OTHER,
        "entrepreneur_stop_note": "Nei.",
        "entrepreneur_stop_by_id": case.person(person).id,
        "entrepreneur_stop_at": now(),
    }


NO_UNIT_REASON = {
    "unit_stop_reason": None,
    "unit_stop_note": None,
    "unit_stop_by_id": None,
    "unit_stop_at": None,
}
UNFINISHED = {"state": PilotState.RUNNING, "ended_at": None, "ended_by_id": None, "ending": None}
BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "running since no time": (
        "start_names_who_and_when",
        {**UNFINISHED, **NO_UNIT_REASON, "started_at": None},
    ),
    "planned but started": (
        "start_names_who_and_when",
        {**UNFINISHED, **NO_UNIT_REASON, "state": PilotState.PLANNED},
    ),
    "ended by nobody": ("end_names_who_when_and_how", {"ended_by_id": None}),
    "ended at no time": ("end_names_who_when_and_how", {"ended_at": None}),
    "ended in no way": ("end_names_who_when_and_how", {"ending": None}),
    "running but ended": ("end_names_who_when_and_how", {"state": PilotState.RUNNING}),
    "completed without a start": (
        "only_what_has_started_is_completed",
        {
            **NO_UNIT_REASON,
            "ending": Ending.COMPLETED,
            "started_at": None,
            "started_by_id": None,
        },
    ),
    "running under an end": (
        "only_what_has_ended_names_its_end",
        {**UNFINISHED, **NO_UNIT_REASON, "ended_under_id": 1},
    ),
    "stopped without words": ("stop_reasons_are_whole", {"unit_stop_note": None}),
    "stopped by no person": ("stop_reasons_are_whole", {"unit_stop_by_id": None}),
    "stopped without a reason": ("stopping_has_a_reason", NO_UNIT_REASON),
    "completed with a stop reason": ("stopping_has_a_reason", {"ending": Ending.COMPLETED}),
    "running with a stop reason": ("stopping_has_a_reason", UNFINISHED),
}


def test_a_sound_stop_is_taken(case: PilotCast) -> None:
    values = ending(case, **other_side(case, "entrepreneur"))
    case.session.execute(update(Pilot).values(**values))


@pytest.mark.parametrize(("name", "values"), BROKEN.values(), ids=BROKEN)
def test_a_broken_pilot_is_refused(case: PilotCast, name: str, values: dict[str, Any]) -> None:
    if values.get("ended_under_id"):
        values = values | {"ended_under_id": case.agreement.id}
    refused(case, update(Pilot).values(**ending(case, **values)), name)


def test_one_person_gives_one_sides_reason(case: PilotCast) -> None:
    values = ending(case, **other_side(case, "member"))
    refused(case, update(Pilot).values(**values), "each_stop_reason_is_its_own_persons")


def test_a_case_has_one_pilot(case: PilotCast) -> None:
    row = {"pairing_id": case.pairing.id, "state": PilotState.PLANNED, "version": 1}
    refused(case, insert(Pilot).values(**row), "uq_pilot_pairing_id")


def report(case: PilotCast, **values: Any) -> dict[str, Any]:
    given = {
        "checkpoint_id": case.checkpoint().id,
        "side": Side.UNIT,
        "status": CheckpointStatus.ON_TRACK,
        "note": "Bra.",
        "hours": 1,
        "money": 1,
        "answer": CheckpointAnswer.CONFIRM,
        "agreement_id": case.agreement.id,
        "reported_by_id": case.person("member").id,
    }
    return given | values


def effort(case: PilotCast, **values: Any) -> dict[str, Any]:
    given = {
        "pilot_id": case.pilot.id,
        "side": Side.UNIT,
        "hours": 1,
        "money": 0,
        "used_on": today(),
        "note": "Møte.",
        "recorded_by_id": case.person("member").id,
    }
    return given | values


def measurement(case: PilotCast, **values: Any) -> dict[str, Any]:
    given = {
        "pilot_id": case.pilot.id,
        "criterion_id": case.agreement.criteria[0].id,
        "value": "31",
        "reached": Reached.FULLY,
        "note": "",
        "measured_by_id": case.person("member").id,
        "version": 1,
    }
    return given | values


def tables() -> list[tuple[Any, Any, str, dict[str, Any]]]:
    wish = {"answer": CheckpointAnswer.RENEGOTIATE}
    return [
        (CheckpointReport, report, "only_parties_report", {"side": Side.COORDINATOR}),
        (CheckpointReport, report, "effort_not_negative", {"hours": -1}),
        (CheckpointReport, report, "renegotiation_has_a_reason", wish),
        (Effort, effort, "only_parties_use", {"side": Side.COORDINATOR}),
        (Effort, effort, "says_something", {"hours": 0}),
        (Measurement, measurement, "measuring_has_a_value", {"value": ""}),
        (
            Measurement,
            measurement,
            "not_measuring_has_a_reason",
            {"reached": Reached.NOT_MEASURED, "value": ""},
        ),
    ]


@pytest.mark.parametrize(("model", "row", "name", "values"), tables())
def test_a_broken_part_is_refused(
    case: PilotCast, model: type[Table], row: Any, name: str, values: dict[str, Any]
) -> None:
    refused(case, insert(model).values(**row(case, **values)), name)
    case.session.execute(insert(model).values(**row(case)))


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("uq_checkpoint_report_checkpoint_id_side", {"reported_by_id": "leader"}),
        ("uq_checkpoint_report_checkpoint_id_reported_by_id", {"side": Side.ENTREPRENEUR}),
    ],
)
def test_a_side_and_a_person_report_once(case: PilotCast, name: str, again: dict[str, Any]) -> None:
    case.session.execute(insert(CheckpointReport).values(**report(case)))
    if "reported_by_id" in again:
        again = {"reported_by_id": case.person("leader").id}
    refused(case, insert(CheckpointReport).values(**report(case, **again)), name)


@pytest.mark.parametrize("at_site", [True, False])
def test_a_criterion_is_measured_once_in_a_place(case: PilotCast, at_site: bool) -> None:
    where = {"site_id": case.agreement.sites[0].id} if at_site else {}
    case.session.execute(insert(Measurement).values(**measurement(case, **where)))
    again = insert(Measurement).values(**measurement(case, **where))
    refused(case, again, "uq_measurement")


def test_a_day_has_one_checkpoint(case: PilotCast) -> None:
    row = {"pilot_id": case.pilot.id, "due_on": case.checkpoint().due_on, "version": 1, "topic": ""}
    refused(case, insert(Checkpoint).values(**row), "uq_checkpoint_pilot_id_due_on")
