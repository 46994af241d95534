"""The unit measures what the agreement's criteria came to."""

from sqlalchemy.orm import Session

from marketplace.agreements.models import AgreedSite, Criterion
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotNow, Stale
from marketplace.core.texts import expect_text
from marketplace.pilots import policies
from marketplace.pilots.locks import hold_pilot
from marketplace.pilots.models import Measurement, Pilot
from marketplace.pilots.queries import find_measurement
from marketplace.pilots.services.expectations import (
    expect_agreement,
    expect_nothing_against,
    expect_running,
)
from marketplace.pilots.states import PilotEvent, PilotRefusal, Reached

NOT_YET = 0
"""The version that a form carries where nothing has been measured yet."""


def measure_criterion(
    session: Session,
    actor: Actor,
    *,
    pilot: Pilot,
    criterion: Criterion,
    site: AgreedSite | None,
    version: int,
    reached: Reached | None,
    value: str,
    note: str,
) -> None:
    """At one site or, without one, overall; may be mended until the test is completed."""
    hold_pilot(session, pilot)
    expect_may_measure(session, actor, pilot, criterion, site)
    measurement = find_measurement(pilot, criterion, site)
    if version != (measurement.version if measurement is not None else NOT_YET):
        raise Stale
    if reached is None:
        raise InvalidField("reached", PilotRefusal.REACHED_MISSING)
    if measurement is None:
        measurement = Measurement(pilot_id=pilot.id, criterion=criterion, site=site)
    measurement.reached = reached
    measurement.value, measurement.note = _expect_words(reached, value, note)
    measurement.measured_by_id, measurement.measured_at = person_of(actor), now()
    session.add(measurement)
    session.flush()
    session.expire(pilot, ["measurements"])
    _record(session, actor, pilot, measurement)


def expect_may_measure(
    session: Session, actor: Actor, pilot: Pilot, criterion: Criterion, site: AgreedSite | None
) -> None:
    expect_nothing_against(policies.measuring_refusal(actor, pilot))
    expect_running(pilot)
    in_force = expect_agreement(session, pilot)
    if criterion.agreement_id != in_force.id:
        raise NotNow(PilotRefusal.CRITERION_NOT_AGREED)
    if site is not None and site.agreement_id != in_force.id:
        raise NotNow(PilotRefusal.SITE_NOT_AGREED)


def _expect_words(reached: Reached, value: str, note: str) -> tuple[str, str]:
    """What was measured says its value; what was not says why."""
    if reached is Reached.NOT_MEASURED:
        return "", expect_text("note", note, PilotRefusal.WHY_NOT_MEASURED)
    return expect_text("value", value, PilotRefusal.VALUE_MISSING), note.strip()


def _record(session: Session, actor: Actor, pilot: Pilot, measurement: Measurement) -> None:
    site = measurement.site
    said = {
        "criterion": measurement.criterion.title,
        "site": site.name if site is not None else None,
        "reached": measurement.reached.value,
        "value": measurement.value,
    }
    record(session, actor, PilotEvent.MEASURED, pilot, reason=measurement.note or None, extra=said)
