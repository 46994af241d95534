"""Somebody leaves, and somebody else takes their place in a need."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import tell
from marketplace.needs import handing_over, policies, queries
from marketplace.needs.models import Need
from marketplace.needs.states import NeedEvent, NeedRefusal, NeedTopic
from marketplace.needs.told import NeedTold, named


def hand_over_need(
    session: Session, actor: Actor, *, need: Need, successors: Mapping[str, Person]
) -> None:
    """`successors` names who becomes `contact` or `decision_maker`, or both.

    What a leader endorsed stands, since what the unit asks for has not changed.
    """
    if not policies.can_review(actor, need):
        raise NotAllowed(NeedRefusal.COORDINATORS_ONLY)
    if need.state not in handing_over.OPEN:
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
