"""Somebody leaves: the needs that name them as contact or as decision maker."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Person, Unit
from marketplace.core.actor import Actor, Role
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState

OPEN = frozenset({NeedState.IN_REVIEW, NeedState.NEEDS_CHANGES, NeedState.PUBLISHED})
"""Needs that a coordinator sees and that are not closed; a draft is the unit's own."""
PARTS = ("contact", "decision_maker")


def list_naming(session: Session, actor: Actor, person: Person) -> Sequence[Need]:
    """Open needs of the actor's municipalities that name the person."""
    statement = (
        select(Need)
        .join(Need.unit)
        .options(joinedload(Need.unit).joinedload(Unit.organisation))
        .where(
            _in_hand(actor),
            or_(Need.contact_id == person.id, Need.decision_maker_id == person.id),
        )
    )
    return session.scalars(statement.order_by(Need.id)).all()


def naming(actor: Actor, part: str) -> Select[int]:
    """The ids of the people that such needs name as `part`."""
    column = getattr(Need, f"{part}_id")
    return select(column).join(Need.unit).where(_in_hand(actor), column.is_not(None))


def _in_hand(actor: Actor) -> ColumnElement[bool]:
    within = Unit.organisation_id.in_(sorted(actor.organisation_ids(Role.COORDINATOR)))
    return and_(within, Need.state.in_(OPEN))
