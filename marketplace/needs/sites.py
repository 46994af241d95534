"""Where a need is tested: in its own unit, and in those that have joined it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Unit
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import ParticipationState


@dataclass(frozen=True, slots=True)
class NeedSite:
    """Where a need is to be tested, and the hours that the unit there gives."""

    unit: Unit
    name: str
    hours: int | None


def list_sites(session: Session, need: Need) -> list[NeedSite]:
    """The need's own unit first, then each unit that has joined, in the order they asked."""
    statement = (
        select(NeedParticipation).options(joinedload(NeedParticipation.unit)).where(joins(need))
    )
    joined = session.scalars(statement.order_by(NeedParticipation.id))
    own = NeedSite(need.unit, need.unit.name, need.contribution_hours)
    return [own, *(NeedSite(row.unit, row.site, row.hours) for row in joined)]


def joined_unit_ids(need: Need) -> Select[int]:
    return select(NeedParticipation.unit_id).where(joins(need))


def joins(need: Need) -> ColumnElement[bool]:
    return and_(
        NeedParticipation.need_id == need.id,
        NeedParticipation.state == ParticipationState.ENDORSED,
    )
