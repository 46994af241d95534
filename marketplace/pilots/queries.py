"""Reading pilots: always only those whose case the actor may see."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.agreements.models import AgreedSite, Agreement, Criterion
from marketplace.core.actor import Actor
from marketplace.core.clock import today
from marketplace.core.db import one_or_404
from marketplace.core.engine import asked_once
from marketplace.core.errors import NotFound
from marketplace.core.rules import in_sql, of
from marketplace.pairings import queries as pairings
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.states import PARTIES, Side
from marketplace.pilots.awaited import awaits_report
from marketplace.pilots.models import Checkpoint, CheckpointReport, Effort, Measurement, Pilot
from marketplace.pilots.states import DAYS_FROM_CHECKPOINT, CheckpointReminder

Part = TypeVar("Part", Criterion, AgreedSite)

LONGEST_BACK = timedelta(days=365)
"""An older checkpoint is not reminded of: nobody has looked for a year."""


def _with_parts() -> Select[Pilot]:
    return select(Pilot).options(
        selectinload(Pilot.checkpoints)
        .selectinload(Checkpoint.reports)
        .options(joinedload(CheckpointReport.reported_by), joinedload(CheckpointReport.agreement)),
        selectinload(Pilot.efforts).joinedload(Effort.recorded_by),
        selectinload(Pilot.measurements).options(
            joinedload(Measurement.site),
            joinedload(Measurement.criterion),
            joinedload(Measurement.measured_by),
        ),
        joinedload(Pilot.started_by),
        joinedload(Pilot.ended_by),
        joinedload(Pilot.unit_stop_by),
        joinedload(Pilot.entrepreneur_stop_by),
    )


@asked_once
def find_pilot(session: Session, pairing_id: int) -> Pilot | None:
    """The pilot of a case that the caller has loaded; None until an agreement is in force."""
    return session.scalars(_with_parts().where(Pilot.pairing_id == pairing_id)).one_or_none()


def get_pilot(session: Session, actor: Actor, pairing_id: int) -> Pilot:
    pairings.get_pairing(session, actor, pairing_id)
    pilot = find_pilot(session, pairing_id)
    if pilot is None:
        raise NotFound
    return pilot


def get_checkpoint(pilot: Pilot, checkpoint_id: int) -> Checkpoint:
    for checkpoint in pilot.checkpoints:
        if checkpoint.id == checkpoint_id:
            return checkpoint
    raise NotFound


def get_criterion(session: Session, pilot: Pilot, criterion_id: int) -> Criterion:
    """A criterion of any version of the case's agreement."""
    return _one_of_case(session, pilot, Criterion, criterion_id)


def get_site(session: Session, pilot: Pilot, site_id: int) -> AgreedSite:
    return _one_of_case(session, pilot, AgreedSite, site_id)


def _one_of_case(session: Session, pilot: Pilot, model: type[Part], row_id: int) -> Part:
    versions = select(Agreement.id).where(Agreement.pairing_id == pilot.pairing_id)
    statement = select(model).where(model.id == row_id, model.agreement_id.in_(versions))
    return one_or_404(session, statement)


def find_measurement(
    pilot: Pilot, criterion: Criterion, site: AgreedSite | None
) -> Measurement | None:
    site_id = site.id if site is not None else None
    return next(
        (
            measurement
            for measurement in pilot.measurements
            if (measurement.criterion_id, measurement.site_id) == (criterion.id, site_id)
        ),
        None,
    )


# ---------------------------------------------------------------- what has been used


def sums_by_side(session: Session, pilot_id: int) -> dict[Side, tuple[int, int]]:
    """Hours and money of each side, of reports and entries together."""
    reports = (
        select(CheckpointReport.side, CheckpointReport.hours, CheckpointReport.money)
        .join(Checkpoint, Checkpoint.id == CheckpointReport.checkpoint_id)
        .where(Checkpoint.pilot_id == pilot_id)
    )
    entries = select(Effort.side, Effort.hours, Effort.money).where(Effort.pilot_id == pilot_id)
    used = reports.union_all(entries).subquery()
    statement = select(used.c.side, func.sum(used.c.hours), func.sum(used.c.money)).group_by(
        used.c.side
    )
    sums = {side: (int(hours), int(money)) for side, hours, money in session.execute(statement)}
    return {side: sums.get(side, (0, 0)) for side in (Side.UNIT, Side.ENTREPRENEUR)}


# ---------------------------------------------------------------- what the clock asks


def find_due(kind: CheckpointReminder, session: Session) -> Iterator[tuple[int, date]]:
    """Of the checkpoints not reported on by both, those whose day for this reminder has come.

    A reminder before the day is of no use after it: then the later ones take over.
    """
    distance = timedelta(days=DAYS_FROM_CHECKPOINT[kind])
    first = today() if kind is CheckpointReminder.NEAR else today() - LONGEST_BACK
    for checkpoint in _list_open_checkpoints(session, first=first, last=today() - distance):
        yield checkpoint.id, checkpoint.due_on + distance


def _list_open_checkpoints(session: Session, *, first: date, last: date) -> Sequence[Checkpoint]:
    """Those due in the period on which a side has still to report."""
    rows = of(Pairing), of(Pilot), of(Checkpoint)
    silent = (in_sql(awaits_report(*rows, side)) for side in PARTIES)
    statement = (
        select(Checkpoint)
        .join(Checkpoint.pilot)
        .join(Pilot.pairing)
        .where(Checkpoint.due_on.between(first, last), or_(*silent))
        .order_by(Checkpoint.due_on, Checkpoint.id)
    )
    return session.scalars(statement).all()


def get_checkpoint_with_case(session: Session, checkpoint_id: int) -> Checkpoint:
    statement = (
        select(Checkpoint)
        .options(
            selectinload(Checkpoint.reports),
            joinedload(Checkpoint.pilot)
            .joinedload(Pilot.pairing)
            .options(
                joinedload(Pairing.need),
                joinedload(Pairing.concept),
                selectinload(Pairing.conflicts),
                selectinload(Pairing.roles).options(
                    joinedload(CaseRoleHolder.person), joinedload(CaseRoleHolder.deputy)
                ),
            ),
        )
        .where(Checkpoint.id == checkpoint_id)
    )
    return session.scalars(statement).one()
