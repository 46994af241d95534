"""How pilots answer to the agreement."""

from marketplace.agreements.states import AgreementEvent
from marketplace.core.reactions import react_to
from marketplace.pilots.services.planning import follow_agreement


def register() -> None:
    react_to(AgreementEvent.IN_FORCE)(follow_agreement)
