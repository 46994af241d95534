"""Menus: features add their entries, and a person sees those that are theirs."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from marketplace.core.actor import Role
from marketplace.core.registry import Registry
from marketplace.ui.labels import Wording

ShownTo = Callable[..., bool]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    endpoint: str
    wording: Wording = field(compare=False)
    shown_to: ShownTo = field(compare=False)
    """Asked with the actor, and with what the menu is about where it is about something."""


MAIN, CASE = "main", "case"
MENUS: defaultdict[str, Registry[MenuEntry]] = defaultdict(Registry)
"""The main menu, and the pages of a case."""


def everybody(*_asked: object) -> bool:
    return True


def holders(*roles: Role) -> ShownTo:
    """Whoever has one of these roles somewhere."""
    return lambda actor, *_about: actor.holds(*roles)


def menu_for(name: str, *asked: object) -> list[MenuEntry]:
    return [entry for entry in MENUS[name] if entry.shown_to(*asked)]
