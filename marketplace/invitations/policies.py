"""Who may invite, and who is invited."""

from marketplace.core.actor import Actor
from marketplace.core.sight import can_see
from marketplace.invitations import sights
from marketplace.invitations.models import Invitation
from marketplace.needs.models import Need
from marketplace.pairings.policies import (
    coordinates,
    speaks_for_entrepreneur,
    speaks_for_unit,
)


def can_invite(actor: Actor, need: Need) -> bool:
    return speaks_for_unit(actor, need) or coordinates(actor, need)


def can_read_line(actor: Actor, invitation: Invitation) -> bool:
    return can_see(actor, sights.LINE, invitation, sights.around(invitation))


def is_invited(actor: Actor, invitation: Invitation) -> bool:
    return speaks_for_entrepreneur(actor, invitation.concept)
