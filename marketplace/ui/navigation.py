"""The main menu: features add their entries, and a person sees those that are theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.core.actor import Actor
from marketplace.ui.labels import Wording


@dataclass(frozen=True, slots=True)
class MenuEntry:
    order: int
    wording: Wording
    endpoint: str
    shown_to: Callable[[Actor], bool]


_entries: dict[str, MenuEntry] = {}


def add_menu_entry(entry: MenuEntry) -> None:
    _entries[entry.endpoint] = entry


def menu_for(actor: Actor) -> list[MenuEntry]:
    shown = (entry for entry in _entries.values() if entry.shown_to(actor))
    return sorted(shown, key=lambda entry: (entry.order, entry.endpoint))
