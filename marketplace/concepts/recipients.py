"""Who is told of what happens to a concept: whoever owns it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Membership, Person
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role


def owners(session: Session, concept: Concept) -> set[int]:
    statement = (
        select(Person.id)
        .join(Person.memberships)
        .where(
            Person.active,
            Membership.role == Role.ENTREPRENEUR,
            Membership.organisation_id == concept.organisation_id,
        )
    )
    return set(session.scalars(statement))
