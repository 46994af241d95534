"""Who may do what with a programme."""

from marketplace.core.actor import Actor, Role
from marketplace.programmes.models import Programme

READERS = (Role.COORDINATOR, Role.LEADERSHIP)
"""Those of the municipality who read its programmes."""
VIEWERS = frozenset({*READERS, Role.PARTNER})


def keeps_for(actor: Actor, municipality_id: int) -> bool:
    return actor.holds_in_organisation(municipality_id, Role.COORDINATOR)


def can_keep(actor: Actor, programme: Programme) -> bool:
    """The municipality's coordinators make and change it, and record what it spends."""
    return keeps_for(actor, programme.municipality_id)


def reads_inside(actor: Actor, programme: Programme) -> bool:
    """Who sees names and the whole history; the partner does not."""
    return actor.holds_in_organisation(programme.municipality_id, *READERS)
