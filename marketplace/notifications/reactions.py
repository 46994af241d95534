"""What becomes of a calendar when its owner's account is closed."""

from marketplace.accounts.states import AccountEvent
from marketplace.core.reactions import react_to
from marketplace.notifications.services import revoke_calendar_of_closed


def register() -> None:
    react_to(AccountEvent.PERSON_DEACTIVATED)(revoke_calendar_of_closed)
