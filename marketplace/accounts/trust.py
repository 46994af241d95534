"""Who may know people by name: signing up is not enough, somebody has to have said yes."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.awaited import is_approved
from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.policies import can_administer
from marketplace.core.actor import MUNICIPAL_ROLES, Actor, Role
from marketplace.core.registry import Registry
from marketplace.core.rules import in_sql, of

ContactReader = Callable[[Session, Actor, Unit], bool]
CONTACT_READERS: Registry[ContactReader] = Registry()
"""Who else has business with a unit, as later features know."""


def is_trusted(session: Session, actor: Actor) -> bool:
    """Whether an administrator has approved one of the organisations that the actor acts for."""
    if can_administer(actor):
        return True
    organisations = sorted(actor.organisation_ids(*Role))
    if not organisations:
        return False
    own = Organisation.id.in_(organisations)
    approved = in_sql(is_approved(of(Organisation)))
    return session.scalar(select(Organisation.id).where(own, approved).limit(1)) is not None


def can_see_contact(session: Session, actor: Actor, unit: Unit) -> bool:
    """The contact and the readiness card of a unit: for its municipality, and where one meets."""
    if can_administer(actor):
        return True
    if actor.holds_in_organisation(unit.organisation_id, *MUNICIPAL_ROLES):
        return True
    has_business = (reads(session, actor, unit) for reads in CONTACT_READERS)
    return is_trusted(session, actor) and any(has_business)
