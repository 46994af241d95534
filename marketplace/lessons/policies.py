"""Who writes a side's lessons, and who closes the case with them."""

from marketplace.core.actor import Actor, Role
from marketplace.lessons.states import LessonRefusal
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import coordinates, has_conflict, sides_of
from marketplace.pairings.roles.role_map import holds_role
from marketplace.pairings.states import CaseRole, Side


def can_write(actor: Actor, pairing: Pairing, side: Side) -> bool:
    return side in sides_of(actor, pairing)


def can_close(actor: Actor, pairing: Pairing) -> bool:
    """The unit's leader, who owns the case or stands in for them, or a coordinator."""
    leads = actor.holds_in_unit(pairing.need.unit_id, Role.UNIT_LEADER)
    decides = coordinates(actor, pairing.need) and not has_conflict(actor, pairing)
    return leads or decides or holds_role(actor, pairing, CaseRole.OWNER)


def closing_refusal(actor: Actor, pairing: Pairing) -> LessonRefusal | None:
    return None if can_close(actor, pairing) else LessonRefusal.LEADER_OWNER_OR_COORDINATOR
