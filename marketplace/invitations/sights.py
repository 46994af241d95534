"""Who sees what an invitation says: both sides of it, and no competitor."""

from marketplace.core.sight import Around, Reader, Sight
from marketplace.invitations.models import Invitation

LINE = Sight("invitation", ("line",), (Reader.UNIT, Reader.COORDINATORS, Reader.ORGANISATION))

SIGHTS = (LINE,)


def around(invitation: Invitation) -> Around:
    return Around(
        municipality_id=invitation.need.unit.organisation_id,
        unit_id=invitation.need.unit_id,
        organisation_id=invitation.concept.organisation_id,
    )
