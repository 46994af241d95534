"""Who may see a municipality's portfolio and decide what it is made from: its coordinators."""

from marketplace.core.actor import Actor, Role


def keeps_for(actor: Actor, municipality_id: int) -> bool:
    return actor.holds_in_organisation(municipality_id, Role.COORDINATOR)
