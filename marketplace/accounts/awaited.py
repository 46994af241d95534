"""What organisations wait for: of one organisation, or in SQL (`core.rules`)."""

from typing import Any

from sqlalchemy import Select, select

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationState, OrganisationTask
from marketplace.core.awaited import Awaited, Follower, Party, columns
from marketplace.core.rules import in_sql, of


def is_approved(organisation: Organisation) -> bool:
    """An administrator has checked who they are."""
    return organisation.state == OrganisationState.APPROVED


def awaits_approval(organisation: Organisation) -> bool:
    return organisation.state == OrganisationState.PENDING


def _approval() -> Select[Any]:
    about = columns(Organisation.id, Organisation.created_at, entrepreneur=Organisation.id)
    return select(*about).where(in_sql(awaits_approval(of(Organisation))))


AWAITED = (
    Awaited(
        OrganisationTask.APPROVAL,
        Party.ADMINISTRATOR,
        _approval,
        followed_by=frozenset({Follower.REGISTERED}),
        queued=False,
    ),
)
