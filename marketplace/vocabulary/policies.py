"""Who may do what with the vocabulary."""

from marketplace.core.actor import Actor, Role

KEEPERS = (Role.ADMINISTRATOR,)


def can_keep(actor: Actor) -> bool:
    return actor.holds(*KEEPERS)
