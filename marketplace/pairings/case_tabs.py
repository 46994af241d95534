"""The pages of a case: each later stage adds its own beside the first one."""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.core.actor import Actor
from marketplace.pairings.models import Pairing
from marketplace.ui.labels import Wording


@dataclass(frozen=True, slots=True)
class CaseTab:
    """A page of the case; its endpoint takes `pairing_id`."""

    order: int
    wording: Wording
    endpoint: str
    shown_for: Callable[[Actor, Pairing], bool]


_tabs: dict[str, CaseTab] = {}


def add_case_tab(tab: CaseTab) -> None:
    _tabs[tab.endpoint] = tab


def tabs_for(actor: Actor, pairing: Pairing) -> list[CaseTab]:
    shown = (tab for tab in _tabs.values() if tab.shown_for(actor, pairing))
    return sorted(shown, key=lambda tab: tab.order)
