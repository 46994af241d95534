"""Who is told of interests, and who follows a need because they answered it."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.core.rules import in_sql, of
from marketplace.interests.awaited import stands
from marketplace.interests.models import Interest
from marketplace.needs.models import Need
from marketplace.needs.recipients import unit_leaders


def receivers(session: Session, need: Need) -> set[int]:
    """Who of the unit is told of an interest: its author, the contact and the leaders."""
    named = Person.id.in_([need.author_id, need.contact_id or need.author_id])
    active = select(Person.id).where(Person.active, named)
    return set(session.scalars(active)) | unit_leaders(session, need)


def owners(session: Session, interest: Interest) -> set[int]:
    """Whoever answers for the concept, of the whole organisation."""
    organisation = select(Concept.organisation_id).where(Concept.id == interest.concept_id)
    return _entrepreneurs(session, organisation)


def interested_people(session: Session, need: Need) -> set[int]:
    """The people of every organisation that has a standing interest in the need."""
    organisations = (
        select(Concept.organisation_id)
        .join(Interest, Interest.concept_id == Concept.id)
        .where(Interest.need_id == need.id, in_sql(stands(of(Interest))))
    )
    return _entrepreneurs(session, organisations)


def _entrepreneurs(session: Session, organisations: Select[int]) -> set[int]:
    statement = (
        select(Person.id)
        .join(Person.memberships)
        .where(
            Person.active,
            Membership.role == Role.ENTREPRENEUR,
            Membership.organisation_id.in_(organisations),
        )
    )
    return set(session.scalars(statement))
