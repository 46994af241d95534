"""How wishes answer to what happens to the need that came of one."""

from marketplace.core.reactions import react_to
from marketplace.needs.states import NeedEvent
from marketplace.wishes import services


def register() -> None:
    react_to(NeedEvent.PUBLISHED)(services.note_publishing)
