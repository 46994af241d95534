"""What organisations wait for: of one organisation, or in SQL (`core.rules`)."""

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationState


def awaits_approval(organisation: Organisation) -> bool:
    return organisation.state == OrganisationState.PENDING
