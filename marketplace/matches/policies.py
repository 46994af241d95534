"""Who may see matches, and who may say what they think of them."""

from marketplace.concepts.models import Concept
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.sight import municipal_roles
from marketplace.matches import sights
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState

READERS = municipal_roles(sights.NOTE.readers)


def can_see_concepts_for(actor: Actor, need: Need) -> bool:
    """The unit behind a published need, and those who follow its case in the municipality."""
    if need.state is not NeedState.PUBLISHED:
        return False
    return can_judge(actor, need) or actor.holds_in_organisation(
        need.unit.organisation_id, *READERS
    )


def can_judge(actor: Actor, need: Need) -> bool:
    return actor.holds_in_unit(need.unit_id, *UNIT_ROLES)


def can_see_needs_for(actor: Actor, concept: Concept) -> bool:
    return actor.holds_in_organisation(concept.organisation_id, Role.ENTREPRENEUR)
