"""The case and its pilot, held until commit: two reports at once must both count to the cap.

First the pairing, then the pilot, as everywhere, so that nobody waits in a circle.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.pairings.models import Pairing
from marketplace.pilots.models import Pilot

PARTS = ["checkpoints", "efforts", "measurements"]


def hold_pilot(session: Session, pilot: Pilot) -> None:
    """Read both rows anew and keep others from changing what belongs to them."""
    for model, row_id in ((Pairing, pilot.pairing_id), (Pilot, pilot.id)):
        statement = (
            select(model)
            .where(model.id == row_id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        session.scalars(statement).one()
    for checkpoint in pilot.checkpoints:
        session.expire(checkpoint, ["reports"])
    session.expire(pilot, PARTS)
