"""Who may invite, and who is invited."""

from marketplace.concepts.policies import can_write as owns
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.sight import can_see
from marketplace.invitations import sights
from marketplace.invitations.models import Invitation
from marketplace.needs.models import Need


def can_invite(actor: Actor, need: Need) -> bool:
    if actor.holds_in_unit(need.unit_id, *UNIT_ROLES):
        return True
    return actor.holds_in_organisation(need.unit.organisation_id, Role.COORDINATOR)


def can_read_line(actor: Actor, invitation: Invitation) -> bool:
    return can_see(actor, sights.LINE, invitation, sights.around(invitation))


def is_invited(actor: Actor, invitation: Invitation) -> bool:
    return owns(actor, invitation.concept)
