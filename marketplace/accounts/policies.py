"""Who may do what with organisations, units and people."""

from marketplace.accounts.awaited import is_approved
from marketplace.accounts.models import Organisation, Unit
from marketplace.core.actor import Actor, Role


def can_administer(actor: Actor) -> bool:
    return actor.holds(Role.ADMINISTRATOR)


def can_edit_readiness(actor: Actor, unit: Unit) -> bool:
    """A unit's own leader knows its capacity and contact best."""
    return can_administer(actor) or actor.holds_in_unit(unit.id, Role.UNIT_LEADER)


def can_present(actor: Actor, organisation: Organisation) -> bool:
    """Entrepreneurs say what their organisation is; an administrator has checked who it is."""
    return actor.holds_in_organisation(organisation.id, Role.ENTREPRENEUR)


def can_see_organisation(actor: Actor, organisation: Organisation) -> bool:
    return (
        is_approved(organisation)
        or can_administer(actor)
        or actor.holds_in_organisation(organisation.id, *Role)
    )
