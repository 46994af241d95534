"""Somebody leaves: the needs that named them as contact or as decision maker get somebody else.

What a leader endorsed stands, since what the unit asks for has not changed.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Person, Unit
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import tell
from marketplace.needs import policies, queries
from marketplace.needs.models import Need
from marketplace.needs.states import NeedEvent, NeedRefusal, NeedState, NeedTopic
from marketplace.needs.told import NeedTold, named

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


def hand_over_need(
    session: Session, actor: Actor, *, need: Need, successors: Mapping[str, Person]
) -> None:
    """`successors` names who becomes `contact` or `decision_maker`, or both."""
    if not policies.can_review(actor, need):
        raise NotAllowed(NeedRefusal.COORDINATORS_ONLY)
    if need.state not in OPEN:
        raise NotNow(NeedRefusal.LOCKED_CLOSED)
    fitting = {
        "contact": queries.list_contacts,
        "decision_maker": queries.list_decision_makers,
    }
    for part, person in successors.items():
        if person not in fitting[part](session, need.unit):
            raise InvalidField(f"{part}_id", NeedRefusal.PERSON_OUTSIDE_MUNICIPALITY)
        setattr(need, part, person)
    event = record(session, actor, NeedEvent.PERSON_REPLACED, need)
    told = {person.id for person in successors.values()}
    tell(session, told, NeedTopic.TOOK_OVER, event, NeedTold(**named(need)))
